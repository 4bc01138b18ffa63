"""Promises of planning over every zone, both clock changes, and any sequence of zones and bedtimes."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinical.dose import Reason, windows
from clinical.localtime import ONE_DAY, calendar_day, day_exists, instant_of, load_zone, zone_names
from clinical.regimen import EVERY_DAY, Cadence, Regimen, every_second_day, on_weekdays, wall_on
from clinical.schedule import MIN_GAP, LastPlanned, PlannedDose, plan_days

NAMES = sorted(zone_names())
FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Auckland", "Pacific/Chatham")
HARD = ("Africa/Cairo", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Troll", *FAR)
TELLING_WALLS = [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(12), time(22), time(23, 30)]

zones = st.one_of(st.sampled_from(NAMES), st.sampled_from(HARD)).map(load_zone)
walls = st.one_of(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(TELLING_WALLS)
)
starts = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
cadences = st.one_of(
    st.just(EVERY_DAY),
    st.dates(date(2005, 1, 1), date(2035, 1, 1)).map(every_second_day),
    st.frozensets(st.integers(0, 6), min_size=1).map(on_weekdays),
)
changes = st.lists(st.tuples(zones, walls, st.integers(1, 90)), min_size=1, max_size=6)
moderately = settings(
    max_examples=250, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@dataclass
class Ledger:
    """What storage and the planning service do around `plan_days`, and nothing more."""

    rows: list[tuple[PlannedDose, Regimen, ZoneInfo]] = field(default_factory=list)

    def plan(self, regimen: Regimen, zone: ZoneInfo, now: datetime) -> None:
        last = None
        if self.rows:
            newest = self.rows[-1][0]
            expected = [dose.scheduled_at for dose, _, _ in self.rows if dose.reason is None]
            last = LastPlanned(newest.dose_day, newest.scheduled_at, expected[-1] if expected else None)
        found = plan_days(regimen=regimen, zone=zone, last=last, now=now)
        self.rows += [(dose, regimen, zone) for dose in found]
        assert [dose.scheduled_at > now for dose, _, _ in self.rows].count(True) == 1
        assert self.rows[-1][0].scheduled_at > now

    def replan(self, regimen: Regimen, zone: ZoneInfo, now: datetime) -> None:
        """A change: what was planned and is still to come is planned anew."""
        self.rows = [row for row in self.rows if row[0].scheduled_at <= now]
        self.plan(regimen, zone, now)

    @property
    def expected(self) -> list[datetime]:
        return [dose.scheduled_at for dose, _, _ in self.rows if dose.reason is None]

    def check(self) -> None:
        days = [dose.dose_day for dose, _, _ in self.rows]
        assert days == [days[0] + timedelta(days=ahead) for ahead in range(len(days))]
        for earlier, later in zip(self.expected, self.expected[1:], strict=False):
            assert later - earlier >= MIN_GAP
        for dose, regimen, zone in self.rows:
            if dose.reason is None:
                assert regimen.cadence.expects(dose.dose_day)
            else:
                assert dose.reason in (Reason.DAY_OFF, Reason.SCHEDULE_CHANGE)
            keeps_its_wall_time(dose, regimen, zone)


def keeps_its_wall_time(dose: PlannedDose, regimen: Regimen, zone: ZoneInfo) -> None:
    """The local clock shows the wall time, for the first time; or, in a gap, one later by the gap."""
    wall = wall_on(regimen, dose.dose_day)
    day = calendar_day(dose.dose_day, wall) if regimen.at_bedtime else dose.dose_day
    wanted = datetime.combine(day, wall)
    local = dose.scheduled_at.astimezone(zone)
    shown = local.replace(tzinfo=None, fold=0)
    if shown == wanted:
        assert local.fold == 0
        return
    gap = shown - wanted
    earlier = (dose.scheduled_at - gap - timedelta(minutes=1)).astimezone(zone)
    after, before = (one.utcoffset() or timedelta() for one in (local, earlier))
    assert timedelta() < gap == after - before
    for offset in (before, after):
        never = (wanted - offset).replace(tzinfo=UTC).astimezone(zone)
        assert never.replace(tzinfo=None) != wanted


@moderately
@given(start=starts, sequence=changes, cadence=cadences, at_bedtime=st.booleans())
def test_any_sequence_of_zones_and_times_keeps_the_promises(
    start: datetime, sequence: list[tuple[ZoneInfo, time, int]], cadence: Cadence, at_bedtime: bool
) -> None:
    ledger, now = Ledger(), start
    for zone, wall, hours in sequence:
        regimen = Regimen(steps=(), wall=wall, at_bedtime=at_bedtime, cadence=cadence)
        ledger.replan(regimen, zone, now)
        for _ in range(3):
            now += timedelta(hours=hours)
            ledger.plan(regimen, zone, now)
        ledger.check()


@moderately
@given(start=starts, zone=zones, wall=walls, outage=st.integers(1, 60 * 24), at_bedtime=st.booleans())
def test_an_outage_plans_the_same_doses_as_punctual_ticks(
    start: datetime, zone: ZoneInfo, wall: time, outage: int, at_bedtime: bool
) -> None:
    regimen = Regimen(steps=(), wall=wall, at_bedtime=at_bedtime)
    punctual, late = Ledger(), Ledger()
    late.plan(regimen, zone, start)
    for hours in range(0, outage, 5):
        punctual.plan(regimen, zone, start + timedelta(hours=hours))
    end = start + timedelta(hours=outage)
    punctual.plan(regimen, zone, end)
    late.plan(regimen, zone, end)
    assert punctual.rows == late.rows
    late.check()


@moderately
@given(start=starts, zone=zones, wall=walls, shift=st.integers(-9 * 60, 9 * 60))
def test_a_weekend_time_never_costs_a_dose(start: datetime, zone: ZoneInfo, wall: time, shift: int) -> None:
    into_the_night = (wall.hour * 60 + wall.minute - 12 * 60) % (24 * 60)
    moved = min(max(into_the_night + shift, 0), 24 * 60 - 1)
    weekend = time((moved // 60 + 12) % 24, moved % 60)
    regimen = Regimen(steps=(), wall=wall, weekend_wall=weekend)
    ledger = Ledger()
    ledger.plan(regimen, zone, start)
    ledger.plan(regimen, zone, start + timedelta(days=15))
    ledger.check()
    changed = [dose.dose_day for dose, _, _ in ledger.rows if dose.reason is not None]
    assert all(not day_exists(day, zone) for day in changed)


@moderately
@given(at=starts, zone=zones, wall=walls, grace=st.integers(0, 30))
def test_the_windows_of_a_dose_stand_in_order(at: datetime, zone: ZoneInfo, wall: time, grace: int) -> None:
    scheduled_at = instant_of(at.date(), wall, zone)
    following = instant_of(at.date() + ONE_DAY, wall, zone)
    found = windows(scheduled_at, zone, following, grace=timedelta(hours=grace))
    assert scheduled_at <= found.grace_until <= found.closes_at <= found.correct_until
    assert found.closes_at > scheduled_at
    if following > scheduled_at:
        assert found.closes_at <= following


@dataclass
class Living:
    """The rows of somebody whose times, days, slots, zone and reasons change again and again."""

    rows: list[PlannedDose] = field(default_factory=list)

    def plan(
        self, regimen: Regimen, zone: ZoneInfo, now: datetime, reason: Reason | None, changed: bool
    ) -> None:
        last = None
        if self.rows:
            newest = self.rows[-1]
            expected = [dose.scheduled_at for dose in self.rows if dose.reason is None]
            last = LastPlanned(
                newest.dose_day, newest.scheduled_at, expected[-1] if expected else None, newest.slot
            )
        self.rows += plan_days(
            regimen=regimen,
            zone=zone,
            last=last,
            now=now,
            reason_of=lambda _day: reason,
            changed_at=now if changed else None,
        )

    def change(self, regimen: Regimen, zone: ZoneInfo, now: datetime, reason: Reason | None) -> None:
        self.rows = [dose for dose in self.rows if dose.scheduled_at <= now]
        self.plan(regimen, zone, now, reason, changed=True)


daily_walls = st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda hours: tuple(map(time, hours)))
regimens = st.one_of(
    st.builds(lambda wall, cadence: Regimen((), wall, cadence=cadence), walls, cadences),
    st.builds(
        lambda pair, cadence: Regimen((), pair[0], at_bedtime=False, cadence=cadence, second_wall=pair[1]),
        daily_walls,
        cadences,
    ),
    st.builds(lambda wall, cadence: Regimen((), wall, at_bedtime=False, cadence=cadence), walls, cadences),
)
reasons = st.sampled_from([None, None, Reason.HOLD, Reason.PAUSE, Reason.SAFETY_PAUSE])
lived = st.lists(st.tuples(regimens, zones, reasons, st.integers(1, 100)), min_size=2, max_size=8)


@moderately
@given(start=starts, changes=lived)
def test_any_life_of_changes_holds_pauses_and_journeys_keeps_one_row_a_dose(
    start: datetime, changes: list[tuple[Regimen, ZoneInfo, Reason | None, int]]
) -> None:
    living, now = Living(), start
    for regimen, zone, reason, hours in changes:
        living.change(regimen, zone, now, reason)
        planned_before = len(living.rows)
        for _ in range(2):
            now += timedelta(hours=hours)
            living.plan(regimen, zone, now, reason, changed=False)
        if reason is not None:
            assert all(dose.reason == reason for dose in living.rows[planned_before:])
    keys = [(dose.dose_day, dose.slot) for dose in living.rows]
    assert keys == sorted(set(keys))
    days = sorted({day for day, _ in keys})
    assert days == [days[0] + timedelta(days=ahead) for ahead in range(len(days))]
    expected = [dose for dose in living.rows if dose.reason is None]
    for earlier, later in itertools.pairwise(expected):
        assert later.scheduled_at > earlier.scheduled_at
        if earlier.slot == later.slot == 1 and all(one[0].second_wall is None for one in changes):
            assert later.scheduled_at - earlier.scheduled_at >= MIN_GAP


@moderately
@given(start=starts, before=regimens, after=regimens, one=zones, other=zones, hours=st.integers(1, 48))
def test_a_change_never_makes_a_dose_of_the_past(
    start: datetime, before: Regimen, after: Regimen, one: ZoneInfo, other: ZoneInfo, hours: int
) -> None:
    living = Living()
    living.plan(before, one, start, None, changed=False)
    now = start + timedelta(hours=hours)
    living.plan(before, one, now, None, changed=False)
    kept = [dose for dose in living.rows if dose.scheduled_at <= now]
    living.change(after, other, now, None)
    assert living.rows[: len(kept)] == kept
    assert all(dose.reason is not None or dose.scheduled_at > now for dose in living.rows[len(kept) :])


def clock_changes(zone: ZoneInfo, year: int) -> list[date]:
    """The local dates in a year around which the offset is not what it was the day before."""
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=ahead) for ahead in range(366)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    return [
        noons[ahead].astimezone(zone).date()
        for ahead in range(1, 366)
        if offsets[ahead] != offsets[ahead - 1]
    ]


@pytest.mark.parametrize("year", [2026, 2040])
def test_each_clock_change_of_every_zone_gives_each_night_one_dose(year: int) -> None:
    checked = 0
    for name in NAMES:
        zone = load_zone(name)
        for changed in clock_changes(zone, year):
            for wall in TELLING_WALLS:
                for at_bedtime in (True, False):
                    regimen = Regimen(steps=(), wall=wall, at_bedtime=at_bedtime)
                    start = instant_of(changed - 3 * ONE_DAY, time(12), zone)
                    ledger = Ledger()
                    ledger.plan(regimen, zone, start)
                    ledger.plan(regimen, zone, start + timedelta(days=6))
                    ledger.check()
                    assert all(dose.reason is None for dose, _, _ in ledger.rows)
                    checked += 1
    assert checked > 2000


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Pacific/Kanton", date(1994, 12, 31)),
    ],
)
@pytest.mark.parametrize("wall", TELLING_WALLS)
@pytest.mark.parametrize("at_bedtime", [True, False])
def test_only_the_day_that_never_was_has_no_dose(
    name: str, skipped: date, wall: time, at_bedtime: bool
) -> None:
    zone, ledger = load_zone(name), Ledger()
    regimen = Regimen(steps=(), wall=wall, at_bedtime=at_bedtime)
    start = instant_of(skipped - 3 * ONE_DAY, time(12), zone)
    ledger.plan(regimen, zone, start)
    ledger.plan(regimen, zone, start + timedelta(days=7))
    ledger.check()
    without = {dose.dose_day: dose.reason for dose, _, _ in ledger.rows if dose.reason is not None}
    assert without == {skipped: Reason.SCHEDULE_CHANGE}
    assert ledger.expected == sorted(set(ledger.expected))


def test_the_helper_of_these_tests_sees_a_wrong_wall_time() -> None:
    zone, regimen = load_zone("Europe/Berlin"), Regimen(steps=(), wall=time(22))
    right = PlannedDose(date(2026, 3, 29), 1, datetime(2026, 3, 29, 20, tzinfo=UTC), None)
    keeps_its_wall_time(right, regimen, zone)
    with pytest.raises(AssertionError):
        keeps_its_wall_time(replace(right, scheduled_at=right.scheduled_at + ONE_DAY / 24), regimen, zone)
