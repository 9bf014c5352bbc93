"""PLACE 7731: the code that the site contact reads out shows that the officer is there."""

from flows.caller import Caller
from flows.choosing import said_codes
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.working.place import prove_by_code, waits_for_proof


@verb("proven", "wrong", "nothing", acts=True)
def show(caller: Caller, memory: Memory) -> Outcome:
    """Takes the code for the detail he is in."""
    said = said_codes(memory)
    assignment_id = waits_for_proof(caller.work, caller.officer)
    if assignment_id is None or len(said) != 1:
        return Outcome("nothing")
    return Outcome(prove_by_code(caller.work, caller.officer, assignment_id, said[0]))


FLOW = Flow(
    name="place",
    start="show",
    commands=(Command("place", {"en": ("PLACE", "PLACE CODE"), "es": ("SITIO", "CODIGO DEL SITIO")}, ("codes",)),),
    steps={
        "show": Do(show, {name: name for name in ("proven", "wrong", "nothing")}),
        "proven": Say("place.proven"),
        "wrong": Say("place.wrong"),
        "nothing": Say("place.nothing"),
    },
)
