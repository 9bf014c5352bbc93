"""The carrier's words. STOP and its kin end the texts, not the work: who holds a detail is called by a person."""

from flows.caller import Caller
from flows.steps import Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.line.opt_out import opt_in, opt_out


@verb("out", "out_with_work", "in", "help", "help_answered", acts=True)
def follow_the_carrier(caller: Caller, memory: Memory) -> Outcome:
    """Records what the carrier does anyway. Nothing can be texted to who is out: the answer is silence."""
    department_id, person_id = caller.department.id, caller.officer.person_id
    if memory["command"] == "opt_out":
        opt_out(caller.work, department_id, caller.line_id, caller.number, person_id, caller.heard[:160])
        live = any(held.kind == "assignment" for held in caller.holdings())
        return Outcome("out_with_work" if live else "out")
    if memory["command"] == "opt_in":
        opt_in(caller.work, department_id, caller.line_id, caller.number, person_id)
        return Outcome("in")
    return Outcome("help_answered" if memory.get("carrier_answered") else "help")


FLOW = Flow(
    name="opt_out",
    start="follow",
    manner="aside",
    commands=(Command("opt_out", {}), Command("opt_in", {}), Command("help", {})),
    steps={
        "follow": Do(
            follow_the_carrier,
            {"out": "end", "out_with_work": "call", "in": "in", "help": "help", "help_answered": "end"},
        ),
        "call": HandOff("opted_out_with_work"),
        "in": Say("opt_out.back"),
        "help": Say("opt_out.help"),
    },
)
