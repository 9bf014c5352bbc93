"""The carrier's words. STOP and its kin end the texts, not the work: who holds a detail is called by a person."""

import re

from flows.caller import Caller
from flows.steps import Command, Do, Flow, HandOff, Jump, Memory, Outcome, Say, verb
from flows.system import CARRIER_WORDS
from models.line.opt_out import opt_in, opt_out
from models.working.welfare import open_check


@verb("out", "out_with_work", "said_so", "said_so_with_work", "in", "help", "help_answered", "welfare", acts=True)
def follow_the_carrier(caller: Caller, memory: Memory) -> Outcome:
    """Records it. The carrier has answered its own words, and lets nothing through after them: we stay silent.

    Any other wording it does not know: then we say once that it is done, which the law allows, and nothing more.
    """
    department_id, person_id = caller.department.id, caller.officer.person_id
    if memory["command"] == "opt_out":
        words = str(memory.get("words", caller.heard))
        opt_out(caller.work, department_id, caller.line_id, caller.number, person_id, words[:160])
        live = any(held.kind == "assignment" for held in caller.holdings())
        is_known = (
            memory.get("carrier_answered")
            or caller.membership.opted_out
            or ("words" not in memory and _is_carriers(caller.heard))
        )
        name = "out" if is_known else "said_so"
        return Outcome(f"{name}_with_work" if live else name)
    if memory["command"] == "opt_in":
        here = [one.department.id for one in caller.memberships()]
        opt_in(caller.work, department_id, caller.line_id, caller.number, person_id, here)
        return Outcome("in")
    if open_check(caller.work, caller.officer) is not None:
        return Outcome("welfare")
    names = [one.department.name for one in caller.memberships()]
    return Outcome("help_answered" if memory.get("carrier_answered") else "help", {"names": names})


def _is_carriers(heard: str) -> bool:
    return re.sub(r"[^A-Z]", "", heard.upper()) in CARRIER_WORDS


FLOW = Flow(
    name="opt_out",
    start="follow",
    manner="aside",
    commands=(Command("opt_out", {}), Command("opt_in", {}), Command("help", {})),
    steps={
        "follow": Do(
            follow_the_carrier,
            {
                "out": "end",
                "out_with_work": "call",
                "said_so": "confirmed",
                "said_so_with_work": "confirmed_with_work",
                "in": "in",
                "help": "help",
                "help_answered": "end",
                "welfare": "welfare",
            },
        ),
        "call": HandOff("opted_out_with_work", can_wait=True),
        "confirmed": Say("opt_out.confirmed"),
        "confirmed_with_work": HandOff("opted_out_with_work", "opt_out.confirmed_with_work", can_wait=True),
        "in": Say("opt_out.back"),
        "help": Say("opt_out.help"),
        "welfare": Jump("welfare", "help"),
    },
)
