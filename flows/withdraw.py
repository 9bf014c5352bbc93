"""WITHDRAW 4821: take a sign-up back before the award. What is already his is declined or dropped instead."""

from flows.answers import Choice
from flows.caller import Caller
from flows.choosing import EXITS, about, listed, said_codes, unknown_code, with_code
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.awarding.signing_up.signup import withdraw
from models.awarding.telling.mine import Holding

OUTCOMES = ("withdrawn", "nothing", "awarded", "confirmed", "offered", "not_yours", "no_such_code", "one_at_a_time")


@verb(*OUTCOMES, "which", acts=True, gives_away=True)
def withdraw_signup(caller: Caller, memory: Memory) -> Outcome:
    """Withdraws the sign-up said, or the only one there is."""
    held, said = caller.holdings(), said_codes(memory)
    if len(said) > 1:
        return Outcome("one_at_a_time")
    if said:
        found = with_code(held, said[0])
        return _withdraw(caller, found) if found else Outcome(*unknown_code(caller, said[0]))
    signups = [one for one in held if one.kind == "signup"]
    if not signups:
        return Outcome("nothing")
    if len(signups) == 1:
        return _withdraw(caller, signups[0])
    return Outcome("which", {"signups": listed(signups)})


def _withdraw(caller: Caller, held: Holding) -> Outcome:
    if held.kind == "offer":
        return Outcome("offered", about(held))
    if held.kind == "assignment":
        return Outcome("awarded" if held.awaits_answer else "confirmed", about(held))
    done = withdraw(caller.work, caller.officer, held.opening.id)
    return Outcome("withdrawn" if done else "nothing", about(held))


FLOW = Flow(
    name="withdraw",
    start="withdraw",
    commands=(
        Command("withdraw", {"en": ("WITHDRAW",), "es": ("RETIRAR", "RETIRARME", "ME RETIRO")}, ("codes",), letter="W"),
    ),
    exits=EXITS,
    steps={
        "withdraw": Do(withdraw_signup, {**{name: name for name in OUTCOMES}, "which": "which"}),
        "which": Ask(
            "withdraw.which",
            (
                Choice(
                    into="codes",
                    then="withdraw",
                    listed="signups",
                    value="code",
                    several=True,
                    lead={"en": ("W", "WITHDRAW"), "es": ("W", "RETIRAR", "RETIRARME")},
                ),
            ),
        ),
        "withdrawn": Say("withdraw.withdrawn"),
        "nothing": Say("withdraw.nothing"),
        "awarded": Say("withdraw.awarded"),
        "offered": Say("withdraw.awarded"),
        "confirmed": Say("withdraw.confirmed"),
        "not_yours": Say("withdraw.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "one_at_a_time": Say("again.one_at_a_time"),
        "person": HandOff("lost_in_withdraw", "again.person"),
    },
)
