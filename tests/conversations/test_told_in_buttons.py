"""What was told fits into a button, comes back as it went in, and nothing else is taken for it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinical.dose import SkipReason, Status, TapAction
from clinical.freetext import Effect
from clinical.instruments import CHECKLIST
from handlers.callbacks import Tap
from handlers.told import pack, unpack
from services.telling import Told

LEVELS = st.none() | st.integers(0, 10)
DAYS = st.dates(date(2026, 1, 1), date(2090, 1, 1))


@st.composite
def told(draw: st.DrawFn) -> Told:
    day = draw(DAYS)
    effects = draw(
        st.lists(
            st.builds(
                Effect, st.sampled_from(CHECKLIST), st.sampled_from([None, "mild", "moderate", "severe"])
            ),
            max_size=8,
            unique_by=lambda one: one.name,
        )
    )
    numbers = {"sleep": draw(LEVELS), "pain": draw(LEVELS), "effects": tuple(effects)}
    action = draw(st.none() | st.sampled_from([TapAction.TAKEN, TapAction.SKIPPED]))
    if action is None:
        return Told(day, **numbers)
    minutes = draw(st.none() | st.integers(-3000, 3000))
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Told(
        day,
        action,
        draw(st.integers(1, 10**9)),
        draw(st.sampled_from(list(Status))),
        midnight + timedelta(minutes=minutes) if action is TapAction.TAKEN and minutes is not None else None,
        draw(st.sampled_from(list(SkipReason))) if action is TapAction.SKIPPED else None,
        **numbers,
    )


@given(told())
def test_it_comes_back_as_it_went_in(one: Told) -> None:
    data = Tap("r", "change", one.dose_id, pack(one)).pack()
    tap = Tap.read(data)
    assert tap is not None
    assert unpack(tap.value, tap.subject) == one


@given(st.text(alphabet="0123456789abcdefst.-|x", max_size=40), st.integers(0, 10**18))
def test_anything_else_is_nothing_or_a_value_that_could_be_told(data: str, dose_id: int) -> None:
    found = unpack(data, dose_id)
    if found is not None:
        assert found.sleep in (None, *range(11))
        assert found.pain in (None, *range(11))
        assert unpack(pack(found), found.dose_id) == found
