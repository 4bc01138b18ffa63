"""Starting, refusing to start, stopping."""

import asyncio
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.process.child import Child, Ended, command, environment
from tests.process.conftest import Rig, until

pytestmark = pytest.mark.process
SECRET = "12345-not-a-token-yet-secret"


async def test_every_missing_and_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": "mysql://somewhere",
        "DATA_KEYS": "nope",
        "TELEGRAM_BOT_TOKEN": SECRET,
        "LOG_LEVEL": "loud",
        "COUNTRY": "GBR",
        "ENROLMENT": "everybody",
        "UNREVIEWED_CONTENT": "maybe",
        "SEND_RATE": "0",
        "OPERATOR_CHAT_ID": "me",
    }
    nothing, refused = await asyncio.gather(
        command("run", env=environment(), cwd=tmp_path),
        command("run", env=environment(**wrong), cwd=tmp_path),
    )

    assert (nothing.status, nothing.out) == (2, "")
    assert nothing.err == "DATA_KEYS is missing. TELEGRAM_BOT_TOKEN is missing.\n"
    assert (refused.status, refused.out) == (2, "")
    for name in wrong:
        assert name in refused.err
    assert "Traceback" not in refused.err
    assert SECRET not in refused.err
    assert refused.err.count("\n") == 1


async def test_unreviewed_texts_are_refused_in_one_sentence(rig: Rig) -> None:
    ended = await command("run", env={**rig.env, "UNREVIEWED_CONTENT": "refuse"}, cwd=rig.folder)

    assert ended.status == 2
    assert "not yet reviewed by a clinician" in ended.err
    assert "UNREVIEWED_CONTENT=serve" in ended.err
    assert ended.err.count("\n") == 1
    assert not rig.telegram.calls


async def test_beside_a_bot_that_runs_a_second_run_is_refused_and_other_commands_work(rig: Rig) -> None:
    def beside(*words: str) -> Coroutine[Any, Any, Ended]:
        return command(*words, env=rig.env, cwd=rig.folder)

    await rig.child.start()
    second, added = await asyncio.gather(
        beside("run"), beside("clinic", "add", "Harbour", "--timezone", "Europe/Lisbon")
    )
    again, invited = await asyncio.gather(
        beside("clinic", "add", "Harbour", "--timezone", "Europe/Lisbon"),
        beside("clinician", "invite", "--clinic", "Harbour"),
    )

    assert second.status == 2
    assert second.err == "Another process already runs this bot on the same database; stop it first.\n"
    assert (added.status, again.status, invited.status) == (0, 2, 0)
    ruiz = rig.phone(2001, "Dr. Ruiz")
    ruiz.person.open_link(invited.out.strip())
    await ruiz.sees("Welcome. You now read for Harbour.")

    # Nothing to do, a long poll open: it ends at once all the same.
    await asyncio.sleep(0.5)
    rig.child.signal(signal.SIGTERM)
    assert await rig.child.wait(within=5) == 0
    assert "stopped" in rig.child.log


async def test_sigterm_ends_it_within_five_seconds_and_leaves_nothing_half_done(rig: Rig) -> None:
    people = [rig.phone(1001 + number, f"Person {number}") for number in range(50)]
    for phone in people:
        phone.person.start()

    def answered() -> int:
        return sum(bool(phone.person.received) for phone in people)

    await rig.child.start()
    await until(lambda: answered() > 5, 10)
    rig.child.signal(signal.SIGTERM)
    assert await rig.child.wait(within=5) == 0

    assert (await rig.outbox())["leased"] == 0
    async with rig.record() as store, store.read() as tx:
        handled = set((await tx.run(text("SELECT update_id FROM handled_update"))).scalars())
    waiting = {update["update_id"] for update in rig.telegram.updates}
    assert not handled & waiting, "handled, but not confirmed to Telegram"
    assert len(handled | waiting) == len(people)
    # What was taken on was also answered, once.
    assert [len(phone.person.received) for phone in people].count(1) == len(handled)


async def test_no_token_name_or_text_is_in_the_log_at_debug(rig: Rig) -> None:
    child = Child({**rig.env, "LOG_LEVEL": "DEBUG"}, rig.folder)
    rig.child = child
    await child.start()
    ana = rig.phone(1001, "Anabela")
    rig.telegram.faults.add("server_error", "getUpdates", code=502)
    rig.telegram.faults.add("reset", "sendMessage")
    ana.person.start()
    await ana.sees("Hello Anabela")
    await ana.taps("I am 18 or over", "You decide")
    ana.person.say("my pain is dreadful tonight")
    await ana.sees("in the middle of setting up")
    # Now Telegram says that it does not know this token.
    rig.telegram.token = "999999999:another-token-so-that-ours-is-wrong"
    ana.person.say("still there?")
    await child.wait()

    token = rig.env["TELEGRAM_BOT_TOKEN"]
    for secret in (token, token.partition(":")[2], "Anabela", "dreadful", "still there", "1001"):
        assert secret not in child.log, secret
    assert "ldn.incoming" in child.log
