"""Consent: that a number may be texted of our own accord, how and when it was given, and to which words.

Per department and number. A consent that was withdrawn stays as it was: it proves what was agreed, and until when.
Whoever texts us is answered without one; nobody is told of new details without one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

Way = Literal["paper", "roster", "texted", "enrolled"]
"""On paper; by whoever brought the roster; by a text that asks for texts; by enrolling a number."""

WORDING = "2026-11"
"""The version of the words on the page /opt-in; they change together."""

consents = of_department(
    "consent",
    sa.Column("number", sa.Text),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("way", sa.Text),
    sa.Column("attested", sa.Text),
    sa.Column("wording", sa.Text),
    sa.Column("given_at", Timestamp),
    sa.Column("withdrawn_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class Lacking:
    """An officer whom we may not text of our own accord; `is_withdrawn` when he said so himself."""

    badge: str
    name: str
    is_withdrawn: bool


def give(work: Work, department_id: int, number: str, person_id: int, way: Way, *, attested: str | None = None) -> bool:
    """Record that `number` may be texted; False when that is on record already (see `give_all`)."""
    return give_all(work, department_id, {number: person_id}, way, attested=attested) == 1


def give_all(
    work: Work, department_id: int, owners: Mapping[str, int], way: Way, *, attested: str | None = None
) -> int:
    """Record that these numbers, each with its person, may be texted; returns for how many that is new.

    What the person said himself counts: a withdrawn consent is renewed only by the person (`texted`, `enrolled`),
    never by a list that somebody else brings. `attested` is what the bringer says about how it was given.
    """
    settled = _settled(work, department_id, owners, way)
    new = {number: owner for number, owner in owners.items() if number not in settled}
    if not new:
        return 0
    same = {"way": way, "attested": attested, "wording": WORDING, "given_at": work.now}
    rows = [{"department_id": department_id, "number": number, "person_id": new[number], **same} for number in new]
    work.conn.execute(sa.insert(consents), rows)
    for person_id in new.values():
        event.record(work, department_id, "consent_given", "person", person_id, way=way, wording=WORDING)
    return len(new)


def withdraw(work: Work, number: str) -> int:
    """Nobody this work may see texts `number` of his own accord any more; returns for how many departments."""
    rows = work.conn.execute(
        sa.update(consents)
        .where(consents.c.number == number, consents.c.withdrawn_at.is_(None))
        .values(withdrawn_at=work.now)
        .returning(consents.c.department_id, consents.c.person_id)
    ).all()
    for row in rows:
        event.record(work, row.department_id, "consent_withdrawn", "person", row.person_id)
    return len(rows)


def consenting(work: Work, department_id: int, officer_ids: Sequence[int]) -> set[int]:
    """Those of the officers whom we may text of our own accord, on the number that we would text."""
    return _whose_number(work, department_id, officer_ids, "exists")


def not_consenting(work: Work, department_id: int, officer_ids: Sequence[int]) -> set[int]:
    """Those of the officers who have a number that can be texted, and have not agreed to it."""
    return _whose_number(work, department_id, officer_ids, "not exists")


def _whose_number(work: Work, department_id: int, officer_ids: Sequence[int], consent: str) -> set[int]:
    return set(
        work.conn.execute(
            sql(
                "select o.id from officer o, lateral (select p.number from phone p where p.person_id = o.person_id"
                "  and p.state = 'good' order by p.place limit 1) n where o.department_id = :d and o.id = any (:ids)"
                f" and {consent} (select from consent c where c.department_id = o.department_id"
                "  and c.withdrawn_at is null and c.number = n.number)"
            ),
            {"d": department_id, "ids": list(officer_ids)},
        ).scalars()
    )


def lacking(work: Work, department_id: int) -> list[Lacking]:
    """The department's officers with a phone that can be texted, but no consent to do so, by badge."""
    rows = work.conn.execute(sql(_LACKING), {"d": department_id})
    return [Lacking(row.badge, row.name, row.is_withdrawn) for row in rows]


def _settled(work: Work, department_id: int, numbers: Iterable[str], way: Way) -> set[str]:
    """Numbers of which there is nothing to record: a consent holds, or was withdrawn and is not ours to renew."""
    query = sa.select(consents.c.number).where(
        consents.c.department_id == department_id, consents.c.number.in_(list(numbers))
    )
    if way in ("texted", "enrolled"):
        query = query.where(consents.c.withdrawn_at.is_(None))
    return set(work.conn.execute(query).scalars())


_LACKING = """
select o.badge, p.name, exists (select from consent w where w.department_id = o.department_id
           and w.number = h.number) as is_withdrawn
  from officer o
  join person p on p.id = o.person_id
  join lateral (select number from phone where person_id = p.id and state = 'good' order by place limit 1) h on true
 where o.department_id = :d and o.status <> 'separated'
   and not exists (select from consent c where c.department_id = o.department_id and c.number = h.number
           and c.withdrawn_at is null)
 order by o.badge
"""
