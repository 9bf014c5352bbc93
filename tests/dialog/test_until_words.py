"""Until when, as people write it, by the department's clock; illustrative."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.until_words import read_until

ZONE = ZoneInfo("America/New_York")
# Wednesday, November 25, 2026, ten in the morning.
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("UNTIL FRIDAY 6PM", "2026-11-27 18:00"),
        ("HASTA EL VIERNES A LAS 6PM", "2026-11-27 18:00"),
        ("UNTIL FRI", "2026-11-27 23:59"),
        ("FRI 6:30 PM", "2026-11-27 18:30"),
        ("TIL FRIDAY AT 6", "2026-11-27 18:00"),
        ("FRIDAY AT 9", "2026-11-27 09:00"),
        ("FRIDAY NOON", "2026-11-27 12:00"),
        ("UNTIL TOMORROW", "2026-11-26 23:59"),
        ("HASTA MANANA", "2026-11-26 23:59"),
        ("TODAY 6PM", "2026-11-25 18:00"),
        ("6PM", "2026-11-25 18:00"),
        ("9AM", "2026-11-26 09:00"),
        ("UNTIL 1800", "2026-11-25 18:00"),
        ("WEDNESDAY 6PM", "2026-11-25 18:00"),
        ("FOR 3 DAYS", "2026-11-28 23:59"),
        ("POR 3 DIAS", "2026-11-28 23:59"),
        ("FOR A WEEK", "2026-12-02 23:59"),
        ("12/5 6PM", "2026-12-05 18:00"),
        ("UNTIL 1/2", "2027-01-02 23:59"),
        # Already over: said as it is, so that it can be asked about.
        ("TODAY 8AM", "2026-11-25 08:00"),
    ],
)
def test_a_day_and_a_time_are_read_as_the_next_that_fit(said: str, means: str) -> None:
    found = read_until(said, NOW, ZONE)
    assert found is not None
    assert f"{found.astimezone(ZONE):%Y-%m-%d %H:%M}" == means


@pytest.mark.parametrize("said", ["", "SOON", "UNTIL I SAY SO", "99/99", "13/45"])
def test_what_names_no_time_is_none(said: str) -> None:
    assert read_until(said, NOW, ZONE) is None


def test_the_night_the_clocks_go_back_has_its_end_once() -> None:
    saturday = datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert read_until("TOMORROW 1:30AM", saturday, ZONE) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
