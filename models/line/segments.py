"""How many parts a text message is sent, and billed, as (GSM 03.38 and 3GPP TS 23.040)."""

from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_GSM = _BASIC | _EXTENDED

# Units in a message of one part, and in each part of a longer one, whose header takes the rest.
_SINGLE = {"GSM-7": 160, "UCS-2": 70}
_PART = {"GSM-7": 153, "UCS-2": 67}


def encoding_of(text: str) -> Encoding:
    """GSM-7 if its alphabet holds every character, else UCS-2: one curly quote changes the whole text."""
    return "GSM-7" if _GSM.issuperset(text) else "UCS-2"


def segments(text: str) -> int:
    """Parts that the text is sent as; an empty text has none."""
    encoding = encoding_of(text)
    costs = _septets(text) if encoding == "GSM-7" else _code_units(text)
    if sum(costs) <= _SINGLE[encoding]:
        return 1 if text else 0
    return _parts(costs, _PART[encoding])


def _septets(text: str) -> list[int]:
    return [2 if character in _EXTENDED else 1 for character in text]


def _code_units(text: str) -> list[int]:
    return [2 if ord(character) > 0xFFFF else 1 for character in text]


def _parts(costs: list[int], room: int) -> int:
    """Parts filled in order; a character that takes two units is never torn between two parts."""
    parts, used = 1, 0
    for cost in costs:
        if used + cost > room:
            parts, used = parts + 1, 0
        used += cost
    return parts
