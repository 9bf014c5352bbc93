"""STATUS, or STATUS 4821: who of the crew is out, who is in, and whom nobody's pay moves for."""

from typing import Any

from flows.caller import Caller
from flows.choosing import about, said_codes, unknown_code, with_code
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding
from models.working.crew import Member, crew_of


@verb("crew", "alone", "nothing", "not_yours", "no_such_code")
def look_at_crew(caller: Caller, memory: Memory) -> Outcome:
    """The crew of the detail said, or of the one he works or worked last."""
    held = [each for each in caller.holdings() if each.kind == "assignment" and each.state != "awarded"]
    said = said_codes(memory)
    found = with_code(held, said[0]) if said else _meant(held)
    if found is None:
        return Outcome(*unknown_code(caller, said[0])) if said else Outcome("nothing")
    crew = crew_of(caller.work, caller.department.id, [found.opening.detail_id])
    return Outcome("crew" if len(crew) > 1 else "alone", {**about(found), **_told(crew)})


def _meant(held: list[Holding]) -> Holding | None:
    began = [each for each in held if each.state in ("checked_in", "checked_out")]
    inside = [each for each in began if each.state == "checked_in"]
    return next(iter(inside or began[-1:] or held[:1]), None)


def _told(crew: list[Member]) -> dict[str, Any]:
    def names(*states: str) -> list[str]:
        return [each.last_name for each in crew if each.state in states]

    out = names("checked_out", "verified", "paid")
    inside, expected = names("checked_in"), names("awarded", "confirmed")
    waits = out and (inside or expected)
    return {"out": out, "inside": inside, "expected": expected, "waits": bool(waits), "is_over": not inside + expected}


FLOW = Flow(
    name="crew",
    start="look",
    manner="aside",
    commands=(
        Command(
            "crew",
            {"en": ("STATUS", "CREW", "WHO IS OUT", "WHO IS IN"), "es": ("ESTADO", "EQUIPO", "QUIEN FALTA")},
            ("codes",),
        ),
    ),
    steps={
        "look": Do(look_at_crew, {name: name for name in ("crew", "alone", "nothing", "not_yours", "no_such_code")}),
        "crew": Say("crew.crew"),
        "alone": Say("crew.alone"),
        "nothing": Say("crew.nothing"),
        "not_yours": Say("check_in.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
    },
)
