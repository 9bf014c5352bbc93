"""Where an incoming call's webhooks go: the number's own addresses, else the account's usual ones."""

import dataclasses

from bot.pocket_phone.lines import line_of
from bot.pocket_phone.resource_settings import settings_of
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store


@dataclasses.dataclass(frozen=True)
class VoiceAddresses:
    """`status_callback` hears of the end of the call."""

    url: str
    fallback_url: str
    status_callback: str
    method: str = "POST"


def voice_addresses(store: Store, settings: Settings, number: str) -> VoiceAddresses | None:
    """None if the account does not own the number."""
    line = line_of(store, number)
    if line is None:
        return None
    own = settings_of(store, line.sid)
    return VoiceAddresses(
        url=own.get("voice_url") or settings.voice_url,
        fallback_url=own.get("voice_fallback_url") or settings.voice_fallback_url,
        status_callback=own.get("status_callback") or settings.call_status_url,
        method=own.get("voice_method") or "POST",
    )
