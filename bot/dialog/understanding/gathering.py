"""What belongs to a command once it is known which: codes, a time, officers, a place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from bot.dialog.understanding.clauses import Clauses
from bot.dialog.understanding.phrases import Match, is_name
from bot.dialog.understanding.slots import clock_time_of, codes_in, leads_to_code
from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import word_set
from flows.clock_times import ClockTime
from flows.day_words import days_said

_DATED = frozenset(
    ("swap", "list", "mine", "signup", "withdraw", "accept", "decline", "drop", "why", "rank", "order", "cancel_order")
)
"""A day beside anything else tells when something was or is, and chooses nothing."""


def gather(command: str, clauses: Clauses, own: Sequence[Match], folded: str) -> dict[str, Any]:
    """The slots beside a command. `folded` is the text, out of which a place is cut as it was written."""
    if command in _APART:
        return _APART[command](clauses, folded)
    covered = {place for match in own for place in range(match.start, match.end)}
    slots = _spotted_slots(clauses, covered, _SPOTTED_WITHIN.get(command, frozenset(("date",))))
    own_figures = {word for match in own for said in match.phrase.elements for words in said for word in words}
    numbers = [
        token
        for place, token in enumerate(clauses.sources)
        if token.kind == "number" and token.text not in own_figures and not _is_badge(clauses, place)
    ]
    if command == "check_out" and "time" not in slots:
        numbers = _with_time(numbers, clauses, slots)
    codes = codes_in(numbers) if command not in ("language", "menu", "help", "order") else []
    if codes:
        slots["codes"] = codes
    if command not in _DATED:
        slots.pop("date", None)
    if command == "pay":
        slots.pop("duration", None)  # "how much is that an hour"
    if command == "swap" and len(codes) > 1:
        slots |= {"codes": codes[:1], "badge": codes[1]}
    if command == "order" and "officers" not in slots:
        _count_officers(clauses, own, slots)
    named = next(filter(None, (named_place(command, clauses, match.end) for match in own if not codes)), None)
    if named:
        slots["site"] = folded[clauses.sources[named[0]].start : clauses.sources[named[1] - 1].end]
    site = _site(command, clauses, covered, folded)
    return {**slots, **({"site": site} if site else {}), **(_colleague(clauses) if command == "swap" else {})}


def _colleague(clauses: Clauses) -> dict[str, str]:
    """The name of the colleague: the word that means nothing else to us ("let Diaz have 4821")."""
    named = next((word for word in reversed(clauses.words) if word.isalpha() and is_name(word)), None)
    return {"name": named} if named else {}


def _spotted_slots(clauses: Clauses, covered: AbstractSet[int], within: AbstractSet[str]) -> dict[str, Any]:
    """The first of each kind of slot beside the phrases of the command; those `within` also inside of them."""
    slots: dict[str, Any] = {}
    for place, token in enumerate(clauses.sources):
        if token.kind in _SPOTTED and (place not in covered or token.kind in within):
            slots.setdefault(token.kind, token.value)
    return slots


_SPOTTED = frozenset(("date", "duration", "officers", "range", "time"))
_SPOTTED_WITHIN = {"extend": frozenset(("date", "duration", "time"))}
""" "They need us till two": the phrase for staying longer holds the time itself."""


def _other_phone(clauses: Clauses) -> dict[str, Any]:
    """The number of the other telephone, and the day until which it is to be used."""
    phones = [f"+1{token.groups[0]}" for token in clauses.sources if token.kind == "phone"]
    days = [token.value for token in clauses.sources if token.kind == "date"]
    return {**({"phone": phones[0]} if phones else {}), **({"until": days[0]} if days else {})}


def _coming(clauses: Clauses) -> dict[str, Any]:
    """When who is late will be there: in so many minutes, so many after the start, by the clock; and for which code."""
    words, slots = clauses.words, dict[str, Any]()
    for place, token in enumerate(clauses.sources):
        is_minutes = token.kind == "number" and len(token.text) <= 2 and _counts_minutes(words, place)
        if token.kind == "duration" or is_minutes:
            slots.setdefault("duration", int(token.text) if is_minutes else token.value)
            slots.setdefault("after_start", words[place + 1 : place + 2] != [] and words[place + 1] in _BEHIND)
        elif token.kind == "time":
            slots.setdefault("time", token.value)
    if "duration" in slots:
        slots.pop("time", None)
    codes = codes_in([token for token in clauses.sources if token.kind == "number"])
    return {**slots, "behind": bool((_BEHIND | _HELD_UP) & set(words)), **({"codes": codes} if codes else {})}


def _counts_minutes(words: Sequence[str], place: int) -> bool:
    before, after = words[place - 1] if place else "", words[place + 1] if place + 1 < len(words) else ""
    return before in ("in", "en", "about", "like", "around", "como") or after in _BEHIND


def _hours(clauses: Clauses) -> dict[str, Any]:
    """From when to when, as QUIET takes it: "quiet hours ten pm to six am". Half a day unsaid is asked for."""
    said = next((token.value for token in clauses.sources if token.kind == "range"), None)
    ends = [each for each in said if isinstance(each, ClockTime) and each.settled] if isinstance(said, tuple) else []
    return {"rest": f"{ends[0]}-{ends[1]}".upper()} if len(ends) == 2 else {}


def _hour(clauses: Clauses) -> dict[str, Any]:
    """At what time, as DIGEST takes it, where the half of the day was said."""
    said = next((token.value for token in clauses.sources if token.kind == "time"), None)
    return {"rest": str(said).upper()} if isinstance(said, ClockTime) and said.settled else {}


_BEHIND = frozenset(("late", "behind", "tarde", "retrasado", "retrasada", "atrasado", "atrasada", "retraso"))
_HELD_UP = frozenset(("traffic", "trafico", "stuck", "time"))
NO_DAYS = "?"
"""Whoever says that he is away and names no day is asked for the days."""


_APART: Mapping[str, Callable[[Clauses, str], dict[str, Any]]] = {
    **dict.fromkeys(("urgent", "away_off"), lambda clauses, folded: {}),
    "quiet": lambda clauses, folded: _hours(clauses),
    "digest": lambda clauses, folded: _hour(clauses),
    "late": lambda clauses, folded: _coming(clauses),
    "temporary": lambda clauses, folded: _other_phone(clauses),
    "courtesy": lambda clauses, folded: {},
    "away": lambda clauses, folded: {"rest": days_said(folded) or NO_DAYS},
}
"""Commands whose slots are read in a way of their own, or that take none."""


def _is_badge(clauses: Clauses, place: int) -> bool:
    return place > 0 and clauses.words[place - 1] in ("badge", "placa", "unit", "unidad")


def _with_time(numbers: list[Token], clauses: Clauses, slots: dict[str, Any]) -> list[Token]:
    """The number that is the time somebody left at; the rest may be codes."""
    for token in numbers:
        place = clauses.sources.index(token)
        before = clauses.words[place - 1] if place else ""
        said = clock_time_of(token)
        if said is not None and not leads_to_code(before):
            slots["time"] = said
            if token.text.isdecimal() and len(token.text) >= 3 and len(token.groups) == 1:
                slots["maybe_code"] = token.text
            return [other for other in numbers if other is not token]
    return numbers


def _count_officers(clauses: Clauses, own: Sequence[Match], slots: dict[str, Any]) -> None:
    for match in own:
        for token in clauses.sources[match.start : match.end]:
            if token.kind == "officers":
                slots["officers"] = token.value
                return
    words = set(clauses.words)
    if words & {"officer", "cop", "oficial", "policia"} and not words & {"another", "otro"}:
        slots["officers"] = 1


_PLACED = frozenset(("drop", "withdraw", "why", "signup"))
_BEFORE_NAME = frozenset(("my", "mi", "that", "this", "for", "on", "ese", "para"))
_NOUNS = frozenset(("detail", "job", "gig", "shift", "slot", "jobs", "trabajo", "turno", "guiso"))
_LONGEST_NAME = 4


def named_place(command: str, clauses: Clauses, after: int) -> tuple[int, int] | None:
    """Where a site is named behind a command: "drop the harbor paving job", "suelto el servicio de harbor paving"."""
    if command not in _PLACED:
        return None
    words = clauses.words
    begin = after
    while after < len(words) and (words[after] in _BEFORE_NAME or clauses.sources[after].kind == "date"):
        after += 1
    nouns = [place for place in range(after + 1, min(after + _LONGEST_NAME + 1, len(words))) if words[place] in _NOUNS]
    if nouns and _is_name(clauses, after, nouns[0]):
        return after, nouns[0]
    start = after
    while start < len(words) and (words[start] in _NOUNS or clauses.sources[start].kind == "date"):
        start += 1
    told = start > begin or (begin > 0 and words[begin - 1] in _NOUNS)
    led = told and words[start : start + 1] in (["de"], ["at"], ["en"])
    if led and _is_name(clauses, start + 1, len(words)):
        return start + 1, len(words)
    return _named_street(clauses, start) if command == "signup" else None


def _named_street(clauses: Clauses, start: int) -> tuple[int, int] | None:
    """A place told by its street or kind alone: "put me in for main st", "the one on elm ave". Signing up asks back."""
    words = clauses.words
    while start < len(words) and words[start] in _LEADS_TO_PLACE:
        start += 1
    ends = (place + 1 for place in range(start, min(start + _LONGEST_NAME, len(words))) if _is_street(words[place]))
    end = next(ends, None)
    is_named = end and _is_name(clauses, start, end) and not _NOT_OF_A_NAME & set(words[start:end])
    return (start, end) if end and is_named else None


def _is_street(word: str) -> bool:
    return word in word_set("streets")


_NOT_OF_A_NAME = frozenset(
    ("up", "your", "my", "on", "at", "in", "for", "with", "from", "by", "home", "way", "mi", "tu")
)
_LEADS_TO_PLACE = frozenset(("for", "on", "at", "in", "to", "job", "detail", "that", "this", "de", "en", "para", "a"))


def _is_name(clauses: Clauses, start: int, end: int) -> bool:
    """A few words in one clause, of which one at least means nothing else to us."""
    name = clauses.words[start:end]
    light = word_set("harmless") | word_set("reasons") | word_set("courtesies")
    asked = word_set("asking") | word_set("negators") | word_set("doubts")
    plain = all(token.kind == "word" for token in clauses.sources[start:end])
    together = not any(start < one < end for one in clauses.breaks)
    known = set(name) & asked or all(word in light for word in name)
    return 1 <= len(name) <= _LONGEST_NAME and plain and together and not known


_SITE_LEADS = frozenset(("at", "on", "in", "near", "by", "en", "outside", "corner"))


def _site(command: str, clauses: Clauses, covered: Iterable[int], folded: str) -> str:
    """Where, as it was written: what follows "at" in an order, or a street beside a check-in."""
    if command not in ("order", "check_in"):
        return ""
    taken = set(covered)
    for place, word in enumerate(clauses.words):
        if word in _SITE_LEADS and place not in taken:
            end = _site_end(clauses, place + 1, taken, order=command == "order")
            while end > place + 1 and clauses.words[end - 1] in (*_SITE_LEADS, "is", "and", "to"):
                end -= 1
            if end > place + 1 and (command == "order" or _names_place(clauses, place + 1, end)):
                return folded[clauses.sources[place + 1].start : clauses.sources[end - 1].end]
    if command == "check_in":
        rest = [place for place in range(len(clauses.words)) if place not in taken]
        if (
            rest
            and rest == list(range(rest[0], rest[-1] + 1))
            and word_set("streets") & {clauses.words[place] for place in rest}
        ):
            return folded[clauses.sources[rest[0]].start : clauses.sources[rest[-1]].end]
    return ""


def _site_end(clauses: Clauses, place: int, taken: set[int], *, order: bool) -> int:
    while place < len(clauses.words) and place not in taken and (order or place not in clauses.breaks):
        token = clauses.sources[place]
        if token.kind in ("date", "range", "time", "officers", "duration"):
            break
        if token.kind == "word" and token.text in (
            "from",
            "for",
            "please",
            "desde",
            "de",
            "para",
            "thanks",
            "starting",
            "with",
            "this",
        ):
            break
        if place in clauses.breaks:
            break
        place += 1
    return place


def _names_place(clauses: Clauses, start: int, end: int) -> bool:
    words = clauses.words[start:end]
    if any(token.kind == "number" and 3 <= len(token.text) <= 6 for token in clauses.sources[start:end]):
        return bool(word_set("streets") & set(words))
    return (
        1 <= len(words) <= 5
        and not {"is", "was", "are", "es", "esta"} & set(words)
        and not all(word in word_set("harmless") for word in words)
    )
