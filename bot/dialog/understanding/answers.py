"""Answers to the open question, by the kinds of answer it says it takes."""

import re
from collections.abc import Mapping
from typing import Any

from bot.dialog.events import Question
from bot.dialog.understanding.commands import CODE
from bot.dialog.understanding.understood import Understood
from bot.dialog.understanding.words import Words, words_of
from flows.answers import Answer, Choice, Code, Digits, Number, Pin, Secret, Text, Time, YesNo
from flows.clock_times import read_clock_time

_HALF_APART = re.compile(r"(\d)\s+(?=(?:AM|PM|A|P|HRS?|HOURS)\b)")
_LETTER_AND_CODE = re.compile(r"([A-Z])\W*(\d{3,6})", re.ASCII)
_APART = re.compile(r"[ ().+-]")
_BETWEEN = re.compile(r"[\s,;&+#.]+")

Found = tuple[Any, str] | None
"""The value an answer holds and the step it leads to."""


def read_answer(heard: str, bare: str, question: Question, language: str) -> Understood | None:
    """The first of the question's kinds of answer that the text fits; any text at all is tried elsewhere, last."""
    for place, answer in enumerate(question.ask.answers):
        found = _read(answer, heard, bare, question, language)
        if found is not None:
            return Understood("answer", heard, answer=place, value=found[0], then=found[1])
    return None


def read_pin(keyed: str, question: Question) -> Understood | None:
    """Secret digits, where the question takes them; what was understood does not repeat them."""
    digits = keyed.strip(" #")
    for place, answer in enumerate(question.ask.answers):
        if isinstance(answer, Pin) and digits.isascii() and digits.isdecimal():
            fits = answer.least <= len(digits) <= answer.most
            return Understood("answer", "", answer=place, value=Secret(digits), then=answer.then) if fits else None
    return None


def read_text(heard: str, question: Question) -> Understood | None:
    """The text itself, where the question takes one."""
    for place, answer in enumerate(question.ask.answers):
        if isinstance(answer, Text) and heard and len(heard) <= answer.most:
            return Understood("answer", heard, answer=place, value=heard, then=answer.then)
    return None


def has_more(question: Question) -> bool:
    """Whether the question's list goes on after the page that was shown."""
    return any(
        isinstance(answer, Choice)
        and answer.listed
        and len(question.memory.get(answer.listed, ())) > (question.page + 1) * question.shown_at_once(answer)
        for answer in question.ask.answers
    )


def takes_yes_or_no(question: Question) -> bool:
    """Whether a bare yes is about this question: it asks for one, or for a code that must not be guessed from one."""
    return any(isinstance(answer, YesNo | Code) for answer in question.ask.answers)


def _read(answer: Answer, heard: str, bare: str, question: Question, language: str) -> Found:
    words = words_of(language)
    if isinstance(answer, YesNo):
        return _read_yes_no(answer, bare, words)
    if isinstance(answer, Code):
        return _read_code(answer, heard, question.memory)
    if isinstance(answer, Choice):
        if answer.listed:
            return _read_listed(answer, _after_lead(heard, answer.lead, language), question, words)
        return _read_option(answer, bare, language)
    if isinstance(answer, Number | Digits):
        return _read_number(answer, bare) if isinstance(answer, Number) else _read_digits(answer, heard)
    return _read_time(answer, heard, language) if isinstance(answer, Time) else None


def _read_yes_no(answer: YesNo, bare: str, words: Words) -> Found:
    if bare in words.yes:
        return (True, answer.yes)
    return (False, answer.no) if bare in words.no else None


def _read_code(answer: Code, heard: str, memory: Mapping[str, Any]) -> Found:
    found = _LETTER_AND_CODE.fullmatch(heard)
    expected = memory.get(answer.matching, ())
    known = (expected,) if isinstance(expected, str) else tuple(expected)
    if found is None or found[1] != answer.letter or found[2] not in known:
        return None
    return (found[2], answer.then)


def _read_option(answer: Choice, bare: str, language: str) -> Found:
    for option in answer.options:
        if bare == option.digit or bare in option.words.get(language, ()):
            return (option.value, option.then or answer.then)
    return None


def _read_listed(answer: Choice, said: str, question: Question, words: Words) -> Found:
    items = question.memory.get(answer.listed, ())
    shown = items[: (question.page + 1) * question.shown_at_once(answer)]
    by_name = {str(place): item[answer.value] for place, item in enumerate(shown, start=1)}
    values = [item[answer.value] for item in items]
    by_name |= {str(value): value for value in values if CODE.fullmatch(str(value))}
    tokens = [token for token in _BETWEEN.split(said) if token and token not in words.fillers]
    if not tokens or (len(tokens) > 1 and not answer.several) or any(token not in by_name for token in tokens):
        return None
    picked = list(dict.fromkeys(by_name[token] for token in tokens))
    return (picked if answer.several else picked[0], answer.then)


def _read_number(answer: Number, bare: str) -> Found:
    if not bare.isdecimal() or len(bare) > 9 or not answer.least <= int(bare) <= answer.most:
        return None
    return (int(bare), answer.then)


def _read_digits(answer: Digits, heard: str) -> Found:
    digits = _APART.sub("", heard)
    fits = digits.isascii() and digits.isdecimal() and answer.least <= len(digits) <= answer.most
    return (digits, answer.then) if fits else None


def _read_time(answer: Time, heard: str, language: str) -> Found:
    said = read_clock_time(_HALF_APART.sub(r"\1", _after_lead(heard, answer.lead, language)))
    return (str(said), answer.then) if said else None


def _after_lead(heard: str, lead: Mapping[str, tuple[str, ...]], language: str) -> str:
    for word in sorted(lead.get(language, ()), key=len, reverse=True):
        if heard.startswith(word) and not heard[len(word) : len(word) + 1].isalpha():
            return heard[len(word) :].strip(" .,:#-")
    return heard
