"""Status callbacks of calls: an event each, as asked for, with the faults that befall callbacks."""

from email.utils import formatdate
from typing import Any

from bot.pocket_phone.alerts import add_alert
from bot.pocket_phone.calls.addresses import voice_addresses
from bot.pocket_phone.calls.call import Call, note_on_call
from bot.pocket_phone.calls.fields import call_fields
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.post import Answer
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store

# What a network's answer to the call was, as SIP numbers it.
_SIP = {"completed": 200, "busy": 486, "no-answer": 487, "canceled": 487, "failed": 404}


def callback_url(store: Store, settings: Settings, call: Call, event: str) -> str:
    """Where this event of the call is told; empty if nobody wants to know."""
    if call.direction == "inbound":
        addresses = voice_addresses(store, settings, call.to_number)
        return addresses.status_callback if addresses and event == "completed" else ""
    return call.orders.status_callback if event in call.orders.status_callback_events else ""


def callback_fields(settings: Settings, call: Call) -> dict[str, str]:
    """The form of the callback for the status that the call has now."""
    fields: dict[str, Any] = call_fields(settings, call) | {
        "Timestamp": formatdate(usegmt=False),
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(call.callbacks_sent),
    }
    if call.is_over:
        seconds = call.duration_seconds or 0
        # Twilio bills whole minutes, and tells those as well.
        fields |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
    if call.is_over and call.direction != "inbound":
        fields["SipResponseCode"] = str(_SIP[call.status])
    return fields


def callbacks_now(
    faults: Faults, call: Call, held: list[dict[str, str]], fields: dict[str, str]
) -> list[dict[str, str]]:
    """Which callbacks go out at this event; `held` keeps back what comes out of order."""
    if faults.take("callback_lost", call.phone):
        return []
    if faults.take("callback_twice", call.phone):
        return [fields, fields]
    if held or faults.take("out_of_order", call.phone):
        held.append(fields)
        return held[::-1] if call.is_over else []
    return [fields]


def count_callback(store: Store, call: Call) -> None:
    note_on_call(store, call.sid, callbacks_sent=call.callbacks_sent + 1)


def alert_untaken(store: Store, call_sid: str, url: str, answer: Answer) -> None:
    """A callback that nobody took is lost; Twilio does not try again."""
    if answer.error is not None:
        add_alert(store, answer.error, "The status callback was not taken.", url=url, message_sid=call_sid)
