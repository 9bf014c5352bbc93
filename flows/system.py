"""What the engine itself says and starts, by name. Everything here must exist in every language."""

from flows.steps import Command

BRIDGE = "system.bridge"
"""Leads back to a question that a digression interrupted."""
RESTARTED = "system.restarted"
"""The flow was changed by a deploy while a question was open: it is asked again from its beginning."""
LOST_PLACE = "system.lost_place"
"""As above, but the flow had already done something: it is not started over, and what was done stands."""
LATE = "system.late"
"""The answer came after its question had expired."""
NO_WAY_BACK = "system.no_way_back"
OVERRUN = "system.overrun"
"""A budget ran out; a person takes over."""

PROMPTS = (BRIDGE, RESTARTED, LOST_PLACE, LATE, NO_WAY_BACK, OVERRUN)

UNCLEAR = "unclear"
"""The flow for what nobody understands while no question is open; its entries are `first`, `second`, `third`."""
NEAREST = "nearest"
"""The flow for what comes near a command; it is entered at the command's name, or `<name>_code`."""
STRAY = "stray"
"""The flow for a bare number or time while no question is open."""
MENU = "menu"
NEW_NUMBER = "new_number"
"""The flow for what gives something away, asked from a number that is new."""

NAVIGATION = (
    Command("back", {"en": ("BACK", "GO BACK"), "es": ("ATRAS", "VOLVER")}),
    Command(
        "repeat",
        {
            "en": ("REPEAT", "AGAIN", "SAY AGAIN", "SAY THAT AGAIN", "REPEAT THAT"),
            "es": ("REPETIR", "REPITA", "REPITE", "OTRA VEZ"),
        },
    ),
)
"""Commands the engine answers without a flow."""

CARRIER_WORDS = frozenset(
    "STOP STOPALL UNSUBSCRIBE END QUIT CANCEL REVOKE OPTOUT START YES UNSTOP HELP INFO".split()  # noqa: SIM905 - a list would not fit
)
"""Words that carriers act on when they stand alone; none of them may be a command of ours."""
