"""OUT, or OUT 1:30: the officer is done, now or at the time he says. Saying another time later replaces it."""

from datetime import datetime, timedelta
from typing import Any

from flows.another_words import FOR_ANOTHER
from flows.answers import Choice, Code, Option, Time, YesNo
from flows.caller import Caller
from flows.choosing import EXITS, about, listed, said_codes, unknown_code, with_code
from flows.clock_times import nearest_moment, read_clock_time
from flows.steps import Ask, Command, Do, Exits, Flow, HandOff, Jump, Memory, Outcome, Say, Wait, verb
from models.awarding.telling.mine import Holding
from models.working.attendance import check_out, checked_in_at, is_vouched

ASKED_BACK_FROM = timedelta(minutes=10)
"""A check-out so far from the end of the detail is asked back, with its reason: it moves what somebody pays."""

OUTCOMES = ("done", "off_schedule", "already", "no_check_in", "impossible", "nothing", "not_yours", "no_such_code")


@verb(*OUTCOMES, "which", "one_at_a_time", "for_another", acts=True, noted=("done",))
def go_out(caller: Caller, memory: Memory) -> Outcome:
    """Checks out of the detail said, or the one he is in; at the time said, or now."""
    if memory.get("rest"):
        return Outcome("for_another")
    held, said = _worked(caller), said_codes(memory)
    time = str(memory.get("time", ""))
    if not said and with_code(held, str(memory.get("maybe_code", ""))):
        said, time = [str(memory["maybe_code"])], ""
    if len(said) > 1:
        return Outcome("one_at_a_time")
    if said:
        found = with_code(held, said[0])
        return _go_out(caller, found, time) if found else Outcome(*unknown_code(caller, said[0]))
    meant = _meant(held, time)
    if len(meant) > 1:
        return Outcome("which", {"held": listed(meant)})
    return _go_out(caller, meant[0], time) if meant else Outcome("nothing")


def _worked(caller: Caller) -> list[Holding]:
    """Assignments that have begun or soon will: the others cannot have ended."""
    soon = caller.work.now + timedelta(hours=2)
    return [
        held
        for held in caller.holdings()
        if held.kind == "assignment" and held.state != "awarded" and held.opening.starts_at <= soon
    ]


def _meant(held: list[Holding], time: str) -> list[Holding]:
    """Whoever is in goes out; with a time, who went out may correct it; else he may have forgotten to check in."""
    working = [one for one in held if one.state == "checked_in"]
    ended = [one for one in held if one.state == "checked_out"]
    return working or (ended[-1:] if time or ended else []) or held[-1:]


def _go_out(caller: Caller, held: Holding, time: str) -> Outcome:
    stated_at = None
    if time:
        stated_at = _moment(caller, held, time)
        if stated_at is None:
            return Outcome("impossible", {**about(held), "time": time})
    ends_at, left_at = held.opening.ends_at, stated_at or caller.work.now
    is_new = held.state == "checked_in" or (held.state == "checked_out" and stated_at is not None)
    is_new = is_new or (held.state == "checked_out" and is_vouched(caller.work, caller.department.id, held.id))
    if is_new and abs(left_at - ends_at) > ASKED_BACK_FROM:
        values = {**about(held), "codes": [held.opening.code], "assignment": held.id, "stated_at": left_at}
        return Outcome("off_schedule", {**values, **_off_by(left_at, ends_at)})
    return _record(caller, held.id, stated_at, None, about(held))


@verb("done", "already", "no_check_in", "nothing", acts=True, noted=("done",))
def settle(caller: Caller, memory: Memory) -> Outcome:
    """Checks out at the time that was asked back, with the reason he gives."""
    reason = str(memory.get("reason") or "not_said")
    if reason == "schedule":
        reason = "sent_home_early" if memory["early_minutes"] else "work_went_on"
    return _record(caller, memory["assignment"], memory["stated_at"], reason, {})


def _record(
    caller: Caller, assignment_id: int, stated_at: datetime | None, reason: str | None, told: dict[str, Any]
) -> Outcome:
    found = check_out(caller.work, caller.officer, assignment_id, stated_at, reason)
    values = {**told, "stated_at": found.stated_at, **_off_by(found.stated_at, found.ends_at)}
    return Outcome("nothing" if found.outcome == "gone" else found.outcome, values)


def _off_by(left_at: datetime, ends_at: datetime) -> dict[str, int]:
    """How far from the end he left, as prompts tell it."""
    early = int((ends_at - left_at) / timedelta(minutes=1))
    return {"early_minutes": max(early, 0), "late_minutes": max(-early, 0)}


def _moment(caller: Caller, held: Holding, time: str) -> datetime | None:
    """The moment meant: closest to the end of the detail, after he came and not in the future."""
    said = read_clock_time(time)
    came_at = checked_in_at(caller.work, caller.department.id, held.id)
    if said is None:
        return None
    return nearest_moment(
        said,
        caller.department.zone,
        min(held.opening.ends_at, caller.work.now),
        earliest=came_at or held.opening.starts_at,
        latest=caller.work.now,
    )


FLOW = Flow(
    name="check_out",
    start="go_out",
    commands=(
        Command(
            "check_out",
            {
                "en": ("OUT", "CHECK OUT", "CHECKOUT", "CHECKING OUT", "DONE", "10-98"),
                "es": ("SALIDA", "SALI", "YA SALI", "TERMINE", "YA TERMINE", "10-98"),
            },
            ("time", "codes"),
            rest=FOR_ANOTHER,
        ),
    ),
    exits=EXITS,
    steps={
        "go_out": Do(
            go_out,
            {
                **{name: name for name in OUTCOMES},
                "off_schedule": "confirm",
                "which": "which",
                "one_at_a_time": "one_at_a_time",
                "for_another": "for_another",
            },
        ),
        "for_another": Jump("vouch"),
        "which": Ask(
            "check_out.which",
            (
                Choice(
                    into="codes",
                    then="go_out",
                    listed="held",
                    value="code",
                    several=True,
                    lead={"en": ("OUT",), "es": ("SALIDA",)},
                ),
            ),
        ),
        "confirm": Ask(
            "check_out.confirm",
            (
                Choice(
                    into="reason",
                    then="settle",
                    options=(
                        Option("schedule", "1"),
                        Option("other", "2"),
                    ),
                ),
                Code("Y", "code", "code", "settle"),
                YesNo("settle", "not_written"),
                Time(into="time", then="go_out", lead={"en": ("OUT",), "es": ("SALIDA",)}),
            ),
            Wait(time_out=timedelta(minutes=15), expires=timedelta(hours=12)),
            Exits(
                nonsense=("check_out.again_1", "check_out.again_2"),
                silence=("check_out.again_1", "check_out.again_2"),
                on_time_out="settle",
                too_many="person",
            ),
        ),
        "settle": Do(settle, {name: name for name in ("done", "already", "no_check_in", "nothing")}),
        "not_written": Say("check_out.not_written"),
        "done": Say("check_out.done"),
        "already": Say("check_out.already"),
        "no_check_in": Say("check_out.no_check_in"),
        "impossible": Say("check_out.impossible"),
        "nothing": Say("check_out.nothing"),
        "not_yours": Say("check_in.not_yours"),
        "no_such_code": Say("signup.no_such_code"),
        "one_at_a_time": Say("again.one_at_a_time"),
        "person": HandOff("lost_in_check_out", "again.person"),
    },
)
