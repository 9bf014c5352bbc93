"""An officer's own choice whether the line calls him: always, only when it is urgent, or never. Texts go on."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line import outbound_call
from models.people.officer import Officer
from models.proof import event
from models.rules.asking.calling import CallChoice, is_wanted
from models.rules.clauses.calls import Calls, Demand
from models.session import Work
from models.tables import Timestamp, metadata, sql

call_choices = sa.Table(
    "call_choice",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("calls", sa.Text),
    sa.Column("chosen_at", Timestamp),
)

NOT_WANTED = "no_calls_wanted"
"""Why a call was not attempted: he had chosen so."""


def call_choice(work: Work, department_id: int, officer_id: int) -> CallChoice:
    """What he chose; who chose nothing is called."""
    columns = call_choices.c
    found = sa.select(columns.calls).where(columns.department_id == department_id, columns.officer_id == officer_id)
    chosen: CallChoice | None = work.conn.execute(found).scalar_one_or_none()
    return chosen or "all"


def choose_calls(work: Work, officer: Officer, choice: CallChoice, clause: Calls, **told: Any) -> bool:
    """Make it his choice from now on; False when it was already.

    Calls to him that wait and that he does not want any more are not made; what they were about goes by text.
    """
    if call_choice(work, officer.department_id, officer.id) == choice:
        return False
    row = {"department_id": officer.department_id, "officer_id": officer.id, "calls": choice, "chosen_at": work.now}
    written = insert(call_choices).values(row)
    work.conn.execute(written.on_conflict_do_update(constraint="call_choice_pk", set_=row))
    who = officer.id
    event.record(work, officer.department_id, "calls_chosen", "officer", who, officer_id=who, calls=choice, **told)
    for call_id in _unwanted(work, officer, choice, clause):
        outbound_call.end(work, officer.department_id, call_id, "not_attempted", NOT_WANTED)
    return True


def demand_of(why: str, fence: str, *, is_emergency: bool) -> Demand | None:
    """What of the handbook's demands a call is, if it is one of them."""
    if why == "late":
        return "late"
    if fence.startswith("award.ordered_in"):
        return "orders"
    return "emergencies" if is_emergency else None


def _unwanted(work: Work, officer: Officer, choice: CallChoice, clause: Calls) -> Sequence[int]:
    """A call that may ring at any hour is an urgent one."""
    queued = work.conn.execute(sql(_QUEUED), {"d": officer.department_id, "o": officer.id}).all()
    demands = {row.id: demand_of(row.why, row.fence, is_emergency=row.is_emergency) for row in queued}
    wanted = {row.id: is_wanted(choice, clause, demands[row.id], is_urgent=row.is_urgent) for row in queued}
    return [call_id for call_id, is_so in wanted.items() if not is_so]


_QUEUED = """
select c.id, c.why, c.fence, c.rings_from is null as is_urgent, k.emergency_id is not null as is_emergency
  from outbound_call c
  left join offer f on c.why = 'offer' and f.department_id = c.department_id and f.id = c.subject_id
  left join call_out k on k.department_id = f.department_id and k.id = f.call_out_id
 where c.department_id = :d and c.officer_id = :o and c.state = 'queued' order by c.id
"""
