"""UNDO: takes back the last thing, within two minutes: a sign-up, a withdrawal, an early check-in, a drop, a relief."""

from flows.caller import Caller
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.signing_up.undo import undo_latest
from models.details.opening import openings_by_id

OUTCOMES = ("signup", "withdrawal", "check_in", "drop", "relief")


@verb(*OUTCOMES, "nothing", acts=True)
def take_back(caller: Caller, memory: Memory) -> Outcome:
    """Takes back the latest thing that can be, whatever it was."""
    undone = undo_latest(caller.work, caller.officer)
    if undone is None:
        return Outcome("nothing")
    openings = openings_by_id(caller.work, caller.department.id, list(undone.opening_ids))
    return Outcome(undone.kind, {**openings[0].told(), "codes": [opening.code for opening in openings]})


FLOW = Flow(
    name="undo",
    start="take_back",
    commands=(Command("undo", {"en": ("UNDO", "TAKE THAT BACK"), "es": ("DESHACER", "DESHAZ")}),),
    steps={
        "take_back": Do(take_back, {name: name for name in (*OUTCOMES, "nothing")}),
        "signup": Say("undo.signup"),
        "withdrawal": Say("undo.withdrawal"),
        "check_in": Say("undo.check_in"),
        "drop": Say("keep.kept"),
        "relief": Say("relief.kept"),
        "nothing": Say("undo.nothing"),
    },
)
