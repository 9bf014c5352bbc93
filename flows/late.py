"""RUNNING LATE, ON MY WAY, LATE 10: the officer is coming; it is written down and the desk is told, no more."""

from datetime import datetime, timedelta

from flows.answers import Choice
from flows.caller import Caller
from flows.check_in import meant_now
from flows.choosing import EXITS, about, listed, said_codes, unknown_code, with_code
from flows.clock_times import nearest_moment, read_clock_time
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding
from models.working.on_the_way import note_on_the_way

FARTHEST = timedelta(hours=3)
"""Whoever says that he comes so much later than now has said something else, and is not held to it."""

OUTCOMES = ("coming", "coming_at", "already", "awarded", "nothing", "not_yours", "no_such_code")


@verb(*OUTCOMES, "which", acts=True)
def come_late(caller: Caller, memory: Memory) -> Outcome:
    """Notes it for the detail said, or the one that is near, with the time he names."""
    held, said = [one for one in caller.holdings() if one.kind == "assignment"], said_codes(memory)
    if said:
        found = with_code(held, said[0])
        return _come(caller, found, memory) if found else Outcome(*unknown_code(caller, said[0]))
    meant = [one for one in meant_now(caller, held) if one.opening.starts_at - FARTHEST <= caller.work.now]
    if len(meant) > 1:
        return Outcome("which", {"held": listed(meant)})
    return _come(caller, meant[0], memory) if meant else Outcome("nothing")


def _come(caller: Caller, held: Holding, memory: Memory) -> Outcome:
    if held.state != "confirmed":
        found = {"checked_in": "already", "awarded": "awarded"}
        return Outcome(found.get(held.state, "nothing"), about(held))
    expected_at = _expected_at(caller, held, memory)
    is_late = bool(memory.get("behind", memory["command"] == "late"))
    is_told = note_on_the_way(caller.work, caller.department.id, held.id, expected_at, late=is_late)
    told = {**about(held), "expected_at": expected_at, "is_told": is_told}
    return Outcome("coming_at" if expected_at else "coming", told)


def _expected_at(caller: Caller, held: Holding, memory: Memory) -> datetime | None:
    """The moment he names: by the clock, or so long from now, or so long after the start ("10 min late")."""
    now, minutes = caller.work.now, memory.get("duration") or next(iter(memory.get("numbers", ())), None)
    moment = None
    if minutes:
        after_start = held.opening.starts_at + timedelta(minutes=minutes)
        is_after_start = memory.get("after_start", memory["command"] == "late") and after_start >= now
        moment = after_start if is_after_start else now + timedelta(minutes=minutes)
    elif said := read_clock_time(str(memory.get("time", ""))):
        moment = nearest_moment(said, caller.department.zone, now, earliest=now)
    return moment if moment is not None and now <= moment <= max(now, held.opening.starts_at) + FARTHEST else None


FLOW = Flow(
    name="late",
    start="come",
    commands=(
        Command(
            "late",
            {
                "en": ("LATE", "RUNNING LATE", "I AM LATE"),
                "es": ("TARDE", "VOY TARDE", "LLEGO TARDE"),
            },
            ("codes", "numbers"),
        ),
        Command(
            "on_my_way",
            {"en": ("ON MY WAY", "OMW", "EN ROUTE"), "es": ("EN CAMINO", "VOY EN CAMINO")},
            ("codes", "numbers"),
        ),
    ),
    exits=EXITS,
    steps={
        "come": Do(come_late, {**{name: name for name in OUTCOMES}, "which": "which"}),
        "which": Ask(
            "late.which",
            (Choice(into="codes", then="come", listed="held", value="code", several=True),),
        ),
        "coming": Say("late.coming"),
        "coming_at": Say("late.coming_at"),
        "already": Say("check_in.already"),
        "awarded": Say("check_in.awarded"),
        "nothing": Say("late.nothing"),
        "not_yours": Say("check_in.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "person": HandOff("lost_in_late", "again.person"),
    },
)
