"""
What the line understands of the measuring sets in `tests/understanding/`, by language and kind, and how fast.

Run as `python -m bench.understanding`; with `-v` every utterance that is not read right is named,
except of the half that is held out.
"""

import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.config import ROOT
from bot.dialog.events import Question
from bot.dialog.understanding.asked import Asked, read_asked
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.reading import Hearing, understand
from bot.dialog.understanding.stakes import DESTRUCTIVE
from bot.dialog.understanding.utterance import ON_THE_LINE_ONLY, Speaker, understand_utterance
from flows.answers import Choice
from flows.catalogue import catalogue
from flows.steps import Ask

MEASURED = ROOT / "tests" / "understanding" / "measured"
STRANGERS = MEASURED.parent / "strangers"
STRANGERS2 = MEASURED.parent / "strangers2"
STRANGERS3 = MEASURED.parent / "strangers3"
HALVED = (STRANGERS2, STRANGERS3)
STANDS_AT = "2026-11-24T10:00:00-05:00"


@dataclass(frozen=True)
class Case:
    """An utterance, how it is said, and what is expected of it."""

    language: str
    kind: str
    text: str
    group: dict[str, Any]

    @property
    def held_out(self) -> bool:
        """Whether it is of the half of a halved set that was never looked at while the reader was mended."""
        return zlib.crc32(self.text.encode()) % 2 == 1

    @property
    def expected(self) -> dict[str, Any]:
        """The fields of the answer that are named in the set; without any it is not understood."""
        return self._named(self.group["expect"])

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """What is right: as expected, or what a dispatcher might do as well (`or`)."""
        return [self.expected, *(self._named(said) for said in self.group.get("or", ()))]

    def _named(self, said: dict[str, Any]) -> dict[str, Any]:
        if "ask" in self.group:
            return {"understood": bool(said), "value": said.get("value")}
        return {"understood": bool(said), "command": said.get("command"), "slots": said.get("slots", {})}

    def read(self) -> dict[str, Any]:
        """What the line makes of it."""
        at = datetime.fromisoformat(self.group.get("at", STANDS_AT)).astimezone(ZoneInfo("America/New_York"))
        clock, spoken = Clock(at, near=True), self.group.get("channel") == "speech"
        if "ask" in self.group:
            options = tuple(self.group.get("options", "").split("|"))
            if self.group["ask"] == "choices":
                picked = _picked(self.text, options, at, self.language[:2])
                return {"understood": bool(picked), "value": picked or None}
            value = read_asked(self.text, Asked(self.group["ask"], clock, options, spoken))
            return {"understood": value is not None, "value": value}
        contractor = self.group.get("as") == "contractor"
        found = understand_utterance(self.text, Speaker(clock, contractor=contractor, spoken=spoken))
        if not found["understood"] and not contractor and any(_is_of_the_line(said) for said in self.accepted):
            found = self._read_on_the_line(at, spoken=spoken)
        return {name: found[name] for name in ("understood", "command", "slots")}

    def _read_on_the_line(self, at: datetime, *, spoken: bool) -> dict[str, Any]:
        """As a text to the line, which knows more commands than the interface names."""
        line = understand(self.text, Hearing(catalogue(), None, self.language[:2], now=at, spoken=spoken))
        codes = line.slots.get("codes", [])
        command = line.command if line.kind == "command" else None
        return {"understood": bool(command), "command": command, "slots": {"code": codes[0]} if codes else {}}

    def verdict(self) -> str:
        """ "right", "missed" (not understood, or without a slot), "misread", or "destructive misread"."""
        found = self.read()
        if found in self.accepted:
            return "right"
        if not found["understood"]:
            return "missed"
        command = found.get("command")
        if self._loses(found):
            return "destructive misread"
        return "misread" if command is None or command != self.expected.get("command") else "wrong slots"

    def _loses(self, found: dict[str, Any]) -> bool:
        """Whether acting on what was found would lose something that was not given up."""
        command, expected = found.get("command"), self.expected.get("command")
        slots, meant = found.get("slots", {}), self.expected.get("slots", {})
        if command in DESTRUCTIVE:
            named = (slots.get("code"), slots.get("codes"), slots.get("date"))
            return command != expected or named != (meant.get("code"), meant.get("codes"), meant.get("date"))
        if command == "check_out":
            return bool(slots.get("time") and slots.get("time") != meant.get("time"))
        return command == "accept" and expected in DESTRUCTIVE


