"""What was said in a call and loses something, or was heard badly and does something: read back before it is done."""

from typing import Any

from flows.answers import Choice, YesNo
from flows.caller import Caller
from flows.choosing import EXITS, about, fitting, is_pointed_out, listed, said_codes
from flows.steps import Ask, Do, Flow, Follow, HandOff, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding
from models.details.opening import openings_by_code

LOSING = ("decline", "withdraw", "opt_out")
"""Said, they are always read back; a key is meant as it is pressed."""
ACTING = ("accept", "signup", "check_in", "check_out", "keep", "undo", "accept_all", *LOSING)
"""Heard badly, they are read back."""
ABOUT_A_DETAIL = ("accept", "signup", "check_in", "check_out", "keep", "decline", "withdraw")

_CONFIRMED = tuple(f"{command}_one" for command in ABOUT_A_DETAIL)


@verb(*_CONFIRMED, *ACTING, "which")
def read_back(caller: Caller, memory: Memory) -> Outcome:
    """What seems to be meant: one detail, one of several, or a deed that names none."""
    command, said = str(memory["command"]), said_codes(memory)
    if command in ABOUT_A_DETAIL and said:
        found = openings_by_code(caller.work, caller.department.id, said[:1]).get(said[0])
        return Outcome(f"{command}_one", {**found.told(), "codes": said[:1]}) if found else Outcome(command)
    held = [one for one in caller.holdings() if _fits(one, command)]
    meant = fitting(caller, held, memory.get("heard", {})) if is_pointed_out(memory.get("heard", {})) else held
    if command in ABOUT_A_DETAIL and len(meant) == 1:
        return Outcome(f"{command}_one", {**about(meant[0]), "codes": [meant[0].opening.code]})
    return (
        Outcome("which", {"held": listed(meant)}) if command in ABOUT_A_DETAIL and len(meant) > 1 else Outcome(command)
    )


def _fits(held: Holding, command: str) -> bool:
    """Whether the command can be about it."""
    if command == "withdraw":
        return held.kind == "signup"
    if command in ("accept", "decline"):
        return held.awaits_answer
    return held.kind == "assignment" and held.state == _STATE.get(command)


_STATE = {"check_in": "confirmed", "check_out": "checked_in", "keep": "confirmed"}


def _asking(command: str) -> dict[str, Any]:
    steps: dict[str, Any] = {command: Ask(f"said.{command}", (YesNo("follow", "nothing_done"),))}
    if command in ABOUT_A_DETAIL:
        steps[f"{command}_one"] = Ask(f"said.{command}_one", (YesNo("follow", "nothing_done"),))
    return steps


FLOW = Flow(
    name="said",
    start="read_back",
    exits=EXITS,
    steps={
        "read_back": Do(read_back, {name: name for name in (*_CONFIRMED, *ACTING, "which")}),
        **{name: step for command in ACTING for name, step in _asking(command).items()},
        "which": Ask("said.which", (Choice(into="codes", then="follow", listed="held", value="code", several=True),)),
        "follow": Follow("command"),
        "nothing_done": Say("said.nothing_done"),
        "person": HandOff("lost_in_said", "again.person"),
    },
)
