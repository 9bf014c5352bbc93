"""Recording calls: never while a PIN can be keyed, never twice at once, whatever fails and whoever dies."""

import random
from collections.abc import Iterator

import pytest

import workers.recording
from bot.delivery.recording_reports import take_recording_report
from bot.delivery.recordings import RecordingState
from models.line.recording import delete_early, recordings_of
from models.people.phone import owner_of
from models.people.pin import BeingRecorded, draw_one_time_pin
from tests.workers.recorded_house import ALVAREZ, NEW_PIN, RecordedHouse, open_recorded_house
from workers.recording import ask_after


@pytest.fixture(scope="module")
def opened() -> Iterator[RecordedHouse]:
    with open_recorded_house() as opened:
        yield opened


@pytest.fixture
def house(opened: RecordedHouse, monkeypatch: pytest.MonkeyPatch) -> RecordedHouse:
    monkeypatch.setattr(workers.recording, "STOP_PAUSE_SECONDS", 0.0)
    opened.carrier.all_is_well()
    opened.hang_up_all()
    opened.set_pin()
    return opened


def to_new_pin(house: RecordedHouse, sid: str) -> None:
    """Through the menu to where a new PIN is asked for."""
    house.phones.press(sid, "3")
    house.phones.press(sid, "3")


def test_nothing_is_recorded_before_it_is_known_who_calls(house: RecordedHouse) -> None:
    sid = house.call(identified=False)
    assert "Recorded: to object, press 7." in house.carrier.heard_last(sid)
    house.work()
    assert (house.states(sid), house.carrier.running(sid)) == ([], [])


def test_a_pin_is_asked_for_only_when_the_carrier_has_stopped(house: RecordedHouse) -> None:
    sid = house.call()
    house.work()
    assert house.states(sid) == ["running"]
    to_new_pin(house, sid)
    for _ in range(3):
        assert "new PIN" not in house.carrier.heard_last(sid)
        house.phones.stay_silent(sid)
    house.work()
    assert house.carrier.running(sid) == []
    house.phones.stay_silent(sid)
    assert "Please key a new PIN" in house.carrier.heard_last(sid)


def test_what_no_worker_has_asked_for_yet_is_simply_not_made(house: RecordedHouse) -> None:
    sid = house.call()
    to_new_pin(house, sid)
    assert "Please key a new PIN" in house.carrier.heard_last(sid)
    house.work()
    assert (house.states(sid), house.carrier.running(sid)) == (["unmade"], [])


def test_where_the_carrier_does_not_stop_no_pin_is_asked_for_and_a_person_takes_over(house: RecordedHouse) -> None:
    sid = house.call()
    house.work()
    house.carrier.down = 1.0
    to_new_pin(house, sid)
    for _ in range(10):
        house.work()
        assert "new PIN" not in house.carrier.heard_last(sid)
        house.phones.stay_silent(sid)
    assert "I cannot stop the recording" in house.carrier.heard_last(sid)
    reasons = [row.reason for row in house.rows("select reason from hand_off where department_id = :d order by id")]
    assert reasons[-1] == "recording_not_stopped"


def test_a_worker_that_dies_after_asking_has_not_recorded_the_call_twice(house: RecordedHouse) -> None:
    sid = house.call()
    before = house.carrier.asked
    house.carrier.killed = 1.0
    house.carrier.lose_reports()
    assert not house.work()
    assert (house.states(sid), len(house.carrier.running(sid))) == (["starting"], 1)
    house.carrier.all_is_well()
    assert house.work()
    assert house.states(sid) == ["starting"], "it may still be under way: nobody asks again"
    house.let_leases_pass()
    house.work()
    assert house.states(sid) == ["running"]
    assert (house.carrier.asked - before, len(house.carrier.running(sid))) == (1, 1)


def test_what_the_carrier_never_heard_of_is_given_up_and_not_asked_for_again_in_the_call(house: RecordedHouse) -> None:
    sid = house.call()
    house.carrier.down = 1.0
    house.work()
    assert house.states(sid) == ["starting"]
    house.carrier.all_is_well()
    house.let_leases_pass()
    house.work()
    assert house.states(sid) == ["failed"]
    house.phones.press(sid, "2")
    assert house.states(sid) == ["failed"]


def test_one_that_turns_up_after_it_was_given_up_is_stopped_and_deleted(house: RecordedHouse) -> None:
    sid = house.call()
    house.carrier.down = 1.0
    house.work()
    house.carrier.all_is_well()
    house.let_leases_pass()
    house.work()
    row = house.rows("select max(id) as id from recording where department_id = :d")[0]
    begun = house.carrier.start(f"{house.department_id}-{row.id}", sid, 1)
    assert house.states(sid) == ["stopping"], f"the carrier's own report of {begun} says so"
    house.work()
    assert (house.states(sid), house.carrier.kept(sid)) == (["deleted"], {})


def test_a_refused_recording_is_asked_for_no_more(house: RecordedHouse) -> None:
    sid = house.call()
    house.phones.hang_up(sid)
    house.work()
    assert house.states(sid) == ["failed"]


