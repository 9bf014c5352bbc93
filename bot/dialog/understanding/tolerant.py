"""The tolerant layer as the line uses it: a sentence as a command of the catalogue, or as the answer to the question.

What loses something at once is never done from here: it is answered with its exact form (`flows/sure.py`).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.dialog.events import Question
from bot.dialog.understanding.asked import Asked, read_asked, read_yes_no
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.meaning import Ear, read_meaning
from bot.dialog.understanding.moments import read_time
from bot.dialog.understanding.tokens import fold, tokens_of
from bot.dialog.understanding.understood import Understood
from flows.answers import Choice, Digits, Number, Option, Text, Time, YesNo
from flows.clock_times import ClockTime
from flows.loading import Catalogue

_AT_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for a clock where none was given: then no day is among the slots."""
_LONGEST_ANSWER = 12


def read_tolerant_command(
    text: str, heard: str, catalogue: Catalogue, now: datetime | None, *, spoken: bool = False
) -> Understood | None:
    """The command a sentence is. `now` is aware, in the department's zone."""
    meant = read_meaning(text, Ear(Clock(now or _AT_NO_TIME, near=now is not None), spoken=spoken))
    if not meant.command:
        return None
    named = "about" if meant.command == "mine" and meant.slots.get("codes") else meant.command
    command = _known(named, catalogue)
    if not command:
        return None
    return Understood(
        "command", heard, command=command, slots=_slots(meant.slots, dated=now is not None), certain=False
    )


def read_nearest(text: str, now: datetime | None) -> tuple[str, dict[str, Any]]:
    """The command that an unclear sentence comes near, and the codes in it; an empty name when it comes near none."""
    meant = read_meaning(text, Ear(Clock(now or _AT_NO_TIME, near=now is not None)))
    codes = meant.slots.get("codes")
    return ("" if meant.command else meant.did_you_mean), ({"codes": codes} if codes else {})


def read_tolerant_answer(
    text: str, heard: str, question: Question, now: datetime | None, *, spoken: bool = False
) -> Understood | None:
    """The answer a sentence is, to a question for a yes, a number, a time, or a choice from a list."""
    if len(text.split()) > _LONGEST_ANSWER:
        return None
    for place, answer in enumerate(question.ask.answers):
        chosen = _chosen(text, answer, question, now) if isinstance(answer, Choice) else None
        value, then = chosen or _answered(text, answer, spoken=spoken)
        if value is not None:
            return Understood("answer", heard, answer=place, value=value, then=then, certain=False)
    return None


def takes_text(question: Question) -> bool:
    """Whether anything at all is an answer to the question."""
    return any(isinstance(answer, Text) for answer in question.ask.answers)


def _known(command: str, catalogue: Catalogue) -> str:
    sure = f"sure_{command}"
    if sure in catalogue.commands:
        return sure
    return command if command in catalogue.commands else ""


def _chosen(text: str, choice: Choice, question: Question, now: datetime | None) -> tuple[Any, str] | None:
    """The option that fits what was said of it, its place in the list, its day, its time, its site; or all that do."""
    listed = list(question.memory.get(choice.listed, ()))[: (question.page + 1) * question.shown_at_once(choice)]
    told = [_told(item, now) for item in listed] or [_words_of(option) for option in choice.options]
    kind = "choices" if choice.several else "choice"
    said = read_asked(text, Asked(kind, Clock(now or _AT_NO_TIME), tuple(told)))
    if said is None or isinstance(said, str):
        return None
    if listed and isinstance(said, list):
        return [listed[number - 1][choice.value] for number in said], choice.then
    number = said[0] if isinstance(said, list) else said
    if not listed:
        option = choice.options[number - 1]
        return option.value, option.then or choice.then
    return listed[number - 1][choice.value], choice.then


def _told(item: Mapping[str, Any], now: datetime | None) -> str:
    """An item of a list in words: its moments on the department's clock, its names as they are."""
    parts = []
    for value in (each[0] if isinstance(each, list | tuple) and each else each for each in item.values()):
        if isinstance(value, datetime) and now is not None:
            parts.append(f"{value.astimezone(now.tzinfo):%a %b %d %I:%M%p}")
        elif isinstance(value, str):
            parts.append(value)
    return " ".join(parts)


def _words_of(option: Option) -> str:
    return " ".join(word for words in option.words.values() for word in words)


def _answered(text: str, answer: object, *, spoken: bool) -> tuple[Any, str]:
    if isinstance(answer, YesNo):
        said = read_yes_no(text)
        return (None, "") if said is None else (said == "yes", answer.yes if said == "yes" else answer.no)
    if isinstance(answer, Number):
        number = read_asked(text, Asked("number", Clock(_AT_NO_TIME), spoken=spoken))
        fits = isinstance(number, int) and answer.least <= number <= answer.most
        return (number, answer.then) if fits else (None, "")
    if isinstance(answer, Digits):
        digits = read_asked(text, Asked("number", Clock(_AT_NO_TIME), spoken=spoken))
        fits = isinstance(digits, int) and answer.least <= len(str(digits)) <= answer.most
        return (str(digits), answer.then) if fits else (None, "")
    if isinstance(answer, Time):
        return _time(text), answer.then
    return None, ""


def _time(text: str) -> str | None:
    """As `flows/clock_times.py` keeps a time, still open where the half of the day was not said."""
    if read_asked(text, Asked("time", Clock(_AT_NO_TIME))) is None:
        return None
    tokens = tokens_of(fold(text))
    found = (read_time(tokens, place, asked=True) for place, token in enumerate(tokens) if token.kind != "mark")
    return next((str(said[0]) for said in found if said), None)


_KEPT = ("codes", "language", "maybe_code", "site", "rest", "duration", "after_start", "behind", "name")


def _slots(slots: Mapping[str, Any], *, dated: bool) -> dict[str, Any]:
    kept = {name: slots[name] for name in _KEPT if name in slots}
    if "badge" in slots:
        kept["codes"] = [*slots["codes"], slots["badge"]]  # As `flows/swap.py` reads SWAP 4821 WITH 117.
    if isinstance(slots.get("time"), ClockTime):
        kept["time"] = str(slots["time"])
    if dated and "date" in slots:
        kept["date"] = slots["date"].isoformat()
    return kept
