"""IN: the officer is on site."""

from dataclasses import replace
from datetime import timedelta

from flows.answers import Choice, Digits
from flows.caller import Caller, PhoneCaller
from flows.choosing import EXITS, about, fitting, listed, said_codes, unknown_code, with_code
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, Wait, verb
from models.awarding.telling.mine import Holding
from models.working.attendance import check_in
from models.working.place import MOST_TRIES, place_code_of, prove_by_code

NEAR = timedelta(hours=8)
"""Without a code an officer means a detail that starts this soon or is going on; of two he is asked which."""

PATIENCE = Wait(time_out=timedelta(minutes=15), expires=timedelta(hours=2))
PLACE_EXITS = replace(EXITS, too_many="unproven")
_CODE = (Digits(into="place_code", then="prove", least=4, most=4),)

OUTCOMES = ("done", "early", "already", "awarded", "offered", "signup", "nothing", "not_yours", "no_such_code")
PROVING = ("done_prove", "done_unproven")


@verb(*OUTCOMES, *PROVING, "which", "one_at_a_time", acts=True, noted=("done", *PROVING, "early"))
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
    called_from = caller.from_number if isinstance(caller, PhoneCaller) else None
    found = check_in(caller.work, caller.officer, held.id, called_from)
    values = {**about(held), "stated_at": found.stated_at, "opens_at": found.opens_at, "assignment": held.id}
    if found.outcome == "done" and found.place_proof == "none":
        return Outcome("done_prove" if _has_code(caller, held) else "done_unproven", values)
    return Outcome("nothing" if found.outcome == "gone" else found.outcome, values)


def _has_code(caller: Caller, held: Holding) -> bool:
    """Whether the site contact was given a code to read out; without one a person looks at it by himself."""
    return place_code_of(caller.work, caller.department.id, held.opening.detail_id) is not None


@verb("proven", "wrong", "too_often", "nothing", acts=True)
def prove(caller: Caller, memory: Memory) -> Outcome:
    """Takes the code that the site contact read out; after three wrong ones a person looks at it."""
    found = prove_by_code(caller.work, caller.officer, memory["assignment"], str(memory["place_code"]))
    tries = int(memory.get("place_tries", 0)) + 1
    if found != "wrong":
        return Outcome(found)
    return Outcome("wrong" if tries < MOST_TRIES else "too_often", {"place_tries": tries})


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
            {
                **{name: name for name in (*OUTCOMES, *PROVING)},
                "which": "which",
                "one_at_a_time": "one_at_a_time",
            },
        ),
        "done_prove": Ask("check_in.done_prove", _CODE, PATIENCE, PLACE_EXITS),
        "prove": Do(
            prove, {"proven": "proven", "wrong": "wrong", "too_often": "tell_unproven", "nothing": "not_asked"}
        ),
        "wrong": Ask("check_in.wrong_place_code", _CODE, PATIENCE, PLACE_EXITS),
        "proven": Say("place.proven"),
        "not_asked": Say("place.nothing"),
        "unproven": HandOff("check_in_without_proof", "check_in.unproven", can_wait=True),
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
        "done_unproven": Say("check_in.done", "tell_unproven"),
        "tell_unproven": Say("check_in.unproven"),
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
