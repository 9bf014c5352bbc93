"""DROP 4821: give an assignment back. The price is said first; D4821 confirms it, and nothing else does."""

from datetime import datetime, timedelta
from typing import Any

from flows.answers import Choice, Code, YesNo
from flows.caller import Caller
from flows.choosing import EXITS, about, fitting, is_pointed_out, listed, said_codes, unknown_code, with_code
from flows.steps import Ask, Command, Do, Exits, Flow, HandOff, Memory, Outcome, Say, Wait, verb
from models.awarding.mine import Holding
from models.rules.drops import DropPrice
from models.working.assignment_drop import Told, drop_assignment, drop_price

REFUSALS = (
    "nothing",
    "awarded",
    "offered",
    "signup",
    "working",
    "already",
    "not_yours",
    "no_such_code",
    "one_at_a_time",
)


@verb("priced", "which", "locked", *REFUSALS)
def price(caller: Caller, memory: Memory) -> Outcome:
    """Which assignment is meant, and what dropping it would cost now."""
    held, said = caller.holdings(), said_codes(memory)
    if len(said) > 1:
        return Outcome("one_at_a_time")
    if said:
        found = with_code(held, said[0])
        return _price(caller, found) if found else Outcome(*unknown_code(caller, said[0]))
    confirmed = [one for one in held if one.kind == "assignment" and one.state == "confirmed" and not one.is_dropping]
    meant = fitting(caller, confirmed, memory)
    if not meant and is_pointed_out(memory):
        others = fitting(caller, held, memory)
        if len(others) == 1:
            return _price(caller, others[0])  # What is not his yet is withdrawn or declined instead: that is said.
    if len(meant) == 1:
        return _price(caller, meant[0])
    # Where nothing fits what was said, none is taken for it: also of one he is asked whether he means it.
    return Outcome("which", {"held": listed(meant or confirmed)}) if confirmed else Outcome("nothing")


@verb("dropped", "looking", "locked", "already", "gone", "price_changed", acts=True)
def drop(caller: Caller, memory: Memory) -> Outcome:
    """Drops it at the price that was said; when time has made it dearer, the new price is said first."""
    told = Told(memory["is_free"], memory["bar_days"])
    name, cost = drop_assignment(caller.work, caller.department, caller.officer, memory["assignment"], told)
    return Outcome(name, _costs(caller, memory["starts_at"], cost))


def _price(caller: Caller, held: Holding) -> Outcome:
    if held.kind == "assignment" and held.state == "confirmed":
        if held.is_dropping:
            return Outcome("already", about(held))
        cost = drop_price(caller.work, caller.department, held.id)
        told = {**about(held), "assignment": held.id, **_costs(caller, held.opening.starts_at, cost)}
        return Outcome("locked" if cost.zone == "locked" else "priced", told)
    if held.kind == "assignment":
        return Outcome("awarded" if held.state == "awarded" else "working", about(held))
    return Outcome("offered" if held.kind == "offer" else "signup", about(held))


def _costs(caller: Caller, starts_at: datetime, cost: DropPrice) -> dict[str, Any]:
    """The price as prompts tell it; `is_free` when somebody else need not be found first."""
    return {
        "is_free": cost.zone == "free",
        "is_late": cost.zone != "free",
        "bar_days": cost.bar_days,
        "bar_days_if_replaced": cost.bar_days_if_replaced,
        "is_forgiven": bool(cost.bar_days) and not cost.bar_days_if_replaced,
        "step": cost.step,
        "is_repeated": cost.step > 1,
        "bars_same_day": cost.bars_same_day,
        "free_until_at": cost.free_until_at,
        "left_minutes": max(int((starts_at - caller.work.now) / timedelta(minutes=1)), 0),
    }


FLOW = Flow(
    name="drop",
    start="price",
    commands=(
        Command(
            "drop",
            {"en": ("DROP", "GIVE BACK"), "es": ("SOLTAR", "SUELTO", "DEVOLVER", "DEVUELVO")},
            ("codes",),
            letter="D",
        ),
    ),
    exits=EXITS,
    steps={
        "price": Do(
            price, {**{name: name for name in REFUSALS}, "priced": "confirm", "which": "which", "locked": "locked"}
        ),
        "which": Ask(
            "drop.which",
            (
                Choice(
                    into="codes",
                    then="price",
                    listed="held",
                    value="code",
                    several=True,
                    lead={"en": ("DROP", "D"), "es": ("SOLTAR", "D")},
                ),
            ),
        ),
        "confirm": Ask(
            "drop.confirm",
            (Code("D", "code", "code", "drop"), YesNo("say_code", "kept")),
            Wait(time_out=timedelta(hours=1), expires=timedelta(hours=12)),
            Exits(
                nonsense=("drop.again_1", "drop.again_2"),
                silence=("drop.silent_1", "drop.silent_2"),
                on_time_out="kept",
                too_many="person",
            ),
        ),
        "say_code": Say("drop.say_code", "confirm"),
        "drop": Do(
            drop,
            {
                "dropped": "dropped",
                "looking": "looking",
                "locked": "locked",
                "already": "already",
                "gone": "gone",
                "price_changed": "price_changed",
            },
        ),
        "price_changed": Say("drop.price_changed", "confirm"),
        "dropped": Say("drop.dropped"),
        "looking": Say("drop.looking"),
        "kept": Say("drop.kept"),
        "gone": Say("drop.gone"),
        "nothing": Say("drop.nothing"),
        "awarded": Say("drop.awarded"),
        "offered": Say("drop.awarded"),
        "signup": Say("drop.signup"),
        "working": Say("drop.working"),
        "already": Say("drop.already"),
        "not_yours": Say("drop.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "one_at_a_time": Say("again.one_at_a_time"),
        "locked": HandOff("drop_locked", "drop.locked"),
        "person": HandOff("lost_in_drop", "again.person"),
    },
)
