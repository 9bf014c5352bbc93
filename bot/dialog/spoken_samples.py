"""A prompt as it would be said on a call, with likely values: for looking at it, and for listening to it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.events import Line
from bot.dialog.prompt_samples import Samples, sample
from bot.dialog.rendering import COMPOSERS, Field, Voice, pieces_of, render
from ivr_prompts import Prompts

_ZONE = ZoneInfo("America/New_York")
_SIX = datetime(2026, 11, 28, 11, tzinfo=UTC)
_TWO = datetime(2026, 11, 28, 19, tzinfo=UTC)
_PLACES = ("Main St & 4th", "Washington Blvd & Fourteenth St")
_LISTED = tuple(
    {
        "code": code,
        "number": number,
        "place": place,
        "name": name,
        "starts_at": _SIX,
        "during": (_SIX, _TWO),
        "pay_cents": 6200,
        "is_first_come": False,
        "award_at": _SIX,
        "due_at": _SIX,
    }
    for number, code, place, name in (
        (1, "4821", _PLACES[0], "Millbrook"),
        (2, "5170", _PLACES[1], "Commonwealth Port Authority"),
    )
)
_SAMPLE: Mapping[str, Any] = {
    "code": "4821",
    "badge": "117",
    "names": ["Millbrook"],
    "bar_days": 14,
    "price": [{"prompt": "drop.late", "left_minutes": 1200, "bar_days": 14, "is_forgiven": True, "is_repeated": False}],
    "detail": "5170",
    "callback": "4821",
    "during": (_SIX, _TWO),
    "place": _PLACES[0],
    "officer": "Brooks",
    "department": "Millbrook",
    "contact": "Dana",
    "pool": "Road work",
    "matter": [{"prompt": "outbound.matter_award"}],
    "period": [{"prompt": "rank.week"}],
    "left": 600,
    "most": 960,
    "limit_minutes": 960,
    "would_be_minutes": 1020,
    "counted_minutes": 1470,
    "window_minutes": 1440,
    "rest_minutes": 120,
    "needed_minutes": 480,
    "length": 480,
    "first": 360,
    "last": 840,
    "early_minutes": 30,
    "at": 1080,
    "more": 0,
    **dict.fromkeys(("held", "signups", "departments", "page", "openings", "waiting"), _LISTED),
}
# What a name means in one prompt only, or in one conversation.
_OF_PROMPT: Mapping[str, Mapping[str, Any]] = {
    "why.emergency": {"words": "flood at the harbor"},
    "swap.desk_refused": {"words": "no swaps this week"},
    "verdicts": {"place": 3},
    "waiting": {"place": 3},
}
# Lists whose items name their own prompt.
_ITEMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "mine.all": ("held", ("mine.awarded", "mine.confirmed", "mine.signup")),
    "rank.all": ("lines", ("rank.pool", "rank.left_minutes", "rank.rested")),
    "accept.done": ("results", ("accept.each_accepted", "accept.each_gone")),
    "decline.done": ("results", ("decline.each_declined", "decline.each_ended")),
    "signup.several": ("results", ("signup.each_signed_up", "signup.each_closed")),
    "signup.several_taken": ("results", ("signup.each_taken", "signup.each_gone")),
}
MOST_CHOICES = 4


def said_with_samples(key: str, prompts: Prompts) -> str:
    """The prompt as it is said with likely values, every condition true; raises `RenderError`."""
    return render([Line(key, _SpokenSamples(key, prompts))], Voice(prompts, _ZONE, "voice"))


class _SpokenSamples(Samples):
    """As for texts, but what is likely rather than what is longest: a caller hears an ordinary night."""

    def __init__(self, key: str, prompts: Prompts) -> None:
        own = {**_OF_PROMPT.get(_conversation(key), {}), **_OF_PROMPT.get(key, {})}
        super().__init__({**_own_choices(key, prompts), **_own_items(key, prompts), **own})

    def __missing__(self, name: str) -> Any:
        return _value(name)


def _value(name: str) -> Any:
    return _SAMPLE[name] if name in _SAMPLE else sample(name)


def _own_items(key: str, prompts: Prompts) -> dict[str, Any]:
    if key not in _ITEMS:
        return {}
    name, keys = _ITEMS[key]
    return {name: [_filled(one, prompts) for one in keys]}


def _filled(key: str, prompts: Prompts) -> dict[str, Any]:
    """An item that names its own prompt, with the values that one needs."""
    return {"prompt": key, **{name: _value(name) for name in _names_in(key, prompts)}}


def _names_in(key: str, prompts: Prompts) -> set[str]:
    """Every value that the prompt needs, those of the prompts it says included."""
    fields = [piece for piece in pieces_of(prompts.text(key, "voice") or "") if isinstance(piece, Field)]
    said = {other for field in fields if field.format in COMPOSERS for other in field.extra.split()}
    return {field.name for field in fields}.union(*(_names_in(other, prompts) for other in said))


def _own_choices(key: str, prompts: Prompts) -> dict[str, Any]:
    """What a prompt puts together itself: the choices of its conversation that name a key, or `why_...` for `why`."""
    pieces = [piece for piece in pieces_of(prompts.text(key, "voice") or "") if isinstance(piece, Field)]
    others = [
        other for other in prompts.texts if _conversation(other) == _conversation(key) and prompts.text(other, "voice")
    ]
    numbered = [other for other in others if "{number}" in (prompts.text(other, "voice") or "")]
    choices = [
        {**_filled(other, prompts), "number": number} for number, other in enumerate(numbered[:MOST_CHOICES], start=1)
    ]
    own = {piece.name: choices for piece in pieces if piece.format == "prompts"}
    for name in [piece.name for piece in pieces if piece.format in ("prompts", "phrases")]:
        named = [other for other in others if other.split(".")[1].startswith(f"{name}_")]
        if named and not _is_of(_value(name), _conversation(key)):
            own[name] = [_filled(named[0], prompts)]
    return own


def _is_of(items: Any, conversation: str) -> bool:
    """Whether the likely value says prompts of this conversation; another one's field may have the same name."""
    return isinstance(items, list) and all(_conversation(str(item.get("prompt"))) == conversation for item in items)


def _conversation(key: str) -> str:
    return key.split(".", maxsplit=1)[0]