def _is_of_the_line(said: dict[str, Any]) -> bool:
    return said.get("command") in (*ON_THE_LINE_ONLY, "all_ok")


def _picked(text: str, options: tuple[str, ...], at: datetime, language: str) -> list[int]:
    """The numbers of the options that are taken on the line itself, where a question takes several of a list."""
    listed = [{"value": place, "told": option} for place, option in enumerate(options, start=1)]
    choice = Choice(then="next", into="picked", listed="listed", value="value", several=True)
    question = Question(Ask("any", (choice,)), {"listed": listed}, 0)
    understood = understand(text, Hearing(catalogue(), question, language, now=at))
    return list(understood.value) if understood.kind == "answer" else []


def cases(folder: Path = MEASURED) -> Iterator[Case]:
    """Every utterance of the sets in a folder."""
    for file in sorted(folder.glob("*.yaml")):
        for group in yaml.safe_load(file.read_text("utf-8")):
            for text in group["say"]:
                yield Case(file.stem, group["kind"], text, group)


def main() -> None:
    """Print the table, and the speed of reading all of it once more."""
    for folder in (MEASURED, STRANGERS, *HALVED):
        print(f"{folder.name}\n")
        _print(_counted(folder, verbose="-v" in sys.argv))
    for folder in HALVED:
        print(f"\n{folder.name}, by halves")
        for name, half in (("worked on", lambda case: not case.held_out), ("held out", lambda case: case.held_out)):
            _print_half(folder, name, half)
    every = [case for folder in (MEASURED, STRANGERS, *HALVED) for case in cases(folder)]
    began = time.process_time()
    for case in every:
        case.read()
    print(f"\n{len(every)} utterances, {len(every) / (time.process_time() - began):,.0f} a second of processor time")


def _print_half(folder: Path, name: str, half: Callable[[Case], bool]) -> None:
    verdicts = Counter(case.verdict() for case in cases(folder) if half(case))
    right, total = verdicts["right"], verdicts.total()
    print(f"{name}: {right} of {total} ({right / total:.1%}), {verdicts['destructive misread']} destructive misreads")


def _counted(folder: Path, *, verbose: bool) -> dict[tuple[str, str], Counter[str]]:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for case in cases(folder):
        verdict = case.verdict()
        counts.setdefault((case.language, case.kind), Counter())[verdict] += 1
        if verbose and verdict != "right" and not (folder in HALVED and case.held_out):
            print(f"{verdict}: {case.language} {case.text!r}: {case.read()}, expected {case.expected}")
    return counts


def _print(counts: dict[tuple[str, str], Counter[str]]) -> None:
    columns = ("right", "missed", "wrong slots", "misread", "destructive misread")
    print(f"{'':20}" + "".join(f"{column:>21}" for column in columns) + f"{'of':>8}")
    for (language, kind), counter in sorted(counts.items()):
        print(
            f"{language + ' ' + kind:20}"
            + "".join(f"{counter[column]:21}" for column in columns)
            + f"{counter.total():8}"
        )
    for language in ("en", "es", ""):
        total = sum((one for (spoken, _), one in counts.items() if spoken.startswith(language)), Counter())
        shares = "".join(f"{total[column]:12} {total[column] / total.total():7.1%} " for column in columns)
        print(f"{'all ' + language:20}{shares}{total.total():8}")


if __name__ == "__main__":
    main()
