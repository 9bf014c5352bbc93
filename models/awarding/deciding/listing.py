"""Listings: where a slot goes without an award, the facts by which officers were asked, told or refused.

They are kept so that who was wrongly passed over is found there too; an award keeps its facts itself.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from models.awarding.asking.call_out import CallOut
from models.people.handbook import Edition
from models.rules.facts import AwardFacts, from_json, to_json
from models.rules.replaying.bypass_by_list import ListingKind, PastListing
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
)

_PAST = """
select l.id, l.kind, l.facts::text as facts, l.opening_id, l.standby_ids, l.never, c.kind as call_out, c.band,
       (select array_agg(f.officer_id order by f.id) from offer f
         where f.department_id = l.department_id and f.call_out_id = l.call_out_id) as asked,
       (select jsonb_agg(jsonb_build_array(a.officer_id, a.given_at) order by a.given_at, a.id) from assignment a
          left join offer f on f.department_id = a.department_id and f.id = a.offer_id
         where a.department_id = l.department_id and a.opening_id = l.opening_id and a.award_id is null
           and f.call_out_id is not distinct from l.call_out_id) as taken
  from listing l left join call_out c on c.department_id = l.department_id and c.id = l.call_out_id
 where l.department_id = :d and l.id = :id
"""


def list_call_out(
    work: Work, found: CallOut, facts: AwardFacts, standby_ids: Sequence[int], never: Collection[int]
) -> None:
    """Keep what the call-out's list was made from, as its first officer is asked."""
    _keep(work, found.department_id, "call_out", found.edition, found.opening_id, facts, found.id, standby_ids, never)


def list_first_come(
    work: Work, department_id: int, kind: ListingKind, edition: Edition, opening_id: int, facts: AwardFacts
) -> None:
    """Keep by what officers were told of what goes first come (announced), or one of them did not get it (refused)."""
    _keep(work, department_id, kind, edition, opening_id, facts, None, (), ())


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
            facts=from_json(row.facts),
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
) -> None:
    work.conn.execute(
        sa.insert(listings).values(
            department_id=department_id,
            kind=kind,
            opening_id=opening_id,
            call_out_id=call_out_id,
            handbook_id=edition.id,
            listed_at=work.now,
            facts=json.loads(to_json(facts)),
            standby_ids=list(standby_ids),
            never=sorted(never),
        )
    )
