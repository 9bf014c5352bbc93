"""Calls, queues and recordings as Twilio's REST API writes them in JSON."""

from typing import Any

from bot.pocket_phone.calls.call import Call
from bot.pocket_phone.calls.queues import Member, Queue
from bot.pocket_phone.calls.recording import Recording
from bot.pocket_phone.resources import BASE, rfc2822
from bot.pocket_phone.settings import Settings

API_VERSION = "2010-04-01"


def call_json(settings: Settings, call: Call, *, phone_number_sid: str = "") -> dict[str, Any]:
    path = f"{BASE}/{settings.account_sid}/Calls/{call.sid}"
    return {
        "account_sid": settings.account_sid,
        "annotation": None,
        "answered_by": call.answered_by,
        "api_version": API_VERSION,
        "caller_name": "",
        "date_created": rfc2822(call.created_at),
        "date_updated": rfc2822(call.ended_at or call.answered_at or call.created_at),
        "direction": call.direction,
        "duration": None if call.duration_seconds is None else str(call.duration_seconds),
        "end_time": rfc2822(call.ended_at),
        "forwarded_from": "",
        "from": call.from_number,
        "from_formatted": _formatted(call.from_number),
        "group_sid": "",
        "parent_call_sid": call.parent_sid,
        "phone_number_sid": phone_number_sid,
        "price": None,
        "price_unit": "USD",
        "queue_time": str(call.queue_ms),
        "sid": call.sid,
        "start_time": None if call.status == "queued" else rfc2822(call.answered_at or call.created_at),
        # While it is not yet dialed, Twilio calls it queued; "initiated" is the name of the event only.
        "status": "queued" if call.status == "initiated" else call.status,
        "stir_verstat": call.verstat or "",
        "subresource_uris": {"recordings": f"{path}/Recordings.json"},
        "to": call.to_number,
        "to_formatted": _formatted(call.to_number),
        "trunk_sid": "",
        "uri": f"{path}.json",
    }


def recording_json(settings: Settings, recording: Recording) -> dict[str, Any]:
    path = f"{BASE}/{settings.account_sid}/Recordings/{recording.sid}"
    return {
        "account_sid": settings.account_sid,
        "api_version": API_VERSION,
        "call_sid": recording.call_sid,
        "channels": recording.channels,
        "conference_sid": None,
        "date_created": rfc2822(recording.created_at),
        "date_updated": rfc2822(recording.created_at),
        "duration": str(recording.duration_seconds),
        "encryption_details": None,
        "error_code": None,
        "media_url": f"{settings.api_url}{path}",
        "price": None,
        "price_unit": "USD",
        "sid": recording.sid,
        "source": recording.source,
        "start_time": rfc2822(recording.created_at),
        "status": recording.status,
        "subresource_uris": {},
        "track": recording.track,
        "uri": f"{path}.json",
    }


def call_recording_json(settings: Settings, recording: Recording, status: str = "") -> dict[str, Any]:
    """The same below its call, where it has no sound of its own; `status` where the answer calls it otherwise."""
    shown = recording_json(settings, recording)
    path = f"{BASE}/{settings.account_sid}/Calls/{recording.call_sid}/Recordings/{recording.sid}"
    is_over = recording.status == "completed"
    changes = {
        "duration": shown["duration"] if is_over else None,
        "status": status or recording.status,
        "uri": f"{path}.json",
    }
    return {name: value for name, value in shown.items() if name not in ("media_url", "subresource_uris")} | changes


def queue_json(settings: Settings, queue: Queue) -> dict[str, Any]:
    path = f"{BASE}/{settings.account_sid}/Queues/{queue.sid}"
    return {
        "account_sid": settings.account_sid,
        "average_wait_time": queue.average_wait,
        "current_size": len(queue.members),
        "date_created": rfc2822(queue.created_at),
        "date_updated": rfc2822(queue.created_at),
        "friendly_name": queue.name,
        "max_size": queue.max_size,
        "sid": queue.sid,
        "subresource_uris": {"members": f"{path}/Members.json"},
        "uri": f"{path}.json",
    }


def member_json(settings: Settings, queue: Queue, member: Member) -> dict[str, Any]:
    return {
        "call_sid": member.sid,
        "date_enqueued": rfc2822(member.joined_at),
        "position": queue.position(member.sid),
        "queue_sid": queue.sid,
        "uri": f"{BASE}/{settings.account_sid}/Queues/{queue.sid}/Members/{member.sid}.json",
        "wait_time": round(member.waited()),
    }


def _formatted(number: str) -> str:
    """A North American number as people there write it."""
    if number.startswith("+1") and len(number) == 12:
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number
