"""The tolerant layer: what a whole sentence asks for, if it asks for one thing and says little else.

It looks for phrases of commands (`phrases.py`), and then at everything around them: what denies, asks, supposes, tells
of others or speaks of something else keeps a phrase from being a command. It does not guess: what loses something
needs a sentence that says so and nothing more.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from bot.dialog.understanding import corrections
from bot.dialog.understanding.clauses import Clauses, clauses_of, language_of, respelled
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.gathering import gather
from bot.dialog.understanding.phrases import Match, matches
from bot.dialog.understanding.slots import clock_time_of, codes_in, spotted
from bot.dialog.understanding.tokens import fold, tokens_of
from bot.dialog.understanding.words import lists, word_set

DESTRUCTIVE = frozenset(("drop", "decline", "withdraw", "cancel_order", "opt_out"))
INFORMING = frozenset(("list", "mine", "rank", "why", "menu", "language", "agent", "help", "pay"))
OF_CONTRACTORS = frozenset(
    ("order", "cancel_order", "menu", "language", "agent", "undo", "opt_out", "opt_in", "help", "mine", "pay")
)
ONLY_CONTRACTORS = frozenset(("order", "cancel_order"))
_TAKES_DAY = frozenset(("drop", "signup", "withdraw", "accept", "decline"))
_DOUBT_AFTER = frozenset(("what", "how", "if", "whether"))
_LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Ear:
    """Who is listened to, how, and by which clock."""

    clock: Clock
    contractor: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text asks for. Without a `command` nothing was understood; `did_you_mean` may then say what came near.

    Slots as spotted: `codes` and `numbers` as text, `time` and `range` as clock times, `date`, `duration` in minutes,
    `officers`, `language`, `site`.
    """

    command: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)
    did_you_mean: str = ""


NOTHING = Meaning()


def read_meaning(text: str, ear: Ear) -> Meaning:
    """Reads a text that is none of the exact forms. Never raises, whatever the text."""
    folded = fold(text)
    tokens = tokens_of(folded, spoken=ear.spoken)
    if not tokens or len(tokens) > _LONGEST_WORDS:
        return NOTHING
    tokens = spotted(respelled(tokens), ear.clock)
    tokens = corrections.settled(tokens)
    if not tokens:
        return NOTHING
    clauses = clauses_of(tokens)
    language = language_of(clauses)
    if language:
        return Meaning("language", {"language": language})
    return _decide(clauses, ear, folded)


def _decide(clauses: Clauses, ear: Ear, folded: str) -> Meaning:
    found = _chosen(clauses, ear)
    commands = _settled_commands(found, clauses)
    if len(commands) != 1:
        return Meaning(did_you_mean=_nearest_harmless(commands))
    command = commands[0]
    own = [match for match in found if match.phrase.command == command]
    slots = gather(command, clauses, own, folded)
    doubt = _doubt(command, own, clauses)
    if command == "order" and slots.get("date", ear.clock.today) < ear.clock.today:
        return NOTHING
    if doubt is not None:
        return Meaning(did_you_mean=doubt)
    if not _says_little_else(command, own, clauses, slots):
        near = command if len(_unknown(command, own, clauses, slots)) <= 2 and own[0].length > 1 else ""
        return Meaning(did_you_mean=near)
    return Meaning(command, slots)


def _nearest_harmless(commands: Sequence[str]) -> str:
    return next((command for command in commands if command not in DESTRUCTIVE), "")


def _chosen(clauses: Clauses, ear: Ear) -> list[Match]:
    """The phrases that may hold here, longest first, none over another."""
    has_code = bool(codes_in([token for token in clauses.sources if token.kind == "number"]))
    kinds = {token.kind for token in clauses.sources}
    fitting = [match for match in matches(clauses.words) if _fits(match, ear, kinds, clauses, has_code=has_code)]
    fitting.sort(key=lambda match: (-match.length, _SORT_ORDER[match.phrase.sort], match.start))
    taken: set[int] = set()
    chosen: list[Match] = []
    for match in fitting:
        places = set(range(match.start, match.end))
        if not places & taken:
            taken |= places
            chosen.append(match)
    return chosen


_SORT_ORDER = {"coded": 0, "sure": 1, "timed": 2, "alone": 3}
"""What stands where phrases are equally long: a phrase that a code belongs to before one that needs none."""


