"""Consent to be recorded: what a caller was told, and whether he went on or objected. Written once, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from models.people.handbook import edition
from models.proof import event
from models.rules.clauses.recording import Recording
from models.session import Work
from models.tables import Timestamp, of_department, sql

Word = Literal["announced", "agreed", "refused"]

recording_consents = of_department(
    "recording_consent",
    sa.Column("call_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("word", sa.Text),
    sa.Column("announcement", sa.Text),
    sa.Column("wording", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("given_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced: the department's name for it, and whether a way to object is told."""

    name: str
    offers_refusal: bool


def announcement_of(work: Work, departments: Sequence[int], *, outbound: bool) -> Announcement | None:
    """What has to be announced before it is known whom a call is about; None where nobody records such calls.

    On a line that several departments share it is announced when any of them records.
    """
    rows = work.conn.execute(sql(_IN_FORCE), {"ds": list(departments), "now": work.now}).all()
    clauses = [edition(work, row.department_id, row.handbook_id).rules.calls.recording for row in rows]
    found = [each for each in clauses if records(each, outbound=outbound)]
    return Announcement(found[0].announcement, any(each.offer_refusal for each in found)) if found else None


def records(clause: Recording, *, outbound: bool) -> bool:
    """Whether the department records such calls."""
    return clause.outbound if outbound else clause.inbound


def write_consent(
    work: Work,
    department_id: int,
    call_id: int,
    word: Word,
    *,
    person_id: int | None,
    announcement: str,
    wording: str,
    language: str,
) -> None:
    """He was told, went on, or objected; `wording` is the hash of what was spoken."""
    told: dict[str, Any] = {"announcement": announcement, "wording": wording, "language": language}
    row = {"department_id": department_id, "call_id": call_id, "person_id": person_id, "word": word, **told}
    work.later(recording_consents, {**row, "given_at": work.now})
    event.record(work, department_id, f"recording_{word}", "call", call_id, person=person_id, **told)


def consents_of(work: Work, department_id: int, call_id: int) -> list[sa.Row[Any]]:
    """All that was said of it in a call, in order."""
    columns = recording_consents.c
    of_call = (columns.department_id == department_id, columns.call_id == call_id)
    return list(work.conn.execute(sa.select(recording_consents).where(*of_call).order_by(columns.id)))


_IN_FORCE = """
select d.id as department_id, h.id as handbook_id from department d
  cross join lateral (
    select id from handbook where department_id = d.id
       and effective_on <= (cast(:now as timestamptz) at time zone d.time_zone)::date
     order by effective_on desc, version desc limit 1) h
 where d.id = any (:ds) order by d.id
"""
