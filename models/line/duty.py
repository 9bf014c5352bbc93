"""Duties: what must be done, and when, as rows written with their cause.

Redis only rings; a duty that nobody rang for is found by the sweep. A duty is done in the same transaction as its
effect. Its handler looks first whether it still applies, so a duty that life has overtaken does nothing: that is why
none is ever cancelled.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import Timestamp, of_department, sql

duties = of_department(
    "duty",
    sa.Column("queue", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("subject_id", sa.BigInteger),
    sa.Column("fence", sa.Text),
    sa.Column("due_at", Timestamp),
    sa.Column("attempts", sa.Integer),
    sa.Column("not_before", Timestamp),
    sa.Column("failure", sa.Text),
    sa.Column("done_at", Timestamp),
)

# What the subject of each kind is, and the queue that does it. Handlers stand in workers/<queue>/, one file a duty.
QUEUE_OF = {
    "open_posting": "awarding",  # posting
    "close_posting": "awarding",  # posting
    "run_award": "awarding",  # posting
    "fill_slot": "awarding",  # slot; fence: drop id, or the assignment that freed it
    "turn_counters": "awarding",  # department; fence: the pool and the day on which its period begins
    "turn_ordinary": "awarding",  # opening
    "order_in": "awarding",  # opening; fence: when it was planned
    "run_emergency": "awarding",  # emergency
    "end_emergency": "awarding",  # emergency
    "stop_emergency": "awarding",  # emergency
    "officer_leaves": "awarding",  # officer; fence: the day
    "announce_posting": "confirmations",  # posting
    "carry_out_order": "confirmations",  # officer; fence: the opening, and when his turn to sign up opens
    "tell_digest": "confirmations",  # officer; fence: the moment
    "tell_award": "confirmations",  # assignment
    "tell_ordered_in": "confirmations",  # assignment
    "tell_contractor": "confirmations",  # opening; fence: what was decided about a slot
    "tell_cancelled": "confirmations",  # assignment; fence: why it was he
    "tell_verdict": "confirmations",  # verdict
    "remind_answer": "confirmations",  # assignment
    "lapse_award": "confirmations",  # assignment
    "award_unreachable": "confirmations",  # assignment
    "call_award": "confirmations",  # assignment
    "call_ended": "confirmations",  # outbound_call
    "tell_offer": "confirmations",  # offer
    "expire_offer": "confirmations",  # offer
    "offer_unreachable": "confirmations",  # offer
    "tell_offer_gone": "confirmations",  # offer
    "tell_invitation": "confirmations",  # invitation
    "tell_enrolment": "confirmations",  # enrolment
    "tell_number": "confirmations",  # person; fence: the number
    "tell_code": "confirmations",  # one_time_code
    "end_temporary": "confirmations",  # person; fence: the number and its end
    "tell_pin": "confirmations",  # person; fence: set, one_time, cleared or locked, and when
    "tell_swap_kept": "confirmations",  # assignment_drop
    "tell_swap_decided": "confirmations",  # swap_request
    "tell_drop_outcome": "confirmations",  # assignment_drop
    "offer_owed": "awarding",  # owed_detail; fence: what made it due
    "settle_owed": "awarding",  # offer
    "end_owed": "awarding",  # owed_detail; fence: its end
    "tell_owed": "confirmations",  # owed_detail; fence: owed, run_out
    "tell_penalty": "confirmations",  # penalty; fence: imposed, lifted, upheld, over
    "settle_drop": "confirmations",  # assignment_drop
    "tell_moved_end": "confirmations",  # assignment; fence: the new end
    "tell_welfare_alarm": "confirmations",  # welfare_check; fence: help, where he asked for it
    "tell_place_code": "confirmations",  # opening; fence: its start
    "tell_vouched": "confirmations",  # assignment; fence: the time that was vouched for
    "begin_relief": "awarding",  # relief
    "settle_relief": "awarding",  # relief
    "tell_relief": "confirmations",  # relief; fence: taken or there, and the assignment
    "judge_hours": "awarding",  # assignment; fence: check-in or check-out, and its time
    "remind_night_before": "reminders",  # assignment
    "remind_hour_before": "reminders",  # assignment
    "alarm_late": "reminders",  # assignment
    "call_no_show": "reminders",  # assignment
    "nudge_check_out": "reminders",  # assignment
    "flag_place": "reminders",  # assignment; fence: his check-in
    "ask_welfare": "reminders",  # assignment; fence: his check-in, and when it is due
    "miss_welfare": "reminders",  # welfare_check; fence: how he was tried last
    "reminder_unreachable": "reminders",  # assignment; fence: the text
    "finish_detail": "reminders",  # detail
    "conversation_time_out": "confirmations",  # conversation; fence: its turn number
    "expire_call": "reminders",  # call; fence: its turns
    "tell_desk": "confirmations",  # waiting; fence: ask_back, leave_message
    "tell_hand_off": "confirmations",  # hand_off
    "tell_mail_bad": "confirmations",  # mail_out
    "text_failed": "confirmations",  # message_out
}

QUEUES = ("recordings", "awarding", "confirmations", "reminders", "delivery", "calls", "mail", "sweep")
MOST_ATTEMPTS = 8


def plan(work: Work, department_id: int, kind: str, subject_id: int, due_at: datetime, fence: str = "") -> None:
    """Write down that `kind` is due for the subject at `due_at`; the same duty twice is one."""
    queue = QUEUE_OF[kind]
    work.later(
        duties,
        {
            "department_id": department_id,
            "queue": queue,
            "kind": kind,
            "subject_id": subject_id,
            "fence": fence,
            "due_at": due_at,
        },
    )
    if due_at <= work.now:
        work.ring(queue, department_id)


def claim(work: Work, department_id: int, queue: str) -> sa.Row[Any] | None:
    """The next duty of `queue` that is due, locked for this transaction; None when nothing is, or others have it."""
    return work.conn.execute(
        sql(
            "select id, kind, subject_id, fence, due_at, attempts from duty where department_id = :d and queue = :q"
            " and done_at is null and due_at <= :now and not_before <= clock_timestamp()"
            " order by due_at, id limit 1 for update skip locked"
        ),
        {"d": department_id, "q": queue, "now": work.now},
    ).one_or_none()


def done(work: Work, department_id: int, duty_id: int) -> None:
    """The duty is done, in the transaction that did it."""
    work.conn.execute(
        sa.update(duties)
        .where(duties.c.department_id == department_id, duties.c.id == duty_id)
        .values(done_at=work.now, failure=None)
    )


def failed(work: Work, department_id: int, duty_id: int, attempts: int, failure: str) -> None:
    """The duty's transaction was undone: try again later, doubling the wait; it stays due until it succeeds."""
    wait = timedelta(seconds=min(2**attempts, 900))
    work.conn.execute(
        sa.update(duties)
        .where(duties.c.department_id == department_id, duties.c.id == duty_id)
        .values(
            attempts=attempts + 1,
            failure=failure[:2000],
            not_before=sa.func.clock_timestamp() + wait,
        )
    )


def queues_due(work: Work, department_id: int) -> Sequence[str]:
    """The queues of this department that have something due now."""
    return (
        work.conn.execute(
            sql(
                "select distinct queue from duty where department_id = :d and done_at is null and due_at <= :now"
                " and not_before <= clock_timestamp()"
            ),
            {"d": department_id, "now": work.now},
        )
        .scalars()
        .all()
    )


def next_due_at(work: Work, department_id: int) -> datetime | None:
    """When the next undone duty is due; a past time when something is due already."""
    return work.conn.execute(
        sql("select min(due_at) from duty where department_id = :d and done_at is null"),
        {"d": department_id},
    ).scalar_one_or_none()
