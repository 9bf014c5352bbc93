"""The control API of calls: what a person with a phone does, and what he has heard. JSON both ways.

What somebody does on a call is answered when it has been done; what came of it is asked for with `wait`.
"""

from typing import Any

from flask import Blueprint, request
from twilio.twiml.voice_response import VoiceResponse

from bot.pocket_phone.calls.call import Call, calls_changed, calls_of, get_call
from bot.pocket_phone.calls.call_line import CallLine, lines_of_call
from bot.pocket_phone.calls.habit import Habit, all_habits, put_habit
from bot.pocket_phone.calls.queues import Queue
from bot.pocket_phone.calls.switchboard import NoSuchCall, NotRinging
from bot.pocket_phone.calls.tape import lines_on, state_of_tapes
from bot.pocket_phone.control import LONGEST_WAIT_SECONDS, Refused, asked_of_us, number_in, only_json, refuse
from bot.pocket_phone.lines import NoSuchLine
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.rest import the_phone
from bot.pocket_phone.store import Store

# How long the desk waits for somebody to come.
_DESK_SECONDS = 600

calls_control = Blueprint("calls_control", __name__, url_prefix="/pocket")
calls_control.before_request(only_json)
calls_control.register_error_handler(Refused, refuse)


@calls_control.post("/calls")
def place_call() -> tuple[dict[str, Any], int]:
    """A person calls a line: from, to, and if wanted timed and verstat."""
    asked = asked_of_us()
    try:
        call = the_phone().calls.place_call(
            number_in(asked, "from"),
            number_in(asked, "to"),
            is_timed=bool(asked.get("timed")),
            verstat=asked.get("verstat"),
        )
    except NoSuchLine as error:
        raise Refused(f"{error} is not one of the account's lines; add it at /pocket/lines.") from None
    return call_view(the_phone().store, call), 201


@calls_control.get("/calls")
def changed_calls() -> dict[str, Any]:
    """Calls made or changed since the change `after`, each with all its lines."""
    store = the_phone().store
    return {"calls": [call_view(store, call) for call in calls_changed(store, request.args.get("after", 0, int))]}


@calls_control.get("/calls/<sid>")
def fetch_call(sid: str) -> dict[str, Any]:
    """One call with its lines after the id `after`; waits up to `wait` seconds until it stands at something."""
    calls = the_phone().calls
    calls.wait_settled(sid, min(request.args.get("wait", 0.0, float), LONGEST_WAIT_SECONDS))
    return call_view(the_phone().store, calls.call(sid), after=request.args.get("after", 0, int))


@calls_control.get("/recordings/<sid>/lines")
def heard_on_recording(sid: str) -> dict[str, Any]:
    """What is on a recording that the REST API began: everything heard, keyed and said while it ran."""
    return {"lines": [line_view(line) for line in lines_on(the_phone().store, sid)]}


@calls_control.get("/state/calls")
def state_of_calls() -> dict[str, Any]:
    """What the page shows of calls: those that changed since the change `after`, who waits, how phones answer."""
    phone = the_phone()
    return changed_calls() | {
        "queues": [queue_view(queue) for queue in phone.calls.queues.all()],
        "habits": all_habits(phone.store),
    }


@calls_control.get("/phones/<number>/calls")
def calls_of_phone(number: str) -> dict[str, Any]:
    """The calls of one phone, oldest first, without their lines."""
    return {"calls": [_head(call) for call in calls_of(the_phone().store, e164(number) or number)]}


@calls_control.post("/calls/<sid>/press")
def press(sid: str) -> dict[str, Any]:
    """Press `keys`."""
    try:
        the_phone().calls.press(sid, str(asked_of_us().get("keys", "")))
    except ValueError as error:
        raise Refused(str(error)) from None
    return _seen(sid)


@calls_control.post("/calls/<sid>/say")
def say(sid: str) -> dict[str, Any]:
    """Say `text`, which speech recognition takes down with `confidence`."""
    asked = asked_of_us()
    the_phone().calls.say(sid, str(asked.get("text", "")), confidence=float(asked.get("confidence") or 0.9))
    return _seen(sid)


@calls_control.post("/calls/<sid>/silent")
def stay_silent(sid: str) -> dict[str, Any]:
    the_phone().calls.stay_silent(sid)
    return _seen(sid)


