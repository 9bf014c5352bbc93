"""The calls of a demonstration as lines of a transcript: who called, what he pressed and said, and when he hung up.

What may have been secret was never kept: where a PIN was asked for the line says PIN, WRONG or NEW, by what came of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.cli.stages.cast import Cast
from bot.dialog.call_turn import MASK
from bot.transcripts.playing import with_refs
from bot.transcripts.script import Calls, HangsUp, OnPhone, PicksUp, Presses, Says, StaysSilent, TurnsAway
from models.session import Work

_TURNS = """
select c.id as call, c.department_id, c.direction, c.from_number, l.number as line, c.ending, c.ended_at,
       t.token, t.kind, t.came_in, t.understood, t.flow, t.step, t.happened_at, t.recorded_at, f.badge,
       (select p.number from phone p where p.person_id = coalesce(c.person_id, h.claimed_person_id)
         order by p.place limit 1) as own_number,
       (select w.transcript from waiting w where w.department_id = c.department_id and w.call_id = c.id
         order by w.id desc limit 1) as message
  from call c
  join call_turn t on t.department_id = c.department_id and t.call_id = c.id
  join line l on l.id = c.line_id
  left join lateral (select claimed_person_id from hand_off where call_id = c.id and claimed_person_id is not null
                      order by id limit 1) h on true
  left join lateral (select badge from officer where person_id = coalesce(c.person_id, h.claimed_person_id)
                      order by department_id limit 1) f on true
 where c.department_id = any (:ds) order by c.department_id, c.id, t.id
"""
_NOT_TAKEN_UP = """
select o.to_number, o.outcome, o.ended_at,
       (select min(e.recorded_at) from event e where e.department_id = o.department_id and e.happened_at = o.ended_at
         and e.subject_kind = 'outbound_call' and e.subject_id = o.id and e.data ? 'outcome') as recorded_at
  from outbound_call o
 where o.department_id = any (:ds) and o.outcome in ('no_answer', 'busy') order by o.ended_at, o.id
"""
_STAND_IN = "a message for the desk"
"""For a message that nobody has written out."""
_NOBODYS_BADGE = "99999"
_WRONG_CODE = "000000"


@dataclass(frozen=True, slots=True)
class Done:
    """Something done on a telephone: by the department's clock, and when it was written down, which orders the rest."""

    at: datetime
    recorded_at: datetime | None
    act: OnPhone


@dataclass(frozen=True, slots=True)
class RetoldCalls:
    """What was done on telephones, and who had no PIN before he first called."""

    done: list[Done]
    without_pin: list[str]


def retell_calls(work: Work, cast: Cast, codes: Mapping[str, str]) -> RetoldCalls:
    """Every call to the line and from it, a line for each thing done."""
    bound = {"ds": list(work.departments)}
    done, without_pin = [], []
    for _, turns in groupby(work.conn.execute(sa.text(_TURNS), bound), key=lambda row: (row.department_id, row.call)):
        of_call = list(turns)
        who = _who(of_call[0], cast)
        done += _call(of_call, who, cast, codes)
        if of_call[0].flow == "pin" and who not in without_pin:
            without_pin.append(who)
    for row in work.conn.execute(sa.text(_NOT_TAKEN_UP), bound):
        done.append(
            Done(row.ended_at, row.recorded_at, TurnsAway(0, cast.name_of(row.to_number), row.outcome == "busy"))
        )
    return RetoldCalls(done, without_pin)


def _who(first: sa.Row[Any], cast: Cast) -> str:
    """Whoever has shown to be it, or whose badge he keyed; else whose telephone it is."""
    own = cast.name_of(first.own_number) if first.own_number in cast.names else ""
    return own or cast.name_of(first.from_number)


def _call(turns: Sequence[sa.Row[Any]], who: str, cast: Cast, codes: Mapping[str, str]) -> Iterator[Done]:
    before: sa.Row[Any] | None = None
    for turn in turns:
        act = _begun(turn, who, cast) if before is None else _act(turn, before, who, codes)
        if act is not None:
            yield Done(turn.happened_at, turn.recorded_at, act)
        if turn.kind == "recording":
            yield Done(turn.happened_at, turn.recorded_at, Says(0, who, turn.message or _STAND_IN, 90))
        before = turn
    last = turns[-1]
    if last.ending == "hung_up" and last.ended_at is not None:
        yield Done(last.ended_at, last.recorded_at, HangsUp(0, who))


