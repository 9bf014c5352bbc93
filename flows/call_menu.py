"""What a call comes home to: what waits for an answer, then at most four choices, by how the officer stands now."""

from typing import Any

from flows.answers import Choice, Option
from flows.caller import Caller
from flows.choosing import EXITS, about
from flows.steps import Ask, Do, Flow, Follow, HandOff, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding
from models.line.outbound_call import note_rang_back
from models.line.urgency import SOON
from models.working.crew import crew_of
from models.working.vouching import stopped_by
from models.working.welfare import open_check

CHOICES = 4


@verb("award", "offer", "welfare", "nothing")
def look_what_waits(caller: Caller, memory: Memory) -> Outcome:
    """The soonest award or offer that waits for an answer and was not put off in this call."""
    put_off = memory.get("put_off", ())
    welfare = _welfare(caller) if "welfare" not in put_off else None
    if welfare is not None:
        return Outcome("welfare", {**about(welfare), "codes": ["welfare"]})
    waiting = [held for held in caller.holdings() if held.awaits_answer and held.opening.code not in put_off]
    if not waiting:
        return Outcome("nothing", {"codes": []})
    first = waiting[0]
    # Whom we called about it, or were about to call, hears it now: his phone does not ring again for it.
    note_rang_back(caller.work, caller.department.id, "offer" if first.kind == "offer" else "award", [first.id])
    told = {**about(first), "codes": [first.opening.code], "others": len(waiting) - 1}
    return Outcome("offer" if first.kind == "offer" else "award", told)


def _welfare(caller: Caller) -> Holding | None:
    """The detail he is on, while he is asked there whether all is well; his phone does not ring for that any more."""
    on_site = next((one for one in caller.holdings() if one.state == "checked_in"), None)
    check_id = open_check(caller.work, caller.officer) if on_site else None
    if check_id is None:
        return None
    note_rang_back(caller.work, caller.department.id, "welfare", [check_id])
    return on_site


@verb("done")
def put_off(caller: Caller, memory: Memory) -> Outcome:
    """He answers that one later: it is not put to him again in this call."""
    return Outcome("done", {"put_off": [*memory.get("put_off", ()), *memory["codes"]]})


@verb("found")
def look_at_choices(caller: Caller, memory: Memory) -> Outcome:
    """The choices of both levels, the most likely first."""
    held = caller.holdings()
    first = [*_on_site(caller, held), _choice("list"), _choice("mine"), _choice("more")]
    return Outcome("found", {"choices": first[:CHOICES], "further": _further(caller, held)[:CHOICES], "codes": []})


def _on_site(caller: Caller, held: list[Holding]) -> list[dict[str, Any]]:
    now, own = caller.work.now, [one for one in held if one.kind == "assignment"]
    working = next((one for one in own if one.state == "checked_in"), None)
    if working:
        return [_choice("check_out", working)]
    due = (one for one in own if one.state == "confirmed" and one.opening.starts_at - SOON <= now)
    starting = next((one for one in due if now < one.opening.ends_at), None)
    return [_choice("check_in", starting)] if starting else []


def _further(caller: Caller, held: list[Holding]) -> list[dict[str, Any]]:
    droppable = any(one.kind == "assignment" and one.state == "confirmed" for one in held)
    signed_up = any(one.kind == "signup" for one in held)
    other = "english" if caller.officer.language == "es" else "spanish"
    return [
        *_vouching(caller, held),
        *_staying(caller, held),
        *([_choice("drop")] if droppable else []),
        *([_choice("withdraw")] if signed_up else []),
        _choice("call_code"),
        _choice(other),
        _choice("pin"),
    ]


def _vouching(caller: Caller, held: list[Holding]) -> list[dict[str, Any]]:
    """For who was there and may write a check-out: the one his crew waits for, once its time is over."""
    now = caller.work.now
    over = [one for one in held if one.state in ("checked_in", "checked_out") and one.opening.ends_at <= now]
    crew = crew_of(caller.work, caller.department.id, [one.opening.detail_id for one in over]) if over else []
    missing = [each for each in crew if each.state == "checked_in" and each.officer_id != caller.officer.id]
    if not missing or stopped_by(caller.work, caller.department, caller.officer, crew) is not None:
        return []
    return [{**_choice("vouch"), "name": missing[0].last_name}]


def _staying(caller: Caller, held: list[Holding]) -> list[dict[str, Any]]:
    """For who is on a detail: to stay longer, and to be relieved, where the handbook lets his own word do it."""
    if not any(one.state == "checked_in" for one in held):
        return []
    clause = caller.edition().rules.staying
    longer, relief = clause.most_minutes > 0, clause.relief == "yes"
    return [*([_choice("extend")] if longer else []), *([_choice("relief")] if relief else [])]


def _choice(command: str, held: Holding | None = None) -> dict[str, Any]:
    told = {"place": held.opening.place} if held else {}
    return {"command": command, "prompt": f"call_menu.{command}", **told}


@verb("follow", "more")
def route(caller: Caller, memory: Memory) -> Outcome:
    """Where the choice leads: to a second menu, or to the flow of a command."""
    return Outcome("more" if memory["command"] == "more" else "follow")


_ANSWER = (
    Choice(
        into="command",
        then="follow",
        options=(Option("accept", "1"), Option("decline", "2"), Option("later", "3", then="put_off")),
    ),
)


_WELL = (
    Choice(
        into="command",
        then="follow",
        options=(Option("all_ok", "1"), Option("not_ok", "2"), Option("later", "3", then="put_off")),
    ),
)


def _of(listed: str) -> tuple[Choice]:
    return (Choice(into="command", then="route", listed=listed, value="command", per_page_spoken=6),)


FLOW = Flow(
    name="call_menu",
    start="look",
    entries=("choices",),
    comes_back="again",
    exits=EXITS,
    steps={
        "look": Do(look_what_waits, {"welfare": "welfare", "award": "award", "offer": "offer", "nothing": "choices"}),
        "award": Ask("call_menu.award", _ANSWER),
        "offer": Ask("call_menu.offer", _ANSWER),
        "welfare": Ask("call_menu.welfare", _WELL),
        "put_off": Do(put_off, {"done": "look"}),
        "choices": Do(look_at_choices, {"found": "menu"}),
        "menu": Ask("call_menu.menu", _of("choices")),
        "further": Ask("call_menu.further", _of("further")),
        "route": Do(route, {"follow": "follow", "more": "further"}),
        "follow": Follow("command"),
        "again": Do(
            look_what_waits, {"welfare": "welfare", "award": "award", "offer": "offer", "nothing": "anything_else"}
        ),
        "anything_else": Say("call_menu.anything_else", "choices"),
        "person": HandOff("lost_in_call_menu", "again.person"),
    },
)
