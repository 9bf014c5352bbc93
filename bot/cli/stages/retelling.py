"""What has happened in a demonstration as a transcript's actions: who texted, who telephoned, and what went wrong.

Only what came in is taken from the records. What it led to is found by playing the draft, so that a saved transcript
is one that can be played.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.cli.stages.cast import Cast, cast_of
from bot.cli.stages.codes import openings_by_ref
from bot.cli.stages.retelling_calls import retell_calls
from bot.transcripts.playing import Sent, StageError, with_refs
from bot.transcripts.script import Action, Fault, Moves, Settles, Texts, Transcript
from models.bundle.schema import Bundle
from models.session import Database

# What a text of ours follows within so short a time needs no move of the clock of its own.
TOGETHER = timedelta(minutes=1)

_BEGAN = "select min(happened_at) from event where department_id = any (:ds)"
_TEXTS = """
select m.received_at as at, m.recorded_at, m.from_number, l.number as line, m.body,
       jsonb_array_length(m.media) > 0 as picture
  from message_in m join line l on l.id = m.line_id where m.department_id = any (:ds) order by m.id
"""
_SETTLED = """
select e.settled_at as at, e.number, o.badge, e.asked_at = e.settled_at as at_once from enrolment e
  left join officer o on o.department_id = e.department_id and o.id = e.officer_id
 where e.department_id = any (:ds) and e.settled_at is not null order by e.settled_at, e.id
"""
_SENT = """
select m.made_at as at, m.prompt, m.to_number, l.number as line, m.body, m.state, m.error_code,
       (select count(*) from message_status s where s.department_id = m.department_id and s.message_out_id = m.id
           and s.status in ('undelivered', 'failed')) as misfortunes
  from message_out m join line l on l.id = m.line_id where m.department_id = any (:ds) order by m.made_at, m.id
