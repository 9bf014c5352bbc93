"""Contacts: that an officer was asked or passed over, how, and what came of it. Facts; none is ever changed.

Declined, no answer, unreachable and not attempted are four facts, and contracts price them apart. Who asks by call
writes the same facts in the same words as who asks by text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import sqlalchemy as sa

from models.awarding.counting.counters import count, spend
from models.details.opening import Opening
from models.proof import event
from models.rules.asking.replacement import PassedOver
from models.rules.charging.charging import Circumstances, cost, is_turn, notice_minutes
from models.rules.clauses.outcomes import ContactOutcome, ContactStep, Outcome, OutcomeName
from models.rules.handbook import Handbook
from models.session import Work
from models.tables import Timestamp, of_department, sql

contacts = of_department(
    "contact",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("slot_id", sa.BigInteger),
    sa.Column("offer_id", sa.BigInteger),
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("message_out_id", sa.BigInteger),
    sa.Column("step", sa.Text),
    sa.Column("channel", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("contacted_at", Timestamp),
    sa.Column("reason", sa.Text),
    sa.Column("turn", sa.Text),
    sa.Column("charged_minutes", sa.Integer),
    sa.Column("charged_points", sa.Integer),
    sa.Column("refused_minutes", sa.Integer),
    sa.Column("counted_in", sa.Text),
)

#: Outcomes in which nothing was put to the officer: the hours do not count as offered.
NOT_REACHED: frozenset[str] = frozenset({"considered", "skipped", "not_attempted", "unreachable", "busy"})

CHANNELS = ("sms", "voice", "web")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a contact is with, and about what; `pool` is where it counts. `award_id` where an award gave it to him: then
    `step` is `award`.
    """

    officer_id: int
    opening_id: int
    pool: str
    starts_at: datetime
    ends_at: datetime
    step: ContactStep
    slot_id: int | None = None
    offer_id: int | None = None
    assignment_id: int | None = None
    award_id: int | None = None

    @property
    def minutes(self) -> int:
        """The scheduled length."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def record_contact(
    work: Work,
    department_id: int,
    rules: Handbook,
    asked: Asked,
    outcome: OutcomeName,
    *,
    channel: str | None = None,
    reason: str | None = None,
) -> Outcome:
    """Write down what came of asking the officer, and move his counters; returns the row of the handbook that decided.

    For whoever holds nothing yet: what an award took in advance is settled by its confirmation.
    """
    how = circumstances(work, department_id, rules, asked, outcome)
    row = cost(rules.outcomes, outcome, how)
    is_circle = rules.pool(asked.pool).rotation == "circle"
    is_owed = is_circle and row.turn == "kept" and is_turn(rules.outcomes, outcome, how)
    reached = outcome not in NOT_REACHED
    spent = spend(
        work, department_id, asked.officer_id, asked.pool, row, asked.minutes, reached, is_circle, is_owed=is_owed
    )
    write_contact(work, department_id, asked, outcome, row, spent.minutes, channel=channel, reason=reason)
    event.record(
        work,
        department_id,
        "contact_recorded",
        "opening",
        asked.opening_id,
        officer_id=asked.officer_id,
        opening_id=asked.opening_id,
        slot=asked.slot_id,
        outcome=outcome,
        reason=reason,
    )
    return row


def write_contact(
    work: Work,
    department_id: int,
    asked: Asked,
    outcome: OutcomeName,
    row: Outcome,
    charged_minutes: int,
    *,
    channel: str | None = None,
    reason: str | None = None,
) -> None:
    """The fact alone, with what it cost; counters are the caller's."""
    if outcome not in get_args(ContactOutcome):
        return
    acting = work.actor.channel if work.actor.channel in CHANNELS else "sms"
    work.later(
        contacts,
        {
            "department_id": department_id,
            "officer_id": asked.officer_id,
            "opening_id": asked.opening_id,
            "slot_id": asked.slot_id,
            "offer_id": asked.offer_id,
            "assignment_id": asked.assignment_id,
            "step": asked.step,
            "channel": channel or acting,
            "outcome": outcome,
            "contacted_at": work.now,
            "reason": reason,
            "turn": row.turn,
            "charged_minutes": charged_minutes,
            "charged_points": row.points,
            "refused_minutes": asked.minutes if row.refused else 0,
            "counted_in": asked.pool,
        },
    )


def note_skipped(
    work: Work, department_id: int, rules: Handbook, about: Opening, slot_id: int, skipped: Sequence[PassedOver]
) -> None:
    """Their turn came and they could not take it; once for each opening, however often its next is asked."""
    if not skipped:
        return
    columns = contacts.c
    known = work.conn.execute(
        sa.select(columns.officer_id).where(
            columns.department_id == department_id, columns.opening_id == about.id, columns.outcome == "skipped"
        )
    )
    before = set(known.scalars())
    step: ContactStep = "call_out" if about.goes_down_a_list else "offer"
    for one in skipped:
        if one.officer_id not in before:
            pool = one.counter or about.pool
            asked = Asked(one.officer_id, about.id, pool, about.starts_at, about.ends_at, step, slot_id)
            record_contact(work, department_id, rules, asked, "skipped", reason=str(one.verdict.reason))


