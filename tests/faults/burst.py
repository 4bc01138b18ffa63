"""A burst of prompts in which the process is killed again and again; short in the suite, long in the soak."""

import asyncio
import contextlib
import random
import signal
from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import select

from bot.delivery import _IN_FLIGHT
from sandbox import Change, Message, Person
from services import kinds
from storage.store import Store
from tests.faults.crowd import DOSE, EVENT, OUTBOX, PROMPT, due_just_now, prompts
from tests.process.conftest import Rig, until


class Crowd:
    """Most people tap as soon as they see the prompt, or soon after; some tap twice, some not at all."""

    def __init__(self, rig: Rig, phones: list[Person], chance: random.Random) -> None:
        self._rig = rig
        self._phones = {phone.id: phone for phone in phones}
        self._chance = chance
        self.tapped: set[int] = set()
        self.life = 0
        self.in_life: Counter[tuple[int, int]] = Counter()
        self._loop = asyncio.get_running_loop()
        self._kill_after = 0
        self.leave = rig.telegram.on_change(self._look)

    def killed_after(self, events: int) -> None:
        """SIGKILL a moment after so many more messages and edits of the bot."""
        self._kill_after = events

    def _look(self, change: Change) -> None:
        message = change.message
        if message is None or not message.from_bot or change.kind not in ("message", "edit"):
            return
        if self._kill_after:
            self._kill_after -= 1
            if not self._kill_after:
                # Some at once, some while what was sent is being written down.
                wait = self._chance.choice((0, 0, self._chance.uniform(0, 0.04)))
                self._loop.call_later(wait, self._rig.child.signal, signal.SIGKILL)
        if change.kind == "message" and message.body.startswith(PROMPT):
            self.in_life[message.chat_id, self.life] += 1
            self._perhaps_tap(message)

    def _perhaps_tap(self, message: Message) -> None:
        if message.chat_id in self.tapped or self._chance.random() < 0.25:
            return
        self.tapped.add(message.chat_id)
        phone = self._phones[message.chat_id]
        shown = message.copy()
        # A callback of the loop: the message is not on the phone before the call is answered.
        for wait in [self._chance.choice((0.0, self._chance.uniform(0, 0.3)))] * self._chance.choice(
            (1, 1, 2)
        ):
            self._loop.call_later(wait, phone.tap, "Taken", shown)


async def survives_power_failures(rig: Rig, seed: int, *, patients: int, kills: int) -> None:
    """Let a burst be killed so many times, and assert what design 8 and 11 promise."""
    chance = random.Random(seed)
    store = await Store.open(rig.database)
    phones = await due_just_now(store, rig.telegram, patients, datetime.now(UTC))
    await store.close()
    crowd = Crowd(rig, phones, chance)
    room = 2 * patients // (kills + 2)
    for _ in range(kills):
        crowd.life += 1
        crowd.killed_after(chance.randint(1, room))
        # The kill may come before it is ready: replies that were owed go out first.
        with contextlib.suppress(AssertionError):
            await rig.child.start()
        assert await rig.child.wait() == -signal.SIGKILL, "the burst was over before the kill"
    crowd.life += 1
    await rig.child.start()
    await until(lambda: all(prompts(phone) for phone in phones), 20)
    await rig.at_rest()
    crowd.leave()
    assert await rig.child.stop() == 0

    for life in range(1, crowd.life + 1):
        assert max((n for (_, one), n in crowd.in_life.items() if one == life), default=0) <= 1, "twice alive"
    seen = [prompts(phone) for phone in phones]
    assert min(seen) >= 1
    assert max(seen) <= 1 + kills
    assert sum(seen) - len(seen) <= kills * _IN_FLIGHT
    assert len(crowd.tapped) > patients // 2
    assert not rig.telegram.updates
    assert not [body for phone in phones for body in phone_texts(phone) if "not time for" in body]
    await _recorded_once(rig, phones, crowd.tapped)
    assert "fault" not in rig.child.log


def phone_texts(phone: Person) -> list[str]:
    return [message.body for message in phone.received]


async def _recorded_once(rig: Rig, phones: list[Person], tapped: set[int]) -> None:
    async with rig.record() as store, store.read() as tx:
        statuses: Counter[str] = Counter()
        for row in await tx.run(select(DOSE).where(DOSE.c.status != "planned")):
            statuses[row.status] += 1
            moves = list(
                (
                    await tx.run(select(EVENT.c.move).where(EVENT.c.dose_id == row.id).order_by(EVENT.c.id))
                ).scalars()
            )
            expected = ["prompt_accepted"] + (["record_taken"] if row.status == "taken" else [])
            assert moves == expected
        assert statuses == Counter({"taken": len(tapped), "prompted": len(phones) - len(tapped)})
        states = Counter(
            (row.kind, row.state) for row in await tx.run(select(OUTBOX).where(OUTBOX.c.state != "due"))
        )
        assert {state for _, state in states} <= {"sent", "dropped"}, states
        assert states[kinds.REPLY, "sent"] >= len(tapped)
        left = await tx.run(select(OUTBOX.c.kind).where(OUTBOX.c.state == "due"))
        assert set(left.scalars()) <= {kinds.DOSE_REMINDER, kinds.DOSE_PROMPT}