def _begun(turn: sa.Row[Any], who: str, cast: Cast) -> OnPhone:
    if turn.direction == "out":
        return PicksUp(0, who, by_machine=str(turn.came_in.get("AnsweredBy", "")).startswith("machine"))
    is_own = cast.name_of(turn.from_number) == who
    department = "" if cast.line_of("", who) == turn.line else _department(cast, turn.line)
    return Calls(0, who, department, "" if is_own else turn.from_number)


def _department(cast: Cast, line: str) -> str:
    return next((name for name, number in cast.lines.items() if number == line), "")


def _act(turn: sa.Row[Any], before: sa.Row[Any], who: str, codes: Mapping[str, str]) -> OnPhone | None:
    if turn.kind == "keys":
        keyed = str(turn.came_in.get("keys", ""))
        return Presses(0, who, _masked(turn, before) if keyed == MASK else _keys(keyed, codes))
    if turn.kind == "speech":
        heard = str(turn.came_in.get("speech", ""))
        words = _word_for(turn) if heard == MASK else with_refs(heard.replace('"', ""), codes)
        return Says(0, who, words, round(100 * float(turn.came_in.get("confidence") or 0.9)))
    if turn.kind == "queue":
        return _out_of_queue(turn, who)
    return StaysSilent(0, who) if turn.kind == "silence" else None


def _keys(keyed: str, codes: Mapping[str, str]) -> str:
    """The keys; the code of a detail, which is keyed to its #, by its ref."""
    found = re.fullmatch(r"(\d{3,6})#", keyed)
    return with_refs(keyed, codes) if found else keyed


def _out_of_queue(turn: sa.Row[Any], who: str) -> Presses | None:
    """The key that led out of the line of those who wait; none where he was answered or hung up."""
    if turn.came_in.get("QueueResult") != "leave":
        return None
    key = "*" if turn.flow in ("call_menu", "identify") else "2" if turn.flow == "waiting" else "1"
    return Presses(0, who, key)


# What was masked, by the question that stood open, and by what came of it.
_PIN_QUESTIONS = ("pin", "pin_of_badge", "wrong")
_NOT_RIGHT = ("wrong", "too_often", "locked", "without_pin")
_KEY_OF = {"agent": "0#", "repeat": "9#", "back": "*#"}


def _masked(turn: sa.Row[Any], before: sa.Row[Any]) -> str:
    kind, command = turn.understood.get("kind", ""), turn.understood.get("command", "")
    if command in _KEY_OF:
        return _KEY_OF[command]
    if kind == "nothing" and turn.flow not in ("identify", "pin", "outbound"):
        return f"{turn.badge or _NOBODYS_BADGE}*PIN#"  # Badge and PIN typed ahead, in one.
    if kind != "answer":
        return "*#"
    return _answered(turn, before)


def _answered(turn: sa.Row[Any], before: sa.Row[Any]) -> str:
    asked = (before.flow, before.step)
    if asked in {(flow, step) for flow in ("identify", "outbound") for step in _PIN_QUESTIONS}:
        return "WRONG#" if turn.step in _NOT_RIGHT and turn.flow in ("identify", "outbound") else "PIN#"
    if before.step == "badge":
        is_his = turn.step in ("code", "pin_of_badge") and turn.badge
        return f"{turn.badge}#" if is_his else f"{_NOBODYS_BADGE}#"
    if asked == ("pin", "code"):
        return f"{_WRONG_CODE}#" if turn.step in ("code", "wrong") else "{one-time}#"
    if asked == ("pin", "new"):
        return "4321#" if turn.step == "new" else "NEW#"
    if asked == ("pin", "again"):
        return "WRONG#" if turn.step == "new" else "NEW#"
    return "1"


def _word_for(turn: sa.Row[Any]) -> str:
    """A word for what was said where it may have been secret: what it was understood as."""
    return str(turn.understood.get("command") or "hello").replace("_", " ")