def take_back(work: Work, department_id: int, officer_id: int, about: Opening) -> None:
    """Take off the officer's counts what saying no to this opening cost him in the present period: he works it now.

    The contacts stay as they are: that he refused is a fact.
    """
    bound = {"d": department_id, "o": officer_id, "opening": about.id, "pool": about.pool}
    for found in work.conn.execute(sql(_PAID), bound).all():
        paid = {"minutes": -found.minutes, "points": -found.points, "refused_minutes": -found.refused}
        if not any(paid.values()):
            continue
        count(work, department_id, officer_id, found.pool, **paid)
        event.record(
            work,
            department_id,
            "charges_taken_back",
            "officer",
            officer_id,
            officer_id=officer_id,
            opening_id=about.id,
            pool=found.pool,
            **paid,
        )


def note_sent(work: Work, department_id: int, message_ids: list[int]) -> None:
    """The carrier took these texts: those that put an award or an offer to an officer are contacts; twice is once."""
    if message_ids:
        work.conn.execute(sql(_SENT), {"d": department_id, "ids": message_ids, "now": work.now})


def circumstances(
    work: Work,
    department_id: int,
    rules: Handbook,
    asked: Asked,
    outcome: OutcomeName,
    *,
    replaced: bool = False,
    reason: str | None = None,
) -> Circumstances:
    """What the table of outcomes may ask about the contact; only what some case for this outcome asks is looked up."""
    cases = [case for case in rules.outcomes.cases if outcome in case.on]
    leave, may_be_called = None, False
    if any(case.leave or case.may_be_called is not None for case in cases):
        leave, may_be_called = _leave(work, department_id, asked)
    return Circumstances(
        asked.step,
        notice_minutes(asked.starts_at, work.now),
        _round(work, department_id, asked) if any(case.rounds for case in cases) else None,
        leave,
        may_be_called,
        replaced,
        _band(work, department_id, asked) if any(case.bands for case in cases) else "",
        reason,
    )


def _leave(work: Work, department_id: int, asked: Asked) -> tuple[Any, bool]:
    """The leave he is on when the detail is, or else now; leave of which nobody said the kind is `other`."""
    row = work.conn.execute(
        sql(_LEAVE),
        {
            "d": department_id,
            "o": asked.officer_id,
            "from_at": asked.starts_at,
            "to_at": asked.ends_at,
            "now": work.now,
        },
    ).one_or_none()
    return (row.kind, row.may_be_called) if row else (None, False)


def _band(work: Work, department_id: int, asked: Asked) -> str:
    band: str | None = work.conn.execute(sql(_BAND), {"d": department_id, "o": asked.opening_id}).scalar_one_or_none()
    return band or ""


def _round(work: Work, department_id: int, asked: Asked) -> str | None:
    if asked.award_id is None:
        return None
    bound = {"d": department_id, "award": asked.award_id, "opening": asked.opening_id, "o": asked.officer_id}
    name: str | None = work.conn.execute(sql(_ROUND), bound).scalar_one_or_none()
    return name


_PAID = """
select n.pool, coalesce(sum(c.charged_minutes), 0)::integer as minutes,
       coalesce(sum(c.charged_points), 0)::integer as points, coalesce(sum(c.refused_minutes), 0)::integer as refused
  from contact c
  cross join lateral (select coalesce(c.counted_in, :pool) as pool) n
  left join hours_count h on h.department_id = c.department_id and h.pool = n.pool and h.officer_id = c.officer_id
 where c.department_id = :d and c.opening_id = :opening and c.officer_id = :o and c.outcome <> 'accepted'
   and c.contacted_at >= coalesce(h.since_at, 'epoch')
 group by n.pool order by n.pool
"""
_LEAVE = """
select coalesce(leave_kind, 'other') as kind, may_be_called from tour
 where department_id = :d and officer_id = :o and kind = 'leave'
   and upper(during) >= least(cast(:now as timestamptz), cast(:from_at as timestamptz))
   and (during && tstzrange(:from_at, :to_at) or during @> cast(:now as timestamptz))
 order by during && tstzrange(:from_at, :to_at) desc, lower(during) limit 1
"""
_BAND = """
select p.band from opening o
  join posting p on p.department_id = o.department_id and p.detail_id = o.detail_id and p.state <> 'withdrawn'
 where o.department_id = :d and o.id = :o
"""
_ROUND = """
select figures->>'round' from verdict
 where department_id = :d and award_id = :award and opening_id = :opening and officer_id = :o
"""
_SENT = """
insert into contact (department_id, officer_id, opening_id, slot_id, offer_id, assignment_id, message_out_id,
                     step, channel, outcome, contacted_at)
select m.department_id, coalesce(a.officer_id, f.officer_id), coalesce(a.opening_id, f.opening_id),
       coalesce(a.slot_id, f.slot_id), f.id, a.id, m.id,
       case when a.award_id is not null then 'award' when o.kind = 'posting' then 'call_out' else 'offer' end, 'sms',
       'sent', :now
  from message_out m
  left join assignment a on m.subject_kind = 'assignment' and a.department_id = m.department_id and a.id = m.subject_id
  left join offer f on m.subject_kind = 'offer' and f.department_id = m.department_id and f.id = m.subject_id
  left join call_out o on o.department_id = f.department_id and o.id = f.call_out_id
 where m.department_id = :d and m.id = any (:ids)
   and m.prompt in ('award.awarded', 'award.remind', 'offer.made', 'offer.again') and coalesce(a.id, f.id) is not null
on conflict (department_id, message_out_id) where message_out_id is not null do nothing
"""