def test_the_end_of_the_call_ends_it_and_reports_do_no_harm_late_and_twice(house: RecordedHouse) -> None:
    sid = house.call()
    house.work()
    house.phones.hang_up(sid)
    assert house.states(sid) == ["stopped"]
    with house.database.begin([house.department_id]) as work:
        (row,) = recordings_of(work, house.department_id, sid, 10)
    reported: tuple[RecordingState, ...] = ("running", "stopped", "running")
    for state in reported:
        take_recording_report(house.database, house.department_id, row.id, str(row.sid), state, 7)
    assert house.states(sid) == ["stopped"]
    assert (row.delete_at - row.stopped_at).days == 90


def test_an_end_that_nobody_told_is_asked_for(house: RecordedHouse) -> None:
    sid = house.call()
    house.work()
    house.phones.hang_up(sid)
    latest = "id = (select max(id) from recording where department_id = :d)"
    house.rows(f"update recording set state = 'running', delete_at = null where {latest} returning id")
    house.rows("update call set ended_at = ended_at - interval '10 minutes' where sid = :sid returning id", sid=sid)
    assert ask_after() >= 1
    assert house.states(sid) == ["stopped"]


def test_it_is_deleted_before_its_time_when_an_officer_takes_his_consent_back(house: RecordedHouse) -> None:
    sid = house.call()
    house.work()
    house.phones.hang_up(sid)
    with house.database.begin([house.department_id]) as work:
        (row,) = recordings_of(work, house.department_id, sid, 10)
        assert delete_early(work, house.department_id, row.id, "withdrawn")
    house.work()
    assert (house.states(sid), house.carrier.kept(sid)) == (["deleted"], {})
    with house.database.begin([house.department_id]) as work:
        assert not delete_early(work, house.department_id, row.id, "withdrawn")


def test_no_pin_is_drawn_for_somebody_whose_call_is_recorded(house: RecordedHouse) -> None:
    sid = house.call()
    house.work()
    with house.database.begin([house.department_id]) as work, pytest.raises(BeingRecorded):
        draw_one_time_pin(work, house.department_id, owner_of(work, ALVAREZ) or 0)
    house.phones.press(sid, "0")
    house.work()
    with house.database.begin([house.department_id]) as work:
        assert draw_one_time_pin(work, house.department_id, owner_of(work, ALVAREZ) or 0)


def test_consent_cannot_be_changed(house: RecordedHouse) -> None:
    sid = house.call()
    words = house.rows(
        "select c.word, c.announcement, c.language, length(c.wording) as wording from recording_consent c"
        " join call on call.department_id = c.department_id and call.id = c.call_id where sid = :sid order by c.id",
        sid=sid,
    )
    assert [tuple(row) for row in words] == [("announced", "1", "en", 32), ("agreed", "1", "en", 32)]
    with pytest.raises(Exception, match=r"permission denied|append-only"):
        house.rows("update recording_consent set word = 'agreed' returning id")


@pytest.mark.parametrize("seed", range(6))
def test_no_pin_is_on_any_recording_whatever_fails(house: RecordedHouse, seed: int) -> None:
    """Callers who key too early, workers that come late, die, or hear nothing; then all is settled and looked at."""
    chance = random.Random(seed)
    house.carrier.chance = chance
    house.carrier.lost, house.carrier.down, house.carrier.killed = 0.2, 0.2, 0.1
    sid = house.call()
    for _ in range(30):
        _move(house, chance, sid)
    house.carrier.all_is_well()
    house.phones.hang_up(sid)
    for _ in range(3):
        house.let_leases_pass()
        assert house.work()
    assert set(house.states(sid)) <= {"stopped", "deleted", "unmade", "failed"}
    kept = house.carrier.kept(sid)
    assert [sid_ for sid_, lines in kept.items() if any("846291" in line.text for line in lines)] == []
    known = {str(row.sid) for row in house.rows("select sid from recording where state = 'stopped'")}
    assert set(kept) <= known, "the carrier keeps nothing that nobody here knows of"


def _move(house: RecordedHouse, chance: random.Random, sid: str) -> None:
    heard, move = house.carrier.heard_last(sid), chance.random()
    if move < 0.4:
        if not house.work():
            house.let_leases_pass()
    elif "PIN of" in heard or "Please key a new PIN" in heard or "Once more" in heard:
        assert house.carrier.running(sid) == [], "a PIN is asked for while the call is recorded"
        house.phones.press(sid, f"{NEW_PIN}#")
    elif not heard or "One moment" in heard:
        # Nearly everybody waits; who knows the line keys his PIN before he is asked.
        house.phones.press(sid, f"{NEW_PIN}#") if move > 0.9 else house.phones.stay_silent(sid)
    elif "For a new PIN, press 3" in heard or "For more choices, press 3" in heard:
        house.phones.press(sid, "3")
    else:
        house.phones.stay_silent(sid)
