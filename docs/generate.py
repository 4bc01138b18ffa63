"""Write docs/states.md, the life of a dose, from the transition table in clinical/dose.py.

python docs/generate.py            write the page
python docs/generate.py --check    exit 1 with one sentence where the page is stale
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clinical.dose import MOVES, Move, Reason, SkipReason, Status  # noqa: E402

TARGET = ROOT / "docs" / "states.md"

MEANING = {
    Status.PLANNED: ("written, its prompt not yet accepted by Telegram", "–"),
    Status.PROMPTED: ("the prompt was accepted by Telegram", "–"),
    Status.SNOOZED: ("the patient asked for the prompt again later, inside the window", "–"),
    Status.TAKEN: ("the patient said so", "taken"),
    Status.SKIPPED: ("the patient said so, with a reason", "skipped"),
    Status.UNANSWERED: ("the window closed on a prompt that arrived", "unanswered"),
    Status.UNDELIVERED: ("grace passed, or sending failed for good; nothing is sent late", "undelivered"),
    Status.NOT_EXPECTED: ("there is a stated reason why no dose is due", "nowhere"),
}
HAPPENS = {
    Move.PROMPT_ACCEPTED: "Telegram accepted the prompt (the first, the one after a snooze, or a repeat)",
    Move.SNOOZE: "the patient chose 15, 30 or 60 minutes, or typed a time of their own",
    Move.RESCHEDULE: "the patient moved this one night",
    Move.RECORD_TAKEN: "the patient recorded it, before or inside the window",
    Move.RECORD_SKIPPED: "the patient recorded it with a reason, before or inside the window",
    Move.CLOSE_WINDOW: "the answer window passed in silence",
    Move.GIVE_UP: "grace passed, permanent failure, or restored from a backup after its time",
    Move.WITHDRAW: "a hold, pause, safety pause or other reason began; or the reason changed",
    Move.REOPEN: "the reason ended before the dose's time",
    Move.CORRECT_TAKEN: "the patient corrected it within 48 h; old and new value stay",
    Move.CORRECT_SKIPPED: "the patient corrected it within 48 h; old and new value stay",
    Move.RECORD_BY_HAND: "the patient recorded a dose that was not expected: kept and shown, counts nowhere",
}


def _said(name: str) -> str:
    return name.replace("_", " ")


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def _diagram() -> list[str]:
    edges: dict[tuple[Status, Status], list[str]] = {}
    for (status, move), after in MOVES.items():
        edges.setdefault((status, after), []).append(_said(move))
    lines = [f"    {one} --> {other}: {', '.join(moves)}" for (one, other), moves in edges.items()]
    return ["```mermaid", "stateDiagram-v2", f"    [*] --> {Status.PLANNED}", *lines, "```"]


def page() -> str:
    """The whole page, from the enums and the transition table."""
    matrix = [
        [_said(status), *(_said(MOVES[status, move]) if (status, move) in MOVES else "" for move in Move)]
        for status in Status
    ]
    lines = [
        "# The life of a dose",
        "",
        "Generated from `clinical/dose.py` by `make docs`; edit the code, not this page.",
        "",
        "## States",
        "",
        *_table(["State", "Means", "Counts as"], [[_said(one), *MEANING[one]] for one in Status]),
        "",
        "Reasons why a dose is not expected: " + ", ".join(_said(one) for one in Reason) + ".",
        "",
        "Reasons for a skipped dose: " + ", ".join(_said(one) for one in SkipReason) + ".",
        "",
        "## Moves",
        "",
        *_table(["Move", "What happened"], [[_said(one), HAPPENS[one]] for one in Move]),
        "",
        "## From state (row) by move (column) to state",
        "",
        "An empty cell is refused.",
        "",
        *_table(["", *(_said(move) for move in Move)], matrix),
        "",
        "## Diagram",
        "",
        *_diagram(),
        "",
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Write or check the page; the exit status."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("Usage: python docs/generate.py [--check]\n")
        return 2
    if not arguments:
        TARGET.write_text(page(), encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write("docs/states.md is stale; run `make docs` and commit the result.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