"""
_DELIVERED = ("accepted", "sent", "delivered")


@dataclass(frozen=True, slots=True)
class Retold:
    """The draft, and the texts that phones had got, with refs in place of codes."""

    transcript: Transcript
    received: list[tuple[str, str]]


def retell(database: Database, bundles: Mapping[str, Bundle], title: str, file: str) -> Retold:
    """All that came in since the beginning, as a transcript on these bundles. Raises `StageError`."""
    cast, codes = cast_of(list(bundles.values())), _codes(database)
    zone = ZoneInfo(next(iter(bundles.values())).department.timezone)
    with database.begin(database.departments()) as work:
        began = work.conn.execute(sa.text(_BEGAN), {"ds": list(work.departments)}).scalar_one_or_none()
        texts, settled, sent = (
            work.conn.execute(sa.text(query), {"ds": list(work.departments)}).all()
            for query in (_TEXTS, _SETTLED, _SENT)
        )
        calls = retell_calls(work, cast, codes)
    if began is None:
        raise StageError("nothing has happened here yet")
    done = [*_texted(texts, cast, codes), *_settled(settled), *_misfortunes(sent, cast)]
    done += [_Done(one.at, one.recorded_at or _LAST, one.act) for one in calls.done]
    starts_at = _to_the_second(began)
    steps = tuple(_with_moves(sorted(done, key=_in_order), [row.at for row in sent], starts_at, zone))
    heads = (
        f"Title: {title}",
        f"Bundle: {', '.join(bundles)}",
        f"Clock: {_said(starts_at, zone, year=True)}",
        *([] if zone.key == "America/New_York" else [f"Zone: {zone.key}"]),
        *([f"No PIN: {', '.join(calls.without_pin)}"] if calls.without_pin else []),
        "",
    )
    transcript = Transcript(file, title, tuple(bundles), starts_at, zone.key, steps, heads)
    chose = [cast.number_of(who) for who in calls.without_pin]
    had = [(r.to_number, _comparable(r.body, codes)) for r in sent if _counts(r, starts_at, chose)]
    return Retold(transcript, had)


@dataclass(frozen=True, slots=True)
class _Done:
    """Something that came in. While the clock stands still, `recorded_at`, in real time, says what came first."""

    at: datetime
    recorded_at: datetime
    action: Action


_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def _texted(texts: Sequence[sa.Row[Any]], cast: Cast, codes: Mapping[str, str]) -> list[_Done]:
    return [_Done(row.at, row.recorded_at, _text(row, cast, codes)) for row in texts]


def _settled(settled: Sequence[sa.Row[Any]]) -> list[_Done]:
    """A request that was settled while the clock stood still was asked before; else what came then came after it."""
    return [_Done(row.at, _LAST if row.at_once else _FIRST, _settles(row)) for row in settled]


def received(messages: Sequence[Sent], codes: Mapping[str, str]) -> list[tuple[str, str]]:
    """What phones got in a play, to be held against what they had got."""
    return [(one.to, _comparable(one.body, codes)) for one in messages if not one.by_mail]


def _comparable(body: str, codes: Mapping[str, str]) -> str:
    """With refs in place of codes; a one-time code is another each time."""
    return re.sub(r"\b\d{6}\b", "{one-time}", with_refs(body, codes))


def _codes(database: Database) -> dict[str, str]:
    return {ref: coded.code for ref, coded in openings_by_ref(database).items()}


def _counts(row: sa.Row[Any], starts_at: datetime, chose: Sequence[str]) -> bool:
    """What never arrived is no part of it, nor is what the departments were begun with: details, and PINs."""
    was_given = row.prompt == "pin.told_set" and row.to_number not in chose
    is_of_beginning = row.at <= starts_at and (row.prompt == "posting.new" or was_given)
    return row.state in _DELIVERED and not is_of_beginning


def _text(row: sa.Row[Any], cast: Cast, codes: Mapping[str, str]) -> Texts:
    who = cast.name_of(row.from_number)
    department = "" if cast.line_of("", who) == row.line else _department(cast, row.line)
    # An empty line would end the text where it stands in the file.
    body = "\n".join(line.strip() for line in row.body.splitlines() if line.strip())
    return Texts(0, who, department, with_refs(body, codes), picture=row.picture)


def _department(cast: Cast, line: str) -> str:
    found = next((name for name, number in cast.lines.items() if number == line), None)
    if found is None:
        raise StageError(f"the bundles have no department with the line {line}")
    return found


def _settles(row: sa.Row[Any]) -> Settles:
    said = f"office: enrols {row.number} as {row.badge}" if row.badge else f"office: refuses {row.number}"
    return Settles(0, row.number, row.badge or "", said)


def _misfortunes(sent: Sequence[sa.Row[Any]], cast: Cast) -> Iterator[_Done]:
    """The carrier did not deliver, as often as each text was tried in vain; said before whatever the text came of."""
    for row in sent:
        if row.misfortunes:
            code = f" {row.error_code}" if row.error_code else ""
            said = f"carrier: undelivered{code} {row.misfortunes} times to {cast.name_of(row.to_number)}"
            yield _Done(row.at - timedelta(microseconds=1), _FIRST, Fault(0, "", None, 0, None, "", "", said))


def _in_order(one: _Done) -> tuple[datetime, bool, datetime]:
    return one.at, not isinstance(one.action, Fault), one.recorded_at


def _with_moves(
    done: Sequence[_Done], told: Sequence[datetime], starts_at: datetime, zone: ZoneInfo
) -> Iterator[Action]:
    """The actions with the clock between them; it also stops where something was told of its own accord.

    A fault stands before the move of the clock that it strikes.
    """
    now = starts_at
    moments: list[tuple[datetime, Action | None]] = [(one.at, one.action) for one in done]
    for at, action in sorted([*moments, *((moment, None) for moment in told)], key=lambda one: one[0]):
        to = _to_the_second(at)
        if to > now and not isinstance(action, Fault) and (action is not None or to - now > TOGETHER):
            yield Moves(0, to, _said(to, zone))
            now = to
        if action is not None:
            yield replace(action, line=0)


def _to_the_second(at: datetime) -> datetime:
    """Transcripts know no less; upwards, so that what was due is due."""
    whole = at.astimezone(UTC).replace(microsecond=0)
    return whole if whole == at else whole + timedelta(seconds=1)


def _said(at: datetime, zone: ZoneInfo, *, year: bool = False) -> str:
    local = at.astimezone(zone)
    clock = f"{local:%I:%M:%S %p}" if local.second else f"{local:%I:%M %p}"
    return re.sub(r"^0", "", f"{local:%a %b} {local.day}{f' {local.year}' if year else ''} {clock.lstrip('0')}")
