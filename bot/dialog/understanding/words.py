"""The words understanding knows, read once from the files beside this one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_PART = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|(\S+)")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands alone for yes, for no, for more of a list; and what carries no weight in between."""

    yes: frozenset[str]
    no: frozenset[str]
    more: frozenset[str]
    fillers: frozenset[str]


@dataclass(frozen=True, slots=True)
class CarrierWords:
    """Lone words that belong to the carrier, and the command each means to us."""

    commands: Mapping[str, str]
    opt_in_if_out: frozenset[str]


@dataclass(frozen=True, slots=True)
class EmergencyWords:
    """Phrases that are a call for help anywhere in a text, those that are one only when nothing else is said, and those
    that only borrow a word of theirs."""

    anywhere: tuple[str, ...]
    alone: frozenset[str]
    borrowed: tuple[str, ...]


@cache
def words_of(language: str) -> Words:
    """The words of a language."""
    read = _read(language)
    return Words(
        yes=frozenset(read["yes"]),
        no=frozenset(read["no"]),
        more=frozenset(read["more"]),
        fillers=frozenset(read["fillers"]),
    )


@cache
def carrier_words() -> CarrierWords:
    """The carrier's words; they are the same in every language."""
    read = _read("carrier")
    commands = {word: command for command in ("opt_out", "opt_in", "help") for word in read[command]}
    return CarrierWords(commands, frozenset(read["opt_in_if_out"]))


@cache
def emergency_words() -> EmergencyWords:
    """The phrases of all languages together: nobody changes the language before calling for help."""
    read = _read("emergency")
    anywhere = (plain for written in (*read["en"], *read["es"]) for plain in expanded(written))
    return EmergencyWords(tuple(dict.fromkeys(anywhere)), frozenset(read["alone"]), tuple(read["borrowed"]))


def expanded(written: str) -> list[str]:
    """Every way to say "(A|B) [C] D"."""
    ways = [""]
    for found in _PART.finditer(written):
        said = (found[1] or found[2] or found[3]).split("|") + ([""] if found[2] else [])
        ways = [f"{way} {one}".strip() if one else way for way in ways for one in said]
    return ways


@cache
def table(name: str) -> dict[str, Any]:
    """A file of words as it is, for readers that know its form."""
    return _read(name)


@cache
def lists(name: str) -> dict[str, Any]:
    """A file in which everything is text, also "no" and "86"."""
    text = files(__package__).joinpath("words", f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - the base loader makes only text
    return loaded


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the lists of `speech.yaml`."""
    return frozenset(lists("speech")[name])


def _read(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath("words", f"{name}.yaml").read_text("utf-8")
    # The loader written in C reads the same ten times as fast, where it is there; these are our own files.
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader, in C where there is one
    return loaded
