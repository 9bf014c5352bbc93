"""The carrier reports on a call the line makes: late, twice, out of order, and never backwards."""

import itertools

import pytest

from models.line import call_placing
from tests.workers.call_house import Calling, calling

SID = "CA" + "1" * 32


@pytest.fixture
def desk(house) -> Calling:
    return calling(house)


@pytest.fixture
def placing(desk) -> int:
    """A call put to the carrier, whose answer has not come."""
    call_id = desk.plan()
    with desk.house.database.begin([desk.house.department_id]) as work:
        call_placing.claim(work, desk.house.department_id, desk.house.line_id, 10)
    return call_id


def report(post, desk: Calling, call_id: int, status: str, sid: str = SID, **more: str):
    form = {"CallSid": sid, "CallStatus": status, "To": desk.house.phone, "From": desk.house.line} | more
    return post(f"/twilio/call-status?call={desk.house.department_id}-{call_id}", form)


@pytest.mark.parametrize("order", list(itertools.permutations(["initiated", "ringing", "no-answer"])))
def test_in_whatever_order_reports_come_the_call_ends_as_it_ended(post, desk, placing, order):
    for word in order:
        assert report(post, desk, placing, word).status_code == 200
        report(post, desk, placing, word)
    row = desk.row(placing)
    assert (row.state, row.outcome, row.sid) == ("ended", "no_answer", SID)


def test_a_call_that_a_machine_took_ends_as_a_machine(post, desk, placing):
    report(post, desk, placing, "in-progress")
    assert desk.row(placing).state == "answered"
    report(post, desk, placing, "completed", AnsweredBy="machine_end_beep")
    assert desk.row(placing).outcome == "machine"


def test_the_sid_of_a_second_call_changes_nothing(post, desk, placing):
    report(post, desk, placing, "ringing")
    report(post, desk, placing, "busy", sid="CA" + "2" * 32)
    assert desk.row(placing).state == "ringing"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("", {"CallSid": SID, "CallStatus": "busy"}),
        ("?call=x", {"CallSid": SID, "CallStatus": "busy"}),
        ("?call=1-1", {"CallStatus": "busy"}),
        ("?call=1-1", {"CallSid": SID, "CallStatus": "flying"}),
        ("?call=999999-1", {"CallSid": SID, "CallStatus": "busy"}),
    ],
)
def test_what_is_no_report_of_a_call_of_ours_is_answered_and_ignored(post, query, form):
    assert post(f"/twilio/call-status{query}", form).status_code == 200


def test_an_unsigned_report_is_refused(post, desk, placing):
    path = f"/twilio/call-status?call={desk.house.department_id}-{placing}"
    assert post(path, {"CallSid": SID, "CallStatus": "busy"}, {}).status_code == 403
    assert desk.row(placing).state == "placing"
