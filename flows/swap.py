"""SWAP 4821 WITH 117: give an assignment to a colleague, named by his badge, who is asked and must accept."""

from flows.caller import Caller
from flows.choosing import about, fitting, said_codes, unknown_code, with_code
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.people.officer import officer_with_badge, officers_named
from models.working.swap_request import ask_for_swap

REFUSALS = ("waiting", "never", "himself", "gone", "already", "too_late", "other_rank", "other_unit", "cannot")


@verb(
    "asked",
    "by_desk",
    *REFUSALS,
    "no_colleague",
    "not_held",
    "not_yours",
    "no_such_code",
    "how",
    "named",
    acts=True,
    gives_away=True,
)
def swap(caller: Caller, memory: Memory) -> Outcome:
    """The first number is the detail's code, the second the colleague's badge."""
    said = [*said_codes(memory), *(str(number) for number in memory.get("numbers", ()))]
    if len(said) != 2:
        return _by_name(caller, memory, said) if memory.get("name") else Outcome("how")
    held = with_code(caller.holdings(), said[0])
    if held is None:
        return Outcome(*unknown_code(caller, said[0]))
    values = {**about(held), "badge": said[1]}
    if caller.officer.is_guest:
        return Outcome("never", values)
    if held.kind != "assignment" or held.state != "confirmed":
        return Outcome("not_held", values)
    colleague = officer_with_badge(caller.work, caller.department.id, said[1])
    if colleague is None:
        return Outcome("no_colleague", values)
    return Outcome(ask_for_swap(caller.work, caller.department, caller.officer, held.id, colleague), values)


def _by_name(caller: Caller, memory: Memory, said: list[str]) -> Outcome:
    """A colleague told by his name: the exact words are said, with his badge, and nothing is done yet."""
    his = [one for one in caller.holdings() if one.kind == "assignment" and one.state == "confirmed"]
    meant = [one for one in fitting(caller, his, memory) if not said or one.opening.code in said]
    named = [] if caller.officer.is_guest else officers_named(caller.work, caller.department.id, str(memory["name"]))
    others = [one for one in named if one.id != caller.officer.id]
    if len(meant) != 1 or len(others) != 1:
        return Outcome("how")
    return Outcome("named", {**about(meant[0]), "name": others[0].name, "badge": others[0].badge})


FLOW = Flow(
    name="swap",
    start="swap",
    commands=(Command("swap", {"en": ("SWAP",), "es": ("CAMBIAR", "CAMBIO")}, ("codes", "numbers")),),
    steps={
        "swap": Do(
            swap,
            {
                name: name
                for name in (
                    "asked",
                    "by_desk",
                    *REFUSALS,
                    "no_colleague",
                    "not_held",
                    "not_yours",
                    "no_such_code",
                    "how",
                    "named",
                )
            },
        ),
        "asked": Say("swap.asked"),
        "by_desk": Say("swap.by_desk"),
        **{name: Say(f"swap.{name}") for name in REFUSALS},
        "no_colleague": Say("swap.no_colleague"),
        "not_held": Say("swap.not_held"),
        "not_yours": Say("accept.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "how": Say("swap.how"),
        "named": Say("swap.named"),
    },
)
