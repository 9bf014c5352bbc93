"""What the carrier calls us with. Everything here is signed, or it is refused and leaves no trace but a counter."""

from bot.webhooks.call_status import take_call_status
from bot.webhooks.door import blueprint, empty_answer
from bot.webhooks.message_status import take_status
from bot.webhooks.recording_status import take_recording_status
from bot.webhooks.sms import take_sms
from bot.webhooks.voice import take_ring
from bot.webhooks.waiting import take_wait

__all__ = [
    "blueprint",
    "empty_answer",
    "take_call_status",
    "take_recording_status",
    "take_ring",
    "take_sms",
    "take_status",
    "take_wait",
]
