"""Times of day and the moments they mean, both daylight-saving nights included."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.clock_times import nearest_moment, read_clock_time

NEW_YORK = ZoneInfo("America/New_York")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1:30", "1:30"),
        ("130", "1:30"),
        ("1330", "1:30pm"),
        ("0130", "1:30am"),
        ("1:30pm", "1:30pm"),
        ("1:30 PM", "1:30pm"),
        ("2p", "2:00pm"),
        ("12am", "12:00am"),
        ("12pm", "12:00pm"),
        ("10:30am", "10:30am"),
        ("0000", "12:00am"),
        ("600 hrs", "6:00am"),
        ("12", "12:00"),
    ],
)
def test_a_time_is_read_and_kept_in_one_form(said: str, kept: str):
    found = read_clock_time(said)
    assert str(found) == kept
    assert read_clock_time(str(found)) == found


@pytest.mark.parametrize("said", ["", "24:00", "1:60", "13pm", "0pm", "99", "4821", "1:3", "2h", "noonish"])
def test_what_is_no_time_is_not_read_as_one(said: str):
    assert read_clock_time(said) is None


@pytest.mark.parametrize(
    ("said", "near", "meant"),
    [
        ("1:30", local(2026, 11, 28, 13, 31), local(2026, 11, 28, 13, 30)),
        ("1:30", local(2026, 11, 28, 2, 0), local(2026, 11, 28, 1, 30)),
        ("12:15", local(2026, 11, 29, 0, 5), local(2026, 11, 29, 0, 15)),
        ("11:45", local(2026, 11, 29, 0, 5), local(2026, 11, 28, 23, 45)),
        ("11:45am", local(2026, 11, 28, 20, 5), local(2026, 11, 28, 11, 45)),
        ("6", local(2026, 11, 28, 5, 56), local(2026, 11, 28, 6, 0)),
    ],
)
def test_the_nearest_moment_is_meant(said: str, near: datetime, meant: datetime):
    clock_time = read_clock_time(said)
    assert clock_time is not None
    assert nearest_moment(clock_time, NEW_YORK, near) == meant


def test_bounds_exclude_what_cannot_be():
    clock_time = read_clock_time("2")
    assert clock_time is not None
    near, end = local(2026, 11, 29, 9, 0), local(2026, 11, 28, 22, 0)
    assert nearest_moment(clock_time, NEW_YORK, near, latest=end) == local(2026, 11, 28, 14, 0)
    assert nearest_moment(clock_time, NEW_YORK, near, earliest=local(2026, 11, 29, 8, 0), latest=near) is None


def test_an_hour_the_spring_clock_skips_is_the_moment_it_jumps():
    clock_time = read_clock_time("2:30am")
    assert clock_time is not None
    assert nearest_moment(clock_time, NEW_YORK, local(2027, 3, 14, 4, 0)) == datetime(2027, 3, 14, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(("near_hour", "meant_hour"), [(5, 5), (7, 6)])
def test_an_hour_the_autumn_clock_repeats_is_the_closer_of_the_two(near_hour: int, meant_hour: int):
    clock_time = read_clock_time("1:30am")
    assert clock_time is not None
    near = datetime(2026, 11, 1, near_hour, 30, tzinfo=UTC)
    assert nearest_moment(clock_time, NEW_YORK, near) == datetime(2026, 11, 1, meant_hour, 30, tzinfo=UTC)
