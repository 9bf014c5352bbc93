"""What nobody understood, but comes near a command: it is named with the exact words for it, and YES takes it.

What acts for good without asking back is only told, so that a yes to a guess can lose nothing.
"""

from flows.answers import YesNo
from flows.choosing import EXITS
from flows.steps import Ask, Flow, HandOff, Jump, Say, Step

TAKEN = {
    **{name: name for name in ("list", "mine", "rank", "menu", "agent", "check_in", "late", "drop")},
    **{f"{name}_code": name for name in ("signup", "accept", "drop", "why")},
}
"""Where a yes leads; `_code` where one code was said. Dropping says its price and waits for its own code anyway."""
_LOSING = ("decline", "decline_code", "withdraw", "withdraw_code")
TOLD = ("signup", "accept", "why", "check_out", "undo", "pay", "away", *_LOSING)

_STEPS: dict[str, Step] = {
    **{near: Ask(f"nearest.{near}", (YesNo(f"go_{near}", "no"),)) for near in TAKEN},
    **{f"go_{near}": Jump(flow) for near, flow in TAKEN.items()},
    **{near: Say(f"nearest.{near}") for near in TOLD},
    "swap": Say("swap.how"),
    "help": Jump("opt_out"),
}

FLOW = Flow(
    name="nearest",
    start="list",
    entries=(*(name for name in (*TAKEN, *TOLD) if name != "list"), "swap", "help"),
    exits=EXITS,
    steps={**_STEPS, "no": Say("nearest.no"), "person": HandOff("not_understood", "unclear.person")},
)
