"""What is said beside a command: a command is only what says little else, and what loses something least of all."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.dialog.understanding.clauses import Clauses
from bot.dialog.understanding.phrases import Match
from bot.dialog.understanding.stakes import DESTRUCTIVE, INFORMING
from bot.dialog.understanding.words import word_set


def says_little_else(command: str, own: Sequence[Match], clauses: Clauses, slots: Mapping[str, Any]) -> bool:
    """Whether nothing beside a command makes the text one about something else."""
    unknown = unknown_words(command, own, clauses, slots)
    strange = {"clock", "day"} if command in _WITH_PHONE else {"clock", "day", "phone"}
    if any(token.kind in strange for token in clauses.sources):
        return False  # A time or a day that is none, or a telephone number of which nobody said whose it is.
    left = len(clauses.words) - sum(match.length for match in own)
    longest = max(match.length for match in own)
    sorts = {match.phrase.sort for match in own}
    if sorts == {"alone"} or (sorts <= {"alone", "timed"} and longest == 1):
        if longest == 1 or command in DESTRUCTIVE:
            # "i quit" may be about anything.
            if command in ("opt_in", "opt_out") and _slot_count(clauses):
                return False  # "we start at 7"
            of_oneself = command == "opt_out" and longest == 1 and bool({"i", "im"} & set(clauses.words))
            return not unknown and not of_oneself and _is_only_courtesy(own, clauses)
        return not unknown and left - _slot_count(clauses) <= 4
    if longest == 1 and command == "decline" and all(clauses.words[match.start] in _SHORT_NO for match in own):
        return _is_only_courtesy(own, clauses)
    return len(unknown) <= _allowance(command, longest, with_code="codes" in slots)


_WITH_PHONE = frozenset(("temporary", "opt_out", "agent"))
_SHORT_NO = frozenset(("no", "nope", "nah", "negative", "pass", "skip", "paso", "negativo"))


def _allowance(command: str, longest: int, *, with_code: bool) -> int:
    """How many words of no known weight may stand beside a phrase."""
    if command == "order":
        return 6
    if command == "opt_out":
        return 2 if longest >= 3 else 1
    if command in DESTRUCTIVE:
        return 2 if with_code and longest > 1 else 0
    if command == "agent":
        return 3 if longest >= 3 else 0
    if command in INFORMING:
        return 1 if longest >= 3 or with_code else 0
    return (2 if longest > 1 else 1) if with_code else 0


def _slot_count(clauses: Clauses) -> int:
    return sum(token.kind != "word" for token in clauses.sources)


def _is_only_courtesy(own: Sequence[Match], clauses: Clauses) -> bool:
    covered = {place for match in own for place in range(match.start, match.end)}
    rest = [
        word
        for place, (word, token) in enumerate(zip(clauses.words, clauses.sources, strict=True))
        if place not in covered and token.kind == "word"
    ]
    return len(rest) <= 5 and all(word in word_set("courtesies") for word in rest)


def unknown_words(command: str, own: Sequence[Match], clauses: Clauses, slots: Mapping[str, Any]) -> list[str]:
    """The words beside a command of no known weight."""
    covered = {place for match in own for place in range(match.start, match.end)}
    known = word_set("harmless") | word_set("courtesies")
    if command in ("drop", "decline", "withdraw", "cancel_order") or "time" in slots:
        known |= word_set("reasons")
    if command == "late":
        known |= word_set("held_up_by")
    if command == "away":
        known |= word_set("stretches")
    site = set(slots.get("site", "").replace("'", "").split())
    told = _reason_told(own, clauses) if _may_be_explained(command, slots) else frozenset()
    return [
        word
        for place, (word, token) in enumerate(zip(clauses.words, clauses.sources, strict=True))
        if place not in covered
        and place not in told
        and token.kind == "word"
        and word not in known
        and word not in site
        and len(word) > 1
    ]


def _may_be_explained(command: str, slots: Mapping[str, Any]) -> bool:
    """What asks back or only tells may be explained in a clause of its own, in words we do not know."""
    return command in ("late", "cancel_order", "missing_officer") or (
        command == "drop" and ("codes" in slots or "date" in slots)
    )


_LONGEST_REASON = 8


def _reason_told(own: Sequence[Match], clauses: Clauses) -> frozenset[int]:
    """The places of clauses that hold nothing of the command: "my mother in law passed, I cant work Friday"."""
    starts = sorted({*clauses.breaks, len(clauses.words)})
    spans = [range(start, end) for start, end in pairwise(starts) if end - start <= _LONGEST_REASON]
    return frozenset(
        place
        for span in spans
        if not any(match.start in span for match in own)
        and not {clauses.words[place] for place in span} & word_set("asking")
        for place in span
    )
