"""AUTO TRAFFIC <8H SAT: standing orders. The line signs the officer up for such details as they are posted."""

import re
from typing import Any

from flows.caller import Caller
from flows.standing_words import WISH, ends_orders, read_wish
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.signing_up.standing_order import MOST_ORDERS, StandingOrder, end_orders, orders_of, place_order
from models.details.detail import kinds_of
from models.rules.standing_orders import Wish


@verb("listed", "none", "placed", "too_many", "ended", "which", "unknown", acts=True)
def manage_orders(caller: Caller, memory: Memory) -> Outcome:
    """Places what is asked for, ends what is named, or says what stands."""
    standing = orders_of(caller.work, caller.officer)
    said = _said(caller, memory)
    if ends_orders(said):
        return _end(caller, standing, said)
    kinds = kinds_of(caller.work, caller.department.id)
    read = read_wish(said, kinds)
    if read.unknown:
        return Outcome("unknown", {"words": list(read.unknown[:3]), "kinds": list(kinds[:6])})
    if read.wish == Wish() and not re.search(r"\b(?:ALL|ANY|EVERYTHING|ANYTHING|TODO|TODOS|CUALQUIER)\b", said):
        return Outcome("listed", {"orders": [_order(each) for each in standing]}) if standing else Outcome("none")
    placed = place_order(caller.work, caller.officer, read.wish)
    return Outcome("placed", _order(placed)) if placed else Outcome("too_many", {"most": MOST_ORDERS})


def _said(caller: Caller, memory: Memory) -> str:
    """What followed the word; of a sentence all of it."""
    return str(memory.get("rest") or caller.heard.upper())


def _end(caller: Caller, standing: list[StandingOrder], said: str) -> Outcome:
    number = re.search(r"\d+", said)
    named = [each for each in standing if number and each.number == int(number[0])]
    if not standing:
        return Outcome("none")
    if not named and (number or (len(standing) > 1 and not re.search(r"\b(?:ALL|TODO|TODOS)\b", said))):
        return Outcome("which", {"orders": [_order(each) for each in standing]})
    ended = end_orders(caller.work, caller.officer, [each.id for each in named or standing])
    return Outcome("ended", {"count": ended})


def _order(order: StandingOrder) -> dict[str, Any]:
    return {"number": order.number, "parts": parts_of(order.wish)}


def parts_of(wish: Wish) -> list[dict[str, Any]]:
    """What a standing order asks for, a phrase each."""
    parts: list[dict[str, Any]] = []
    if wish.kinds:
        parts.append({"prompt": "auto.kinds", "kinds": list(wish.kinds)})
    if wish.most_minutes is not None:
        is_strict = wish.most_minutes % 60 == 59
        parts.append({"prompt": f"auto.{'under' if is_strict else 'most'}", "length": wish.most_minutes + is_strict})
    if wish.least_minutes is not None:
        is_strict = wish.least_minutes % 60 == 1
        parts.append({"prompt": f"auto.{'over' if is_strict else 'least'}", "length": wish.least_minutes - is_strict})
    if wish.weekdays:
        parts.append({"prompt": "auto.days", "days": list(wish.weekdays)})
    return [*parts, *_starts(wish)] or [{"prompt": "auto.any"}]


def _starts(wish: Wish) -> list[dict[str, Any]]:
    first, last = wish.from_minute, wish.until_minute
    if first is not None and last is not None:
        return [{"prompt": "auto.between", "first": first, "last": last}]
    if first is not None:
        return [{"prompt": "auto.after", "first": first}]
    return [] if last is None else [{"prompt": "auto.before", "last": last}]


FLOW = Flow(
    name="auto",
    start="manage",
    commands=(
        Command(
            "auto",
            {"en": ("AUTO", "AUTO SIGN UP"), "es": ("AUTO", "AUTOMATICO")},
            rest=WISH,
        ),
    ),
    steps={
        "manage": Do(
            manage_orders,
            {
                "listed": "listed",
                "none": "none",
                "placed": "placed",
                "too_many": "too_many",
                "ended": "ended",
                "which": "which",
                "unknown": "unknown",
            },
        ),
        "listed": Say("auto.listed"),
        "none": Say("auto.none"),
        "placed": Say("auto.placed"),
        "too_many": Say("auto.too_many"),
        "ended": Say("auto.ended"),
        "which": Say("auto.which"),
        "unknown": Say("auto.unknown"),
    },
)
