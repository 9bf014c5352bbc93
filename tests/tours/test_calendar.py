"""Schedules as calendars (RFC 5545): repetitions, exceptions, zones; what is broken is named, the rest is read."""

from datetime import UTC, datetime

import pytest

from models.tours.calendar import read_calendar
from models.tours.mapping import TourMapping
from models.tours.reading import Reading
from tests.tours.conftest import EAST

WINDOW = (datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def calendar(*events: str, head: str = "") -> str:
    body = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Roster//EN\n{head}{body}\nEND:VCALENDAR\n"


def read(text: str, **said: object) -> Reading:
    return read_calendar(text.encode(), TourMapping.model_validate(said), EAST, WINDOW)


def hours(reading: Reading) -> list[tuple[str, str, str]]:
    return [
        (each.badge, f"{each.starts_at.astimezone(EAST):%m-%d %H:%M}", f"{each.ends_at.astimezone(EAST):%m-%d %H:%M}")
        for each in sorted(reading.tours, key=lambda one: one.starts_at)
    ]


NIGHTS = (
    "UID:1\nSUMMARY:Patrol 114\nDTSTART;TZID=America/New_York:20261030T230000\n"
    "DTEND;TZID=America/New_York:20261031T070000\nRRULE:FREQ=DAILY;COUNT=4"
)


def test_a_repeated_tour_is_as_many_tours_each_on_the_wall_clock() -> None:
    found = read(calendar(NIGHTS))
    assert hours(found) == [
        ("114", "10-30 23:00", "10-31 07:00"),
        ("114", "10-31 23:00", "11-01 07:00"),
        ("114", "11-01 23:00", "11-02 07:00"),
        ("114", "11-02 23:00", "11-03 07:00"),
    ]


def test_a_repetition_that_is_taken_out_moved_or_cancelled_is_not_there() -> None:
    found = read(
        calendar(
            f"{NIGHTS}\nEXDATE;TZID=America/New_York:20261031T230000",
            "UID:1\nSUMMARY:Patrol 114\nRECURRENCE-ID;TZID=America/New_York:20261101T230000\nSTATUS:CANCELLED\n"
            "DTSTART;TZID=America/New_York:20261101T230000\nDTEND;TZID=America/New_York:20261102T070000",
            "UID:1\nSUMMARY:Patrol 114\nRECURRENCE-ID;TZID=America/New_York:20261102T230000\n"
            "DTSTART;TZID=America/New_York:20261102T150000\nDTEND;TZID=America/New_York:20261102T230000",
        )
    )
    assert hours(found) == [("114", "10-30 23:00", "10-31 07:00"), ("114", "11-02 15:00", "11-02 23:00")]
    assert found.passed_over == (("cancelled", 1),)


@pytest.mark.parametrize(
    "start",
    ["DTSTART;TZID=Eastern Standard Time:20261101T080000", "DTSTART:20261101T080000", "DTSTART:20261101T130000Z"],
    ids=["a Windows zone", "no zone", "UTC"],
)
def test_times_are_meant_in_their_zone_or_on_the_departments_wall(start: str) -> None:
    assert hours(read(calendar(f"UID:1\nSUMMARY:114\n{start}\nDURATION:PT8H"))) == [
        ("114", "11-01 08:00", "11-01 16:00")
    ]


def test_whole_days_of_leave_end_before_the_day_that_is_named_last() -> None:
    found = read(calendar("UID:1\nSUMMARY:Vacation 114\nDTSTART;VALUE=DATE:20261031\nDTEND;VALUE=DATE:20261102"))
    assert hours(found) == [("114", "10-31 00:00", "11-02 00:00")]
    assert found.tours[0].kind == "leave"


def test_a_calendar_of_one_officer_needs_no_badge_in_its_events() -> None:
    found = read(calendar("UID:1\nSUMMARY:B Squad\nDTSTART:20261101T080000\nDURATION:PT8H"), badge="114")
    assert hours(found) == [("114", "11-01 08:00", "11-01 16:00")]


def test_the_badge_stands_where_the_mapping_says() -> None:
    event = "UID:1\nSUMMARY:B Squad 2\nDESCRIPTION:Ofc. Reyes (badge 0114)\nDTSTART:20261101T080000\nDURATION:PT8H"
    found = read(calendar(event), badge_in="description", badge_pattern=r"badge (\d+)")
    assert [each.badge for each in found.tours] == ["0114"]


def test_an_event_without_a_badge_or_of_free_time_is_counted_and_passed_over() -> None:
    found = read(
        calendar(
            "UID:1\nSUMMARY:Roll call\nDTSTART:20261101T080000\nDURATION:PT1H",
            "UID:2\nSUMMARY:114 birthday\nTRANSP:TRANSPARENT\nDTSTART:20261101T080000\nDURATION:PT1H",
        )
    )
    assert (found.tours, found.problems) == ((), ())
    assert found.passed_over == (("marked as free time", 1), ("no badge", 1))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("DTSTART;TZID=Made Up:20261101T080000\nDURATION:PT8H", "DTSTART is in the zone 'Made Up', which nobody knows"),
        ("DTSTART:2026-11-01\nDURATION:PT8H", "DTSTART cannot be understood: '2026-11-01'"),
        ("DURATION:PT8H", "has no start"),
        ("DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=SECONDLY", "repeats secondly: nobody works that"),
        ("DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=SOMETIMES", "cannot be understood"),
        ("DTSTART:20261101T080000\nDTEND:20261101T070000", "ends before it begins"),
        ("DTSTART:20261101T080000\nDURATION:-PT8H", "ends before it begins"),
        ("DTSTART:20261101T080000\nDTEND:20261101T160000\nDURATION:PT8H", "has an end and a duration"),
        ("DTSTART:20261101T080000\nDTSTART:20261102T080000\nDURATION:PT8H", "has DTSTART twice"),
        # A repetition every no days would never be over.
        ("DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=DAILY;INTERVAL=0", "repeats with INTERVAL 0"),
        ("DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=DAILY;INTERVAL=-1", "repeats with INTERVAL -1"),
        ("DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=0", "repeats with COUNT 0"),
        # What never comes was looked for until the year 9999.
        (
            "DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "on no day that there is",
        ),
        ("DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO", "on no day that there is"),
        (
            "DTSTART:20261101T080000\nDURATION:PT8H\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;UNTIL=20301101T080000",
            "on no day that there is",
        ),
        ("DTSTART:99991231T230000\nDURATION:PT8H", "cannot be understood"),
        ("DTSTART;VALUE=DATE:20261101", "lasts whole days and its title says no kind"),
    ],
)
def test_a_broken_event_is_named_and_the_others_are_read(event: str, said: str) -> None:
    found = read(calendar(f"UID:2\nSUMMARY:Post 115\n{event}", NIGHTS))
    (problem,) = found.problems
    assert said in str(problem)
    assert str(problem).startswith("event 'Post 115'")
    assert len(found.tours) == 4


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
                                  "FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=1SU"])  # fmt: skip
def test_what_comes_seldom_is_no_problem(rule: str) -> None:
    found = read(calendar(f"UID:1\nSUMMARY:114\nDTSTART:20261101T080000\nDURATION:PT8H\nRRULE:{rule}"))
    assert found.problems == ()


def test_a_zone_that_nobody_knows_may_be_explained() -> None:
    event = "UID:1\nSUMMARY:114\nDTSTART;TZID=Made Up:20261101T070000\nDURATION:PT8H"
    found = read(calendar(event), zones={"Made Up": "America/Chicago"})
    assert hours(found) == [("114", "11-01 08:00", "11-01 16:00")]


def test_a_calendar_that_calls_off_calls_off_everything() -> None:
    found = read(calendar(NIGHTS, head="METHOD:CANCEL\n"))
    assert (found.tours, found.passed_over) == ((), (("cancelled", 4),))


@pytest.mark.parametrize("text", ["", "no calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "\x00\x01"])
def test_what_is_no_calendar_is_said_to_be_none(text: str) -> None:
    (problem,) = read(text).problems
    assert "is not an iCalendar file" in str(problem)
