"""Plain words about a pool: "put me in the traffic pool", "sacame del grupo de trafico"."""

import re

from bot.dialog.understanding.clauses import Clauses

_NAME = r"(?P<name>[a-z0-9]+(?: [a-z0-9]+){0,4})"
_WISH = r"(?:(?:i|id|yo) )?(?:(?:want|need|like|have|quiero|quisiera|necesito) (?:to )?)?"
_PUT_ME = r"(?:put|add|sign|enroll|get|keep) me (?:up )?(?:in|on|to|into|for)"
_TAKE_ME = r"(?:take|pull|remove|drop|get) me (?:out of|out|off of|off|from)"
_PONME = r"(?:ponme|pongame|anademe|agregame|agregueme|apuntame|apunteme|meteme|inscribeme|inscribame|unirme|entrar)"
_SACAME = r"(?:sacame|saqueme|quitame|quiteme|borrame|borreme|salir|salirme|salgo)"
_JOIN = (
    rf"{_WISH}(?:join|{_PUT_ME}|be (?:in|on|part of)) {_NAME} pool",
    rf"{_WISH}{_PONME} (?:(?:en|a) )?grupo (?:de )?{_NAME}",
)
_LEAVE = (
    rf"{_WISH}(?:leave|quit|exit|{_TAKE_ME}|get out of) {_NAME} pool",
    rf"{_WISH}{_SACAME} (?:de )?grupo (?:de )?{_NAME}",
)


def pool_wish(clauses: Clauses) -> str:
    """What the flow of pools reads, "IN TRAFFIC" or "OUT TRAFFIC"; empty where no sentence says just that.

    Nothing may stand beside it: a doubt, a denial or somebody else makes it no wish.
    """
    words = clauses.words
    if not {"pool", "grupo"} & set(words) or clauses.asks:
        return ""
    said = " ".join(words)
    for word, patterns in (("IN", _JOIN), ("OUT", _LEAVE)):
        found = next(filter(None, (re.fullmatch(pattern, said) for pattern in patterns)), None)
        if found:
            return f"{word} {found['name'].upper()}"
    return ""
