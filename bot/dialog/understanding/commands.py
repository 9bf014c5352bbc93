"""Commands by their exact words: DROP 4821, OUT 1:30, SIGN UP 4821 5170, and the short A4821."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.dialog.understanding.understood import Understood
from bot.dialog.understanding.words import words_of
from flows.clock_times import read_clock_time
from flows.loading import Catalogue
from flows.steps import Command, Slot

CODE = re.compile(r"\d{3,6}")
"""A code is any run of three to six digits where a code is meant; whether it exists is not asked here."""
MOST_CODES = 20

_LETTERED = re.compile(r"([A-Z])\W*\d{3,6}(?:(?:\W|AND|THEN|\1)+\d{3,6})*", re.ASCII)
_HALF_APART = re.compile(r"(\d)\s+(AM|PM|A\.M|P\.M|A|P|HRS?|HOURS)\b")
_BETWEEN = re.compile(r"[\s,;&+#.]+")
_BETWEEN_TIMES = re.compile(r"[\s,;&+#]+")


def read_command(heard: str, bare: str, catalogue: Catalogue, language: str) -> Understood | None:
    """The command a text is, with what it takes; None when a single word of it is left over."""
    return _read_lettered(heard, catalogue) or _read_worded(heard, bare, catalogue, language)


def _read_lettered(heard: str, catalogue: Catalogue) -> Understood | None:
    found = _LETTERED.fullmatch(heard)
    command = _by_letter(catalogue).get(found[1]) if found else None
    if command is None:
        return None
    return Understood("command", heard, command=command.name, slots={"codes": _distinct(CODE.findall(heard))})


def _read_worded(heard: str, bare: str, catalogue: Catalogue, language: str) -> Understood | None:
    for word, command in _by_word(catalogue, language):
        if word in (bare, heard):
            return Understood("command", heard, command=command.name)
        if heard.startswith(word) and not heard[len(word)].isalnum():
            rest = heard[len(word) :].strip(" :,.-")
            if command.rest and re.fullmatch(command.rest, rest):
                return Understood("command", heard, command=command.name, slots={"rest": rest})
            slots = _read_slots(heard[len(word) :], command, language)
            if slots is not None:
                return Understood("command", heard, command=command.name, slots=slots)
    return None


def _read_slots(rest: str, command: Command, language: str) -> dict[str, Any] | None:
    glued = _HALF_APART.sub(r"\1\2", rest)
    reader = _SlotReader(command.slots, command.letter)
    fillers = words_of(language).fillers
    for part in (_BETWEEN_TIMES if "time" in command.slots else _BETWEEN).split(glued):
        token = part.strip(".!?:()'\"-")
        if token and token not in fillers and not reader.take(token):
            return None
    return reader.slots() or None


@dataclass(slots=True)
class _SlotReader:
    """Gathers the arguments of one command."""

    wanted: tuple[Slot, ...]
    letter: str
    codes: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    time: str = ""
    maybe_code: str = ""

    def take(self, token: str) -> bool:
        """Puts the token where it fits; false when it fits nowhere."""
        return self._take_time(token) or self._take_code(token) or self._take_number(token)

    def slots(self) -> dict[str, Any]:
        """What was gathered; empty places are left out."""
        gathered: dict[str, Any] = {
            "codes": _distinct(self.codes),
            "numbers": list(dict.fromkeys(self.numbers)),
            "time": self.time,
            "maybe_code": self.maybe_code,
        }
        return {name: value for name, value in gathered.items() if value}

    def _take_time(self, token: str) -> bool:
        said = read_clock_time(token) if "time" in self.wanted and not self.time else None
        if said is None:
            return False
        self.time = str(said)
        self.maybe_code = token if CODE.fullmatch(token) else ""
        return True

    def _take_code(self, token: str) -> bool:
        digits = token.removeprefix(self.letter)
        if "codes" not in self.wanted or not CODE.fullmatch(digits):
            return False
        self.codes.append(digits)
        return True

    def _take_number(self, token: str) -> bool:
        if "numbers" not in self.wanted or not token.isdecimal() or len(token) > 2:
            return False
        self.numbers.append(int(token))
        return True


def _distinct(codes: Iterable[str]) -> list[str]:
    """In the order said, each once: the order is a preference."""
    return list(dict.fromkeys(codes))[:MOST_CODES]


def _by_letter(catalogue: Catalogue) -> dict[str, Command]:
    return _tables(_Key(catalogue), "")[0]


def _by_word(catalogue: Catalogue, language: str) -> list[tuple[str, Command]]:
    return _tables(_Key(catalogue), language)[1]


class _Key:
    """A catalogue is loaded once and never changes: it is its own key."""

    __slots__ = ("catalogue",)

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.catalogue is self.catalogue


@cache
def _tables(key: _Key, language: str) -> tuple[dict[str, Command], list[tuple[str, Command]]]:
    commands = key.catalogue.commands.values()
    lettered = {command.letter: command for command in commands if command.letter}
    worded = [(word, command) for command in commands for word in command.words.get(language, ())]
    return lettered, sorted(worded, key=lambda pair: -len(pair[0]))
