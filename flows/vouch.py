"""OUT 2315 FOR CHEN: a supervisor of the crew writes the check-out of one who forgot, with a reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flows.another_words import FOR_WHOM, Another, read_for_another
from flows.answers import Choice, Option, Time
from flows.caller import Caller
from flows.choosing import EXITS
from flows.clock_times import nearest_moment, read_clock_time
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, Wait, verb
from models.awarding.telling.mine import Holding
from models.working.attendance import checked_in_at
from models.working.crew import Member, crew_of
from models.working.vouching import stopped_by, vouch_out

STOPPED = ("never", "rank", "not_there", "nobody", "unknown_name", "himself", "not_in", "already", "impossible")


@verb("ask_whom", "ask_time", "ask_reason", *STOPPED)
def look(caller: Caller, memory: Memory) -> Outcome:
    """Whom it is about, when he left, and whether this officer may say so; what is missing is asked."""
    said = read_for_another(str(memory.get("rest", "")))
    found = _crew(caller, said.code)
    if isinstance(found, str):
        return Outcome(found)
    held, crew = found
    values: dict[str, Any] = {"code": held.opening.code, "ends_at": held.opening.ends_at}
    meant = _meant(crew, said, memory)
    if not said.name and "assignment" not in memory:
        meant = [each for each in crew if each.state == "checked_in" and each.officer_id != caller.officer.id]
        if not meant:
            return Outcome("nobody", values)
    if len(meant) != 1:
        missing = [_told(each) for each in meant or crew if each.state == "checked_in"]
        return Outcome("ask_whom", {**values, "missing": missing}) if missing and meant else _unknown(values, said)
    return _when(caller, held, meant[0], {**values, "time": said.time, **_kept(memory)})


def _unknown(values: dict[str, Any], said: Another) -> Outcome:
    return Outcome("unknown_name", {**values, "name": said.name.title()})


def _kept(memory: Memory) -> dict[str, Any]:
    """A time that was answered to the question, in place of the one in the text."""
    return {"time": memory["time"]} if memory.get("time") else {}


def _crew(caller: Caller, code: str) -> tuple[Holding, list[Member]] | str:
    """His crew on the detail meant: of the code, else the one with somebody still in; or why he may not vouch there."""
    held = [each for each in caller.holdings() if each.kind == "assignment" and code in ("", each.opening.code)]
    crews = crew_of(caller.work, caller.department.id, [each.opening.detail_id for each in held])
    told, latest_first = "not_there", sorted(held, key=lambda each: each.opening.starts_at, reverse=True)
    for each in sorted(latest_first, key=lambda one: not _has_missing(caller, one, crews)):
        crew = [one for one in crews if one.detail_id == each.opening.detail_id]
        against = stopped_by(caller.work, caller.department, caller.officer, crew)
        if against is None:
            return each, crew
        told = against if told == "not_there" else told
    return told


def _has_missing(caller: Caller, held: Holding, crews: Sequence[Member]) -> bool:
    return any(
        each.state == "checked_in" and each.officer_id != caller.officer.id
        for each in crews
        if each.detail_id == held.opening.detail_id
    )


def _meant(crew: Sequence[Member], said: Another, memory: Memory) -> list[Member]:
    if "assignment" in memory:
        return [each for each in crew if each.assignment_id == memory["assignment"]]
    if said.name.isdecimal():
        return [each for each in crew if each.badge == said.name]
    return [each for each in crew if said.name and _bears(each, said.name)]


def _bears(member: Member, name: str) -> bool:
    own = member.name.upper().replace("'", "").split()
    return all(any(word.startswith(part.replace("'", "")) for word in own) for part in name.split())


def _when(caller: Caller, held: Holding, member: Member, values: dict[str, Any]) -> Outcome:
    values = {**values, **_told(member)}
    if member.officer_id == caller.officer.id:
        return Outcome("himself", values)
    if member.state != "checked_in":
        return Outcome("already" if member.state in ("checked_out", "verified", "paid") else "not_in", values)
    if not values["time"]:
        return Outcome("ask_time", values)
    left_at = _moment(caller, held, member, str(values["time"]))
    return Outcome("ask_reason", {**values, "left_at": left_at}) if left_at else Outcome("impossible", values)


def _told(member: Member) -> dict[str, Any]:
    return {"assignment": member.assignment_id, "name": member.last_name, "badge": member.badge}


def _moment(caller: Caller, held: Holding, member: Member, time: str) -> datetime | None:
    said, now = read_clock_time(time), caller.work.now
    came_at = checked_in_at(caller.work, caller.department.id, member.assignment_id)
    if said is None or came_at is None:
        return None
    near = min(held.opening.ends_at, now)
    return nearest_moment(said, caller.department.zone, near, earliest=came_at, latest=now)


@verb("vouched", *STOPPED, acts=True, gives_away=True)
def vouch(caller: Caller, memory: Memory) -> Outcome:
    """Writes it, as things stand now: meanwhile he may have checked out himself."""
    held = next((each for each in caller.holdings() if each.opening.code == memory["code"]), None)
    crew = crew_of(caller.work, caller.department.id, [held.opening.detail_id]) if held else []
    member = next((each for each in crew if each.assignment_id == memory["assignment"]), None)
    against = stopped_by(caller.work, caller.department, caller.officer, crew)
    if member is None or against is not None:
        return Outcome(against or "already")
    reason = str(memory["reason"])
    return Outcome(vouch_out(caller.work, caller.department, caller.officer, member, memory["left_at"], reason))


FLOW = Flow(
    name="vouch",
    start="look",
    commands=(
        Command(
            "vouch",
            {"en": ("VOUCH", "VOUCH FOR"), "es": ("AVALAR", "AVALO A", "DOY FE DE")},
            rest=FOR_WHOM,
        ),
    ),
    exits=EXITS,
    steps={
        "look": Do(
            look,
            {**{name: name for name in STOPPED}, "ask_whom": "whom", "ask_time": "time", "ask_reason": "reason"},
        ),
        "whom": Ask(
            "vouch.whom",
            (Choice(into="assignment", then="look", listed="missing", value="assignment", per_page_spoken=6),),
        ),
        "time": Ask("vouch.time", (Time(into="time", then="look", lead={"en": ("OUT",), "es": ("SALIDA",)}),)),
        "reason": Ask(
            "vouch.reason",
            (
                Choice(
                    into="reason",
                    then="vouch",
                    options=(Option("forgot", "1"), Option("phone", "2"), Option("sick", "3"), Option("other", "4")),
                ),
            ),
            Wait(time_out=timedelta(minutes=30), expires=timedelta(hours=12)),
        ),
        "vouch": Do(vouch, {"vouched": "vouched", **{name: name for name in STOPPED}}),
        "vouched": Say("vouch.vouched"),
        **{name: Say(f"vouch.{name}") for name in STOPPED},
        "person": HandOff("lost_in_vouch", "again.person"),
    },
)
