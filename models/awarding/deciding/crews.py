"""Who holds slots of the details decided about: read only where the handbook says who may be there together."""

from collections.abc import Sequence

from models.details.opening import Opening
from models.people.handbook import Edition
from models.rules.facts import CrewFacts
from models.session import Work
from models.tables import sql
from models.working.assignment import LIVE

# Who is giving his slot back makes room for who takes it.
_CREWS = f"""
select o.detail_id, a.officer_id, f.rank, lower(a.during), upper(a.during) from assignment a
  join opening o on o.department_id = a.department_id and o.id = a.opening_id
  join officer f on f.department_id = a.department_id and f.id = a.officer_id
 where a.department_id = :d and a.state in {LIVE} and o.detail_id = any (:details) and f.rank = any (:ranks)
   and f.status <> 'guest' and not exists (select from assignment_drop x where x.department_id = a.department_id
       and x.assignment_id = a.id and x.state = 'looking')
 order by a.id
"""


def crews_of(work: Work, department_id: int, edition: Edition, openings: Sequence[Opening]) -> tuple[CrewFacts, ...]:
    """The officers of the ranks in question on these details."""
    ranks = [each.rank for each in edition.rules.eligibility.together]
    if not ranks or not openings:
        return ()
    bound = {"d": department_id, "details": sorted({each.detail_id for each in openings}), "ranks": ranks}
    return tuple(CrewFacts(*row) for row in work.conn.execute(sql(_CREWS), bound))
