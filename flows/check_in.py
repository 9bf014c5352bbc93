"""IN: the officer is on site."""

from datetime import timedelta

from flows.answers import Choice
from flows.caller import Caller
from flows.choosing import EXITS, about, fitting, listed, said_codes, unknown_code, with_code
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding
from models.working.attendance import check_in

NEAR = timedelta(hours=8)
"""Without a code an officer means a detail that starts this soon or is going on; of two he is asked which."""

OUTCOMES = ("done", "early", "already", "awarded", "offered", "signup", "nothing", "not_yours", "no_such_code")


@verb(*OUTCOMES, "which", "one_at_a_time", acts=True, noted=("done", "early"))
def go_in(caller: Caller, memory: Memory) -> Outcome:
    """Checks in to the detail said, or the one that is near."""
    held, said = caller.holdings(), said_codes(memory)
    if len(said) > 1:
        return Outcome("one_at_a_time")
    if said:
        found = with_code(held, said[0])
        return _go_in(caller, found) if found else Outcome(*unknown_code(caller, said[0]))
    meant = meant_now(caller, [one for one in held if one.kind == "assignment"])
    if len(meant) > 1:
        meant = fitting(caller, meant, memory) or meant
    if len(meant) > 1:
        return Outcome("which", {"held": listed(meant)})
    return _go_in(caller, meant[0]) if meant else Outcome("nothing")


def meant_now(caller: Caller, held: list[Holding]) -> list[Holding]:
    """Which of his assignments somebody means who is there, or on his way, and names none."""
    now = caller.work.now
    due = [one for one in held if one.state == "confirmed" and now < one.opening.ends_at]
    near = [one for one in due if one.opening.starts_at - NEAR <= now]
    working = [one for one in held if one.state == "checked_in"]
    return near or working or due[:1] or [one for one in held if one.state == "awarded"][:1]


def _go_in(caller: Caller, held: Holding) -> Outcome:
    if held.kind != "assignment":
        return Outcome("offered" if held.kind == "offer" else "signup", about(held))
    if held.state == "awarded":
        return Outcome("awarded", about(held))
    found = check_in(caller.work, caller.officer, held.id)
    values = {**about(held), "stated_at": found.stated_at, "opens_at": found.opens_at}
    return Outcome("nothing" if found.outcome == "gone" else found.outcome, values)


FLOW = Flow(
    name="check_in",
    start="go_in",
    commands=(
        Command(
            "check_in",
            {
                "en": ("IN", "CHECK IN", "CHECKIN", "CHECKING IN", "ON SITE", "ARRIVED", "10-97"),
                "es": ("ENTRADA", "LLEGUE", "YA LLEGUE", "EN SITIO", "ESTOY AQUI", "10-97"),
            },
            ("codes",),
        ),
    ),
    exits=EXITS,
    steps={
        "go_in": Do(
            go_in,
            {**{name: name for name in OUTCOMES}, "which": "which", "one_at_a_time": "one_at_a_time"},
        ),
        "which": Ask(
            "check_in.which",
            (
                Choice(
                    into="codes",
                    then="go_in",
                    listed="held",
                    value="code",
                    several=True,
                    lead={"en": ("IN",), "es": ("ENTRADA",)},
                ),
            ),
        ),
        "done": Say("check_in.done"),
        "early": Say("check_in.early"),
        "already": Say("check_in.already"),
        "awarded": Say("check_in.awarded"),
        "offered": Say("check_in.awarded"),
        "signup": Say("check_in.signup"),
        "nothing": Say("check_in.nothing"),
        "not_yours": Say("check_in.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "one_at_a_time": Say("again.one_at_a_time"),
        "person": HandOff("lost_in_check_in", "again.person"),
    },
)
