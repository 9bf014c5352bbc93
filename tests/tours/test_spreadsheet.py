"""Schedules as scheduling systems and people save them: a line a tour, read as it is meant or said where it is not."""

from datetime import UTC, datetime

import pytest

from models.tours.mapping import TourMapping
from models.tours.reading import Reading, overlaps
from models.tours.spreadsheet import read_spreadsheet
from tests.tours.conftest import EAST


def read(text: str, **said: object) -> Reading:
    return read_spreadsheet(text.encode(), TourMapping.model_validate(said), EAST)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("heads", "line"),
    [
        ("Badge,Start,End", "114,2026-06-02 07:00,2026-06-02 15:00"),
        ("Badge #,Starts At,Ends At", "114,6/2/2026 7:00 AM,6/2/2026 3:00 PM"),
        ("Badge;From;To", "114;06/02/2026 0700;06/02/2026 1500"),
        ("Employee ID,Date,Start Time,End Time", "114,6/2/2026,0700,1500"),
        ("Shield,Shift Date,Time In,Time Out", "114,Jun 2 2026,7:00,15:00"),
        ("Badge,Date,Start,End", "114,6/2/26,7a,3p"),
        ("Badge,Date,Shift", "114,6/2/2026,d"),
        ("Badge,Start,End", "114,2026-06-02T11:00Z,2026-06-02T15:00-04:00"),
    ],
    ids=["iso", "american", "military", "day and times", "in and out", "letters", "shift", "offsets"],
)
def test_a_day_tour_is_read_however_it_is_written(heads: str, line: str) -> None:
    (found,) = read(f"{heads}\n{line}\n", shifts={"D": "07:00-15:00"}).tours
    assert (found.badge, found.kind) == ("114", "duty")
    assert (found.starts_at, found.ends_at) == (utc("2026-06-02T11:00"), utc("2026-06-02T19:00"))


def test_a_tour_over_midnight_ends_on_the_next_day() -> None:
    (found,) = read("Badge,Date,Shift\n114,6/2/2026,N\n", shifts={"N": "23:00-07:00"}).tours
    assert (found.starts_at, found.ends_at) == (utc("2026-06-03T03:00"), utc("2026-06-03T11:00"))


@pytest.mark.parametrize(
    ("day", "hours"),
    [("10/31/2026", 9), ("3/13/2027", 7), ("6/2/2026", 8)],
    ids=["clocks go back", "clocks go forward", "an ordinary night"],
)
def test_a_night_tour_is_as_long_as_it_really_is(day: str, hours: int) -> None:
    (found,) = read(f"Badge,Date,Shift\n114,{day},N\n", shifts={"N": "23:00-07:00"}).tours
    assert (found.ends_at - found.starts_at).total_seconds() == hours * 3600


def test_a_time_that_comes_twice_is_taken_for_the_longer_tour() -> None:
    """Nobody is given a detail in an hour in which he may be on duty."""
    (found,) = read("Badge,Start,End\n114,11/1/2026 01:30,11/1/2026 01:45\n").tours
    assert (found.starts_at, found.ends_at) == (utc("2026-11-01T05:30"), utc("2026-11-01T06:45"))


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Vacation", "leave"), ("OT", "overtime"), ("Court", "court"), ("In-Service", "training"), ("", "duty")],
)
def test_usual_words_for_kinds_of_day_are_known(word: str, kind: str) -> None:
    (found,) = read(f"Badge,Start,End,Type\n114,6/2/2026 07:00,6/2/2026 15:00,{word}\n").tours
    assert found.kind == kind


def test_leave_without_hours_is_whole_days() -> None:
    (found,) = read("Badge,Date,End Date,Code\n114,6/2/2026,6/4/2026,VAC\n").tours
    assert (found.starts_at, found.ends_at) == (utc("2026-06-02T04:00"), utc("2026-06-05T04:00"))


def test_a_day_off_is_no_time_taken() -> None:
    found = read("Badge,Date,Shift\n114,6/2/2026,RDO\n115,6/2/2026,KELLY\n", kinds={"Kelly": "none"})
    assert (found.tours, found.problems, found.passed_over) == ((), (), (("KELLY", 1), ("RDO", 1)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",6/2/2026 07:00,6/2/2026 15:00", "line 2: the badge is empty"),
        ("114,,6/2/2026 15:00", "line 2: the start is empty"),
        ("114,6/2/2026 07:00,", "line 2: the end is empty"),
        ("114,someday,6/2/2026 15:00", "line 2: 'someday' is not a day and a time like 11/28/2026 07:00"),
        ("114,6/2/2026 25:00,6/2/2026 15:00", "line 2: '6/2/2026 25:00' is not a day and a time like 11/28/2026 07:00"),
        ("114,6/2/2026 15:00,6/2/2026 07:00", "line 2: ends before it begins"),
        ("114,6/2/2026 07:00,6/2/2028 15:00", "line 2: is 731 days long; is a year mistyped?"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(line: str, said: str) -> None:
    assert [str(each) for each in read(f"Badge,Start,End\n{line}\n").problems] == [said]


def test_a_word_nobody_explained_is_asked_about_never_guessed() -> None:
    (problem,) = read("Badge,Start,End,Type\n114,6/2/2026 07:00,6/2/2026 15:00,ZZTOP\n").problems
    assert "'ZZTOP' is no kind of day that is known; say under kinds" in str(problem)


def test_a_shift_nobody_explained_is_asked_about() -> None:
    (problem,) = read("Badge,Date,Shift\n114,6/2/2026,duty\n").problems
    assert "the hours of shift 'duty' are not known; say them under shifts" in str(problem)


def test_a_file_without_headings_says_what_it_must_name() -> None:
    assert "it must name badge" in str(read("114,07:00\n").problems[0])
    assert "it says nothing" in str(read("").problems[0])


def test_two_tours_at_once_are_found() -> None:
    found = read("Badge,Start,End\n114,6/2/2026 07:00,6/2/2026 15:00\n114,6/2/2026 14:00,6/2/2026 22:00\n")
    (problem,) = overlaps(found.tours, EAST)
    assert str(problem) == "line 3: badge 114 is on duty already until 2026-06-02 15:00 (line 2)"


def test_leave_may_lie_over_duty() -> None:
    found = read(
        "Badge,Start,End,Type\n114,6/2/2026 07:00,6/2/2026 15:00,duty\n114,6/2/2026 07:00,6/2/2026 15:00,sick\n"
    )
    assert list(overlaps(found.tours, EAST)) == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"shifts": {"D": "seven to three"}}, "the hours of shift 'D' are 'seven to three', not like 07:00-15:00"),
        ({"columns": {"bagde": "Emp"}}, "no column means 'bagde'"),
        ({"zones": {"Eastern": "America/Nowhere"}}, "there is no zone 'America/Nowhere'"),
        ({"badge_pattern": "[0-9"}, "badge_pattern is not a regular expression"),
        ({"badge_pattern": "[0-9]+"}, "needs a group in parentheses"),
        ({"kinds": {"VAC": "holiday"}}, "Input should be"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(said: dict[str, object], error: str) -> None:
    with pytest.raises(ValueError, match=error.replace("[", r"\[")):
        TourMapping.model_validate(said)
