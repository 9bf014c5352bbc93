"""What is taken back in the same breath: "drop 4821 I mean 5170", "not 4821 but 5170", "sign up 4821, never mind"."""

from collections.abc import Sequence
from functools import cache

from bot.dialog.understanding.phrases import matches, spelled
from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import lists, word_set

_SLOTS = ("number", "date", "time", "range", "officers", "duration", "clock")


def settled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as they are meant in the end; empty when all of it was taken back."""
    kept = _without_denied_code(list(tokens))
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
        if length and not soft and any(token.kind != "mark" for token in tokens[place + length :]):
            return list(tokens[place + length :])
    return list(tokens)


def _mend(head: list[Token], tail: list[Token], *, soft: bool) -> list[Token] | None:
    said_before, said_after = _slot_kinds(head), _slot_kinds(tail)
    if not said_before and not _has_command(head):
        return None
    if not tail or (soft and not (said_before & said_after)):
        return None
    if _has_command(tail):
        if soft and not _has_command(head):
            return None
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
        if words[-2:] == ["instead", "of"] or words[-2:] == ["en", "vez"] or words[-3:] == ["en", "vez", "de"]:
            size = 3 if words[-3:] == ["en", "vez", "de"] else 2
            return _without_denied_code(tokens[: place - size] + tokens[place + 1 :])
    return tokens


def _is_taken_back(tokens: Sequence[Token]) -> bool:
    """ "drop 4821, never mind": a command first, and then nothing but that it is not meant."""
    words = [(place, token) for place, token in enumerate(tokens) if token.kind != "mark"]
    for size in (4, 3, 2, 1):
        if len(words) > size and " ".join(token.text for _, token in words[-size:]) in _retractions():
            return True
    return False


def _marker(tokens: Sequence[Token], place: int) -> tuple[int, bool]:
    """How many tokens a correction takes here, and whether it is a soft one."""
    for size in (4, 3, 2, 1):
        said = " ".join(token.text for token in tokens[place : place + size])
        if said in _phrases("corrections"):
            return size, False
        if said in _phrases("soft_corrections"):
            return size, True
    return 0, False


def _slot_kinds(tokens: Sequence[Token]) -> set[str]:
    return {_sort(token) for token in tokens if token.kind in _SLOTS} - {"small"}


def _sort(token: Token) -> str:
    if token.kind == "number":
        return "code" if len(token.text) >= 3 else "small"
    return token.kind


def _codes(tokens: Sequence[Token]) -> int:
    return sum(token.kind == "number" and len(token.text) >= 3 for token in tokens)


def _has_command(tokens: Sequence[Token]) -> bool:
    words = [word for token in tokens if token.kind == "word" for word in spelled([token.text])]
    return any(match.phrase.sort != "alone" or match.length == len(words) for match in matches(words))


def _is_weighty(token: Token) -> bool:
    return token.kind == "word" and token.text not in word_set("light")


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(lists("speech")[name])


@cache
def _retractions() -> frozenset[str]:
    return frozenset(lists("speech")["retractions"])
