"""Facts: what the rules are told, read from the records in one statement.

An award, a sign-up, an offer and a replacement are judged on the same facts, read by the same words.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.crews import crews_of
from models.awarding.deciding.facts_rows import commitments_of, exclusions_of, officers_of
from models.details.opening import Opening
from models.people.department import Department
from models.people.handbook import Edition
from models.rules.awarding.taking import Taking, officers_by_opening
from models.rules.charging.consequences import REACH as REACH_OF_CONTACTS
from models.rules.clauses.hours import Binding
from models.rules.clauses.outcomes import REACHED
from models.rules.clauses.rounds import Round
from models.rules.eligibility import advice as advice_of
from models.rules.facts import (
    AwardFacts,
    BarFacts,
    ContactFacts,
    CounterFacts,
    OpeningFacts,
    SignupFacts,
    SlotFacts,
    TourFacts,
)
from models.rules.limits.reach import reach_days
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import sql
from models.working.assignment import LIVE

_FACTS = f"""
with reach as (
    select tstzrange(cast(:since as timestamptz), cast(:until as timestamptz)) as span
), who as (
    select id, person_id, badge, rank, seniority_on, unit, status, rank_on, job_class from officer
     where department_id = :d and (cast(:everyone as boolean) or id = any (:officers))
), near as (
    select a.officer_id, a.opening_id, o.code, e.pool, lower(a.during) as starts_at, upper(a.during) as ends_at,
           a.person_id, a.during, e.kind, s.ref as site, s.area, a.is_ordered,
           (select t.stated_at from attendance t where t.department_id = a.department_id and t.assignment_id = a.id
               and t.kind = 'check_in' and t.superseded_at is null) as came_at,
           (select t.stated_at from attendance t where t.department_id = a.department_id and t.assignment_id = a.id
               and t.kind = 'check_out' and t.superseded_at is null) as left_at
      from assignment a join opening o on o.department_id = a.department_id and o.id = a.opening_id
      join detail e on e.department_id = o.department_id and e.id = o.detail_id
      join site s on s.department_id = e.department_id and s.id = e.site_id
     where a.department_id = :d and a.state in {LIVE} and a.during && (select span from reach)
       and a.officer_id in (select id from who)
)
select
  (select jsonb_agg(jsonb_build_array(id, badge, rank, seniority_on, unit, status, rank_on, job_class) order by id)
     from who) as officers,
  (select jsonb_object_agg(w.id, p.name) from who w join person p on p.id = w.person_id
    where cast(:by_name as boolean)) as names,
  (select jsonb_agg(jsonb_build_array(officer_id, status, from_on, until_on) order by officer_id, from_on)
     from officer_status where department_id = :d and officer_id in (select id from who)
      and (until_on is null or until_on >= cast(:since as timestamptz)::date)) as statuses,
  (select jsonb_agg(jsonb_build_array(officer_id, pool) order by officer_id, pool) from pool_member
    where department_id = :d and officer_id in (select id from who)) as pools,
  (select jsonb_agg(jsonb_build_array(x.officer_id, x.side, x.from_on, x.until_on, c.ref, s.ref) order by x.id)
     from exclusion x left join contractor c on c.department_id = x.department_id and c.id = x.contractor_id
     left join site s on s.department_id = x.department_id and s.id = x.site_id
    where x.department_id = :d and x.officer_id in (select id from who)
      and (x.until_on is null or x.until_on >= cast(:since as timestamptz)::date)) as exclusions,
  (select jsonb_agg(jsonb_build_array(officer_id, name, expires_on) order by officer_id, name) from qualification
    where department_id = :d and officer_id in (select id from who)) as qualifications,
  (select jsonb_agg(jsonb_build_array(officer_id, lower(during), upper(during), kind, leave_kind, may_be_called)
      order by officer_id, during) from tour where department_id = :d and officer_id in (select id from who)
      and upper(during) >= cast(:since as timestamptz) and during && (select span from reach)) as tours,
  (select jsonb_agg(jsonb_build_array(officer_id, starts_at, ends_at, opening_id, code, pool, kind, site, came_at,
      left_at, area, is_ordered) order by officer_id, starts_at) from near) as commitments,
  (select jsonb_agg(jsonb_build_array(who.id, lower(e.during), upper(e.during)) order by who.id, e.during)
     from committed_elsewhere(array(select person_id from who), (select span from reach)) e
     join who on who.person_id = e.person_id
    where not exists (select from near n where n.person_id = e.person_id and n.during = e.during)) as elsewhere,
  (select jsonb_agg(jsonb_build_array(officer_id, kind, from_at, until_at) order by officer_id, from_at)
     from penalty where department_id = :d and officer_id in (select id from who) and lifted_at is null
      and until_at > cast(:since as timestamptz)) as bars,
  (select jsonb_agg(jsonb_build_array(w.id, p.pool, coalesce(h.minutes, 0), r.place, coalesce(h.turns, 0),
      coalesce(h.points, 0), coalesce(h.refused_minutes, 0), coalesce(h.offered_minutes, 0),
      coalesce(r.owed, 0)) order by w.id, p.pool)
     from officer w cross join unnest(cast(:pools as text[])) as p (pool)
     left join hours_count h on h.department_id = :d and h.pool = p.pool and h.officer_id = w.id
     left join rotation r on r.department_id = :d and r.pool = p.pool and r.officer_id = w.id
    where w.department_id = :d and (cast(:whole_pools as boolean) or w.id in (select id from who))) as counters
