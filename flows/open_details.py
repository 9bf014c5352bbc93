"""The open details an officer may take: for LIST, and for a sign-up that names a day or a place instead of a code."""

from collections.abc import Iterable, Sequence
from typing import Any

from flows.answers import Choice
from flows.caller import Caller
from models.awarding.deciding.facts import gather, refusal
from models.details.opening import Opening

MOST_LISTED = 40

OPENINGS = Choice(
    into="codes",
    then="sign_up",
    listed="openings",
    value="code",
    several=True,
    lead={"en": ("S", "SIGN UP", "SIGNUP", "SIGN ME UP"), "es": ("S", "APUNTAR", "APUNTARME", "APUNTEME")},
    per_page=5,
)
"""Open details, of which an officer names those he signs up for; a flow that asks so has a step `sign_up`."""


def open_to(caller: Caller, posted: Sequence[Opening]) -> tuple[list[Opening], list[Opening]]:
    """Of what is posted what he has no part in yet, and of that what he may take."""
    his = {held.opening.id for held in caller.holdings()}
    others = [opening for opening in posted if opening.id not in his]
    facts = gather(caller.work, caller.department, caller.edition(), others, [caller.officer.id])
    return others, [one for one in others if refusal(facts, caller.officer.id, one, "signup") is None]


def listed_openings(openings: Iterable[Opening]) -> list[dict[str, Any]]:
    """Openings as a list to choose from; the code is the answer."""
    return [
        {
            "code": opening.code,
            "during": (opening.starts_at, opening.ends_at),
            "place": opening.place,
            "pay_cents": opening.pay_cents_per_hour,
            "is_first_come": opening.method == "first_come",
        }
        for opening in list(openings)[:MOST_LISTED]
    ]
