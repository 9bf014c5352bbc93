"""From the first ring of a phone to somebody there, and the end of every call."""

from bot.pocket_phone.calls.call import move_call, note_on_call
from bot.pocket_phone.calls.events import CallOver, PickedUp, Script, TimeUp, TurnedAway, Wait
from bot.pocket_phone.calls.habit import habit_of
from bot.pocket_phone.calls.session import Session

# What a phone does of itself, and the status its call ends with.
_TURNED_AWAY = {"busy": "busy", "declined": "busy", "unreachable": "failed"}
# AnsweredBy, by who answered and whether the end of a machine's greeting was waited for.
_ANSWERED_BY = {
    ("person", "Enable"): "human",
    ("person", "DetectMessageEnd"): "human",
    ("machine", "Enable"): "machine_start",
    ("machine", "DetectMessageEnd"): "machine_end_beep",
}
_DETECTION_MILLISECONDS = 3200


def until_over(session: Session, script: Script) -> Script:
    """Run the script as the life of the call: whatever ends it, the call is ended."""
    status = "completed"
    try:
        yield from script
        session.answer()
    except CallOver as over:
        status = over.status
    if session.call.status == "in-progress":
        status = "completed"
    if status == "completed" and session.call.status in ("queued", "initiated", "ringing"):
        # Whoever called gave up before anybody took up.
        status = "no-answer" if session.call.direction == "inbound" else "canceled"
    session.end(status)


def ring(session: Session) -> Script:
    """Let the phone ring; gives who took it up. What does not take it up ends the call."""
    call, faults = session.call, session.board.faults
    advance(session, "ringing")
    if faults.take("failed", call.phone):
        raise CallOver("failed")
    habit = habit_of(session.board.store, call.phone)
    if habit.answering in _TURNED_AWAY:
        raise CallOver(_TURNED_AWAY[habit.answering])
    if habit.answering in ("person", "machine"):
        return habit.answering
    wait = Wait("ringing", call.orders.timeout_seconds, has_begun=habit.answering == "nobody")
    while True:
        event = yield wait
        if isinstance(event, PickedUp):
            return event.by
        if isinstance(event, TurnedAway):
            raise CallOver(event.status)
        if isinstance(event, TimeUp):
            raise CallOver("no-answer")


def connect(session: Session, by: str) -> None:
    """Somebody took up: detect what, if that is wanted, and begin."""
    board, orders = session.board, session.call.orders
    if by == "machine":
        board.is_machine(session.sid)
    detected = _ANSWERED_BY.get((by, orders.machine_detection)) if not orders.send_digits else None
    session.answer(by=None if orders.async_amd else detected)
    if detected and orders.async_amd:
        fields = {"AnsweredBy": detected, "MachineDetectionDuration": str(_DETECTION_MILLISECONDS)}
        fields |= {"CallSid": session.sid, "AccountSid": board.settings.account_sid}
        board.tell(session.call, orders.async_amd_status_callback, fields)
        note_on_call(board.store, session.sid, answered_by=detected)
    if orders.send_digits:
        session.hear("tone", orders.send_digits)


def advance(session: Session, status: str) -> None:
    """The call comes to this status, and its callback hears of it."""
    move_call(session.board.store, session.sid, status)
    session.board.tell_status(session.sid, status)