@calls_control.post("/calls/<sid>/hang-up")
def hang_up(sid: str) -> dict[str, Any]:
    the_phone().calls.hang_up(sid)
    return _seen(sid)


@calls_control.post("/calls/<sid>/answer")
def answer(sid: str) -> dict[str, Any]:
    """Take up the phone that rings; `by` may be machine."""
    the_phone().calls.answer(sid, by=str(asked_of_us().get("by") or "person"))
    return _seen(sid)


@calls_control.post("/calls/<sid>/turn-away")
def turn_away(sid: str) -> dict[str, Any]:
    """The phone that rings is not taken up; `status` is what the call ends with: busy, no-answer or failed."""
    status = str(asked_of_us().get("status") or "busy")
    if status not in ("busy", "no-answer", "failed"):
        raise Refused(f"A call is not turned away as {status!r}; there are busy, no-answer and failed.")
    the_phone().calls.turn_away(sid, status)
    return _seen(sid)


@calls_control.post("/habits")
def set_habit() -> tuple[dict[str, Any], int]:
    """What a phone does when it rings: number, answering, and if wanted verstat and timed."""
    asked = asked_of_us()
    address = str(asked.get("number", ""))
    number = address if address.startswith("client:") else number_in(asked, "number")
    habit = Habit(str(asked.get("answering") or "nobody"), asked.get("verstat"), bool(asked.get("timed")))
    try:
        put_habit(the_phone().store, number, habit)
    except ValueError as error:
        raise Refused(str(error)) from None
    return {"number": number}, 201


@calls_control.post("/desk/take")
def take_next() -> tuple[dict[str, Any], int]:
    """The agent's desk takes whoever is next in a `queue`, or waits for somebody to come."""
    dial = VoiceResponse()
    dial.dial(timeout=_DESK_SECONDS).queue(str(asked_of_us().get("queue", "")))
    return call_view(the_phone().store, the_phone().calls.connect_client("desk", str(dial))), 201


@calls_control.errorhandler(NoSuchCall)
def no_such_call(error: NoSuchCall) -> tuple[dict[str, str], int]:
    return {"error": f"There is no call {error}, or it is over."}, 404


@calls_control.errorhandler(NotRinging)
def not_ringing(error: NotRinging) -> tuple[dict[str, str], int]:
    return {"error": f"The phone of call {error} does not ring."}, 409


def queue_view(queue: Queue) -> dict[str, Any]:
    """A queue as the desk sees it: who waits, the first first."""
    store = the_phone().store
    waiting = [(member, get_call(store, member.sid)) for member in queue.members]
    return {
        "name": queue.name,
        "waiting": [
            {"phone": call.phone, "line": call.line, "seconds": round(member.waited())}
            for member, call in waiting
            if call
        ],
    }


def call_view(store: Store, call: Call, *, after: int = 0) -> dict[str, Any]:
    """A call as the page and the player see it, with its lines after an id."""
    shown = _head(call) | {"recording": state_of_tapes(store, call.sid)}
    return shown | {"lines": [line_view(line) for line in lines_of_call(store, call.sid, after=after)]}


def line_view(line: CallLine) -> dict[str, Any]:
    """One line; `mine` is true for what the person did."""
    return {
        "id": line.id,
        "kind": line.kind,
        "at": line.created_at.isoformat(),
        "text": line.text,
        "ssml": line.ssml,
        "language": line.language,
        "voice": line.voice,
        "mine": line.mine,
        "confidence": line.confidence,
    }


def _head(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "change_id": call.change_id,
        "sid": call.sid,
        "parent_sid": call.parent_sid,
        "phone": call.phone,
        "line": call.line,
        "from": call.from_number,
        "to": call.to_number,
        "direction": call.direction,
        "status": call.status,
        "is_over": call.is_over,
        "is_timed": call.is_timed,
        "waiting_for": call.waiting_for,
        "answered_by": call.answered_by,
        "duration_seconds": call.duration_seconds,
        "clock_at": call.clock_at,
        "created_at": call.created_at.isoformat(),
    }


def _seen(sid: str) -> dict[str, Any]:
    return _head(the_phone().calls.call(sid))
