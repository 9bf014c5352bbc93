"""Vacancies: slots to be filled, because nobody holds them or because their holder is giving them back.

A slot that is put to an officer because it is owed to him is a vacancy for him alone, until he answers.
"""

from dataclasses import dataclass

from models.session import Work
from models.tables import sql


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A slot that may be taken; `drop_id` names the drop of who still holds it."""

    slot_id: int
    drop_id: int | None


_VACANT = """
select s.id, x.id as drop_id from slot s
  left join assignment a on a.department_id = s.department_id and a.slot_id = s.id and a.state = 'confirmed'
  left join assignment_drop x on x.department_id = a.department_id and x.assignment_id = a.id and x.state = 'looking'
   and x.zone <> 'swap'
 where s.department_id = :d and s.opening_id = :opening and (s.state = 'open' or x.id is not null)
   and not exists (select from offer f where f.department_id = s.department_id and f.slot_id = s.id
                      and f.state = 'open' and f.is_owed and f.officer_id <> :for_officer)
 order by s.id
"""


def vacancies(work: Work, department_id: int, opening_id: int, for_officer: int = 0) -> list[Vacancy]:
    """The opening's vacancies, as they are once all its slots are held until the transaction ends; `for_officer` also
    those that are owed to this officer.

    In the order of their ids, so that those who take different slots of one opening at once never wait crosswise; and
    read after they are held, because who was waited for may have taken one.
    """
    work.conn.execute(
        sql("select id from slot where department_id = :d and opening_id = :opening order by id for no key update"),
        {"d": department_id, "opening": opening_id},
    )
    rows = work.conn.execute(sql(_VACANT), {"d": department_id, "opening": opening_id, "for_officer": for_officer})
    return [Vacancy(row.id, row.drop_id) for row in rows]
