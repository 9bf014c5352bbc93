"""Who calls: the number is a hint, the PIN shows it. With a badge one can call from any telephone."""

from flows.answers import Choice, Digits, Pin, Secret
from flows.caller import PhoneCaller
from flows.steps import (
    Ask,
    Do,
    Exits,
    Flow,
    HandOff,
    Jump,
    Memory,
    Outcome,
    Say,
    SettleDepartment,
    SwitchLanguage,
    verb,
)
from models.line.call import caller_identified, caller_not_identified
from models.line.line import names_of_departments
from models.people.officer import persons_with_badge
from models.people.pin import check_pin, has_pin, must_change

TRIES = 3

EXITS = Exits(
    nonsense=("identify.again_1", "identify.again_2"),
    silence=("identify.silent_1", "identify.silent_2"),
    on_time_out="end",
    too_many="person",
    repeats=True,
)


@verb("known", "without_pin", "unknown")
def recognise(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Whose number it is, if it is that of an officer of this line."""
    names = names_of_departments(caller.work)
    recorded = caller.announce(caller.work.departments)
    found = caller.memberships_of(caller.owner_id) if caller.owner_id is not None else []
    if caller.owner_id is None or not found:
        return Outcome("unknown", {"names": names, **recorded})
    told = {
        "names": names,
        **recorded,
        "name": found[0].officer.name.split()[-1],
        "persons": [caller.owner_id],
        "by": "pin",
    }
    return Outcome("known" if has_pin(caller.work, caller.owner_id) else "without_pin", told)


@verb("announced", "nothing")
def announce_again(caller: PhoneCaller, memory: Memory) -> Outcome:
    """In the language that he has just chosen, if it was announced in the other one and he did not object."""
    if caller.recording != "announced":
        return Outcome("nothing")
    return Outcome("announced", caller.announce(caller.work.departments))


@verb("claimed")
def claim(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Whose badge it is. That it may be nobody's shows in nothing that is said."""
    found = persons_with_badge(caller.work, caller.line, str(memory["badge"]))
    return Outcome("claimed", {"persons": found, "by": "badge_and_pin"})


@verb("right", "must_change", "wrong", "too_often", "locked", "without_pin", acts=True)
def check(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Whether the PIN is that of who he says he is; each time it was not is one of three."""
    pin, persons = memory["pin"], list(memory.get("persons", ()))
    checked = {person_id: _checked(caller, person_id, pin) for person_id in persons or [None]}
    right = next((person_id for person_id, found in checked.items() if found == "right" and person_id), None)
    if right is not None:
        return _identified(caller, right, str(memory["by"]))
    tries = int(memory.get("tries", 0)) + 1
    found = "locked" if "locked" in checked.values() else "without_pin" if "none" in checked.values() else "wrong"
    reason = "too_often" if found == "wrong" and tries >= TRIES else found
    caller_not_identified(caller.work, caller.line.department_id, caller.owner_id, reason)
    return Outcome(reason, {"tries": tries, "pin": ""})


def _checked(caller: PhoneCaller, person_id: int | None, pin: Secret) -> str:
    return check_pin(caller.work, person_id, caller.from_number, pin.digits)


def _identified(caller: PhoneCaller, person_id: int, by: str) -> Outcome:
    caller.identify(person_id, by)
    caller_identified(caller.work, caller.line.department_id, person_id, by)
    return Outcome("must_change" if must_change(caller.work, person_id) else "right", {"pin": ""})


@verb("right", "several", "left")
def let_in(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Where he is an officer on this line; it is known by now who he is."""
    found = caller.memberships_of(caller.person_id) if caller.person_id is not None else []
    if not found:
        return Outcome("left")
    caller.membership = found[0]
    departments = [{"id": one.department.id, "name": one.department.name} for one in found]
    told = {"departments": departments, "language": found[0].officer.language}
    return Outcome("several" if len(found) > 1 else "right", told)


@verb("entered")
def enter(caller: PhoneCaller, memory: Memory) -> Outcome:
    """From here on he is in the department he chose."""
    found = (one for one in caller.memberships() if one.department.id == memory["department"])
    caller.membership = next(found, caller.membership)
    return Outcome("entered")


FLOW = Flow(
    name="identify",
    start="recognise",
    entries=("badge", "claim", "other_language", "let_in"),
    exits=EXITS,
    steps={
        "recognise": Do(recognise, {"known": "greet_known", "without_pin": "greet_newcomer", "unknown": "greet"}),
        "greet_known": Say("identify.greeting", "pin"),
        "greet_newcomer": Say("identify.greeting", "choose_pin"),
        "greet": Say("identify.greeting", "badge"),
        "pin": Ask("identify.pin", (Pin("pin", "check"),)),
        "badge": Ask("identify.badge", (Digits("badge", "claim"),)),
        "claim": Do(claim, {"claimed": "pin_of_badge"}),
        "pin_of_badge": Ask("identify.pin_of_badge", (Pin("pin", "check"),)),
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
        "let_in": Do(let_in, {"right": "language", "several": "department", "left": "left"}),
        "wrong": Ask("identify.wrong", (Pin("pin", "check"),)),
        "department": Ask("identify.department", (Choice("settle", "department", listed="departments", value="id"),)),
        "settle": Do(enter, {"entered": "settled"}),
        "settled": SettleDepartment("department", then="language"),
        "language": SwitchLanguage("language", "home"),
        "home": Jump("call_menu"),
        "other_language": SwitchLanguage("language", "announce_again"),
        "announce_again": Do(announce_again, {"announced": "announced", "nothing": "badge"}),
        "announced": Say("recording.again", "badge"),
        "left": HandOff("caller_has_left", "identify.left"),
        "too_often": HandOff("pin_wrong_too_often", "identify.too_often"),
        "locked": HandOff("pin_locked", "identify.locked"),
        "without_pin": HandOff("caller_without_pin", "identify.without_pin"),
        "person": HandOff("not_identified", "identify.person"),
    },
)
