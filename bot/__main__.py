"""The command line. Exit status: 0 done, 2 bad usage or settings (one sentence), 1 failure."""

import argparse
import gc
import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bot import administration, logs
from bot.command import Failed, Refused, go, say, settings_of, telegram, with_store
from bot.settings import Settings, SettingsError

log = logging.getLogger("ldn")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ldn-companion", description="LDN Companion")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, what: str, work: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what, description=what)
        added.set_defaults(work=work)
        return added

    command("run", "run the bot", _run)
    demo = command("demo", "live through a first night in the browser; no Telegram needed", _demo)
    demo.add_argument("--port", type=int, default=8787)
    demo.add_argument("--no-open", action="store_true", help="do not open a browser")
    command("check", "check settings, database and Telegram", _check)
    command("migrate", "bring the database up to date", _migrate)
    command("new-key", "make a key for DATA_KEYS", _new_key)
    clinic = command("clinic", "clinics", _usage).add_subparsers(dest="what", required=True)
    add = clinic.add_parser("add", help="add a clinic")
    add.add_argument("name")
    add.add_argument("--timezone", required=True)
    add.set_defaults(work=administration.clinic_add)
    clinician = command("clinician", "clinicians", _usage).add_subparsers(dest="what", required=True)
    invite = clinician.add_parser("invite", help="print a single-use link for one clinician")
    invite.add_argument("--clinic", required=True)
    invite.set_defaults(work=administration.clinician_invite)
    patient = command("patient", "patients", _usage).add_subparsers(dest="what", required=True)
    for_one = patient.add_parser("invite", help="print a single-use link for one patient, without a plan")
    for_one.add_argument("--clinician", required=True, type=int, help="the clinician's number")
    for_one.set_defaults(work=administration.patient_invite)
    digest = command("digest", "print a clinician's digest as it stands now", administration.digest)
    digest.add_argument("--clinician", required=True, type=int, help="the clinician's number")
    ledger = command(
        "ledger", "what one patient was owed, sent and answered, day by day", administration.ledger
    )
    ledger.add_argument("--patient", required=True, metavar="CODE")
    ledger.add_argument("--from", dest="first", type=_day, metavar="DAY", help="first dose day: 2026-03-02")
    ledger.add_argument("--to", dest="last", type=_day, metavar="DAY", help="last dose day")
    export = command("export", "one patient's record, on standard output", administration.export)
    export.add_argument("--patient", required=True, metavar="CODE")
    export.add_argument("--format", choices=["csv", "json"], default="csv")
    ask = command("ask", "what the bot makes of a text", _ask)
    ask.add_argument("text", nargs="*")
    ask.add_argument("--file", type=Path)
    ask.add_argument("--lang", choices=["en", "es"])
    faq = command("faq", "the answers", _usage).add_subparsers(dest="what", required=True)
    faq.add_parser("lint", help="check every clinical text").set_defaults(work=_faq_lint)
    bench = command("bench", "measure", _bench)
    bench.add_argument("cases", nargs="*", metavar="CASE")
    bench.add_argument("--json", action="store_true")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; one looks like 2026-03-02") from None


def _usage(_args: argparse.Namespace) -> int:
    raise Refused("Something is missing behind that command; --help shows it.")


def _run(_args: argparse.Namespace) -> int:
    # What a start builds lives to the end: looking through it for garbage again and again delays the start.
    gc.disable()
    from telegram.error import InvalidToken

    from bot.clock import SystemClock
    from bot.running import run
    from bot.web import CannotListen
    from clinical.content import unreviewed
    from storage.store import Store

    settings: Settings = settings_of(Settings)
    if settings.unreviewed_content == "refuse" and (waiting := unreviewed()):
        raise Refused(
            f"{len(waiting)} clinical texts are not yet reviewed by a clinician, "
            "so I do not serve real people. UNREVIEWED_CONTENT=serve serves them with a mark."
        )

    async def work() -> int:
        store = await Store.open(settings.database_url)
        gc.freeze()
        gc.enable()
        try:
            await run(settings, store, SystemClock())
        except CannotListen as error:
            raise Refused(str(error)) from None
        except InvalidToken:
            raise Refused(
                "Telegram does not know TELEGRAM_BOT_TOKEN; BotFather shows the right one."
            ) from None
        finally:
            await store.close()
        return 0

    return go(work())


