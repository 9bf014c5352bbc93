"""The tolerant layer: what a whole sentence asks for, if it asks for one thing and says little else.

It looks for phrases of commands (`phrases.py`), and then at everything around them: what denies, asks, supposes, tells
of others or speaks of something else keeps a phrase from being a command. It does not guess: what loses something
needs a sentence that says so and nothing more.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.dialog.understanding import corrections
from bot.dialog.understanding.beside import says_little_else, unknown_words
from bot.dialog.understanding.clauses import Clauses, clauses_of, language_of, respelled
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.doubts import doubt_of
from bot.dialog.understanding.gathering import gather, named_place
from bot.dialog.understanding.letters import lettered
from bot.dialog.understanding.phrases import Match, matches
from bot.dialog.understanding.pool_wishes import pool_wish
from bot.dialog.understanding.signs import is_reaction
from bot.dialog.understanding.slots import clock_time_of, codes_in, spotted
from bot.dialog.understanding.stakes import DESTRUCTIVE, INFORMING
from bot.dialog.understanding.tokens import fold, tokens_of

OF_CONTRACTORS = frozenset(
    (
        "missing_officer",
        "order",
        "cancel_order",
        "menu",
        "language",
        "agent",
        "undo",
        "opt_out",
        "opt_in",
        "help",
        "mine",
        "pay",
    )
)
ONLY_CONTRACTORS = frozenset(("order", "cancel_order", "missing_officer"))
_TAKES_DAY = frozenset(
    ("swap", "drop", "signup", "withdraw", "accept", "decline", "cancel_order", "mine", "list", "away", "crew")
)
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
    `officers`, `language`, `site`; `behind` is whether somebody says that he is late; `rest` are words that the command
    reads itself: days for `away`, a pool for `pools`.
    """

    command: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)
    did_you_mean: str = ""


NOTHING = Meaning()


def read_meaning(text: str, ear: Ear) -> Meaning:
    """Reads a text that is none of the exact forms. Never raises, whatever the text."""
    if is_reaction(text):
        return NOTHING
    folded = fold(text)
    tokens = lettered(tokens_of(folded, spoken=ear.spoken), contractor=ear.contractor)
    if not tokens or len(tokens) > _LONGEST_WORDS:
        return NOTHING
    tokens = spotted(respelled(tokens), ear.clock, orders=ear.contractor)
    tokens = corrections.settled(tokens)
    if not tokens:
        return NOTHING
    clauses = clauses_of(tokens)
    language = language_of(clauses)
    if language:
        return Meaning("language", {"language": language})
    pool = None if ear.contractor else pool_wish(clauses)
    if pool:
        return Meaning("pools", {"rest": pool})
    return _decide(clauses, ear, folded)


def _decide(clauses: Clauses, ear: Ear, folded: str) -> Meaning:
    found = _chosen(clauses, ear)
    commands = _settled_commands(found, clauses)
    if len(commands) != 1 or "nothing" in commands:
        return Meaning(did_you_mean="" if "nothing" in commands else _nearest_harmless(commands))
    command = commands[0]
    own = [match for match in found if match.phrase.command == command]
    if all(match.phrase.sort == "near" for match in own):
        return Meaning(did_you_mean=command)
    slots = gather(command, clauses, own, folded)
    if _is_out_of_time(command, slots, clauses, ear.clock):
        return NOTHING
    doubt = doubt_of(command, own, clauses)
    if doubt is not None:
        return Meaning(slots=slots, did_you_mean=doubt)
    if not says_little_else(command, own, clauses, slots):
        near = command if len(unknown_words(command, own, clauses, slots)) <= 2 and own[0].length > 1 else ""
        return Meaning(slots=slots, did_you_mean=near)
    return Meaning("withdraw" if _is_off_one_list(command, own, slots, clauses) else command, slots)


def _is_off_one_list(command: str, own: Sequence[Match], slots: Mapping[str, Any], clauses: Clauses) -> bool:
    """ "take me off the list for 4821" takes back one sign-up, and no consent."""
    said = {word for match in own for word in clauses.words[match.start : match.end]}
    return command == "opt_out" and "codes" in slots and bool(said & {"list", "lista"}) and not said & {"your", "su"}


def _is_out_of_time(command: str, slots: Mapping[str, Any], clauses: Clauses, clock: Clock) -> bool:
    """An order is for days to come; attendance is of now ("off friday" tells of a day), or is mended afterwards."""
    if command == "order":
        return bool(slots.get("date", clock.today) < clock.today)
    if command not in ("check_in", "check_out"):
        return False
    tomorrow = clock.today + timedelta(days=1)
    return any(isinstance(token.value, date) and token.value >= tomorrow for token in clauses.sources)


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


_SORT_ORDER = {"dated": 0, "coded": 1, "numbered": 1, "sure": 2, "timed": 3, "alone": 4, "near": 5}
"""What stands where phrases are equally long: a phrase that a code belongs to before one that needs none."""


