"""A word or a sign of thanks: taken as one, and nothing is done. Said again, or by a sign, it needs no answer."""

from flows.caller import Caller
from flows.steps import END, Command, Do, Flow, Memory, Outcome, Say, verb


@verb("welcome", "waits", "quiet")
def take_thanks(caller: Caller, memory: Memory) -> Outcome:
    """Whoever thanks may think that he has accepted: what still waits for his answer is said."""
    waiting = [one for one in caller.holdings() if one.awaits_answer]
    if waiting:
        return Outcome("waits", waiting[0].opening.told())
    return Outcome("quiet" if memory.get("again") or memory.get("is_sign") else "welcome")


FLOW = Flow(
    name="courtesy",
    start="take",
    manner="aside",
    commands=(
        Command(
            "courtesy",
            {
                "en": (
                    "THANKS",
                    "THANK YOU",
                    "THX",
                    "TY",
                    "TYVM",
                    "THANK YOU VERY MUCH",
                    "THANKS A LOT",
                    "MANY THANKS",
                ),
                "es": ("GRACIAS", "MUCHAS GRACIAS", "MIL GRACIAS"),
            },
        ),
    ),
    steps={
        "take": Do(take_thanks, {"welcome": "say", "waits": "waits", "quiet": END}),
        "say": Say("courtesy.text"),
        "waits": Say("courtesy.waits"),
    },
)
