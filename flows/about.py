"""4821, or "where is 4821": one detail, how the officer stands with it, and the exact words for what he can do."""

from typing import Any

from flows.caller import Caller
from flows.choosing import about, said_codes, with_code
from flows.mine import standing_of
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.signing_up.signup import is_open
from models.details.opening import openings_by_code

OUTCOMES = ("his", "open", "closed", "no_such_code", "how")


@verb(*OUTCOMES)
def tell_of_one(caller: Caller, memory: Memory) -> Outcome:
    """What he has by the code, as MINE tells it, with the place and whom to ask for; else whether it is open."""
    said = said_codes(memory)
    if not said:
        return Outcome("how")
    held = with_code(caller.holdings(), said[0])
    if held is not None:
        line: dict[str, Any] = {"prompt": f"mine.{standing_of(held)}", **about(held), "waits_for": []}
        return Outcome(
            "his",
            {
                **about(held),
                "held": [line],
                "place": "" if standing_of(held) == "confirmed" and not held.opening.address else held.opening.place,
            },
        )
    opening = openings_by_code(caller.work, caller.department.id, said[:1]).get(said[0])
    if opening is None:
        return Outcome("no_such_code", {"code": said[0]})
    return Outcome("open" if is_open(opening, caller.work) else "closed", opening.told())


FLOW = Flow(
    name="about",
    start="tell",
    manner="aside",
    commands=(Command("about", {}, ("codes",)),),
    steps={
        "tell": Do(tell_of_one, {name: name for name in OUTCOMES}),
        "his": Say("about.his"),
        "open": Say("about.open"),
        "closed": Say("about.closed"),
        "no_such_code": Say("signup.no_such_code"),
        "how": Say("why.how"),
    },
)
