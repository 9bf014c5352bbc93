"""A fresh message without a conversation around it, through every layer, as `dutyline understand` shows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.emergency import is_call_for_help
from bot.dialog.understanding.meaning import Ear, read_meaning
from bot.dialog.understanding.meant import meant_instead
from bot.dialog.understanding.normalise import LONGEST_READ, normalise, plain
from bot.dialog.understanding.signs import written_out
from bot.dialog.understanding.slots import settle_range
from bot.dialog.understanding.words import carrier_words, words_of
from flows import auto, away, late, pools, telling
from flows.clock_times import ClockTime
from flows.day_words import read_days

LETTERS = {"A": "accept", "N": "decline", "S": "signup", "D": "drop", "W": "withdraw"}
"""The short form before a code; each stands in its flow's `Command.letter` too."""

_LETTERED = re.compile(r"([A-Z])\W*\d{3,6}(?:(?:\W|AND|THEN|Y|\1)+\d{3,6})*(?:\W+(?:PLEASE|PLS|THX|THANKS))?", re.ASCII)
_CODE = re.compile(r"\d{3,6}")
_OUT_WINDOW = timedelta(hours=5)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, on which channel, in which language, and by which clock."""

    clock: Clock
    contractor: bool = False
    spoken: bool = False
    language: str = "en"


def understand_utterance(text: str, speaker: Speaker) -> dict[str, Any]:
    """What is understood of a message that answers nothing: the command with its slots, or that it is none."""
    said, text = text, written_out(text)
    heard = normalise(text[: 8 * LONGEST_READ])
    exact = _exact(heard, plain(heard), speaker)
    if exact:
        return _found(said, *exact)
    if len(text) > LONGEST_READ or not heard:
        return _nothing(said, "")
    if meant_instead(text, speaker.clock):
        return _nothing(said, "")  # What it corrects was said in a turn before, of which nothing is known here.
    meant = read_meaning(text, Ear(speaker.clock, contractor=speaker.contractor, spoken=speaker.spoken))
    if not meant.command or meant.command == "courtesy":
        return _nothing(said, meant.did_you_mean)
    if meant.command in ON_THE_LINE_ONLY:
        return _nothing(said, _NAMED.get(meant.command, meant.command))
    return _found(said, _NAMED.get(meant.command, meant.command), _settled(meant.command, meant.slots, speaker.clock))


def _exact(heard: str, bare: str, speaker: Speaker) -> tuple[str, dict[str, Any]] | None:
    """A call for help, the carrier's words, and the letters before a code."""
    carrier = "emergency" if is_call_for_help(heard, bare) else carrier_words().commands.get(bare)
    if carrier:
        return carrier, {}
    lettered = _LETTERED.fullmatch(heard)
    if lettered and lettered[1] in LETTERS and not speaker.contractor:
        return LETTERS[lettered[1]], _codes(list(dict.fromkeys(_CODE.findall(heard))))
    said = _bare_answer(bare, speaker)
    return (said, {}) if said else _with_rest(heard, speaker)


_NAMED = {"on_my_way": "late", "accept_all": "accept", "missing_officer": "agent"}
"""Two names of ours for what is one command outside."""
ON_THE_LINE_ONLY = frozenset(("crew", "relief", "extend", "missing_officer"))
"""What the line does of a sentence, but no command of the interface: it is told as what came near."""
_WITH_REST = (*auto.FLOW.commands, *telling.FLOW.commands, *away.FLOW.commands, *pools.FLOW.commands)


def _with_rest(heard: str, speaker: Speaker) -> tuple[str, dict[str, Any]] | None:
    """A word that takes whatever fits its pattern: AUTO TRAFFIC <8H SAT, QUIET 10PM-6AM, AWAY NOV 28-30."""
    if speaker.contractor:
        return None
    for command in (*_WITH_REST, *late.FLOW.commands):
        for word in (each for words in command.words.values() for each in words):
            rest = heard.removeprefix(word)
            if heard == word:
                return _NAMED.get(command.name, command.name), {}
            if rest != heard and rest[0] == " " and command.rest and re.fullmatch(command.rest, rest[1:]):
                return command.name, _of_rest(command.name, rest[1:], speaker.clock)
    return None


def _of_rest(command: str, rest: str, clock: Clock) -> dict[str, Any]:
    """The words that a command reads itself: for days away from which to which, for pools in or out and the name."""
    days = read_days(rest, clock.today) if command == "away" else None
    if days is not None:
        return {"from": days[0].isoformat(), "until": days[1].isoformat()}
    word, _, pool = rest.partition(" ")
    return {"change": word.lower(), "pool": pool.lower()} if command == "pools" and pool else {}


def _bare_answer(bare: str, speaker: Speaker) -> str:
    """A lone yes accepts and a lone no declines what is open, as on the line itself."""
    if speaker.contractor:
        return ""
    both = [words_of(language) for language in ("en", "es")]
    if any(bare in words.yes for words in both):
        return "accept"
    return "decline" if any(bare in words.no for words in both) else ""


def _settled(command: str, slots: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
    out = _codes(slots.get("codes", []))
    for name, value in slots.items():
        if name == "date":
            out["date"] = value.isoformat()
        elif name == "time" and isinstance(value, ClockTime):
            window = _OUT_WINDOW if command == "check_out" else timedelta(hours=2)
            out["time"] = f"{clock.settle(value, window):%H:%M}"
        elif name == "range":
            start, end = settle_range(value)
            out |= {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        elif name == "rest":
            out |= _of_rest(command, value, clock)
        elif name == "until":
            out["until"] = value.isoformat()
        elif name in ("duration", "officers", "language", "site", "badge", "phone"):
            out[name] = value
    return out


def _codes(codes: list[str]) -> dict[str, Any]:
    if not codes:
        return {}
    return {"code": codes[0]} if len(codes) == 1 else {"codes": codes}


def _found(text: str, command: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": text, "understood": True, "command": command, "slots": dict(slots)}


def _nothing(text: str, did_you_mean: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {"text": text, "understood": False, "command": None, "slots": {}}
    return {**nothing, "did_you_mean": did_you_mean} if did_you_mean else nothing
