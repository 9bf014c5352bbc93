"""The lines of a transcript in which somebody telephones: what is done on the telephone, and what is heard there."""

import re

from bot.transcripts.script import (
    Calls,
    HangsUp,
    Hears,
    OnPhone,
    PicksUp,
    Presses,
    Says,
    StaysSilent,
    Step,
    TurnsAway,
)

_CALLS = re.compile(r"(?P<who>\S.*?) calls(?: (?P<department>(?!from )[^:]+?))?(?: from (?P<number>[+\d][\d ().-]+))?")
_PRESSES = re.compile(r"(?P<who>\S.*?) presses (?P<keys>\S+)")
_SAYS = re.compile(r'(?P<who>\S.*?) says "(?P<words>[^"]*)"(?:, heard at (?P<percent>\d{1,3}) percent)?')
_MACHINE = re.compile(r"a machine answers for (?P<who>\S.*)")
_ANSWERS = re.compile(r"(?P<who>\S.*?) (?P<how>answers|does not answer|is busy)")
_SILENT = re.compile(r"(?P<who>\S.*?) stays silent")
_HANGS_UP = re.compile(r"(?P<who>\S.*?) hangs up")
_HEARS = re.compile(r"(?P<who>\S.*?) hears:(?P<body>.*)")
_KEYS = re.compile(r"(?:[0-9*#]|PIN|WRONG|NEW|\{[^{}\s]+\})+")

SURE = 90
"""How sure the recogniser is of what it heard, in percent, when nothing is said of it."""

HINT = (
    'Who telephones calls, answers, presses 2, says "list", stays silent, hangs up; what he hears stands after a colon'
)


def hears_at(line: str) -> tuple[str, str] | None:
    """Who hears, and the first of what he hears; more may stand below."""
    found = _HEARS.fullmatch(line)
    return (found["who"], found["body"]) if found else None


def read_voice(number: int, line: str) -> Step | None:
    """The step a line of a call is, in the line `number` of the file; None when it is none."""
    if found := _PRESSES.fullmatch(line):
        return Presses(number, found["who"], found["keys"]) if _KEYS.fullmatch(found["keys"]) else None
    if found := _SAYS.fullmatch(line):
        return Says(number, found["who"], found["words"], int(found["percent"] or SURE))
    if found := _SILENT.fullmatch(line):
        return StaysSilent(number, found["who"])
    if found := _HANGS_UP.fullmatch(line):
        return HangsUp(number, found["who"])
    if found := _CALLS.fullmatch(line):
        return Calls(number, found["who"], (found["department"] or "").strip(), (found["number"] or "").strip())
    return _rung(number, line)


def _rung(number: int, line: str) -> Step | None:
    """What becomes of a telephone that rings."""
    if found := _MACHINE.fullmatch(line):
        return PicksUp(number, found["who"], by_machine=True)
    found = _ANSWERS.fullmatch(line)
    if found is None:
        return None
    if found["how"] == "answers":
        return PicksUp(number, found["who"])
    return TurnsAway(number, found["who"], found["how"] == "is busy")


def written(step: OnPhone) -> str:
    """The line again."""
    if isinstance(step, PicksUp | TurnsAway):
        return _as_rung(step)
    if isinstance(step, Calls):
        start = f" from {step.number}" if step.number else ""
        return f"{step.who} calls" + (f" {step.department}" if step.department else "") + start
    if isinstance(step, Presses):
        return f"{step.who} presses {step.keys}"
    if isinstance(step, Says):
        heard = "" if step.percent == SURE else f", heard at {step.percent} percent"
        return f'{step.who} says "{step.words}"{heard}'
    return f"{step.who} stays silent" if isinstance(step, StaysSilent) else f"{step.who} hangs up"


def _as_rung(step: PicksUp | TurnsAway) -> str:
    if isinstance(step, TurnsAway):
        return f"{step.who} is busy" if step.is_busy else f"{step.who} does not answer"
    return f"a machine answers for {step.who}" if step.by_machine else f"{step.who} answers"


__all__ = ["HINT", "Hears", "hears_at", "read_voice", "written"]
