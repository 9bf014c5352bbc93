"""N4821, or a bare no when one thing is open: decline an award or an offer. What he has accepted is dropped instead."""

from typing import Any

from flows.caller import Caller
from flows.choosing import about, is_asked_whether_well, listed, past_or_unknown, said_codes, with_code
from flows.steps import Command, Do, Flow, Jump, Memory, Outcome, Say, verb
from models.awarding.asking.confirmation import end_award
from models.awarding.asking.offer import end_offer, is_for_swap
from models.awarding.telling.mine import Holding

ONE = (
    "declined",
    "swap_declined",
    "too_late",
    "unreachable",
    "ended",
    "accepted",
    "signup",
    "not_yours",
    "no_such_code",
)


@verb(*ONE, "done", "several", "nothing", "welfare", acts=True, gives_away=True)
def decline(caller: Caller, memory: Memory) -> Outcome:
    """Declines what the codes say; without a code the one thing open, and never one of two."""
    held, said = caller.holdings(), said_codes(memory)
    if not said:
        if is_asked_whether_well(caller, memory):
            return Outcome("welfare")
        waiting = [one for one in held if one.awaits_answer]
        if len(waiting) > 1:
            return Outcome("several", {"waiting": listed(waiting), "count": len(waiting)})
        return Outcome(*_decline(caller, waiting[0])) if waiting else Outcome("nothing")
    results = [_decline_code(caller, held, code) for code in said]
    if len(results) == 1:
        return Outcome(*results[0])
    return Outcome("done", {"results": [{"prompt": f"decline.each_{name}", **values} for name, values in results]})


def _decline_code(caller: Caller, held: list[Holding], code: str) -> tuple[str, dict[str, Any]]:
    found = with_code(held, code)
    if found:
        return _decline(caller, found)
    name, values = past_or_unknown(caller, code)
    return ("too_late" if name in ("expired", "gone") else name), values


def _decline(caller: Caller, held: Holding) -> tuple[str, dict[str, Any]]:
    if held.kind == "signup":
        return "signup", about(held)
    if not held.awaits_answer:
        return "accepted", about(held)
    if held.kind == "offer" and is_for_swap(caller.work, caller.department.id, held.id):
        done = end_offer(caller.work, caller.department.id, held.id, "decline")
        return ("swap_declined" if done else "too_late"), about(held)
    if held.kind == "offer":
        done = end_offer(caller.work, caller.department.id, held.id, "decline")
    else:
        done = end_award(caller.work, caller.department, held.id, "decline")
    return ("declined" if done else "too_late"), about(held)


FLOW = Flow(
    name="decline",
    start="decline",
    commands=(
        Command(
            "decline", {"en": ("DECLINE", "REFUSE"), "es": ("RECHAZAR", "RECHAZO")}, ("codes",), letter="N", bare="no"
        ),
    ),
    steps={
        "decline": Do(decline, {name: name for name in (*ONE, "done", "several", "nothing", "welfare")}),
        "declined": Say("decline.declined"),
        "swap_declined": Say("decline.swap_declined"),
        "too_late": Say("decline.too_late"),
        "unreachable": Say("accept.unreachable"),
        "ended": Say("accept.ended"),
        "accepted": Say("decline.accepted"),
        "signup": Say("decline.signup"),
        "not_yours": Say("accept.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "done": Say("decline.done"),
        "several": Say("decline.several"),
        "nothing": Say("decline.nothing"),
        "welfare": Jump("welfare", "help"),
    },
)