def _fits(match: Match, ear: Ear, kinds: AbstractSet[str], clauses: Clauses, *, has_code: bool) -> bool:
    command, sort = match.phrase.command, match.phrase.sort
    if command not in OF_CONTRACTORS if ear.contractor else command in ONLY_CONTRACTORS:
        return False
    if sort == "alone":
        return not has_code or match.length == len(clauses.words)
    if sort == "coded":
        if command == "order":
            return bool(kinds & {"range", "time", "date"})
        return has_code or ("date" in kinds and command in _TAKES_DAY)
    if sort == "timed":
        return bool(kinds & {"time"}) or any(
            token.kind in ("number", "clock") and clock_time_of(token) for token in clauses.sources
        )
    return True


def _settled_commands(found: Sequence[Match], clauses: Clauses) -> list[str]:
    """The commands that are meant. A short answer before a longer wish ("yes sign me up") leaves the wish."""
    commands = list(dict.fromkeys(match.phrase.command for match in found))
    if len(commands) < 2:
        return commands
    longest = {command: max(one.length for one in found if one.phrase.command == command) for command in commands}
    sure = {match.phrase.command for match in found if match.phrase.sort in ("sure", "timed")}
    for pair, winner in _STRONGER:
        if pair <= set(commands):
            commands = [command for command in commands if command == winner or command not in pair]
    if len(commands) > 1:
        weak = [command for command in commands if longest[command] == 1 and command not in sure]
        strong = [command for command in commands if command not in weak]
        if strong and all(_is_harmless_match(match) for match in found if match.phrase.command in weak):
            commands = strong
    return commands


_STRONGER: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("withdraw", "drop")), "withdraw"),
    (frozenset(("withdraw", "signup")), "withdraw"),
    (frozenset(("why", "signup")), "why"),
    (frozenset(("mine", "list")), "mine"),
    (frozenset(("auto", "signup")), "auto"),
    (frozenset(("opt_in", "signup")), "opt_in"),
    (frozenset(("cancel_order", "order")), "cancel_order"),
)


def _is_harmless_match(match: Match) -> bool:
    return match.phrase.command not in ("drop", "withdraw", "opt_out", "cancel_order")


def _doubt(command: str, own: Sequence[Match], clauses: Clauses) -> str | None:
    """Why a phrase is not a wish here; None when it is one. What comes near is named, a denial of it is not."""
    first = min(own, key=lambda match: match.start)
    covered = {place for match in own for place in range(match.start, match.end)}
    outside = [(place, word) for place, word in enumerate(clauses.words) if place not in covered]
    if _is_denied(first, outside, clauses) or _denies_itself(own, clauses):
        return ""
    if command in INFORMING:
        return None
    near = command if command != "opt_out" else ""
    words = {word for _, word in outside}
    if command in DESTRUCTIVE and _goes_elsewhere(own, clauses):
        return ""
    if words & word_set("doubts") or _is_told_of_others(command, first, outside, clauses):
        return near
    if command in DESTRUCTIVE and (words & word_set("past") or _asks_leave(clauses)):
        return near
    return near if _is_asked(command, first, outside, clauses) else None


def _denies_itself(own: Sequence[Match], clauses: Clauses) -> bool:
    """ "no rechazo el 4821" refuses nothing."""
    begun = {match.start: match for match in own}
    for match in own:
        following = begun.get(match.end)
        lone_no = match.length == 1 and clauses.words[match.start] in word_set("negators")
        if lone_no and following and match.end not in clauses.breaks:
            return clauses.words[following.start] not in word_set("negators")
    return False


def _goes_elsewhere(own: Sequence[Match], clauses: Clauses) -> bool:
    """ "I cant make it to your party" gives no detail back, whatever the party is called."""
    for match in own:
        rest = clauses.words[match.end : match.end + 3]
        if match.phrase.sort == "sure" and rest[:1] in (["to"], ["a"]):
            target = next((word for word in rest[1:] if word not in _POSSESSIVES), "")
            if target.isalpha() and target not in word_set("work"):
                return True
    return False


_POSSESSIVES = frozenset(("my", "your", "our", "his", "her", "their", "that", "this", "mi", "tu", "su"))


