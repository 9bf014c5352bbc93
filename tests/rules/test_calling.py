"""When officers' phones may ring, whether they are called again, and what all tries come to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from models.rules.asking.calling import all_tries, is_called_again, ring_hours, rings_at
from models.rules.clauses.calls import Calls
from tests.rules.sources import ILLUSTRATIVE, ROSTER_14_3

ZONE = ZoneInfo("America/New_York")
CALLING_HOURS = "47 CFR 64.1200(c)(1), before 8 a.m. or after 9 p.m."


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


# asked at, when the detail starts, when the phone rings
HOURS = [
    ("2026-11-24 07:59", "2026-11-26 08:00", "2026-11-24 08:00"),
    ("2026-11-24 08:00", "2026-11-26 08:00", "2026-11-24 08:00"),
    ("2026-11-24 20:59", "2026-11-26 08:00", "2026-11-24 20:59"),
    ("2026-11-24 21:00", "2026-11-26 08:00", "2026-11-25 08:00"),
    # Twelve hours before the start and later, at any hour.
    ("2026-11-24 21:00", "2026-11-25 09:00", "2026-11-24 21:00"),
    ("2026-11-24 21:00", "2026-11-25 09:01", "2026-11-25 08:00"),
    # The nights of the changes of clocks.
    ("2026-03-07 22:00", "2026-03-09 08:00", "2026-03-08 08:00"),
    ("2026-10-31 22:00", "2026-11-02 08:00", "2026-11-01 08:00"),
]


@pytest.mark.parametrize(("asked", "starts", "rings"), HOURS)
def test_phones_ring_in_permitted_hours_and_for_what_is_soon_at_any_hour(asked: str, starts: str, rings: str) -> None:
    now = _local(asked).astimezone(UTC)
    hours = ring_hours(Calls(), now, _local(starts).astimezone(UTC))
    assert rings_at(hours, now, ZONE) == _local(rings), CALLING_HOURS


def test_a_department_has_hours_of_its_own() -> None:
    clause = Calls.model_validate({"hours": {"begin": "06:00", "end": "23:30"}, "any_hour_within_hours": 0})
    now = _local("2026-11-24 23:30").astimezone(UTC)
    hours = ring_hours(clause, now, now + timedelta(hours=1))
    assert rings_at(hours, now, ZONE) == _local("2026-11-25 06:00"), ILLUSTRATIVE


def test_hours_end_after_they_begin() -> None:
    with pytest.raises(ValidationError, match="must begin before it ends"):
        Calls.model_validate({"hours": {"begin": "21:00", "end": "08:00"}})


# how the calls ended so far, how many tries there are, whether he is called again
AGAIN = [
    ([], 2, False),
    (["busy"], 2, True),
    (["no_answer"], 2, True),
    (["machine"], 2, True),
    (["hung_up_before_input"], 2, True),
    (["busy"], 1, False),
    (["busy", "no_answer"], 2, False),
    (["busy", "no_answer"], 3, True),
    (["left_message"], 3, False),
    (["heard_and_hung_up"], 3, False),
    (["declined"], 3, False),
    (["failed"], 3, False),
    (["not_attempted"], 3, False),
]


@pytest.mark.parametrize(("ended", "tries", "again"), AGAIN)
def test_who_was_not_told_is_called_again_as_often_as_the_handbook_says(
    ended: list[str], tries: int, again: bool
) -> None:
    assert is_called_again(Calls(tries=tries), ended) is again, ILLUSTRATIVE


# how calls ended, whether a text is with him, whether one failed, the handbook's word for it
TRIES = [
    ([], False, False, "not_attempted"),
    ([], True, True, "no_answer"),
    ([], False, True, "unreachable"),
    (["busy"], False, False, "busy"),
    (["busy", "no_answer"], False, False, "no_answer"),
    (["no_answer", "busy"], False, False, "no_answer"),
    (["busy"], True, True, "no_answer"),
    (["busy", "left_message"], False, True, "left_message"),
    (["machine", "no_answer"], False, False, "machine"),
    (["hung_up_before_input", "machine"], False, False, "hung_up_before_input"),
    (["heard_and_hung_up"], True, True, "heard_and_hung_up"),
    (["answered"], False, True, "no_answer"),
    (["failed"], False, False, "unreachable"),
    (["not_attempted"], False, False, "not_attempted"),
]


@pytest.mark.parametrize(("calls", "texted", "text_failed", "outcome"), TRIES)
def test_all_tries_come_to_the_one_that_came_closest(
    calls: list[str], texted: bool, text_failed: bool, outcome: str
) -> None:
    assert all_tries(calls, texted=texted, text_failed=text_failed) == outcome, ROSTER_14_3
