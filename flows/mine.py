"""MINE: what the officer holds, what waits for his answer, and what he signed up for."""

from flows.caller import Caller
from flows.choosing import about
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.mine import Holding

MOST_TOLD = 6


@verb("some", "nothing")
def look_at_mine(caller: Caller, memory: Memory) -> Outcome:
    """What waits for an answer first, then by time."""
    held = sorted(caller.holdings(), key=lambda one: not one.awaits_answer)
    if not held:
        return Outcome("nothing")
    told = [{"prompt": f"mine.{_standing(one)}", **about(one)} for one in held[:MOST_TOLD]]
    return Outcome("some", {"held": told, "rest": len(held) - len(told)})


def _standing(held: Holding) -> str:
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
