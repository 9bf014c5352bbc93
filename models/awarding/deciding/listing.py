"""Listings: where a slot goes without an award, the facts by which officers were asked, told or refused.

They are kept so that who was wrongly passed over is found there too, and WHY knows what held then; an award keeps its
facts itself. The first list of an opening is kept whole, later ones as what differs from it.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.call_out import CallOut
from models.awarding.deciding.list_changes import differing, restored
from models.people.handbook import Edition
from models.rules.awarding.taking import Taking
from models.rules.facts import AwardFacts, from_json, to_json
from models.rules.replaying.bypass_by_list import ListingKind, PastListing, came_first
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import Json, Timestamp, of_department, sql

listings = of_department(
    "listing",
    sa.Column("kind", sa.Text),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("call_out_id", sa.BigInteger),
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("listed_at", Timestamp),
    sa.Column("facts", Json),
    sa.Column("standby_ids", sa.ARRAY(sa.BigInteger)),
    sa.Column("never", sa.ARRAY(sa.BigInteger)),
    sa.Column("base_id", sa.BigInteger),
)

_PAST = """
select l.id, l.kind, l.facts, b.facts as base, l.opening_id, l.standby_ids, l.never, c.kind as call_out, c.band,
       (select array_agg(f.officer_id order by f.id) from offer f
         where f.department_id = l.department_id and f.call_out_id = l.call_out_id) as asked,
       (select jsonb_agg(jsonb_build_array(a.officer_id, a.given_at) order by a.given_at, a.id) from assignment a
          left join offer f on f.department_id = a.department_id and f.id = a.offer_id
         where a.department_id = l.department_id and a.opening_id = l.opening_id and a.award_id is null
           and f.call_out_id is not distinct from l.call_out_id
           and (l.call_out_id is null or f.listing_id = l.id or (f.listing_id is null and l.base_id is null))) as taken
  from listing l left join call_out c on c.department_id = l.department_id and c.id = l.call_out_id
  left join listing b on b.department_id = l.department_id and b.id = l.base_id
 where l.department_id = :d and l.id = :id
"""


_THEN = """
select l.kind, l.listed_at, l.facts, b.facts as base from listing l
  left join listing b on b.department_id = l.department_id and b.id = l.base_id
 where l.department_id = :d and l.opening_id = :opening
   and (l.kind = 'call_out' or (l.kind = 'refused'
        and coalesce(l.facts -> 'signups' -> 0, l.facts #> '{signups,new,0,1}', l.facts #> '{signups,all,0}')
            ->> 'officer_id' = :o))
 order by l.id desc limit 1
"""
_OF_OFFICER = ("tours", "commitments", "bars", "counters", "exclusions", "contacts")


@dataclass(frozen=True, slots=True)
class Then:
    """The latest list on which an officer might have stood: when it was, and what stood against him by its facts."""

    kind: ListingKind
    listed_at: datetime
    found: Verdict


def list_call_out(
    work: Work, found: CallOut, facts: AwardFacts, standby_ids: Sequence[int], never: Collection[int]
) -> int:
    """Keep what a list of the call-out was made from, as somebody is asked by it; returns the listing's id."""
    return _keep(
        work, found.department_id, "call_out", found.edition, found.opening_id, facts, found.id, standby_ids, never
    )


def list_first_come(
    work: Work, department_id: int, kind: ListingKind, edition: Edition, opening_id: int, facts: AwardFacts
) -> None:
    """Keep by what officers were told of what goes first come (announced), or one of them did not get it (refused)."""
    _keep(work, department_id, kind, edition, opening_id, facts, None, (), ())


def stood_then(work: Work, department_id: int, opening_id: int, officer_id: int) -> Then | None:
    """What stood against the officer on the latest list of the opening; None where nothing did, or there is none."""
    row = work.conn.execute(sql(_THEN), {"d": department_id, "opening": opening_id, "o": str(officer_id)}).one_or_none()
    if row is None:
        return None
    facts = from_json(json.dumps(_of_officer(_facts(row), officer_id, row.kind)))
    if not facts.officers:
        return None
    if row.kind == "refused":
        told = came_first(facts)
        return None if told.outcome == "awarded" else Then(row.kind, row.listed_at, Verdict(told.reason, told.figures))
    found = Taking(facts).verdict(next(iter(facts.officers)), facts.openings[0], facts.now)
    return None if found.is_eligible else Then(row.kind, row.listed_at, found)


def past_listings(work: Work, department_id: int, since: datetime, until: datetime) -> Iterator[PastListing]:
    """Those from `since` up to but not including `until`, the earliest first, one in memory at a time."""
    ids = work.conn.execute(
        sa.select(listings.c.id)
        .where(listings.c.department_id == department_id, listings.c.listed_at >= since, listings.c.listed_at < until)
        .order_by(listings.c.listed_at, listings.c.id)
    )
    for listing_id in list(ids.scalars()):
        row = work.conn.execute(sql(_PAST), {"d": department_id, "id": listing_id}).one()
        yield PastListing(
            id=row.id,
            kind=row.kind,
            facts=from_json(json.dumps(_facts(row))),
            opening_id=row.opening_id,
            taken=tuple((who, datetime.fromisoformat(given_at)) for who, given_at in row.taken or ()),
            asked=frozenset(row.asked or ()),
            standby_ids=tuple(row.standby_ids),
            never=tuple(row.never),
            call_out=row.call_out or "replacement",
            band=row.band or "",
        )


def _keep(
    work: Work,
    department_id: int,
    kind: ListingKind,
    edition: Edition,
    opening_id: int,
    facts: AwardFacts,
    call_out_id: int | None,
    standby_ids: Sequence[int],
    never: Collection[int],
) -> int:
    base = _base(work, department_id, opening_id) if facts.has_everybody else None
    plain = json.loads(to_json(facts))
    listing_id: int = work.conn.execute(
        sa.insert(listings)
        .values(
            department_id=department_id,
            kind=kind,
            opening_id=opening_id,
            call_out_id=call_out_id,
            handbook_id=edition.id,
            listed_at=work.now,
            facts=plain if base is None else differing(base.facts, plain),
            base_id=None if base is None else base.id,
            standby_ids=list(standby_ids),
            never=sorted(never),
        )
        .returning(listings.c.id)
    ).scalar_one()
    return listing_id


def _base(work: Work, department_id: int, opening_id: int) -> Any:
    """The opening's first list of everybody; what one officer alone was refused by is no list to others."""
    columns = listings.c
    return work.conn.execute(
        sa.select(columns.id, columns.facts)
        .where(columns.department_id == department_id, columns.opening_id == opening_id)
        .where(columns.base_id.is_(None), columns.kind != "refused")
        .order_by(columns.id)
        .limit(1)
    ).one_or_none()


def _facts(row: sa.Row[Any]) -> dict[str, Any]:
    facts: dict[str, Any] = row.facts if row.base is None else restored(row.base, row.facts)
    return facts


def _of_officer(facts: dict[str, Any], officer_id: int, kind: ListingKind) -> dict[str, Any]:
    """A list's facts as far as they are his; a refusal by one's turn depends on everybody."""
    if kind == "refused":
        return facts
    his = {name: [each for each in facts.get(name, ()) if each["officer_id"] == officer_id] for name in _OF_OFFICER}
    return facts | his | {"officers": [each for each in facts["officers"] if each["id"] == officer_id]}