"""

# Asked for some in the words for everyone, PostgreSQL keeps a plan that reads everybody's past.
_EVERYONE, _SOME = "(cast(:everyone as boolean) or id = any (:officers))", "id = any (:officers)"
_WHOLE_POOLS, _OF_SOME = (
    "(cast(:whole_pools as boolean) or w.id in (select id from who))",
    "w.id in (select id from who)",
)
_FACTS_OF_SOME_IN_POOLS = _FACTS.replace(_EVERYONE, _SOME)
_FACTS_OF_SOME = _FACTS_OF_SOME_IN_POOLS.replace(_WHOLE_POOLS, "w.id in (select id from who)")

_STANDING = """
select
  (select jsonb_agg(jsonb_build_array(officer_id, opening_id, signed_up_at, preference) order by id) from signup
    where department_id = :d and withdrawn_at is null and opening_id = any (:openings)) as signups,
  (select jsonb_agg(jsonb_build_array(id, opening_id, number) order by id) from slot
    where department_id = :d and state = 'open' and opening_id = any (:openings)
      and not exists (select from offer f where f.department_id = :d and f.slot_id = slot.id and f.state = 'open'
        and f.is_owed)) as slots
"""


def gather(
    work: Work,
    department: Department,
    edition: Edition,
    openings: Sequence[Opening],
    officer_ids: Sequence[int] | None,
    standing: sa.Row[Any] | None = None,
    seed: int = 0,
) -> AwardFacts:
    """The facts for these openings and officers (None: the whole department); `seed` is what a lottery draws by.

    `standing` is what read_standing gave, for an award run, which also needs the counters of the whole pools, because
    a place in a rotation is a place among all. A question about one officer needs neither.
    """
    of_some = _FACTS_OF_SOME if standing is None else _FACTS_OF_SOME_IN_POOLS
    query = _FACTS if officer_ids is None else of_some
    row = work.conn.execute(sql(query), _bound(work, department, edition, openings, officer_ids, standing)).one()
    return AwardFacts(
        handbook=edition.rules,
        handbook_version=edition.version,
        zone=department.zone.key,
        now=work.now,
        officers=officers_of(row),
        openings=tuple(opening_facts(one) for one in openings),
        slots=tuple(SlotFacts(*one) for one in (standing.slots or ())) if standing else (),
        signups=tuple(_signup(one) for one in (standing.signups or ())) if standing else (),
        tours=tuple(TourFacts(one[0], _at(one[1]), _at(one[2]), *one[3:]) for one in row.tours or ()),
        commitments=tuple(commitments_of(row)),
        exclusions=exclusions_of(row),
        bars=tuple(BarFacts(one[0], one[1], _at(one[2]), _at(one[3])) for one in row.bars or ()),
        counters=tuple(CounterFacts(*one) for one in row.counters or ()),
        seed=seed,
        counts_turns=True,
        has_everybody=officer_ids is None,
        crews=crews_of(work, department.id, edition, openings),
        contacts=_contacts(work, department, edition, [one.id for one in openings], officer_ids),
    )


def _contacts(
    work: Work,
    department: Department,
    edition: Edition,
    opening_ids: Sequence[int],
    officer_ids: Sequence[int] | None,
) -> tuple[ContactFacts, ...]:
    """What came of asking these officers, where the handbook counts it, and of asking them for these openings, where
    it goes by who was reached; else nothing is read.
    """
    counted = sorted({name for each in edition.rules.consequences for name in each.of})
    goes_by_reached = any("last_contacted" in each.keys for each in edition.rules.awarding.rounds)
    if not counted and not goes_by_reached:
        return ()
    rows = work.conn.execute(
        sql(
            "select c.officer_id, e.pool, c.outcome, c.contacted_at, c.opening_id from contact c"
            " join opening o on o.department_id = c.department_id and o.id = c.opening_id"
            " join detail e on e.department_id = o.department_id and e.id = o.detail_id"
            " where c.department_id = :d and (c.outcome = any (:counted) and c.contacted_at > :since"
            " or c.opening_id = any (:openings) and c.outcome = any (:reached))"
            " and (cast(:everyone as boolean) or c.officer_id = any (:officers)) order by c.id"
        ),
        {
            "d": department.id,
            "counted": counted,
            "openings": list(opening_ids) if goes_by_reached else [],
            "reached": sorted(REACHED),
            "since": work.now - REACH_OF_CONTACTS,
            "everyone": officer_ids is None,
            "officers": list(officer_ids or ()),
        },
    )
    return tuple(ContactFacts(*row) for row in rows)


def refusal(facts: AwardFacts, officer_id: int, about: Opening, stage: Binding = "award") -> Verdict | None:
    """The rule that keeps the officer from the opening, with its figures; None when he may take it.

    Rules that do not bind at that stage keep nobody.
    """
    officer = next(one for one in facts.officers if one.id == officer_id)
    found = Taking(facts, stage).verdict(officer, opening_facts(about), _judged_at(about, facts.now))
    return None if found.is_eligible else found


def advice(facts: AwardFacts, officer_id: int, about: Opening) -> Verdict | None:
    """The first rule that stands against a sign-up which it does not refuse; None when there is none."""
    officer = next(one for one in facts.officers if one.id == officer_id)
    return next(iter(advice_of(officer, opening_facts(about), facts, "signup")), None)


def eligible_officers(facts: AwardFacts, openings: Sequence[Opening]) -> dict[int, list[int]]:
    """For each opening the officers in the facts who may sign up for it, by id."""
    return officers_by_opening(facts, "signup", {one.id: _judged_at(one, facts.now) for one in openings})


def _judged_at(about: Opening, now: datetime) -> datetime:
    """What is to be awarded goes by the rounds of that time, all else by those of now."""
    waits = about.posting_state in ("planned", "open", "closed") and about.award_at is not None
    return max(now, about.award_at) if waits and about.award_at else now


def read_standing(work: Work, department_id: int, opening_ids: Sequence[int]) -> sa.Row[Any]:
    """The live signups and the open slots of these openings."""
    return work.conn.execute(sql(_STANDING), {"d": department_id, "openings": list(opening_ids)}).one()


def opening_facts(opening: Opening) -> OpeningFacts:
    """An opening as the rules see it; its code is how people name it."""
    return OpeningFacts(
        id=opening.id,
        detail=opening.code,
        starts_at=opening.starts_at,
        ends_at=opening.ends_at,
        posted_at=opening.posted_at or opening.starts_at,
        pool=opening.pool,
        ranks=opening.ranks,
        qualifications=opening.qualifications,
        unit=opening.unit,
        closes_at=opening.closes_at,
        band=opening.band,
        work=opening.kind,
        site=opening.site_ref,
        contractor=opening.contractor_ref,
        area=opening.area,
        # Who relieves stands in for one who is there still.
        detail_id=opening.detail_id if opening.relief_id is None else None,
    )


def _bound(
    work: Work,
    department: Department,
    edition: Edition,
    openings: Sequence[Opening],
    officer_ids: Sequence[int] | None,
    standing: sa.Row[Any] | None,
) -> dict[str, Any]:
    reach = timedelta(days=reach_days(edition.rules))
    first = min((one.starts_at for one in openings), default=work.now)
    last = max((one.ends_at for one in openings), default=work.now)
    return {
        "d": department.id,
        "everyone": officer_ids is None,
        "whole_pools": officer_ids is None or standing is not None,
        "officers": list(officer_ids or ()),
        "since": min(first, work.now) - reach,
        "until": max(last, work.now) + reach,
        "by_name": any("name" in each.keys for each in (*edition.rules.awarding.rounds, *_lending(edition))),
        "pools": sorted({one.pool for one in openings} | edition.rules.awarding.counters),
    }


def _lending(edition: Edition) -> list[Round]:
    lending = edition.rules.neighbours.lending_round
    return [] if lending is None else [lending]


def _signup(one: list[Any]) -> SignupFacts:
    officer_id, opening_id, signed_up_at, preference = one
    return SignupFacts(officer_id, opening_id, _at(signed_up_at), preference)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
