"""Standing orders: what they are read as, and which details they ask for."""

from zoneinfo import ZoneInfo

import pytest

from flows.standing_words import read_minute, read_minutes, read_wish
from models.rules.standing_orders import Wanted, Wish, fits
from tests.rules.cast import span

EAST = ZoneInfo("America/New_York")
KINDS = ("Traffic", "Stadium", "Road work", "details")


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("TRAFFIC <8H SAT", Wish(kinds=("Traffic",), most_minutes=479, weekdays=(5,))),
        ("TRAFFIC AND STADIUM", Wish(kinds=("Stadium", "Traffic"))),
        ("ROAD WORK ON WEEKDAYS", Wish(kinds=("Road work",), weekdays=(0, 1, 2, 3, 4))),
        ("FRI-SUN UP TO 6 HOURS", Wish(weekdays=(4, 5, 6), most_minutes=360)),
        ("SUN-MON", Wish(weekdays=(0, 6))),
        ("AT LEAST 4H NIGHTS", Wish(least_minutes=240, from_minute=1080, until_minute=300)),
        ("OVER 4.5 HOURS", Wish(least_minutes=271)),
        ("6AM-2PM", Wish(from_minute=360, until_minute=840)),
        ("AFTER 6PM TUE THU", Wish(from_minute=1080, weekdays=(1, 3))),
        ("BEFORE 0900", Wish(until_minute=540)),
        ("TRAFFIC MENOS DE 8H SAB Y DOM", Wish(kinds=("Traffic",), most_minutes=479, weekdays=(5, 6))),
        ("FINES DE SEMANA POR LAS NOCHES", Wish(weekdays=(5, 6), from_minute=1080, until_minute=300)),
        ("EVERYTHING", Wish()),
    ],
)
def test_what_is_written_is_what_is_meant(said: str, wish: Wish) -> None:
    read = read_wish(said, KINDS)
    assert read.wish == wish
    assert [word for word in read.unknown if word != "POR"] == []


def test_a_word_nobody_knows_is_never_left_out() -> None:
    assert read_wish("TRAFFIC PARADES SAT", KINDS).unknown == ("PARADES",)


def test_hours_of_the_day() -> None:
    assert (read_minutes("10PM-6AM"), read_minutes("2200 TO 0600"), read_minutes("LATE")) == (
        (1320, 360),
        (1320, 360),
        None,
    )
    assert (read_minute("AT 6PM"), read_minute("SOON")) == (1080, None)


SATURDAY = "2026-11-28 06:00 - 13:00"


@pytest.mark.parametrize(
    ("wish", "when", "does"),
    [
        (Wish(), SATURDAY, True),
        (Wish(kinds=("traffic",)), SATURDAY, True),
        (Wish(kinds=("details",)), SATURDAY, True),
        (Wish(kinds=("Stadium",)), SATURDAY, False),
        (Wish(weekdays=(5,)), SATURDAY, True),
        (Wish(weekdays=(6,)), SATURDAY, False),
        (Wish(weekdays=(5,)), "2026-11-28 23:30 - 2026-11-29 04:00", True),
        (Wish(most_minutes=420), SATURDAY, True),
        (Wish(most_minutes=419), SATURDAY, False),
        (Wish(least_minutes=421), SATURDAY, False),
        (Wish(from_minute=360, until_minute=720), SATURDAY, True),
        (Wish(from_minute=361), SATURDAY, False),
        (Wish(until_minute=360), SATURDAY, False),
        (Wish(from_minute=1320, until_minute=420), SATURDAY, True),
        (Wish(most_minutes=480), "2026-10-31 23:00 - 2026-11-01 07:00", False),  # nine hours: the clocks go back
    ],
)
def test_which_details_it_asks_for(wish: Wish, when: str, does: bool) -> None:
    starts_at, ends_at = span(when)
    assert fits(wish, Wanted("Traffic", "details", starts_at, ends_at), EAST) is does
