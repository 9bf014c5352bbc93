"""KEEP 4821: keep after all what is being given back, as long as nobody has taken it."""

from flows.caller import Caller
from flows.choosing import about, said_codes
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.asking.replacement import stop_looking


@verb("kept", "too_late", "nothing", "which", acts=True)
def keep(caller: Caller, memory: Memory) -> Outcome:
    """Ends the search for a replacement."""
    dropping = [held for held in caller.holdings() if held.is_dropping]
    said = said_codes(memory)
    meant = [held for held in dropping if held.opening.code in said] if said else dropping
    if not meant:
        return Outcome("nothing")
    if len(meant) > 1:
        return Outcome("which", {"codes": [held.opening.code for held in meant]})
    kept = stop_looking(caller.work, caller.department.id, meant[0].id)
    return Outcome("kept" if kept else "too_late", about(meant[0]))


FLOW = Flow(
    name="keep",
    start="keep",
    commands=(Command("keep", {"en": ("KEEP",), "es": ("CONSERVAR", "CONSERVO", "QUEDARME")}, ("codes",), letter="K"),),
    steps={
        "keep": Do(keep, {"kept": "kept", "too_late": "too_late", "nothing": "nothing", "which": "which"}),
        "kept": Say("keep.kept"),
        "too_late": Say("keep.too_late"),
        "nothing": Say("keep.nothing"),
        "which": Say("keep.which"),
    },
)
