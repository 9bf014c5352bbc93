"""The kinds of answer a question can take. A channel renders them: numbered text, a keypad, a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its value, its digit, and the words that mean it in each language."""

    value: str
    digit: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    then: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pick from a list, by digit or word.

    Either `options` are written in the flow, or `listed` names the memory that holds a list of dicts, numbered from
    one in their order, and `value` the key that is the answer. With `several`, "1 3" picks two and keeps their order.
    `lead` are words that may stand before the digits ("S 1 3"). A long list shows `per_page` at a time.
    """

    then: str
    into: str
    options: tuple[Option, ...] = ()
    listed: str = ""
    value: str = ""
    several: bool = False
    lead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_page: int = 6
    per_page_spoken: int = 3
    """In a call: who listens keeps three or four in mind. A menu that is cut elsewhere says how many it has."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no, each with its own next step."""

    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Code:
    """A letter and a code ("D4821"), where the code is the one, or one of those, that memory holds under `matching`.

    The same letter with another code is not this answer: it is a command of its own.
    """

    letter: str
    matching: str
    into: str
    then: str


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`."""

    into: str
    then: str
    least: int = 0
    most: int = 999


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day as said ("1:30", "1330", "1:30pm"); `flows/clock_times.py` finds the moment it means.

    `lead` are words that may stand before it ("OUT 1:30").
    """

    into: str
    then: str
    lead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """Anything, in the person's own words, up to `most` characters."""

    into: str
    then: str
    most: int = 480


@dataclass(frozen=True, slots=True)
class Pin:
    """Secret digits, from `least` to `most` of them: keyed, never said, texted or written down.

    What is learnt is a `Secret`. Such a question takes no other answer, so that all that is keyed there can be masked.
    """

    into: str
    then: str
    least: int = 4
    most: int = 8


@dataclass(frozen=True, slots=True)
class Digits:
    """Digits as they are, leading zeros and all, from `least` to `most` of them: a badge, the code of a detail."""

    into: str
    then: str
    least: int = 1
    most: int = 10


@dataclass(frozen=True, slots=True)
class Recording:
    """What a caller says after a tone, up to `seconds` of it, kept as a sound; the only answer its question takes."""

    into: str
    then: str
    seconds: int = 120


@dataclass(frozen=True, slots=True)
class AnyKey:
    """Any key at all but 0, pressed, never said: it shows that a person picked up a call of ours, and no machine."""

    into: str
    then: str


@dataclass(frozen=True, slots=True)
class Secret:
    """What a flow may know for the rest of the turn and never afterwards: it is left out of what is kept."""

    digits: str = field(repr=False)


Answer = Choice | YesNo | Code | Number | Time | Text | Pin | Digits | Recording | AnyKey
Kind = Literal["choice", "yes_no", "code", "number", "time", "text", "pin", "digits", "recording", "any_key"]

KINDS: Mapping[type[Answer], Kind] = {
    Choice: "choice",
    YesNo: "yes_no",
    Code: "code",
    Number: "number",
    Time: "time",
    Text: "text",
    Pin: "pin",
    Digits: "digits",
    Recording: "recording",
    AnyKey: "any_key",
}


def steps_after(answer: Answer) -> tuple[str, ...]:
    """Every step an answer can lead to."""
    if isinstance(answer, YesNo):
        return (answer.yes, answer.no)
    if isinstance(answer, Choice):
        own = tuple(option.then for option in answer.options if option.then)
        return (*own, answer.then) if not answer.options or len(own) < len(answer.options) else own
    return (answer.then,)
