"""The form of a voice webhook, its names as Twilio has them."""

from bot.pocket_phone.calls.call import Call
from bot.pocket_phone.numbers import country_of
from bot.pocket_phone.settings import Settings

API_VERSION = "2010-04-01"


def call_fields(settings: Settings, call: Call) -> dict[str, str]:
    """What every request about a call carries; places it cannot know are empty."""
    fields = {
        "AccountSid": settings.account_sid,
        "ApiVersion": API_VERSION,
        "CallSid": call.sid,
        "CallStatus": call.status,
        "Direction": call.direction,
    }
    for name, number in (("From", call.from_number), ("To", call.to_number)):
        fields[name] = number
        fields[_OTHER_NAME[name]] = number
    if call.to_number.startswith("+") and call.from_number.startswith("+"):
        fields |= _places(call)
    if call.parent_sid:
        fields["ParentCallSid"] = call.parent_sid
    if call.verstat:
        fields["StirVerstat"] = call.verstat
    # What is found out in the background is told by itself.
    if call.answered_by and not call.orders.async_amd:
        fields["AnsweredBy"] = call.answered_by
    return fields


_OTHER_NAME = {"From": "Caller", "To": "Called"}


def _places(call: Call) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, number in (("From", call.from_number), ("To", call.to_number)):
        for prefix in (name, _OTHER_NAME[name]):
            fields |= {f"{prefix}Country": country_of(number)}
            fields |= {f"{prefix}{place}": "" for place in ("State", "City", "Zip")}
    return fields
