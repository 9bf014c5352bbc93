"""MINE: what the officer holds, what waits for his answer, what he signed up for, and what bars him from more."""

from typing import Any

from flows.caller import Caller
from flows.choosing import about
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Elsewhere, Holding, held_elsewhere
from models.working.crew import crew_of
from models.working.penalty import bars_of

MOST_TOLD = {"sms": 6, "voice": 3}
"""Who listens keeps few in mind."""
MOST_ELSEWHERE = 3
MOST_BARS = 2


@verb("some", "nothing")
def look_at_mine(caller: Caller, memory: Memory) -> Outcome:
    """What waits for an answer first, then by time; then what is given to other departments, and bars in force."""
    held = sorted(caller.holdings(), key=lambda one: not one.awaits_answer)
    waits = _waited_for(caller, held)
    told = [
        {"prompt": f"mine.{standing_of(one)}", **about(one), "waits_for": waits.get(one.opening.detail_id, [])}
        for one in held[: MOST_TOLD["voice" if caller.work.actor.channel == "voice" else "sms"]]
    ]
    elsewhere = [_elsewhere(one) for one in held_elsewhere(caller.work, caller.officer)[:MOST_ELSEWHERE]]
    bars = [
        {"prompt": f"verdicts.barred_{one.kind}", "ends_at": one.ends_at}
        for one in bars_of(caller.work, caller.department.id, caller.officer.id)[-MOST_BARS:]
    ]
    if not (held or elsewhere or bars):
        return Outcome("nothing")
    lines = [*(told or [{"prompt": "mine.none_here"}]), *elsewhere, *bars]
    return Outcome("some", {"held": lines, "rest": len(held) - len(told)})


def _waited_for(caller: Caller, held: list[Holding]) -> dict[int, list[str]]:
    """Whom the crew waits for, by the details he is out of."""
    details = [one.opening.detail_id for one in held if one.state == "checked_out"]
    waits: dict[int, list[str]] = {}
    for each in crew_of(caller.work, caller.department.id, details) if details else ():
        if each.is_waited_for:
            waits.setdefault(each.detail_id, []).append(each.last_name)
    return waits


def _elsewhere(one: Elsewhere) -> dict[str, Any]:
    if one.code is None:
        return {"prompt": "mine.elsewhere", "during": one.during}
    return {"prompt": "mine.in_another", "during": one.during, "code": one.code, "department": one.department}


def standing_of(held: Holding) -> str:
    """How it stands with a holding, as prompts of `mine` are called."""
    if held.kind == "assignment":
        return "dropping" if held.is_dropping else held.state
    return held.kind


FLOW = Flow(
    name="mine",
    start="look",
    manner="aside",
    commands=(
        Command(
            "mine",
            {"en": ("MINE", "MY DETAILS", "MY JOBS"), "es": ("MIOS", "LOS MIOS", "MIS SERVICIOS", "MIS TRABAJOS")},
        ),
    ),
    steps={
        "look": Do(look_at_mine, {"some": "some", "nothing": "nothing"}),
        "some": Say("mine.all"),
        "nothing": Say("mine.nothing"),
    },
)
