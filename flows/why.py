"""WHY 4821: what came of it and by which rule, with the figures; from the award's own record."""

from flows.caller import Caller
from flows.choosing import fitting, is_pointed_out, said_codes
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.telling.why import why
from models.details.opening import openings_by_code

OUTCOMES = (
    "awarded",
    "taken_over",
    "declined",
    "lapsed",
    "unreachable",
    "dropped",
    "no_show",
    "cancelled",
    "standby",
    "not_awarded",
    "ineligible",
    "waiting",
    "can",
    "cannot",
    "closed",
    "withdrew",
    "released",
    "came_first",
    "came_late",
    "can_take",
    "by_list",
    "called_out",
    "emergency",
    "not_listed",
    "refused_then",
)
MOST_HOLDERS = 3
# What there is to say of a detail that was his: all that a guest may ask about, and without the others' names.
WAS_HIS = (
    "awarded",
    "taken_over",
    "declined",
    "lapsed",
    "unreachable",
    "dropped",
    "no_show",
    "cancelled",
    "came_first",
)


@verb(*OUTCOMES, "no_code", "no_such_code")
def explain(caller: Caller, memory: Memory) -> Outcome:
    """Why he has or has not the detail of the code."""
    said = said_codes(memory)
    if not said and is_pointed_out(memory):
        fits = {one.opening.code for one in fitting(caller, caller.holdings(), memory)}
        said = list(fits) if len(fits) == 1 else []
    if not said:
        return Outcome("no_code")
    opening = openings_by_code(caller.work, caller.department.id, said[:1]).get(said[0])
    if opening is None:
        return Outcome("no_such_code", {"code": said[0]})
    found = why(caller.work, caller.department, caller.edition(), caller.officer, opening)
    is_guest = caller.officer.is_guest
    if is_guest and found.outcome not in WAS_HIS:
        return Outcome("no_such_code", {"code": said[0]})
    return Outcome(
        found.outcome,
        {
            **opening.told(),
            "verdict": {"reason": found.reason or "", "figures": dict(found.figures or {})},
            "standby_place": found.place or 0,
            "holders": [] if is_guest else list(found.holders[:MOST_HOLDERS]),
            "signed_up": found.signed_up,
            "keeps_turn": found.given is not None and found.given.keeps_turn,
            "spends_turn": found.given is not None and found.given.spends_turn,
            "words": found.words,
            "withdrawn_at": found.withdrawn_at,
            "listed_at": found.listed_at,
            "remedy": [{"prompt": f"why.owed_{found.owed}"}],
            "asked": [{"prompt": f"why.asked_{found.asked or 'never'}"}],
            "barred_until": found.given.barred_until if found.given else None,
            "charged_minutes": found.given.charged_minutes if found.given else 0,
        },
    )


FLOW = Flow(
    name="why",
    start="explain",
    manner="aside",
    commands=(Command("why", {"en": ("WHY", "WHY NOT"), "es": ("POR QUE", "PORQUE", "POR QUE NO")}, ("codes",)),),
    steps={
        "explain": Do(explain, {**{name: name for name in OUTCOMES}, "no_code": "how", "no_such_code": "no_such_code"}),
        **{name: Say(f"why.{name}") for name in OUTCOMES},
        "how": Say("why.how"),
        "no_such_code": Say("signup.no_such_code"),
    },
)
