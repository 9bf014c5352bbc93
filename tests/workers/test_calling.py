"""Calls are placed once each, first due first, at the pace of their line and in their hours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.call_reports import take_call_report
from bot.delivery.client import CallReport, CarrierDown, Refused, Sent, Unknown
from bot.delivery.failures import back_off, failure_of
from models.line import call_placing
from models.line.outbound_call_status import outcome_of
from tests.one_line import open_line
from tests.workers.call_house import Calling, FilingCarrier, calling, numbers
from tests.workers.conftest import at_once
from workers.reconcile import LEASE, ask_after
from workers.sweep import sweep
from workers.tools import Tools, use


@pytest.fixture
def carrier(tmp_path: Path) -> FilingCarrier:
    return FilingCarrier(tmp_path)


@pytest.fixture
def desk(kit: Tools, carrier: FilingCarrier) -> Calling:
    use(Tools(kit.database, kit.bell, carrier))  # type: ignore[arg-type] # the fake has the methods that calls need
    return calling(open_line(kit.database, calls_per_minute=60_000))


def run(desk: Calling) -> int:
    return desk.answer_bells()


def report(desk: Calling, call_id: int, status, code=None, *, by_machine: bool = False) -> str:
    sid = desk.row(call_id).sid or "CAearly"
    return take_call_report(desk.house.database, desk.house.department_id, call_id, sid, status, code, by_machine)


def test_calls_are_placed_in_the_order_in_which_they_are_due(desk, carrier, monkeypatch):
    order: list[str] = []
    monkeypatch.setattr(carrier, "place_call", lambda _, each: (order.append(each.to_number), Sent(f"CA{each.id}"))[1])
    now, phones = datetime.now(UTC), numbers(4)
    for place in (2, 0, 1):
        desk.plan(phones[place], due_at=now - timedelta(minutes=3 - place), subject_id=place)
    desk.plan(phones[3], due_at=now + timedelta(hours=1), subject_id=3)
    monkeypatch.setattr("workers.calling.THREADS", 1)
    assert run(desk) == 3
    assert order == phones[:3]
    assert sorted(desk.states()) == ["queued", "ringing", "ringing", "ringing"]


def test_the_same_call_planned_twice_is_one_and_another_try_is_another(desk):
    assert desk.plan() != desk.plan(fence="again")
    with pytest.raises(AssertionError):
        desk.plan(fence="again")


def test_workers_at_once_call_nobody_twice(desk, carrier):
    phones = numbers(60)
    for n, phone in enumerate(phones):
        desk.plan(phone, subject_id=n)
    at_once(*[lambda: run(desk)] * 3)
    run(desk)
    assert sorted(number for number, _ in carrier.placed()) == sorted(phones)


def test_no_transaction_is_open_while_the_carrier_is_asked(desk, carrier, kit, monkeypatch):
    open_ones = []

    def look(department_id, each):
        asked = (
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"
        )
        with kit.database.engine.connect() as conn:
            open_ones.append(conn.exec_driver_sql(asked).scalar_one())
        return Sent("CA1")

    monkeypatch.setattr(carrier, "place_call", look)
    desk.plan()
    run(desk)
    assert open_ones == [0]


def test_one_call_a_second_is_the_pace_of_a_line(desk, carrier, monkeypatch):
    monkeypatch.setattr("workers.paced.MOST_SECONDS", 0.3)
    desk.house.run("update line set calls_per_minute = 60 where department_id = :d")
    for n, phone in enumerate(numbers(8)):
        desk.plan(phone, subject_id=n)
    run(desk)
    assert 1 <= len(carrier.placed()) <= 3
    assert desk.states().count("queued") >= 5


@pytest.mark.parametrize(
    ("at", "state", "due"),
    [
        pytest.param("2026-03-02T13:59Z", "queued", "2026-03-02T14:00Z", id="a minute before the hours begin"),
        pytest.param("2026-03-02T14:00Z", "ringing", None, id="when they begin"),
        pytest.param("2026-03-03T02:59Z", "ringing", None, id="a minute before they end"),
        pytest.param("2026-03-03T03:00Z", "queued", "2026-03-03T14:00Z", id="when they end: on the next day"),
        pytest.param("2026-03-08T08:30Z", "queued", "2026-03-08T13:00Z", id="in the night that loses an hour"),
    ],
)
def test_a_call_waits_for_the_hours_in_which_it_may_ring(desk, carrier, monkeypatch, at, state, due):
    now = datetime.fromisoformat(at)
    call_id = desk.plan(due_at=now, hours=(8 * 60, 21 * 60))
    with desk.house.database.begin([desk.house.department_id]) as work:
        work.now = now
        claimed = call_placing.claim(work, desk.house.department_id, desk.house.line_id, 10)
        for each in claimed.due:
            call_placing.placed(work, desk.house.department_id, each.id, "CA1")
    assert desk.row(call_id).state == state
    assert due is None or desk.row(call_id).due_at == datetime.fromisoformat(due)


def test_a_call_that_it_is_too_late_for_is_not_attempted(desk, carrier):
    now = datetime.now(UTC)
    call_id = desk.plan(due_at=now - timedelta(hours=1), until_at=now - timedelta(minutes=1))
    run(desk)
    row = desk.row(call_id)
    assert (row.state, row.outcome, carrier.placed()) == ("ended", "not_attempted", [])


def test_a_call_whose_hours_come_when_it_is_too_late_is_not_attempted(desk):
    night, six = datetime(2026, 3, 3, 7, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC)
    call_id = desk.plan(due_at=night, hours=(8 * 60, 21 * 60), until_at=six)
    with desk.house.database.begin([desk.house.department_id]) as work:
        work.now = night
        assert call_placing.claim(work, desk.house.department_id, desk.house.line_id, 10).due == []
    row = desk.row(call_id)
    assert (row.state, row.outcome, row.failure) == ("ended", "not_attempted", "outside_hours")


def test_a_carrier_that_is_busy_is_asked_again_later_and_the_line_rests(desk, carrier, monkeypatch):
    monkeypatch.setattr(carrier, "place_call", lambda *_: Refused(failure_of(20429), 20429, back_off(1)))
    call_id = desk.plan()
    run(desk)
    assert (desk.row(call_id).state, desk.row(call_id).outcome) == ("queued", None)
    assert desk.house.one("select calls_free_at > clock_timestamp() as rests from line where department_id = :d").rests


def test_a_number_that_is_none_failed_and_is_marked(desk, carrier, monkeypatch):
    monkeypatch.setattr(carrier, "place_call", lambda *_: Refused(failure_of(21211), 21211, None))
    call_id = desk.plan()
    run(desk)
    row = desk.row(call_id)
    assert (row.outcome, row.failure, row.error_code) == ("failed", "unknown_number", 21211)
    assert desk.house.one("select state from phone where number = :n", n=desk.house.phone).state == "bad"


def test_what_nobody_knows_is_looked_up_and_not_placed_twice(desk, carrier, monkeypatch):
    place = carrier.place_call
    monkeypatch.setattr(carrier, "place_call", lambda *about: (place(*about), Unknown("answered 500"))[1])
    call_id = desk.plan()
    run(desk)
    run(desk)
    assert desk.row(call_id).state == "placing"
    desk.age_claims()
    run(desk)
    assert (desk.row(call_id).state, len(carrier.placed())) == ("ringing", 1)


def test_what_the_carrier_never_heard_of_is_placed_again_once(desk, carrier, monkeypatch):
    monkeypatch.setattr(carrier, "place_call", lambda *_: Unknown("answered 500"))
    desk.plan()
    run(desk)
    monkeypatch.undo()
    desk.age_claims()
    at_once(*[lambda: run(desk)] * 3)
    run(desk)
    assert (desk.states(), len(carrier.placed())) == (["ringing"], 1)


def test_a_carrier_that_does_not_answer_settles_nothing(desk, carrier, monkeypatch):
    def down(*_):
        raise CarrierDown

    monkeypatch.setattr(carrier, "place_call", lambda *_: Unknown("answered 500"))
    monkeypatch.setattr(carrier, "find_calls", down)
    desk.plan()
    run(desk)
    desk.age_claims()
    run(desk)
    assert desk.states() == ["placing"]


def test_a_report_proves_that_a_call_was_placed_whose_result_never_came(desk, carrier, monkeypatch):
    monkeypatch.setattr(carrier, "place_call", lambda *_: Unknown("answered 500"))
    call_id = desk.plan()
    run(desk)
    report(desk, call_id, "ringing")
    desk.age_claims()
    run(desk)
    assert (desk.row(call_id).state, desk.row(call_id).sid) == ("ringing", "CAearly")


def test_reports_that_come_late_twice_and_out_of_order_do_no_harm(desk):
    call_id = desk.plan()
    run(desk)
    told = [report(desk, call_id, status) for status in ("busy", "ringing", "busy", "answered")]
    assert told == ["busy", "ringing", "seen", "answered"]
    assert (desk.row(call_id).state, desk.row(call_id).outcome) == ("ended", "busy")
    assert desk.house.events().count("outbound_call_ended") == 1


def test_a_report_of_a_call_that_is_not_ours_is_refused(desk):
    assert take_call_report(desk.house.database, desk.house.department_id, 999_999, "CA1", "busy") == "not_ours"


@pytest.mark.parametrize(
    ("status", "heard", "answer", "by_machine", "outcome"),
    [
        ("busy", "nothing", None, False, "busy"),
        ("no_answer", "nothing", None, False, "no_answer"),
        ("failed", "nothing", None, False, "failed"),
        ("completed", "nothing", None, False, "hung_up_before_input"),
        ("completed", "greeting", None, False, "hung_up_before_input"),
        ("completed", "greeting", None, True, "machine"),
        ("completed", "message", None, True, "left_message"),
        ("completed", "matter", None, False, "heard_and_hung_up"),
        ("completed", "matter", None, True, "heard_and_hung_up"),
        ("completed", "matter", "accepted", False, "accepted"),
        ("completed", "matter", "declined", True, "declined"),
        ("completed", "matter", "answered", False, "answered"),
    ],
)
def test_every_way_a_call_may_end_is_an_outcome_of_its_own(status, heard, answer, by_machine, outcome):
    assert outcome_of(status, heard, answer, by_machine=by_machine) == outcome


def test_an_end_that_nobody_reported_is_asked_for(desk, carrier, monkeypatch):
    monkeypatch.setattr(desk.house.database, "departments", lambda: [desk.house.department_id])
    call_id = desk.plan()
    run(desk)
    sid = desk.row(call_id).sid
    carrier.reports[sid] = CallReport("ringing", None, by_machine=False)
    assert ask_after() == 0
    desk.age_claims(300)
    assert (ask_after(), desk.row(call_id).state) == (0, "ringing")
    carrier.reports[sid] = CallReport("no_answer", None, by_machine=False)
    assert ask_after() == 1
    assert (desk.row(call_id).outcome, ask_after()) == ("no_answer", 0)


def test_the_sweep_rings_for_calls_that_are_due_and_for_those_nobody_saw_end(desk, kit, monkeypatch):
    monkeypatch.setattr(kit.database, "departments", lambda: [desk.house.department_id])
    desk.plan()
    kit.bell.answered("calls", desk.house.department_id)
    assert sweep() == 1
    with kit.database.begin([desk.house.department_id]) as work:
        call_placing.claim(work, desk.house.department_id, desk.house.line_id, 10)
    assert sweep() == 0
    desk.age_claims(int(LEASE.total_seconds()) + 1)
    assert sweep() == 1


def test_after_a_restore_what_was_queued_is_looked_up_before_it_is_placed(desk, carrier):
    call_id = desk.plan()
    (carrier.folder / f"{desk.house.phone} CAbefore").touch()
    with desk.house.database.begin([desk.house.department_id]) as work:
        ago = datetime.now(UTC) - timedelta(hours=1)
        assert call_placing.OUTBOX.doubt_queued(work, desk.house.department_id, ago) == 1
    run(desk)
    assert (desk.row(call_id).state, desk.row(call_id).sid, len(carrier.placed())) == ("ringing", "CAbefore", 1)
