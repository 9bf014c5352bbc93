"""Hand-offs that nobody has dealt with, as the desk reads them: who, known by what, what about, since when."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import sql

MOST_TEXTS = 30


def open_hand_offs(work: Work, department_id: int) -> list[sa.Row[Any]]:
    """What the desk owes something and no caller waits for, the urgent first, then the oldest."""
    return list(work.conn.execute(sql(f"{_OPEN} order by h.urgent desc, h.handed_at, h.id"), {"d": department_id}))


def open_hand_off(work: Work, department_id: int, hand_off_id: int) -> sa.Row[Any] | None:
    """One of them; None when it is done, or a caller waits for it."""
    return work.conn.execute(sql(f"{_OPEN} and h.id = :id"), {"d": department_id, "id": hand_off_id}).one_or_none()


def texts_around(work: Work, department_id: int, found: sa.Row[Any]) -> list[sa.Row[Any]]:
    """What was texted between its person and the line in the day before it and ever since, oldest first."""
    bound = {"d": department_id, "p": found.person_id, "since": found.handed_at - timedelta(days=1), "most": MOST_TEXTS}
    return list(reversed(work.conn.execute(sql(_TEXTS), bound).all()))


# A caller who was put through is one of those who wait; he stands here only if he hung up over something urgent.
_OPEN = """
select h.id, h.person_id, h.reason, h.urgent, h.handed_at, h.identified_by, h.told, h.conversation_id, h.call_id,
       coalesce(h.language, p.language, c.language) as language, p.name, c.name as claimed,
       coalesce(m.from_number, (select f.number from phone f
                                 where f.person_id = coalesce(h.person_id, h.claimed_person_id)
                                 order by f.place limit 1)) as number,
       o.code, o.place
  from hand_off h
  left join person p on p.id = h.person_id
  left join person c on c.id = h.claimed_person_id
  left join assignment a on a.department_id = h.department_id and a.id = (h.told ->> 'assignment')::bigint
  -- What says nothing of its own is about the detail he is on at that moment.
  left join lateral (
        select n.slot_id from assignment n
         where n.department_id = h.department_id and n.person_id = coalesce(h.person_id, h.claimed_person_id)
           and n.state in ('confirmed', 'checked_in') and n.during @> h.handed_at order by n.id limit 1
       ) n on h.told ->> 'assignment' is null and h.told ->> 'slot' is null
  left join slot s on s.department_id = h.department_id
   and s.id = coalesce(a.slot_id, (h.told ->> 'slot')::bigint, n.slot_id)
  left join message_in m on m.department_id = h.department_id and m.id = (h.told ->> 'message_in')::bigint
  left join lateral (
        select op.code, site.name as place from opening op
          join detail d on d.department_id = op.department_id and d.id = op.detail_id
          left join site on site.department_id = d.department_id and site.id = d.site_id
         where op.department_id = h.department_id and op.id = s.opening_id
       ) o on true
 where h.department_id = :d and h.done_at is null
   and not exists (select from waiting w where w.hand_off = h.department_id || '-' || h.id
                    and (w.state <> 'left' or not h.urgent))
"""

_TEXTS = """
select * from (
    select received_at as at, 'in' as way, body from message_in
     where department_id = :d and person_id = :p and received_at >= :since
    union all
    select made_at, 'out', body from message_out where department_id = :d and person_id = :p and made_at >= :since
) said order by at desc, way limit :most
"""
