"""A call that the line makes: who picks up presses a key, keys his PIN, and hears what it is about.

Until then nothing is told but who calls and whom; whoever presses no key is taken for a machine.
"""

from typing import Any

from flows.answers import AnyKey, Choice, Option, Pin
from flows.caller import PhoneCaller
from flows.choosing import EXITS, about
from flows.identify import check, let_in
from flows.steps import (
    Ask,
    Do,
    Exits,
    Flow,
    Follow,
    HandOff,
    HangUp,
    Jump,
    Memory,
    Outcome,
    Say,
    SettleDepartment,
    SwitchLanguage,
    verb,
)
from models.awarding.asking.call_told import Told, told_on_call
from models.awarding.telling.mine import Holding
from models.line.line import number_of_department
from models.line.outbound_call import note_answer, note_heard, outbound_call
from models.people.department import department
from models.people.officer import officer
from models.people.pin import has_pin
from models.working.on_the_way import note_on_the_way

GREETING_EXITS = Exits(
    nonsense=("outbound.silent_1", "outbound.silent_2"),
    silence=("outbound.silent_1", "outbound.silent_2"),
    on_time_out="end",
    too_many="no_key",
    repeats=True,
)
PIN_EXITS = Exits(
    nonsense=("identify.again_1", "identify.again_2"),
    silence=("identify.silent_1", "identify.silent_2"),
    on_time_out="end",
    too_many="person",
    repeats=True,
)


