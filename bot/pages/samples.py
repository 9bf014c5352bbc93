"""Sample messages: the line's own prompts, said of a made-up detail, so that they are the real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for

PROMPTS = ("posting.new", "award.awarded", "reminder.night_before", "opt_out.help")


def samples(language: str, zone: ZoneInfo) -> list[str]:
    """A new detail, an award, a reminder and the answer to HELP, as an officer would get them."""
    voice, values = voice_for(language, zone), _values(zone)
    return [render([Line(prompt, values)], voice) for prompt in PROMPTS]


def _values(zone: ZoneInfo) -> Mapping[str, Any]:
    starts_at = datetime(2026, 11, 28, 6, tzinfo=zone)
    return {
        "names": ["Millbrook"],
        "code": "9570",
        "during": (starts_at, starts_at + timedelta(hours=8)),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=8),
        "place": "Main St & 4th",
        "contractor": "Harbor Paving",
        "contact": "Dana",
        "pay_cents": 6200,
        "least_minutes": 240,
        "closes_at": starts_at - timedelta(days=1, hours=13),
        "due_at": starts_at - timedelta(days=1, hours=9),
    }
