"""RELIEF, or RELIEF 4821 117: the officer on a detail hands the rest of it over, to a named colleague or the next."""

from datetime import timedelta
from typing import Any

from flows.answers import Choice, Option
from flows.caller import Caller
from flows.choosing import EXITS, about, said_codes, unknown_code, with_code
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, Wait, verb
from models.people.handbook import edition
from models.people.officer import officer, officer_with_badge
from models.working.assignment import assignment
from models.working.relief import ask_for_relief, hands_over_at

REFUSALS = ("never", "not_in", "too_late", "already")


@verb("ask_why", "no_colleague", "never", "not_in", "too_late", "not_yours", "no_such_code")
def look(caller: Caller, memory: Memory) -> Outcome:
    """Which detail, whom he names, and from when somebody else could be there."""
    held = [one for one in caller.holdings() if one.kind == "assignment" and one.state == "checked_in"]
    said = [*said_codes(memory), *(str(number) for number in memory.get("numbers", ()))]
    found = with_code(held, said[0]) if said else next(iter(held), None)
    badge = said[1] if found and len(said) > 1 else ""
    if said and found is None and len(said) == 1 and held:
        found, badge = held[0], said[0]
    if found is None:
        return Outcome(*unknown_code(caller, said[0])) if said and held else Outcome("not_in")
    colleague = officer_with_badge(caller.work, caller.department.id, badge) if badge else None
    values: dict[str, Any] = {**about(found), "assignment": found.id, "badge": badge}
    if badge and (colleague is None or colleague.id == caller.officer.id):
        return Outcome("no_colleague", values)
    row = assignment(caller.work, caller.department.id, found.id)
    holds = edition(caller.work, caller.department.id, row.handbook_id)
    if holds.rules.staying.relief == "never":
        return Outcome("never", values)
    from_at = hands_over_at(holds, caller.work.now)
    values = {**values, "from_at": from_at, "colleague": colleague.id if colleague else 0}
    return Outcome("ask_why" if from_at < row.ends_at else "too_late", values)


@verb("asked", *REFUSALS, acts=True, gives_away=True)
def ask(caller: Caller, memory: Memory) -> Outcome:
    """Has others asked; he holds it until one of them is there."""
    department_id = caller.department.id
    held = assignment(caller.work, department_id, memory["assignment"])
    named = officer(caller.work, department_id, memory["colleague"]) if memory["colleague"] else None
    return Outcome(ask_for_relief(caller.work, held, str(memory["reason"]), named))


FLOW = Flow(
    name="relief",
    start="look",
    commands=(
        Command(
            "relief",
            {
                "en": ("RELIEF", "RELIEVE ME", "NEED RELIEF", "I NEED RELIEF"),
                "es": ("RELEVO", "RELEVENME", "NECESITO RELEVO"),
            },
            ("codes", "numbers"),
        ),
    ),
    exits=EXITS,
    steps={
        "look": Do(
            look,
            {
                "ask_why": "why",
                **{name: name for name in ("never", "not_in", "too_late", "no_colleague", "not_yours", "no_such_code")},
            },
        ),
        "why": Ask(
            "relief.why",
            (
                Choice(
                    into="reason",
                    then="ask",
                    options=(Option("sick", "1"), Option("hours", "2"), Option("other", "3")),
                ),
            ),
            Wait(time_out=timedelta(minutes=30), expires=timedelta(hours=2)),
        ),
        "ask": Do(ask, {"asked": "asked", **{name: name for name in REFUSALS}}),
        "asked": Say("relief.asked"),
        "never": HandOff("relief_wants_desk", "relief.never", can_wait=True),
        "not_in": Say("relief.not_in"),
        "too_late": HandOff("relief_wants_desk", "relief.too_late", can_wait=True),
        "already": Say("relief.already"),
        "no_colleague": Say("relief.no_colleague"),
        "not_yours": Say("check_in.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "person": HandOff("lost_in_relief", "again.person"),
    },
)
