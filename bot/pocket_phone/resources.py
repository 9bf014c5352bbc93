"""Records as Twilio's REST API writes them in JSON."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from bot.pocket_phone.faults import CODES
from bot.pocket_phone.lines import Line
from bot.pocket_phone.message import Message
from bot.pocket_phone.settings import Settings

BASE = "/2010-04-01/Accounts"


def message_json(settings: Settings, message: Message) -> dict[str, Any]:
    path = f"{BASE}/{settings.account_sid}/Messages/{message.sid}"
    # A service has not picked a sender yet, and segments depend on the sender.
    num_segments = 0 if message.status == "accepted" else message.num_segments
    return {
        "account_sid": settings.account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": rfc2822(message.created_at),
        "date_sent": rfc2822(message.sent_at),
        "date_updated": rfc2822(message.updated_at),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": CODES[message.error_code] if message.error_code else None,
        "from": message.from_number,
        "messaging_service_sid": message.service_sid,
        "num_media": str(len(message.media)),
        "num_segments": str(num_segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": message.to_number,
        "uri": f"{path}.json",
    }


def account_json(settings: Settings, created_at: datetime) -> dict[str, Any]:
    path = f"{BASE}/{settings.account_sid}"
    return {
        "auth_token": settings.auth_token,
        "date_created": rfc2822(created_at),
        "date_updated": rfc2822(created_at),
        "friendly_name": "Pocket phone (demonstration)",
        "owner_account_sid": settings.account_sid,
        "sid": settings.account_sid,
        "status": "active",
        "subresource_uris": {
            "messages": f"{path}/Messages.json",
            "incoming_phone_numbers": f"{path}/IncomingPhoneNumbers.json",
        },
        "type": "Full",
        "uri": f"{path}.json",
    }


def number_json(settings: Settings, line: Line) -> dict[str, Any]:
    return {
        "account_sid": settings.account_sid,
        "address_requirements": "none",
        "address_sid": None,
        "api_version": "2010-04-01",
        "beta": False,
        "bundle_sid": None,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "date_created": rfc2822(line.created_at),
        "date_updated": rfc2822(line.created_at),
        "friendly_name": line.name,
        "identity_sid": None,
        "origin": "twilio",
        "phone_number": line.number,
        "sid": line.sid,
        "sms_application_sid": "",
        "sms_fallback_method": "POST",
        "sms_fallback_url": line.sms_fallback_url or settings.sms_fallback_url,
        "sms_method": "POST",
        "sms_url": line.sms_url or settings.sms_url,
        "status": "in-use",
        "status_callback": settings.call_status_url,
        "status_callback_method": "POST",
        "uri": f"{BASE}/{settings.account_sid}/IncomingPhoneNumbers/{line.sid}.json",
        "voice_application_sid": "",
        "voice_fallback_method": "POST",
        "voice_fallback_url": settings.voice_fallback_url,
        "voice_method": "POST",
        "voice_url": settings.voice_url,
    }


def media_json(settings: Settings, message: Message) -> list[dict[str, Any]]:
    return [
        {
            "sid": f"ME{message.sid[2:30]}{place:04x}",
            "account_sid": settings.account_sid,
            "parent_sid": message.sid,
            "content_type": medium["content_type"],
            "date_created": rfc2822(message.created_at),
            "date_updated": rfc2822(message.created_at),
            "uri": medium["url"],
        }
        for place, medium in enumerate(message.media)
    ]


def rfc2822(moment: datetime | None) -> str | None:
    """As the API writes times."""
    return format_datetime(moment.replace(microsecond=0)) if moment else None
