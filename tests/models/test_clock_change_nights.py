"""The two nights on which the clocks change: hours are real hours, evenings and midnights are the department's own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from models.awarding.deciding.award import run_award
from models.rules.charging.drops import no_show_bars
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import AlreadyCommitted, assignment
from models.working.watch import night_before
from tests.cast import Cast, add_detail, assigns, at, post_detail, signs_up

NEW_YORK = ZoneInfo("America/New_York")
SPRING = date(2026, 3, 8)  # two o'clock becomes three: the night has seven hours
AUTUMN = date(2026, 11, 1)  # two o'clock becomes one: the night has nine


def _local(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), NEW_YORK).astimezone(UTC)


def _night_shift(day: date) -> tuple[datetime, float]:
    """From eleven in the evening before to seven in the morning, and how many hours that really is."""
    starts_at, ends_at = _local(day - timedelta(days=1), 23), _local(day, 7)
    return starts_at, (ends_at - starts_at).total_seconds() / 3600


@pytest.mark.parametrize(("night", "minutes"), [(SPRING, 420), (AUTUMN, 540)])
def test_the_hours_of_a_night_shift_are_the_hours_really_worked(
    database: Database, cast: Cast, night: date, minutes: int
) -> None:
    starts_at, hours = _night_shift(night)
    now = starts_at - timedelta(days=3)
    with at(database, cast.millbrook, now) as work:
        signs_up(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, starts_at, hours=hours))
    with at(database, cast.millbrook, now + timedelta(hours=1)) as work:
        run_award(work, cast.millbrook)
        held = work.conn.execute(sa.text("select id from assignment")).scalar_one()
        found = assignment(work, cast.millbrook.id, held)
        assert found.charged_minutes == minutes
        assert found.ends_at - found.starts_at == timedelta(minutes=minutes)


def test_the_hour_that_comes_twice_is_two_hours_and_can_be_worked_once_each(database: Database, cast: Cast) -> None:
    first, second = _local(AUTUMN, 1, 30), _local(AUTUMN, 1, 30, fold=1)
    assert second - first == timedelta(hours=1)
    with at(database, cast.millbrook, first - timedelta(days=2)) as work:
        assigns(work, cast.millbrook, cast.alvarez, add_detail(work, cast.millbrook, first, hours=1))
        assigns(work, cast.millbrook, cast.alvarez, add_detail(work, cast.millbrook, second, hours=1))
        overlapping = add_detail(work, cast.millbrook, first + timedelta(minutes=59), hours=1)
        with pytest.raises(AlreadyCommitted):
            assigns(work, cast.millbrook, cast.alvarez, overlapping)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_the_evening_before_is_the_evening_on_the_departments_wall(cast: Cast, night: date) -> None:
    assert night_before(cast.millbrook, Handbook(), _local(night, 9)) == _local(night - timedelta(days=1), 20)
    assert night_before(cast.millbrook, Handbook(), _local(night + timedelta(days=1), 9)) == _local(night, 20)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_a_shift_that_starts_after_midnight_is_reminded_of_on_the_evening_before(cast: Cast, night: date) -> None:
    assert night_before(cast.millbrook, Handbook(), _local(night, 0, 30)) == _local(night - timedelta(days=1), 20)


def test_a_reminder_at_a_time_the_clock_jumps_over_still_has_a_time(cast: Cast) -> None:
    rules = Handbook.model_validate({"reminders": {"night_before_at": "02:30"}})
    evening = night_before(cast.millbrook, rules, _local(SPRING + timedelta(days=1), 9))
    assert evening is not None
    assert evening.astimezone(UTC) in (_local(SPRING, 1, 30), _local(SPRING, 3, 30))


@pytest.mark.parametrize(("night", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_bar_ends_at_midnight_by_the_departments_clock_however_long_the_day(night: date, hours: int) -> None:
    rules = Handbook.model_validate({"drops": {"no_show_bar_days": 1}})
    day_before = _local(night - timedelta(days=1), 12)
    [bar] = no_show_bars(rules, day_before, "America/New_York")
    assert bar.ends_at == _local(night + timedelta(days=1), 0)
    assert bar.ends_at - _local(night, 0) == timedelta(hours=hours)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_the_award_of_a_posting_falls_on_its_minute_and_no_earlier(database: Database, cast: Cast, night: date) -> None:
    closes_at = _local(night, 6)
    with at(database, cast.millbrook, closes_at - timedelta(days=1)) as work:
        about = post_detail(work, cast.millbrook, closes_at + timedelta(days=2), closes_at=closes_at)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    with at(database, cast.millbrook, closes_at - timedelta(seconds=1)) as work:
        assert run_award(work, cast.millbrook) is None
    with at(database, cast.millbrook, closes_at) as work:
        assert run_award(work, cast.millbrook) is not None