@verb("person", "machine", "nobody", "over")
def pick_up(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Whom it is for and about what; the carrier says whether a machine picked up."""
    department_id = int(memory["department_id"])
    call = outbound_call(caller.work, department_id, int(memory["call"]))
    if call is None:
        return Outcome("over")
    who = officer(caller.work, department_id, call.officer_id)
    told = told_on_call(caller.work, call)
    values = {
        "department": department(caller.work, department_id).name,
        "officer": who.name.split()[-1],
        "matter": [{"prompt": f"outbound.matter_{told.matter}"}],
        "line": number_of_department(caller.work, department_id),
        "callback": told.opening.code,
        "persons": [who.person_id],
        "by": "pin",
        "leaves_message": call.leaves_message,
    }
    if memory["by_machine"]:
        return _left_message(caller, {**memory, **values})
    note_heard(caller.work, department_id, call.id, "greeting")
    return Outcome("person", {**values, **caller.announce([department_id], outbound=True)})


@verb("machine", "nobody")
def leave_message(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Nobody pressed a key: it may be a machine, or a child."""
    return _left_message(caller, memory)


def _left_message(caller: PhoneCaller, memory: Memory) -> Outcome:
    if not memory["leaves_message"]:
        return Outcome("nobody", memory)
    note_heard(caller.work, int(memory["department_id"]), int(memory["call"]), "message")
    return Outcome("machine", memory)


@verb("known", "unknown")
def look_for_pin(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Whether he has a PIN: without one nobody may know what it is about."""
    return Outcome("known" if has_pin(caller.work, memory["persons"][0]) else "unknown")


@verb("entered")
def enter(caller: PhoneCaller, memory: Memory) -> Outcome:
    """From here on he is in the department that calls him."""
    found = (one for one in caller.memberships() if one.department.id == memory["department_id"])
    caller.membership = next(found, caller.membership)
    return Outcome("entered")


MATTERS = (
    "award",
    "offer",
    "offer_again",
    "offer_emergency",
    "ordered_in",
    "night_before",
    "hour_before",
    "late",
    "welfare",
)


@verb(*MATTERS, "too_late", "settled", acts=True)
def tell(caller: PhoneCaller, memory: Memory) -> Outcome:
    """What it is about, as it stands now: somebody may have been quicker while the phone rang."""
    call = outbound_call(caller.work, caller.department.id, int(memory["call"]))
    if call is None:
        return Outcome("settled")
    note_heard(caller.work, caller.department.id, call.id, "matter")
    told = told_on_call(caller.work, call)
    held = _held(caller, told)
    if held is None or told.prompt == "settled":
        return Outcome("too_late" if told.prompt == "too_late" else "settled")
    due_at = held.due_at or held.opening.starts_at
    return Outcome(told.prompt, {**about(held), "due_at": due_at, **told.values, "codes": [held.opening.code]})


def _held(caller: PhoneCaller, told: Told) -> Holding | None:
    return next((one for one in caller.holdings() if (one.kind, one.id) == told.subject), None)


@verb("follow", acts=True)
def press(caller: PhoneCaller, memory: Memory) -> Outcome:
    """He answered; what comes of it is his answer's own flow, and stands in the record."""
    note_answer(caller.work, caller.department.id, int(memory["call"]), "answered")
    return Outcome("follow")


@verb("noted", acts=True)
def confirm(caller: PhoneCaller, memory: Memory) -> Outcome:
    """He has heard it and will be there."""
    note_answer(caller.work, caller.department.id, int(memory["call"]), "answered")
    return Outcome("noted")


@verb("noted", acts=True)
def be_on_the_way(caller: PhoneCaller, memory: Memory) -> Outcome:
    """He is late and coming: whoever was told that he is late can read it."""
    call_id = int(memory["call"])
    note_answer(caller.work, caller.department.id, call_id, "answered")
    call = outbound_call(caller.work, caller.department.id, call_id)
    if call is not None:
        note_on_the_way(caller.work, caller.department.id, call.subject_id)
    return Outcome("noted")


def _keys(*options: Option) -> tuple[Choice]:
    return (Choice(into="command", then="press", options=options),)


_TAKE = _keys(Option("accept", "1"), Option("decline", "2"))
_THERE = Option("there", "1", then="confirm")
_ROUTES: dict[str, Any] = {"award": _TAKE, "offer": _TAKE, "offer_again": _TAKE, "offer_emergency": _TAKE}

FLOW = Flow(
    name="outbound",
    start="pick_up",
    entries=("let_in",),
    exits=EXITS,
    steps={
        "pick_up": Do(pick_up, {"person": "greeting", "machine": "message", "nobody": "goodbye", "over": "goodbye"}),
        "greeting": Ask("outbound.greeting", (AnyKey("key", "look_for_pin"),), exits=GREETING_EXITS),
        "no_key": Do(leave_message, {"machine": "message", "nobody": "goodbye"}),
        "message": HangUp("outbound.voicemail"),
        "goodbye": HangUp("outbound.goodbye"),
        "look_for_pin": Do(look_for_pin, {"known": "pin", "unknown": "without_pin"}),
        "pin": Ask("outbound.pin", (Pin("pin", "check"),), exits=PIN_EXITS),
        "check": Do(
            check,
            {
                "right": "let_in",
                "must_change": "choose_pin",
                "wrong": "wrong",
                "too_often": "too_often",
                "locked": "locked",
                "without_pin": "without_pin",
            },
        ),
        "choose_pin": Jump("pin"),
        "let_in": Do(let_in, {"right": "enter", "several": "enter", "left": "left"}),
        "wrong": Ask("identify.wrong", (Pin("pin", "check"),), exits=PIN_EXITS),
        "enter": Do(enter, {"entered": "entered"}),
        "entered": SettleDepartment("department_id", then="language"),
        "language": SwitchLanguage("language", "tell"),
        "tell": Do(tell, {**{name: name for name in MATTERS}, "too_late": "too_late", "settled": "settled"}),
        **{name: Ask(f"outbound.{name}", answers) for name, answers in _ROUTES.items()},
        "ordered_in": Ask("outbound.ordered_in", _keys(_THERE)),
        "night_before": Ask("outbound.night_before", _keys(_THERE, Option("drop", "2"))),
        "hour_before": Ask("outbound.hour_before", _keys(_THERE)),
        "late": Ask("outbound.late", _keys(Option("check_in", "1"), Option("coming", "2", then="on_the_way"))),
        "welfare": Ask("outbound.welfare", _keys(Option("all_ok", "1"), Option("not_ok", "2"))),
        "press": Do(press, {"follow": "follow"}),
        "follow": Follow("command"),
        "confirm": Do(confirm, {"noted": "noted"}),
        "noted": Say("outbound.noted"),
        "on_the_way": Do(be_on_the_way, {"noted": "coming"}),
        "coming": Say("outbound.coming"),
        "too_late": Say("outbound.too_late"),
        "settled": Say("outbound.settled"),
        "left": HandOff("caller_has_left", "identify.left"),
        "too_often": HandOff("pin_wrong_too_often", "identify.too_often"),
        "locked": HandOff("pin_locked", "identify.locked"),
        "without_pin": HandOff("caller_without_pin", "identify.without_pin"),
        "person": HandOff("lost_in_a_call_of_ours", "again.person"),
    },
)
