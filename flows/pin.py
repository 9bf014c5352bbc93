"""PIN: an officer chooses the one he calls with. By telephone only, since what is texted stays readable.

Who has none yet shows who he is by his own telephone, his badge, and a code that is texted to it. Who has one has keyed
it in this call. The new one is keyed twice.
"""

from flows.answers import Digits, Pin
from flows.caller import Caller, PhoneCaller
from flows.steps import Ask, Command, Do, Exits, Flow, HandOff, Jump, Memory, Outcome, Say, verb
from models.line.call import caller_identified, caller_not_identified
from models.line.line import number_of_department
from models.people.officer import persons_with_badge
from models.people.one_time_code import check_code, send_code
from models.people.phone import may_act, numbers_of
from models.people.pin import confirm_pin, has_pin, must_change, propose_pin

TRIES = 3
REFUSED = ("length", "repeats", "run", "year", "common", "own_badge", "own_phone")

EXITS = Exits(
    nonsense=("identify.again_1", "identify.again_2"),
    silence=("identify.silent_1", "identify.silent_2"),
    on_time_out="end",
    too_many="person",
    repeats=True,
)


@verb("by_text", "new", "forced", "first", "too_new", "no_way")
def begin(caller: Caller, memory: Memory) -> Outcome:
    """What is needed before a new PIN may be chosen."""
    if not isinstance(caller, PhoneCaller):
        return Outcome("by_text", {"line": number_of_department(caller.work, caller.department.id)})
    if caller.person_id is not None:
        return Outcome("forced" if must_change(caller.work, caller.person_id) else "new")
    owner_id = caller.owner_id
    found = caller.memberships_of(owner_id) if owner_id is not None else []
    if owner_id is None or not found or has_pin(caller.work, owner_id):
        return Outcome("no_way")
    caller.membership = found[0]
    return Outcome("first" if _is_trusted(caller, owner_id, caller.from_number) else "too_new")


@verb("sent", "not_his", "not_his_again", "no_phone", "too_often", acts=True)
def send(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Has a code texted to the phone of who calls, if the badge is his too."""
    owner_id = caller.owner_id or 0
    if owner_id not in persons_with_badge(caller.work, caller.line, str(memory["badge"])):
        tries = int(memory.get("badge_tries", 0)) + 1
        caller_not_identified(caller.work, caller.line.department_id, owner_id, "badge")
        return Outcome("not_his" if tries < TRIES else "not_his_again", {"badge_tries": tries})
    caller.membership = caller.memberships_of(owner_id)[0]
    trusted = (one for one in numbers_of(caller.work, owner_id) if _is_trusted(caller, owner_id, one))
    number = next(trusted, None)
    if number is None:
        return Outcome("no_phone")
    sent = send_code(caller.work, caller.department.id, owner_id, "pin", number)
    return Outcome("sent" if sent else "too_often")


@verb("right", "wrong", "over", acts=True)
def check(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Whether the code came from that phone: then it is known who calls."""
    owner_id = caller.owner_id or 0
    checked, _ = check_code(caller.work, owner_id, "pin", memory["code"].digits)
    if checked == "right":
        caller.identify(owner_id, "badge_and_code")
        caller_identified(caller.work, caller.line.department_id, owner_id, "badge_and_code")
    return Outcome(checked)


@verb("again", *REFUSED, acts=True)
def propose(caller: PhoneCaller, memory: Memory) -> Outcome:
    """The new PIN, keyed once."""
    return Outcome(propose_pin(caller.work, caller.officer.person_id, memory["pin"].digits) or "again")


@verb("set", "different", acts=True)
def confirm(caller: PhoneCaller, memory: Memory) -> Outcome:
    """The new PIN, keyed again."""
    person_id, pin = caller.officer.person_id, memory["pin"].digits
    return Outcome("set" if confirm_pin(caller.work, caller.department.id, person_id, pin) else "different")


@verb("enter", "called", "done")
def go_on(caller: PhoneCaller, memory: Memory) -> Outcome:
    """Who was just asked for his PIN comes in now, and whom we called hears why; else he goes back to what he did."""
    if "call" in memory:
        return Outcome("called")
    return Outcome("enter" if "names" in memory or "persons" in memory else "done")


def _is_trusted(caller: Caller, person_id: int, number: str) -> bool:
    return may_act(caller.work, person_id, number, caller.edition().rules.callers.new_number_hours) is None


FLOW = Flow(
    name="pin",
    start="begin",
    exits=EXITS,
    commands=(
        Command(
            "pin",
            {
                "en": (
                    "PIN",
                    "MY PIN",
                    "NEW PIN",
                    "SET PIN",
                    "CHANGE PIN",
                    "CHANGE MY PIN",
                    "FORGOT PIN",
                    "FORGOT MY PIN",
                    "RESET MY PIN",
                ),
                "es": ("PIN", "MI PIN", "NUEVO PIN", "CAMBIAR PIN", "CAMBIAR MI PIN", "OLVIDE MI PIN"),
            },
            rest=".{1,60}",
        ),
    ),
    steps={
        "begin": Do(
            begin,
            {
                "by_text": "by_text",
                "new": "new",
                "forced": "forced",
                "first": "first",
                "too_new": "too_new",
                "no_way": "no_way",
            },
        ),
        "by_text": Say("pin.by_text"),
        "first": Say("pin.first", "badge"),
        "badge": Ask("pin.badge", (Digits("badge", "send"),)),
        "send": Do(
            send,
            {
                "sent": "code",
                "not_his": "not_his",
                "not_his_again": "person",
                "no_phone": "no_phone",
                "too_often": "person",
            },
        ),
        "not_his": Say("pin.not_his", "badge"),
        "code": Ask("pin.code", (Pin("code", "check", 6, 6),)),
        "check": Do(check, {"right": "new", "wrong": "wrong", "over": "person"}),
        "wrong": Ask("pin.wrong", (Pin("code", "check", 6, 6),)),
        "forced": Say("pin.forced", "new"),
        "new": Ask("pin.new", (Pin("pin", "propose", 1, 12),)),
        "propose": Do(propose, {"again": "again", **{name: name for name in REFUSED}}),
        **{name: Say(f"pin.{name}", "new") for name in REFUSED},
        "again": Ask("pin.again", (Pin("pin", "confirm", 1, 12),)),
        "confirm": Do(confirm, {"set": "set", "different": "different"}),
        "different": Say("pin.different", "new"),
        "set": Say("pin.set", "go_on"),
        "go_on": Do(go_on, {"enter": "enter", "called": "called", "done": "end"}),
        "enter": Jump("identify", "let_in"),
        "called": Jump("outbound", "let_in"),
        "too_new": HandOff("pin_from_new_number", "pin.too_new"),
        "no_phone": HandOff("pin_without_phone", "pin.no_phone"),
        "no_way": HandOff("caller_without_pin", "identify.without_pin"),
        "person": HandOff("lost_in_pin", "identify.person"),
    },
)
