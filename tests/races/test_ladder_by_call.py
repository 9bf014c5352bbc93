"""A ladder by calls, from the posting to the last slot, whose worker is killed in the middle again and again."""

import os
import random
import time
from collections import Counter

import pytest

from bot.pocket_phone.calls.call import calls_changed
from bot.pocket_phone.calls.habit import habit_of
from tests.races.ladder_house import Ladder, ladder

# The line calls one a second by the clock, which is what carriers allow; the clock runs so many times as fast as time.
OFFICERS, SLOTS, FACTOR = int(os.environ.get("DUTYLINE_LADDER", "1700")), 12, 6.0
CALLS_A_MINUTE = int(60 * FACTOR)
KILLS, LIVES_SECONDS, MOST_SECONDS = 20, 12.0, 1800

OUTCOMES = {
    "nobody": {"no_answer"},
    "busy": {"busy"},
    "declined": {"busy"},
    "machine": {"left_message", "machine"},
    "unreachable": {"failed"},
    "person": {"accepted", "declined"},
}


@pytest.mark.skipif(os.environ.get("DUTYLINE_CHAOS") != "1", reason="minutes: make chaos")
def test_everybody_is_called_once_and_the_last_slot_goes_to_the_last_on_the_list() -> None:
    chance = random.Random(13)
    with ladder(OFFICERS, SLOTS, CALLS_A_MINUTE, FACTOR, chance) as house, house.people():
        began_at = time.monotonic()
        for _ in range(KILLS):
            if house.is_over():
                break
            with house.worker():
                time.sleep(chance.uniform(0.2, 1) * LIVES_SECONDS)
            house.age_claims()
        with house.worker():
            while not house.is_over() and time.monotonic() - began_at < MOST_SECONDS:
                time.sleep(0.1)
        _nobody_is_lost_or_doubled(house, time.monotonic() - began_at)


def _nobody_is_lost_or_doubled(house: Ladder, seconds: float) -> None:
    offers = house.rows(
        "select o.state, p.number from offer o join officer f on f.id = o.officer_id"
        " join phone p on p.person_id = f.person_id"
    )
    called = Counter(call.to_number for call in calls_changed(house.phone.store, 0, limit=2 * OFFICERS))
    ended = house.rows("select to_number, outcome, state from outbound_call")
    assert Counter(row.number for row in offers) == Counter(house.phones), "everybody is asked once"
    assert called == Counter(house.phones), "everybody is called once"
    # Who pressed a key when the last slot had just gone was told so: he neither took nor refused anything.
    too_late = {row.number for row in offers if row.state == "withdrawn"}
    wrong = {
        (row.to_number, row.outcome, habit_of(house.phone.store, row.to_number).answering)
        for row in ended
        if row.outcome not in OUTCOMES[habit_of(house.phone.store, row.to_number).answering]
        and not (row.outcome == "answered" and row.to_number in too_late)
    }
    assert wrong == set(), "what became of each call is on record"
    held = house.rows(
        "select p.number from assignment a join phone p on p.person_id = a.person_id where a.ended_at is null"
    )
    assert sorted(row.number for row in held) == sorted(house.takers), "each who took a slot has one"
    assert house.rows("select state from call_out") == [("filled",)]
    assert len(house.phones) <= CALLS_A_MINUTE / 60 * (seconds + 2), "the line's pace was kept, over all workers"
