"""DROP 4821: give an assignment back. The price is said first; D4821 confirms it, and nothing else does."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flows.answers import Choice, Code, Text, YesNo
from flows.caller import Caller
from flows.choosing import EXITS, about, fitting, is_pointed_out, listed, said_codes, unknown_code, with_code
from flows.drop_words import WORDS, reason_in
from flows.steps import Ask, Command, Do, Exits, Flow, HandOff, Memory, Outcome, Say, Wait, verb
from models.awarding.telling.mine import Holding
from models.rules.charging.drops import DropPrice
from models.rules.clauses.drop_reasons import DropReason
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


@verb("priced", "which", "why", "note", "locked", *REFUSALS, gives_away=True)
def price(caller: Caller, memory: Memory) -> Outcome:
    """Which assignment is meant, and what dropping it would cost now."""
    held, said = caller.holdings(), said_codes(memory)
    if len(said) > 1:
        return Outcome("one_at_a_time")
    if said:
        found = with_code(held, said[0])
        return _price(caller, found, memory) if found else Outcome(*unknown_code(caller, said[0]))
    confirmed = [one for one in held if one.kind == "assignment" and one.state == "confirmed" and not one.is_dropping]
    meant = fitting(caller, confirmed, memory)
    if not meant and is_pointed_out(memory):
        others = fitting(caller, held, memory)
        if len(others) == 1:
            # What is not his yet is withdrawn or declined instead: that is said.
            return _price(caller, others[0], memory)
    if len(meant) == 1:
        return _price(caller, meant[0], memory)
    # Where nothing fits what was said, none is taken for it: also of one he is asked whether he means it.
    return Outcome("which", {"held": listed(meant or confirmed)}) if confirmed else Outcome("nothing")


@verb("dropped", "released", "looking", "locked", "already", "gone", "price_changed", acts=True, gives_away=True)
def drop(caller: Caller, memory: Memory) -> Outcome:
    """Drops it at the price that was said; when time has made it dearer, the new price is said first."""
    told = Told(memory["in_free_time"], memory["bar_days"], memory.get("reason"), memory.get("note"))
    name, cost = drop_assignment(caller.work, caller.department, caller.officer, memory["assignment"], told)
    return Outcome(name, _costs(caller, memory["starts_at"], cost))


def _price(caller: Caller, held: Holding, memory: Memory) -> Outcome:
    if held.kind == "assignment" and held.state == "confirmed":
        if held.is_dropping:
            return Outcome("already", about(held))
        return _price_of_held(caller, held, memory)
    if held.kind == "assignment":
        return Outcome("awarded" if held.state == "awarded" else "working", about(held))
    return Outcome("offered" if held.kind == "offer" else "signup", about(held))


def _price_of_held(caller: Caller, held: Holding, memory: Memory) -> Outcome:
    """Why he drops first, where the handbook asks; then what it costs."""
    said = memory.get("reason") or reason_in(caller.heard)
    cost, reasons = drop_price(caller.work, caller.department, held.id, said)
    row = next((each for each in reasons if each.reason == said), None)
    told = {
        **about(held),
        "codes": [held.opening.code],
        "assignment": held.id,
        "reason": row.reason if row else None,
        **_costs(caller, held.opening.starts_at, cost),
    }
    if row is None and _reason_matters(cost, reasons):
        return Outcome("why", {**told, "reasons": _listed(reasons)})
    if cost.zone == "locked":
        return Outcome("locked", told)
    return Outcome("note" if row and row.note and not memory.get("note") else "priced", told)


def _reason_matters(cost: DropPrice, reasons: tuple[DropReason, ...]) -> bool:
    """Whether he is asked why: where the desk alone could release him, only if a reason makes it other."""
    return any(cost.zone != "locked" or row.locked_bar_days is not None for row in reasons)


def _listed(reasons: tuple[DropReason, ...]) -> list[dict[str, Any]]:
    """The handbook's reasons to choose from, each with the words that mean it."""
    return [
        {"reason": row.reason, "parts": [{"prompt": f"drop.reason_{row.reason}"}], "words": " ".join(WORDS[row.reason])}
        for row in reasons
    ]


def _costs(caller: Caller, starts_at: datetime, cost: DropPrice) -> dict[str, Any]:
    """The price as prompts tell it; `in_free_time` when somebody else need not be found first."""
    days, if_replaced = cost.told_days, cost.told_days_if_replaced
    step = cost.drop_step if cost.drop_days >= cost.bar_days and cost.drop_step else cost.step
    return {
        "in_free_time": cost.zone == "free",
        "price": [{"prompt": _told_as(cost)}],
        "bar_days": days,
        "bar_days_if_replaced": if_replaced,
        "is_forgiven": bool(days) and not if_replaced,
        "is_less_if_replaced": 0 < if_replaced < days,
        "step": step,
        "is_repeated": step > 1,
        "is_counted": cost.drop_step > 0 and not days,
        "bars_same_day": cost.bars_same_day,
        "free_until_at": cost.free_until_at,
        "left_minutes": max(int((starts_at - caller.work.now) / timedelta(minutes=1)), 0),
    }


def _told_as(cost: DropPrice) -> str:
    if cost.zone == "free":
        return "drop.priced_free" if cost.told_days else "drop.free"
    return "drop.let_go" if cost.is_released else "drop.late"


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
            price, {**{name: name for name in (*REFUSALS, "which", "why", "note", "locked")}, "priced": "confirm"}
        ),
        "why": Ask(
            "drop.why",
            (
                Choice(into="reason", then="price", listed="reasons", value="reason", per_page_spoken=6),
                YesNo("why", "kept"),
            ),
            exits=replace(EXITS, on_time_out="kept"),
        ),
        "note": Ask(
            "drop.note", (Text(into="note", then="price", most=160),), exits=replace(EXITS, on_time_out="kept")
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
                "released": "released",
                "looking": "looking",
                "locked": "locked",
                "already": "already",
                "gone": "gone",
                "price_changed": "price_changed",
            },
        ),
        "price_changed": Say("drop.price_changed", "confirm"),
        "dropped": Say("drop.dropped"),
        "released": Say("drop.released"),
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