def _demo(args: argparse.Namespace) -> int:
    from bot.demo import demo

    if not 0 <= args.port <= 65535:
        raise Refused("The port must be between 0 and 65535.")
    return go(demo(args.port, open_browser=not args.no_open))


def _check(_args: argparse.Namespace) -> int:
    from telegram.error import TelegramError

    from clinical.content import unreviewed
    from storage.store import Store

    settings: Settings = settings_of(Settings)

    async def work() -> int:
        store = await Store.open(settings.database_url)
        await store.answers()
        await store.close()
        say("Database: reachable, up to date, opened with these keys.")
        try:
            async with telegram(settings) as bot:
                say(f"Telegram: reachable, the bot is @{bot.username}.")
        except TelegramError as error:
            raise Failed(
                f"Telegram does not answer or does not know the token ({type(error).__name__})."
            ) from None
        gate = f"UNREVIEWED_CONTENT={settings.unreviewed_content}"
        say(f"Clinical texts not yet reviewed: {len(unreviewed())} ({gate}).")
        return 0

    return go(work())


def _migrate(_args: argparse.Namespace) -> int:
    async def work(_store: Any) -> int:
        say("The database is up to date.")
        return 0

    return with_store(work)


def _new_key(_args: argparse.Namespace) -> int:
    from storage.encryption import new_key

    say(new_key())
    return 0


def _ask(args: argparse.Namespace) -> int:
    from bot import ask

    if (args.file is None) == (not args.text):
        raise Refused("Give a text or --file, one of the two.")
    country = load_country()
    if args.file is None:
        say(json.dumps(ask.judge(" ".join(args.text), country, args.lang), ensure_ascii=False, indent=2))
        return 0
    try:
        lines = args.file.open(encoding="utf-8", errors="replace")
    except OSError:
        raise Refused(f"{args.file} cannot be read.") from None
    bad = 0
    with lines:
        for number, answer in enumerate(ask.judge_lines(lines, country, args.lang), 1):
            bad += "error" in answer
            say(json.dumps(answer, ensure_ascii=False))
            if number % _SHOWN_EVERY == 0:
                _progress(f"{number} lines")
    _progress("")
    return 1 if bad else 0


_SHOWN_EVERY = 100


def _progress(words: str) -> None:
    """On a terminal one line that is written over; nothing where somebody collects what is said."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{words}")
        sys.stderr.flush()


def load_country() -> str | None:
    """COUNTRY alone: `ask` needs no other setting."""
    return os.environ.get("COUNTRY") or None


def _faq_lint(_args: argparse.Namespace) -> int:
    from clinical import faq

    problems = faq.lint()
    for problem in problems:
        say(problem)
    answers = sum(len(faq.topics(language)) for language in faq.LANGUAGES)
    say(f"{answers} answers, {len(problems)} problems")
    return 1 if problems else 0


def _bench(args: argparse.Namespace) -> int:
    from bot import bench

    unknown = sorted(set(args.cases) - set(bench.CASES))
    if unknown:
        raise Refused(f"There is no case {unknown[0]!r}; there are: {', '.join(bench.CASES)}.")
    return go(bench.run(args.cases or list(bench.CASES), as_json=args.json))


def main() -> None:
    """Run one command; the process ends with its exit status."""
    from storage.errors import AlreadyRunning, StorageError, WrongKeys

    args = _parser().parse_args()
    logs.set_up(os.environ.get("LOG_LEVEL", "WARNING"), os.environ.get("LOG_FORMAT", "console"))
    try:
        status = args.work(args)
    except (SettingsError, Refused, WrongKeys, AlreadyRunning) as error:
        sys.stderr.write(f"{error}\n")
        status = 2
    except (Failed, StorageError) as error:
        sys.stderr.write(f"{error}\n")
        status = 1
    except KeyboardInterrupt:
        status = 130
    except Exception as error:
        log.debug("failed", exc_info=True)
        sys.stderr.write(f"It did not work: {type(error).__name__}. LOG_LEVEL=DEBUG shows more.\n")
        status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
