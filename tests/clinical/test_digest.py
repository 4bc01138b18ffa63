from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinical.adherence import Counts
from clinical.digest import Digest, Headline, Line, OpenFlag, PatientWeek, Waiting, digest, is_worse

TODAY = date(2026, 5, 4)
CALM = PatientWeek(
    code="P-01",
    counts=Counts(taken=6, unanswered=1),
    pain=(5, 5, 4, 5),
    sleep=(3, 3, 4),
    pain_before=(6, 6, 6, 6, 6),
    open_flags=(),
    last_contact=date(2026, 5, 3),
    safety_pause=False,
    hold=False,
    review_on=None,
    step_amount_ug=1500,
    nights_on_step=12,
    corrected=1,
    started=True,
)
FLAG = OpenFlag("RF04", "same-day")


def section_of(found: Digest, code: str) -> str:
    (name,) = [
        name
        for name in ("alerts_open", "waiting", "worse", "silent", "on_track")
        if code in [line.code for line in getattr(found, name)]
    ]
    return name


def line_of(week: PatientWeek) -> Line:
    return digest([week], TODAY).lines[0]


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("on_track", {}),
        ("alerts_open", {"open_flags": (FLAG,)}),
        ("alerts_open", {"open_flags": (FLAG,), "safety_pause": True, "unreachable": True}),
        ("waiting", {"safety_pause": True}),
        ("waiting", {"hold": True}),
        ("waiting", {"review_on": date(2026, 5, 3)}),
        ("waiting", {"review_on": date(2026, 5, 10)}),
        ("on_track", {"review_on": date(2026, 5, 11)}),
        ("waiting", {"started": False, "joined_on": TODAY - timedelta(days=14)}),
        ("on_track", {"started": False, "joined_on": TODAY - timedelta(days=13), "counts": Counts()}),
        ("worse", {"pain": (7, 7, 7, 7)}),
        ("on_track", {"pain": (7, 7, 7)}),
        ("silent", {"counts": Counts(unanswered=7)}),
        ("silent", {"counts": Counts(unanswered=5, undelivered=2)}),
        ("on_track", {"counts": Counts(unanswered=6)}),
        ("on_track", {"counts": Counts(unanswered=6, skipped=1)}),
        ("silent", {"counts": Counts(unanswered=3), "nights_silent": 7}),
        ("silent", {"unreachable": True}),
        ("waiting", {"counts": Counts(unanswered=7), "safety_pause": True}),
    ],
)
def test_a_patient_stands_in_the_first_section_that_holds(section: str, change: dict[str, object]) -> None:
    assert section_of(digest([replace(CALM, **change)], TODAY), CALM.code) == section  # type: ignore[arg-type]


def test_the_headline_counts_each_patient_once() -> None:
    found = digest(
        [
            replace(CALM, code="A", open_flags=(FLAG,), hold=True),
            replace(CALM, code="B", hold=True),
            replace(CALM, code="C", unreachable=True),
            replace(CALM, code="D", pain=(8, 8, 8, 8)),
            replace(CALM, code="F"),
            replace(CALM, code="E"),
        ],
        TODAY,
    )
    assert found.headline == Headline(patients=6, alerts_open=1, waiting=1, worse=1, silent=1, on_track=2)
    assert [line.code for line in found.lines] == ["A", "B", "D", "C", "E", "F"]


def test_an_empty_week_is_empty() -> None:
    assert digest([], TODAY).headline == Headline(0, 0, 0, 0, 0, 0)


def test_means_are_unrounded_and_missing_below_four_of_seven() -> None:
    line = line_of(CALM)
    assert (line.mean_pain, line.enough_pain) == (4.75, True)
    assert (line.mean_sleep, line.enough_sleep) == (None, False)


def test_the_longest_wait_stands_first() -> None:
    found = digest(
        [
            replace(CALM, code="A", review_on=TODAY + timedelta(days=2)),
            replace(CALM, code="B", review_on=TODAY - timedelta(days=3)),
            replace(CALM, code="C", safety_pause=True, safety_pause_since=TODAY - timedelta(days=5)),
        ],
        TODAY,
    )
    assert [(line.code, line.days_waiting) for line in found.waiting] == [("C", 5), ("B", 3), ("A", 0)]
    assert [line.waiting for line in found.waiting] == [
        (Waiting.SAFETY_PAUSE,),
        (Waiting.REVIEW_OVERDUE,),
        (Waiting.REVIEW_DUE,),
    ]
    assert [line.review_due is None for line in found.waiting] == [True, False, False]


def test_whoever_was_heard_longest_ago_stands_first_among_the_silent() -> None:
    found = digest(
        [
            replace(CALM, code="A", unreachable=True),
            replace(CALM, code="B", unreachable=True, last_contact=None),
            replace(CALM, code="C", unreachable=True, last_contact=date(2026, 4, 1)),
        ],
        TODAY,
    )
    assert [line.code for line in found.silent] == ["B", "C", "A"]


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (5.0, 5.5, True),
        (5.0, 5.4, False),
        (3.0, 3.9, False),
        (3.0, 4.0, True),
        (0.0, 1.0, True),
        (6.0, 4.0, False),
        (None, 9.0, False),
        (5.0, None, False),
    ],
)
def test_worse_is_ten_percent_or_one_point_from_a_low_base(
    before: float | None, now: float | None, worse: bool
) -> None:
    assert is_worse(before, now) is worse
