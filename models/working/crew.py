"""The crew of a detail: all who hold a slot of it, whichever opening that is of, and whom the others wait for."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.session import Work
from models.tables import sql

WAITED_FOR = ("awarded", "confirmed", "checked_in")


@dataclass(frozen=True, slots=True)
class Member:
    """One of the crew, as the others may know of him. `state` is his assignment's."""

    assignment_id: int
    detail_id: int
    handbook_id: int
    officer_id: int
    person_id: int
    name: str
    badge: str
    rank: str
    state: str

    @property
    def is_waited_for(self) -> bool:
        """Whether nobody's hours are settled because of him: he is in, or has not come and is not missed yet."""
        return self.state in WAITED_FOR

    @property
    def last_name(self) -> str:
        """As colleagues call him."""
        return self.name.split()[-1]


def crew_of(work: Work, department_id: int, detail_ids: Sequence[int]) -> list[Member]:
    """Everybody who holds a slot of these details, in the order in which they got it."""
    rows = work.conn.execute(sql(_CREW), {"d": department_id, "details": list(detail_ids)})
    return [Member(*row) for row in rows]


_CREW = """
select a.id, o.detail_id, a.handbook_id, a.officer_id, a.person_id, p.name, f.badge, f.rank, a.state
  from assignment a
  join opening o on o.department_id = a.department_id and o.id = a.opening_id
  join officer f on f.department_id = a.department_id and f.id = a.officer_id
  join person p on p.id = a.person_id
 where a.department_id = :d and o.detail_id = any (:details)
   and a.state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid')
 order by a.id
"""
