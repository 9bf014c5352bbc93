"""ALL OK: the answer to a welfare check; NOT OK alarms people."""

from flows.caller import Caller
from flows.choosing import listed
from flows.steps import Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.working.welfare import all_is_well, needs_help, open_check


@verb("well", "help")
def choose(caller: Caller, memory: Memory) -> Outcome:
    """Which of the two he said."""
    return Outcome("help" if memory["command"] == "not_ok" else "well")


@verb("well", "well_and_waiting", "nothing", acts=True)
def be_well(caller: Caller, memory: Memory) -> Outcome:
    """All is well. What else waits for a yes is not answered by it."""
    check_id = open_check(caller.work, caller.officer)
    if check_id is None or not all_is_well(caller.work, caller.officer, check_id):
        return Outcome("nothing")
    waiting = [one for one in caller.holdings() if one.awaits_answer]
    return Outcome("well_and_waiting", {"waiting": listed(waiting)}) if waiting else Outcome("well")


@verb("alarmed", acts=True)
def need_help(caller: Caller, memory: Memory) -> Outcome:
    """All is not well: people are alarmed, whether a check is open or not."""
    check_id = open_check(caller.work, caller.officer)
    if check_id is not None:
        needs_help(caller.work, caller.officer, check_id)
    return Outcome("alarmed")


FLOW = Flow(
    name="welfare",
    start="choose",
    manner="aside",
    entries=("well", "help"),
    commands=(
        Command(
            "all_ok",
            {
                "en": ("ALL OK", "ALL IS OK", "ALL IS WELL", "EVERYTHING OK", "I AM OK", "I'M OK", "IM OK"),
                "es": ("TODO BIEN", "ESTOY BIEN", "TODO EN ORDEN"),
            },
        ),
        Command("not_ok", {"en": ("NOT OK", "I AM NOT OK", "NOT WELL"), "es": ("NO ESTOY BIEN", "MAL")}),
    ),
    steps={
        "choose": Do(choose, {"well": "well", "help": "help"}),
        "well": Do(be_well, {"well": "noted", "well_and_waiting": "noted_and_waiting", "nothing": "nothing"}),
        "noted": Say("welfare.noted"),
        "noted_and_waiting": Say("welfare.noted_and_waiting"),
        "nothing": Say("welfare.nothing"),
        "help": Do(need_help, {"alarmed": "alarmed"}),
        "alarmed": HandOff("welfare_help", "welfare.help"),
    },
)
