"""What loses something, said in a sentence of one's own: nothing is done, and the exact form is told."""

from flows.caller import Caller
from flows.choosing import fitting, said_codes
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb

LOSING = ("decline", "withdraw")
"""Commands that act at once, without asking back: a sentence that seems to mean one is answered with its exact form."""

OUTCOMES = tuple(f"{command}{suffix}" for command in LOSING for suffix in ("", "_which"))


@verb(*OUTCOMES)
def ask_for_certain(caller: Caller, memory: Memory) -> Outcome:
    """The exact words for what seems to be meant: with its code where one was said."""
    command, said = str(memory["command"]).removeprefix("sure_"), said_codes(memory)
    if not said:
        held = [one for one in caller.holdings() if one.kind == "signup" or one.awaits_answer]
        fits = [one for one in held if (one.kind == "signup") == (command == "withdraw")]
        said = [one.opening.code for one in fitting(caller, fits, memory)]
    return Outcome(command, {"code": said[0]}) if len(said) == 1 else Outcome(f"{command}_which")


FLOW = Flow(
    name="sure",
    start="ask_for_certain",
    manner="aside",
    commands=tuple(Command(f"sure_{command}", {}) for command in LOSING),
    steps={
        "ask_for_certain": Do(ask_for_certain, {outcome: outcome for outcome in OUTCOMES}),
        **{outcome: Say(f"sure.{outcome}") for outcome in OUTCOMES},
    },
)
