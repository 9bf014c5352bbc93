"""What is keyed on a telephone, read against the open question into the same `Understood` as words are.

A key alone is 0 for a person, 9 for once more, * for back and # for a code that follows, everywhere. Within a longer
entry (a PIN, a badge, a code, a time) all of them but # are part of it: only 0#, 9# or *# alone still mean the same.
"""

from typing import Any

from bot.dialog.events import Question
from bot.dialog.understanding.answers import has_more, read_pin
from bot.dialog.understanding.understood import Understood
from flows.answers import Answer, AnyKey, Choice, Code, Digits, Number, Pin, Time, YesNo
from flows.clock_times import read_clock_time

COMMAND_OF_KEY = {"0": "agent", "9": "repeat", "*": "back", "#": "call_code"}
AGENT = "0"
YES, NO, MORE = "1", "2", "8"
MOST_CHOICES = 7
"""The keys from 1 that are left for a list."""

Found = tuple[Any, str] | None


def read_keys(keyed: str, question: Question | None) -> Understood:
    """What the keys mean. Never raises, whatever was keyed; a secret is not repeated in what was understood."""
    return _read_any_key(keyed, question) or _read_keys(keyed, question)


def _read_keys(keyed: str, question: Question | None) -> Understood:
    bare = keyed if keyed == "#" else keyed.rstrip("#")
    if bare in COMMAND_OF_KEY:
        return Understood("command", bare, command=COMMAND_OF_KEY[bare])
    if question is None or not question.open:
        return Understood("nothing", "")
    pin = read_pin(bare, question)
    if pin is not None:
        return pin
    if bare == MORE and has_more(question):
        return Understood("more", bare)
    for place, answer in enumerate(question.ask.answers):
        found = _read(answer, bare, question)
        if found is not None:
            return Understood("answer", bare, answer=place, value=found[0], then=found[1])
    return Understood("nothing", "")


def is_long(question: Question | None) -> bool:
    """Whether what is keyed may be more than one key, so that # ends it."""
    return question is not None and any(_is_long(answer) for answer in question.ask.answers)


def _is_long(answer: Answer) -> bool:
    if isinstance(answer, Number):
        return answer.most > MOST_CHOICES
    return isinstance(answer, Pin | Digits | Time)


def _read_any_key(keyed: str, question: Question | None) -> Understood | None:
    """Where any key will do, those that lead somewhere else do as well; but 0 asks for a person."""
    for place, answer in enumerate(question.ask.answers if question is not None and question.open else ()):
        if isinstance(answer, AnyKey) and keyed != AGENT:
            return Understood("answer", "", answer=place, value=keyed[:1], then=answer.then)
    return None


def _read(answer: Answer, bare: str, question: Question) -> Found:
    if isinstance(answer, Choice):
        return _read_listed(answer, bare, question) if answer.listed else _read_option(answer, bare)
    if isinstance(answer, Code):
        return _read_code(answer, bare, question)
    if isinstance(answer, YesNo):
        return {YES: (True, answer.yes), NO: (False, answer.no)}.get(bare)
    if isinstance(answer, Digits):
        fits = bare.isascii() and bare.isdecimal() and answer.least <= len(bare) <= answer.most
        return (bare, answer.then) if fits else None
    if isinstance(answer, Number):
        fits = bare.isascii() and bare.isdecimal() and len(bare) < 10 and answer.least <= int(bare) <= answer.most
        return (int(bare), answer.then) if fits else None
    return _read_time(answer, bare) if isinstance(answer, Time) else None


def _read_option(answer: Choice, bare: str) -> Found:
    found = (option for option in answer.options if option.digit == bare)
    return next(((option.value, option.then or answer.then) for option in found), None)


def _read_listed(answer: Choice, bare: str, question: Question) -> Found:
    """The key is the place on the part of the list that was read out last."""
    items = question.memory.get(answer.listed, ())
    size = question.shown_at_once(answer)
    start = question.page * size
    shown = items[start : start + min(size, MOST_CHOICES)]
    if len(bare) != 1 or not bare.isdecimal() or not 1 <= int(bare) <= len(shown):
        return None
    value = shown[int(bare) - 1][answer.value]
    return ([value] if answer.several else value), answer.then


def _read_code(answer: Code, bare: str, question: Question) -> Found:
    """In a text the code itself says that it is meant; in a call, where it was just read out, the key for yes does."""
    expected = question.memory.get(answer.matching, ())
    if bare != YES or not expected:
        return None
    return (expected if isinstance(expected, str) else expected[0]), answer.then


def _read_time(answer: Time, bare: str) -> Found:
    said = read_clock_time(bare) if len(bare) >= 3 else None
    return (str(said), answer.then) if said else None
