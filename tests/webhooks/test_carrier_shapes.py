"""Twilio's own request shapes, as its public documentation lists them: what each is in our words."""

import pytest
from flask import Flask

from bot.delivery.recordings import STATE_OF
from bot.delivery.statuses import CALL_STATUS_OF, is_machine
from bot.dialog.call_input import CallInput
from bot.dialog.call_turn import TALKED
from bot.webhooks.voice import ENDING_OF, HIDDEN, _came

LINE, ALVAREZ = "+19785550100", "+19785550101"
IN = {
    "AccountSid": "AC0123456789abcdef0123456789abcdef", "ApiVersion": "2010-04-01", "CallSid": "CA1",
    "CallStatus": "in-progress", "Called": LINE, "CalledCity": "BOSTON",
    "Caller": ALVAREZ, "Direction": "inbound", "From": ALVAREZ, "To": LINE,
}  # fmt: skip


def came(**more: str) -> CallInput | None:
    with Flask(__name__).test_request_context("/twilio/voice", method="POST", data={**IN, **more}) as context:
        return _came(context.request.form, "3")


# Source: Twilio, "TwiML voice: <Gather>", parameters of the request to `action`.
LEFT = {"Digits": "hangup", "RecordingSid": "RE1", "RecordingUrl": "https://a", "RecordingDuration": "4"}
GATHERED = [
    ("one key of one", {"Digits": "1", "FinishedOnKey": "", "msg": "Gather End"}, ("keys", "1", "")),
    ("digits ended by #", {"Digits": "4821", "FinishedOnKey": "#"}, ("keys", "4821", "")),
    ("# itself", {"Digits": "#"}, ("keys", "#", "")),
    ("nothing, with both listened for", {"Digits": "", "SpeechResult": "", "Confidence": "0.0"}, ("silence", "", "")),
    ("nothing at all", {}, ("silence", "", "")),
    ("words", {"SpeechResult": "List.", "Confidence": "0.92", "Language": "en-US"}, ("speech", "", "List.")),
    ("words without a confidence", {"SpeechResult": "List."}, ("speech", "", "List.")),
    ("an elbow on the keys", {"Digits": "1" * 200}, ("keys", "1" * 40, "")),
    # Source: Twilio, "TwiML voice: <Record>": Digits is "hangup" where the caller hung up.
    ("hung up while recorded", LEFT, ("recording", "", "")),
    ("nothing said after the tone", {**LEFT, "Digits": "", "RecordingDuration": "0"}, ("silence", "", "")),
    ("from the queue", {"QueueResult": "leave", "QueueSid": "QU1", "QueueTime": "12"}, ("queue", "", "")),
    ("the desk did not pick up", {"DialCallStatus": "no-answer", "DialBridged": "false"}, ("desk", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("form", "found"), [row[1:] for row in GATHERED], ids=[row[0] for row in GATHERED])
def test_what_came_in(form: dict[str, str], found: tuple[str, str, str]) -> None:
    one = came(**form)
    assert one is not None
    assert (one.kind, one.keys, one.speech) == found


# Source: Twilio, "TwiML voice request: From" and support pages on calls from hidden numbers.
SENDERS = [
    (ALVAREZ, ALVAREZ),
    ("+266696687", HIDDEN),
    ("+7378742833", HIDDEN),
    ("+2562533", HIDDEN),
    ("+8656696", HIDDEN),
    ("+86282452253", HIDDEN),
    ("Anonymous", HIDDEN),
    ("Restricted", HIDDEN),
    ("sip:anonymous@anonymous.invalid", HIDDEN),
    ("", HIDDEN),
    ("client:desk", "client:desk"),
]


@pytest.mark.parametrize(("sender", "number"), SENDERS)
def test_who_calls(sender: str, number: str) -> None:
    one = came(From=sender)
    assert one is not None
    assert (one.other_number, one.line_number) == (number, LINE)


def test_a_call_of_ours_is_about_whom_it_was_made_to() -> None:
    one = came(Direction="outbound-api", From=LINE, To=ALVAREZ, AnsweredBy="human")
    assert one is not None
    assert (one.line_number, one.other_number, one.by_machine) == (LINE, ALVAREZ, False)
    assert came(Direction="outbound-api", From="") is None
    assert came(To="") is None


# Source: Twilio, "Answering machine detection": AnsweredBy.
@pytest.mark.parametrize(
    ("answered_by", "machine"),
    [
        ("human", False), ("unknown", False), ("", False), ("fax", True), ("machine_start", True),
        ("machine_end_beep", True), ("machine_end_silence", True), ("machine_end_other", True), ("machine", True),
    ],
)  # fmt: skip
def test_who_answered(answered_by: str, machine: bool) -> None:
    assert is_machine(answered_by) is machine


def test_every_status_that_twilio_names_is_known() -> None:
    """Source: Twilio, "Call resource: call status", "Recording resource: status", "<Enqueue>: QueueResult"."""
    over = {"completed", "busy", "failed", "no-answer", "canceled"}
    assert set(ENDING_OF) == over
    assert {"queued", "initiated", "ringing", "in-progress", *over} == set(CALL_STATUS_OF)
    recording = {"in-progress", "paused", "stopped", "processing", "completed", "absent", "deleted", "failed"}
    assert set(STATE_OF) == recording
    waits_on = {"leave", "queue-full", "error", "system-error"}
    named = {"bridged", "bridging-in-process", "error", "hangup", "leave", "redirected", "redirected-from-bridged"}
    assert {*named, "queue-full", "system-error"} - waits_on == set(TALKED)
