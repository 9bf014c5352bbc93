"""A4821, or a bare yes when one thing is open: accept an award or take an offer."""

from typing import Any

from flows.caller import Caller
from flows.choosing import about, is_asked_whether_well, listed, past_or_unknown, said_codes, with_code
from flows.steps import Command, Do, Flow, Jump, Memory, Outcome, Say, verb
from models.awarding.asking.confirmation import accept_award
from models.awarding.asking.offer import OfferAnswer, accept_offer
from models.awarding.asking.offer_again import late_offer
from models.awarding.telling.mine import Holding

ONE = (
    "accepted",
    "already",
    "gone",
    "expired",
    "unreachable",
    "ended",
    "committed",
    "ineligible",
    "signup",
    "not_yours",
    "no_such_code",
)


@verb(*ONE, "done", "several", "nothing", "welfare", acts=True)
def accept(caller: Caller, memory: Memory) -> Outcome:
    """Accepts what the codes say; without a code the one thing open, and never one of two."""
    held, said = caller.holdings(), said_codes(memory)
    if not said:
        if is_asked_whether_well(caller, memory):
            return Outcome("welfare")
        waiting = [one for one in held if one.awaits_answer]
        if memory.get("command") == "accept_all":
            said = [one.opening.code for one in waiting]
        elif len(waiting) > 1:
            return Outcome("several", {"waiting": listed(waiting), "count": len(waiting)})
        else:
            return Outcome(*_accept(caller, waiting[0])) if waiting else Outcome("nothing")
    results = [_accept_code(caller, held, code) for code in said]
    if not results:
        return Outcome("nothing")
    if len(results) == 1:
        return Outcome(*results[0])
    return Outcome("done", {"results": [{"prompt": f"accept.each_{name}", **values} for name, values in results]})


def _accept_code(caller: Caller, held: list[Holding], code: str) -> tuple[str, dict[str, Any]]:
    found = with_code(held, code)
    return _accept(caller, found) if found else _late(caller, code)


def _late(caller: Caller, code: str) -> tuple[str, dict[str, Any]]:
    """Nothing of this code waits for him any more: a late yes takes a free slot where the handbook lets it."""
    name, values = past_or_unknown(caller, code)
    offer_id = late_offer(caller.work, caller.officer, code) if name == "expired" else None
    if offer_id is None:
        return name, values
    return _answered(accept_offer(caller.work, caller.department, caller.officer, offer_id), values)


def _accept(caller: Caller, held: Holding) -> tuple[str, dict[str, Any]]:
    if held.kind == "signup":
        return "signup", about(held)
    if held.kind == "offer":
        return _take(caller, held)
    if held.awaits_answer:
        done = accept_award(caller.work, caller.department, held.id)
        return ("accepted" if done else "expired"), about(held)
    return "already", about(held)


def _take(caller: Caller, held: Holding) -> tuple[str, dict[str, Any]]:
    return _answered(accept_offer(caller.work, caller.department, caller.officer, held.id), about(held))


def _answered(answer: OfferAnswer, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if answer.refusal is not None:
        values["verdict"] = {"reason": str(answer.refusal.reason), "figures": dict(answer.refusal.figures)}
    return answer.outcome, values


FLOW = Flow(
    name="accept",
    start="accept",
    commands=(
        Command(
            "accept",
            {"en": ("ACCEPT", "TAKE"), "es": ("ACEPTAR", "ACEPTO", "TOMAR", "TOMO")},
            ("codes",),
            letter="A",
            bare="yes",
        ),
        Command("accept_all", {"en": ("AA", "ACCEPT ALL", "ACCEPT BOTH"), "es": ("AA", "ACEPTAR TODO", "ACEPTO TODO")}),
    ),
    steps={
        "accept": Do(accept, {name: name for name in (*ONE, "done", "several", "nothing", "welfare")}),
        "accepted": Say("accept.accepted"),
        "already": Say("accept.already"),
        "gone": Say("accept.gone"),
        "expired": Say("accept.expired"),
        "unreachable": Say("accept.unreachable"),
        "ended": Say("accept.ended"),
        "committed": Say("accept.committed"),
        "ineligible": Say("accept.ineligible"),
        "signup": Say("accept.signup"),
        "not_yours": Say("accept.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "done": Say("accept.done"),
        "several": Say("accept.several"),
        "nothing": Say("accept.nothing"),
        "welfare": Jump("welfare", "well"),
    },
)
