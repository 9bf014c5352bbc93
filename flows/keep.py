"""KEEP 4821: keep after all what is being given back, or what one is to be relieved of, while nobody has taken it."""

from flows.caller import Caller
from flows.choosing import about, said_codes
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.asking.replacement import stop_looking
from models.working.relief import asked_relief, take_back_relief


@verb("kept", "too_late", "relief_kept", "relief_taken", "nothing", "which", acts=True)
def keep(caller: Caller, memory: Memory) -> Outcome:
    """Ends the search for a replacement, or for who would relieve him."""
    dropping = [held for held in caller.holdings() if held.is_dropping]
    said = said_codes(memory)
    meant = [held for held in dropping if held.opening.code in said] if said else dropping
    if not meant:
        return _stay(caller, said)
    if len(meant) > 1:
        return Outcome("which", {"codes": [held.opening.code for held in meant]})
    kept = stop_looking(caller.work, caller.department.id, meant[0].id)
    return Outcome("kept" if kept else "too_late", about(meant[0]))


def _stay(caller: Caller, said: list[str]) -> Outcome:
    """He is on one detail at a time, so there is one relief at the most."""
    working = [one for one in caller.holdings() if one.kind == "assignment" and one.state == "checked_in"]
    for held in working if not said else [one for one in working if one.opening.code in said]:
        relief_id = asked_relief(caller.work, caller.department.id, held.id)
        if relief_id is not None:
            kept = take_back_relief(caller.work, caller.department.id, relief_id)
            return Outcome("relief_kept" if kept else "relief_taken", about(held))
    return Outcome("nothing")


FLOW = Flow(
    name="keep",
    start="keep",
    commands=(Command("keep", {"en": ("KEEP",), "es": ("CONSERVAR", "CONSERVO", "QUEDARME")}, ("codes",), letter="K"),),
    steps={
        "keep": Do(
            keep, {name: name for name in ("kept", "too_late", "relief_kept", "relief_taken", "nothing", "which")}
        ),
        "relief_kept": Say("relief.kept"),
        "relief_taken": Say("relief.taken"),
        "kept": Say("keep.kept"),
        "too_late": Say("keep.too_late"),
        "nothing": Say("keep.nothing"),
        "which": Say("keep.which"),
    },
)
