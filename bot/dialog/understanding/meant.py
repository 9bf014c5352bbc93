"""What corrects the turn before: "no i meant 4851", "sorry, 4851", "4851 not 4821", "quise decir el viernes".

What it is to be done with stands in the conversation, not in the text; here only what is meant instead is read.
"""

import re
from typing import Any

from bot.dialog.understanding.asked import Asked, read_asked
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.tokens import fold

_SORRY = (
    r"(?:no|nope|oops|whoops|ups|sorry|perdon|perdona|disculpe|my bad|wait|espera|espere|typo|ay|uh|hold on|"
    r"me equivoque|wrong (?:one|code|number))"
)
_MEANT = (
    r"(?:(?:i |yo )?(?:meant|mean|ment|said|dije|digo|typed)(?: to say)?|quise decir|quiero decir|make (?:it|that)|"
    r"it'?s|should (?:be|say|have been)|era)"
)
_LIGHT = r"(?:for|the|el|al|la|detail|number|code|numero|servicio|s|on)"
_BEFORE = rf"(?P<sorry>(?:{_SORRY}\b\W*)*)(?P<meant>{_MEANT}\b\W*)?(?P<star>\*)?\W*(?P<light>(?:{_LIGHT}\b\W*)*)"
_AFTER = (
    r"(?P<denied>\W+(?:not|instead of|no|y no)\W+(?:el\W+|al\W+)?\d{3,6})?(?:\W+(?:instead|sorry|please|perdon))?\W*"
)
_CODE = re.compile(rf"{_BEFORE}#?(?P<code>\d{{3,6}}){_AFTER}")
_DAY = re.compile(rf"(?:{_SORRY}\b\W*)*{_MEANT}\W+(?P<day>.{{3,24}})")
_ONLY_NO = re.compile(r"(?:no|nope)\W*")


def meant_instead(text: str, clock: Clock | None) -> dict[str, Any] | None:
    """The code or the day that is meant instead of the one before; None when the text corrects nothing."""
    said = fold(text).strip()
    found = _CODE.fullmatch(said)
    if found and _corrects(found):
        return {"codes": [found["code"]]}
    named = _DAY.fullmatch(said) if clock is not None else None
    day = read_asked(named["day"], Asked("date", clock)) if named and clock is not None else None
    return {"date": day} if isinstance(day, str) else None


def _corrects(found: re.Match[str]) -> bool:
    """ "no 4851" refuses it, and a bare code only names it; "no, 4851" and "no el 4851" name another than before."""
    if found["meant"] or found["star"] or found["denied"]:
        return True
    if not found["sorry"]:
        return False
    is_bare_no = _ONLY_NO.fullmatch(found["sorry"]) is not None
    return not is_bare_no or "," in found["sorry"] or "el" in found["light"].split()