def _is_denied(first: Match, outside: Sequence[tuple[int, str]], clauses: Clauses) -> bool:
    begin = clauses.begin(first.start)
    return any(
        word in word_set("negators") and max(begin, first.start - 5) <= place < first.start for place, word in outside
    )


def _asks_leave(clauses: Clauses) -> bool:
    said = " ".join(clauses.words)
    return any(said.startswith(f"{leave} ") for leave in lists("speech")["permission"])


def _is_told_of_others(command: str, first: Match, outside: Sequence[tuple[int, str]], clauses: Clauses) -> bool:
    begin = clauses.begin(first.start)
    before = [word for place, word in outside if begin <= place < first.start]
    subject = [word for place, word in outside if first.start - 2 <= place < first.start]
    if any(word in word_set("subjects") for word in subject) and not {"i", "im", "ill", "id", "yo"} & set(subject):
        return True
    allowed = word_set("reasons") if command in ("drop", "decline", "withdraw") else frozenset()
    return any(word in word_set("others") and word not in allowed for word in before)


def _is_asked(command: str, first: Match, outside: Sequence[tuple[int, str]], clauses: Clauses) -> bool:
    begin = clauses.begin(first.start)
    before = [(place, word) for place, word in outside if begin <= place < first.start]
    after = {word for place, word in outside if place >= first.end}
    for place, word in before:
        late = place > begin and clauses.words[place - 1] != "y"
        if word in word_set("asking") and not (word in ("que", "si", "when") and late):
            if word == "si" and command in ("accept", "signup") and not clauses.asks:
                continue
            return True
        if place == begin and word in word_set("questions"):
            return True
    if command in DESTRUCTIVE and (after & _DOUBT_AFTER or (clauses.asks and first.start == begin and _bare(command))):
        return True
    return clauses.asks and command in DESTRUCTIVE and not _was_polite(clauses)


def _bare(command: str) -> bool:
    return command in ("drop", "withdraw", "decline")


def _was_polite(clauses: Clauses) -> bool:
    return "me" in clauses.words


# What else is said


def _says_little_else(command: str, own: Sequence[Match], clauses: Clauses, slots: Mapping[str, Any]) -> bool:
    unknown = _unknown(command, own, clauses, slots)
    if any(token.kind in ("clock", "day") for token in clauses.sources):
        return False  # A time or a day that is none.
    left = len(clauses.words) - sum(match.length for match in own)
    longest = max(match.length for match in own)
    sorts = {match.phrase.sort for match in own}
    if sorts == {"alone"} or (sorts <= {"alone", "timed"} and longest == 1):
        if longest == 1 or command in DESTRUCTIVE:
            # "i quit" may be about anything.
            of_oneself = command == "opt_out" and longest == 1 and bool({"i", "im"} & set(clauses.words))
            return not unknown and not of_oneself and _is_only_courtesy(own, clauses)
        return not unknown and left - _slot_count(clauses) <= 4
    if longest == 1 and command == "decline" and all(clauses.words[match.start] in _SHORT_NO for match in own):
        return _is_only_courtesy(own, clauses)
    return len(unknown) <= _allowance(command, longest, with_code="codes" in slots)


_SHORT_NO = frozenset(("no", "nope", "nah", "negative", "pass", "skip", "paso", "negativo"))


def _allowance(command: str, longest: int, *, with_code: bool) -> int:
    """How many words of no known weight may stand beside a phrase."""
    if command == "order":
        return 6
    if command == "opt_out":
        return 2 if longest >= 3 else 1
    if command in DESTRUCTIVE:
        return 2 if with_code and longest > 1 else 0
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


def _unknown(command: str, own: Sequence[Match], clauses: Clauses, slots: Mapping[str, Any]) -> list[str]:
    covered = {place for match in own for place in range(match.start, match.end)}
    known = word_set("harmless") | word_set("courtesies")
    if command in ("drop", "decline", "withdraw", "check_out"):
        known |= word_set("reasons")
    site = set(slots.get("site", "").replace("'", "").split())
    return [
        word
        for place, (word, token) in enumerate(zip(clauses.words, clauses.sources, strict=True))
        if place not in covered and token.kind == "word" and word not in known and word not in site and len(word) > 1
    ]
