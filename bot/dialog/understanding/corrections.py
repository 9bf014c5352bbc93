"""What is taken back in the same breath: "drop 4821 I mean 5170", "not 4821 but 5170", "sign up 4821, never mind"."""

from collections.abc import Sequence
from functools import cache

from bot.dialog.understanding.phrases import matches, spelled
from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import lists, word_set

_SLOTS = ("number", "date", "time", "range", "officers", "duration", "clock")


_OF_ITSELF = frozenset(("cancel that", "cancel it", "keep it"))
"""Takes something back only where something was asked for: a contractor's "4821 cancel it" is no such thing."""


def settled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as they are meant in the end; empty when all of it was taken back."""
    kept = _without_denied_slot(_without_denied_code(list(tokens)))
    if _is_taken_back(kept):
        return []
    for place in range(len(kept) - 1, 0, -1):
        length, soft = _marker(kept, place)
        if length and place > 1 and _marker(kept, place - 1)[0] > length:
            continue
        if length:
            mended = _mend(kept[:place], kept[place + length :], soft=soft)
            if mended is not None:
                return mended
    return kept


def last_said(tokens: Sequence[Token]) -> list[Token]:
    """What follows the last correction, when something does; for answers, where anything may be corrected."""
    for place in range(len(tokens) - 1, 0, -1):
        length, soft = _marker(tokens, place)
        head, tail = tokens[:place], tokens[place + length :]
        again = not soft or _slot_kinds(head) & _slot_kinds(tail)
        if length and again and any(token.kind != "mark" for token in tail):
            return list(tokens[place + length :])
    return list(tokens)


def _mend(head: list[Token], tail: list[Token], *, soft: bool) -> list[Token] | None:
    said_before, said_after = _slot_kinds(head), _slot_kinds(tail)
    begun, again = _has_command(head), _has_command(tail)
    if not tail and not soft and _codes(head) > 1:
        return _with_last_code(head)  # "drop 4821 er 5170 i mean"
    redone = begun and again and not _only_answers(head)
    unfit = soft and (not (said_before & said_after or redone) or (again and not begun))
    if not tail or unfit or not (said_before or begun):
        return None
    if again:
        return tail if said_after else [*tail, *(token for token in head if token.kind in _SLOTS)]
    if not said_before & said_after or any(_is_weighty(token) for token in tail):
        return None
    return [*(token for token in head if not (token.kind in _SLOTS and _sort(token) in said_after)), *tail]


def _without_denied_code(tokens: list[Token]) -> list[Token]:
    """ "not 4821 but 5170", "5170 not 4821", "5170 instead of 4821": the denied code goes."""
    for place, token in enumerate(tokens):
        if token.kind != "number" or len(token.text) < 3 or _codes(tokens) < 2:
            continue
        words = [one.text for one in tokens[max(0, place - 3) : place]]
        if words[-1:] == ["not"]:
            return _without_denied_code(tokens[: place - 1] + [one for one in tokens[place + 1 :] if one.text != "but"])
        if len(words) > 1 and words[-2] == "no" and words[-1] in _ARTICLES and words[:1] != ["si"]:
            return _without_denied_code(tokens[: place - 2] + tokens[place + 1 :])  # "al 5170, no al 4821"
        if words[-3:] == ["en", "vez", "del"]:
            return _without_denied_code(tokens[: place - 3] + tokens[place + 1 :])
        if words[-2:] == ["instead", "of"] or words[-2:] == ["en", "vez"] or words[-3:] == ["en", "vez", "de"]:
            size = 3 if words[-3:] == ["en", "vez", "de"] else 2
            return _without_denied_code(tokens[: place - size] + tokens[place + 1 :])
    return tokens


def _only_answers(tokens: Sequence[Token]) -> bool:
    """ "no, no quiero el 4821": a yes or a no is not taken back by what follows it."""
    words = [token.text for token in tokens if token.kind == "word"]
    return all(word in word_set("light") or word in word_set("negators") or word in _ANSWERS for word in words)


_ANSWERS = frozenset(("yes", "yeah", "yep", "yup", "ok", "okay", "sure", "si", "claro", "y"))


_ARTICLES = frozenset(("el", "al", "del", "la"))


def _with_last_code(tokens: Sequence[Token]) -> list[Token]:
    codes = [token for token in tokens if _sort(token) == "code"]
    return [token for token in tokens if token not in codes[:-1]]


def _without_denied_slot(tokens: list[Token]) -> list[Token]:
    """ "out at 3 not 2", "drop friday not saturday": the denied time or day goes, where another is said."""
    for place in range(1, len(tokens)):
        sort = _sort(tokens[place])
        others = sum(token.kind in _SLOTS and _sort(token) == sort for token in tokens)
        if sort in ("time", "date") and others > 1 and tokens[place - 1].text == "not":
            return tokens[: place - 1] + tokens[place + 1 :]
    return tokens


def _is_taken_back(tokens: Sequence[Token]) -> bool:
    """ "drop 4821, never mind": a command first, and then nothing but that it is not meant."""
    words = [(place, token) for place, token in enumerate(tokens) if token.kind != "mark"]
    for size in (4, 3, 2, 1):
        said = " ".join(token.text for _, token in words[-size:])
        if len(words) > size and said in _retractions():
            return said not in _OF_ITSELF or _has_command([token for _, token in words[:-size]])
    return False


def _marker(tokens: Sequence[Token], place: int) -> tuple[int, bool]:
    """How many tokens a correction takes here, and whether it is a soft one."""
    if tokens[place].text == "no" and _denies(tokens, place):
        return 0, False
    for size in (4, 3, 2, 1):
        said = " ".join(token.text for token in tokens[place : place + size])
        if said in _phrases("corrections"):
            return size, False
        if said in _phrases("soft_corrections"):
            return size, True
    return 0, False


def _denies(tokens: Sequence[Token], place: int) -> bool:
    """ "por que no me dieron el trabajo", "borrame del 4821 ya no lo quiero", "yes to 4821 no to 5170"."""
    before, after = tokens[place - 1].text, tokens[place + 1].text if place + 1 < len(tokens) else ""
    return before in _DENIED_AFTER or after in _DENIED_BEFORE


_DENIED_AFTER = frozenset(("que", "porque", "why", "ya", "aun", "todavia", "si", "and", "y", "but", "pero"))
_DENIED_BEFORE = frozenset(("to", "on", "for", "lo", "la", "me", "se", "te", "nos", "puedo", "quiero", "voy", "al"))


def _slot_kinds(tokens: Sequence[Token]) -> set[str]:
    return {_sort(token) for token in tokens if token.kind in _SLOTS}


def _sort(token: Token) -> str:
    if token.kind == "number":
        return "code" if len(token.text) >= 3 else "time"
    return "time" if token.kind == "clock" else token.kind


def _codes(tokens: Sequence[Token]) -> int:
    return sum(token.kind == "number" and len(token.text) >= 3 for token in tokens)


def _has_command(tokens: Sequence[Token]) -> bool:
    words = [word for token in tokens if token.kind == "word" for word in spelled([token.text])]
    return any(match.phrase.sort not in ("alone", "near") or match.length == len(words) for match in matches(words))


def _is_weighty(token: Token) -> bool:
    return token.kind == "word" and token.text not in word_set("light")


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(lists("speech")[name])


@cache
def _retractions() -> frozenset[str]:
    return frozenset(lists("speech")["retractions"])
