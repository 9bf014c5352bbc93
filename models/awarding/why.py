"""WHY: what came of an officer's interest in an opening, with the rule and the figures, from the award's own record."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.awarding.award import figures_of
from models.awarding.facts import gather, refusal
from models.awarding.signup import is_open
from models.details.opening import Opening
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer
from models.session import Work


@dataclass(frozen=True, slots=True)
class Why:
    """`outcome` is awarded, standby, not_awarded or ineligible once awarded; before that waiting (signed up, the award
    is still to come), can (he could sign up), cannot (with the reason), or closed (never signed up, and it is over).

    `winners` are the names of those who were awarded the opening; `place` is the officer's place among the standbys.
    """

    outcome: str
    reason: str | None = None
    figures: dict[str, Any] | None = None
    place: int | None = None
    winners: tuple[str, ...] = ()
    signed_up: int = 0


def why(work: Work, department: Department, edition: Edition, officer: Officer, opening: Opening) -> Why:
    """Why the officer has, or has not, this opening."""
    row = work.conn.execute(sa.text(_WHY), {"d": department.id, "opening": opening.id, "o": officer.id}).one()
    if row.outcome is not None:
        winners = tuple(row.winners or ())
        return Why(row.outcome, row.reason, figures_of(row.figures), row.place, winners, row.signed_up)
    if row.is_signed_up:
        return Why("waiting", signed_up=row.signed_up)
    found = refusal(gather(work, department, edition, [opening], [officer.id]), officer.id, opening)
    if found is not None and found.reason is not None:
        return Why("cannot", str(found.reason), dict(found.figures), signed_up=row.signed_up)
    return Why("can" if is_open(opening, work) else "closed", winners=tuple(row.winners or ()), signed_up=row.signed_up)


_WHY = """
select v.outcome, v.reason, v.figures, v.place,
       exists (select from signup s where s.department_id = :d and s.opening_id = :opening and s.officer_id = :o
                and s.withdrawn_at is null) as is_signed_up,
       (select count(*) from signup s where s.department_id = :d and s.opening_id = :opening
           and s.withdrawn_at is null) as signed_up,
       (select array_agg(p.name order by w.id) from verdict w
          join officer o on o.department_id = w.department_id and o.id = w.officer_id
          join person p on p.id = o.person_id
         where w.department_id = :d and w.opening_id = :opening and w.outcome = 'awarded') as winners
  from (select 1) as one
  left join lateral (
       select outcome, reason, figures, place from verdict
        where department_id = :d and opening_id = :opening and officer_id = :o order by award_id desc limit 1
       ) v on true
"""
