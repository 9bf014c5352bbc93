"""STAY TILL 2AM, "they need us till 2": the officer on a detail is asked to stay, if his time allows it."""

from datetime import datetime, timedelta
from typing import Any

from flows.answers import Choice, Option, Time
from flows.caller import Caller
from flows.choosing import EXITS, about, said_codes, unknown_code, with_code
from flows.clock_times import nearest_moment, read_clock_time
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, Wait, verb
from models.details.opening import openings_by_id
from models.people.handbook import edition
from models.working.assignment import assignment
from models.working.extension import stay

LONGEST = timedelta(hours=12)


@verb("ask_time", "ask_who", "never", "too_long", "not_in", "impossible", "not_yours", "no_such_code")
def look(caller: Caller, memory: Memory) -> Outcome:
    """Which detail, until when, and whether his own word is enough for that."""
    held = [one for one in caller.holdings() if one.kind == "assignment" and one.state == "checked_in"]
    said = said_codes(memory)
    if not said and with_code(held, str(memory.get("maybe_code", ""))):
        said = [str(memory["maybe_code"])]
    found = with_code(held, said[0]) if said else next(iter(held), None)
    if found is None:
        return Outcome(*unknown_code(caller, said[0])) if said and held else Outcome("not_in")
    row = assignment(caller.work, caller.department.id, found.id)
    most = edition(caller.work, caller.department.id, row.handbook_id).rules.staying.most_minutes
    values: dict[str, Any] = {**about(found), "assignment": found.id, "most_minutes": most}
    if most == 0:
        return Outcome("never", values)
    time = str(memory.get("time", ""))
    if not time:
        return Outcome("ask_time", values)
    until_at = _moment(caller, row.ends_at, time)
    if until_at is None:
        return Outcome("impossible", {**values, "time": time})
    values = {**values, "until_at": until_at, "longer_minutes": int((until_at - row.ends_at) / timedelta(minutes=1))}
    planned = _planned_end(caller, found.opening.id) or row.ends_at
    return Outcome("too_long" if until_at > planned + timedelta(minutes=most) else "ask_who", values)


def _planned_end(caller: Caller, opening_id: int) -> datetime | None:
    found = openings_by_id(caller.work, caller.department.id, [opening_id])
    return found[0].ends_at if found else None


def _moment(caller: Caller, ends_at: datetime, time: str) -> datetime | None:
    """The moment after the end that the time can mean, the closest to it."""
    said, first = read_clock_time(time), max(ends_at, caller.work.now) + timedelta(minutes=1)
    if said is None:
        return None
    return nearest_moment(said, caller.department.zone, ends_at, earliest=first, latest=ends_at + LONGEST)


@verb("extended", "ineligible", "gone", acts=True)
def extend(caller: Caller, memory: Memory) -> Outcome:
    """Lets it end then, if tours, leave, rest and limits allow it; the rule that does not is told with its figures."""
    who = str(memory["who"])
    moved = stay(caller.work, caller.department, memory["assignment"], memory["until_at"], f"asked by {who}")
    if moved.outcome == "ineligible" and moved.broken is not None:
        verdict = {"reason": str(moved.broken.reason), "figures": dict(moved.broken.figures)}
        return Outcome("ineligible", {"verdict": verdict})
    return Outcome(moved.outcome)


FLOW = Flow(
    name="extend",
    start="look",
    commands=(
        Command(
            "extend",
            {
                "en": (
                    "STAY",
                    "STAY TILL",
                    "STAY UNTIL",
                    "STAYING TILL",
                    "STAYING UNTIL",
                    "EXTEND",
                    "EXTEND TO",
                    "EXTEND TILL",
                    "EXTEND UNTIL",
                    "THEY NEED US TILL",
                    "THEY NEED US UNTIL",
                    "THEY NEED ME TILL",
                    "THEY NEED ME UNTIL",
                    "THEY WANT US TILL",
                    "THEY WANT US UNTIL",
                ),
                "es": (
                    "QUEDARME HASTA",
                    "ME QUEDO HASTA",
                    "EXTENDER",
                    "EXTENDER HASTA",
                    "ALARGAR",
                    "ALARGAR HASTA",
                    "NOS NECESITAN HASTA",
                    "ME NECESITAN HASTA",
                    "ME PIDEN QUEDARME HASTA",
                ),
            },
            ("time", "codes"),
        ),
    ),
    exits=EXITS,
    steps={
        "look": Do(
            look,
            {
                "ask_time": "time",
                "ask_who": "who",
                **{name: name for name in ("never", "too_long", "not_in", "impossible", "not_yours", "no_such_code")},
            },
        ),
        "time": Ask("extend.time", (Time(into="time", then="look"),)),
        "who": Ask(
            "extend.who",
            (
                Choice(
                    into="who",
                    then="extend",
                    options=(Option("site contact", "1"), Option("supervisor", "2"), Option("other", "3")),
                ),
            ),
            Wait(time_out=timedelta(minutes=30), expires=timedelta(hours=2)),
        ),
        "extend": Do(extend, {"extended": "extended", "ineligible": "ineligible", "gone": "not_in"}),
        "extended": Say("extend.extended"),
        "ineligible": HandOff("extension_refused", "extend.ineligible", can_wait=True),
        "never": HandOff("extension_wants_desk", "extend.never", can_wait=True),
        "too_long": HandOff("extension_wants_desk", "extend.too_long", can_wait=True),
        "not_in": Say("extend.not_in"),
        "impossible": Say("extend.impossible"),
        "not_yours": Say("check_in.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "person": HandOff("lost_in_extend", "again.person"),
    },
)