def _fits(match: Match, ear: Ear, kinds: AbstractSet[str], clauses: Clauses, *, has_code: bool) -> bool:
    command, sort = match.phrase.command, match.phrase.sort
    if command != "nothing" and (command not in OF_CONTRACTORS if ear.contractor else command in ONLY_CONTRACTORS):
        return False
    if sort in ("alone", "near"):
        return not has_code or match.length == len(clauses.words)
    if sort == "dated":
        return "date" in kinds and not has_code
    if sort in ("coded", "numbered"):
        return has_code or (sort == "coded" and _is_pointed_out(match, kinds, clauses))
    if sort == "timed":
        return bool(kinds & {"time"}) or any(
            token.kind in ("number", "clock") and clock_time_of(token) for token in clauses.sources
        )
    return True


def _is_pointed_out(match: Match, kinds: AbstractSet[str], clauses: Clauses) -> bool:
    """Which one is meant is said by something else than a code: a day, a place, for an order its hours."""
    command = match.phrase.command
    if command == "order":
        return bool(kinds & {"range", "time", "date"})
    return ("date" in kinds and command in _TAKES_DAY) or bool(named_place(command, clauses, match.end))


def _settled_commands(found: Sequence[Match], clauses: Clauses) -> list[str]:
    """The commands that are meant. A short answer before a longer wish ("yes sign me up") leaves the wish."""
    commands = list(dict.fromkeys(match.phrase.command for match in found))
    if len(commands) > 1 and "courtesy" in commands:
        commands.remove("courtesy")  # "done thanks"
    if len(commands) < 2 or "nothing" in commands or _are_of_different_codes(found, clauses):
        return commands
    if "accept" in commands and all(
        _is_just_yes(match, clauses) for match in found if match.phrase.command == "accept"
    ):
        commands.remove("accept")  # "yeah drop 4821"
    longest = {command: max(one.length for one in found if one.phrase.command == command) for command in commands}
    sure = {match.phrase.command for match in found if match.phrase.sort in ("sure", "timed")}
    if longest.get("opt_out", 0) >= 3 and set(commands) <= _GIVES_WAY:
        return ["opt_out"]  # "who gave you my number stop texting me"
    for pair, winner in _STRONGER:
        if pair <= set(commands):
            commands = [command for command in commands if command == winner or command not in pair]
    if len(commands) > 1:
        weak = [command for command in commands if longest[command] == 1 and command not in sure]
        strong = [command for command in commands if command not in weak]
        if strong and all(_is_harmless_match(match) for match in found if match.phrase.command in weak):
            commands = strong
    return commands


def _are_of_different_codes(found: Sequence[Match], clauses: Clauses) -> bool:
    """ "in for 4821 but take me off 5170": two deeds, each with a code of its own, are not one of them with both."""
    codes = [place for place, token in enumerate(clauses.sources) if token.kind == "number" and len(token.text) > 2]
    before = {place: [match for match in found if match.start < place] for place in codes}
    owners = {max(own, key=lambda match: match.start).phrase.command for own in before.values() if own}
    return len(owners) > 1 and bool(owners & DESTRUCTIVE)


def _is_just_yes(match: Match, clauses: Clauses) -> bool:
    return match.length == 1 and clauses.words[match.start] in _YES


_GIVES_WAY = INFORMING | {"opt_out", "signup", "accept", "undo"}
_YES = frozenset(("yes", "yeah", "yep", "yup", "ok", "okay", "sure", "copy", "roger", "si", "claro", "ten:10-4"))

_STRONGER: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("withdraw", "drop")), "withdraw"),
    (frozenset(("withdraw", "decline")), "withdraw"),
    (frozenset(("withdraw", "signup")), "withdraw"),
    (frozenset(("why", "signup")), "why"),
    (frozenset(("mine", "list")), "mine"),
    (frozenset(("auto", "signup")), "auto"),
    (frozenset(("opt_in", "signup")), "opt_in"),
    (frozenset(("cancel_order", "order")), "cancel_order"),
    (frozenset(("drop", "late")), "drop"),
    (frozenset(("drop", "away")), "drop"),
    (frozenset(("accept", "late")), "late"),
    (frozenset(("extend", "check_out")), "extend"),
    (frozenset(("extend", "late")), "extend"),
    (frozenset(("extend", "mine")), "extend"),
    (frozenset(("relief", "drop")), "relief"),
    (frozenset(("relief", "check_out")), "relief"),
    (frozenset(("crew", "mine")), "crew"),
    (frozenset(("crew", "why")), "crew"),
    (frozenset(("swap", "signup")), "swap"),
    (frozenset(("swap", "drop")), "swap"),
    (frozenset(("why", "rank")), "why"),
    (frozenset(("pay", "mine")), "pay"),
    (frozenset(("pay", "agent")), "agent"),
    (frozenset(("swap", "accept")), "swap"),
    (frozenset(("accept_all", "accept")), "accept_all"),
)


def _is_harmless_match(match: Match) -> bool:
    return match.phrase.command not in ("drop", "withdraw", "opt_out", "cancel_order")
