"""Who goes before others at the desk: one rule, for callers who wait and for what is handed over by text."""

from datetime import timedelta

from models.session import Work
from models.tables import sql

SOON = timedelta(hours=2)
"""So near its start a detail comes first: who calls about it, and the check-in in what he is offered."""


def goes_first(work: Work, person_id: int | None) -> bool:
    """Whether a detail of his starts within two hours, or goes on now: he may be late, or a site without an officer."""
    if person_id is None:
        return False
    found = work.conn.execute(sql(_NEAR), {"p": person_id, "now": work.now, "soon": work.now + SOON})
    return found.first() is not None


# By the index over live assignments of a person.
_NEAR = """
select from assignment
 where person_id = :p and state in ('awarded', 'confirmed', 'checked_in')
   and upper(during) > :now and lower(during) <= :soon
 limit 1
"""
