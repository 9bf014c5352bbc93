"""Messages out: each a row first, then a delivery, then what the carrier says became of it.

    queued -> sending -> accepted -> sent -> delivered
                                          -> undelivered
                      -> failed          (the carrier refused it for good)
    queued -> withheld                   (the person opted out on that line)
    ... -> queued                        (the carrier lost it in a way that deserves another try: a new sid)

The status of one sid never moves backwards: callbacks come late, twice and out of order. A callback that finds its
text still `queued` (taken back after a result that never came) proves that it was sent, and it is not sent again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.line.segments import segments
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

messages_out = of_department(
    "message_out",
    sa.Column("line_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("to_number", sa.Text),
    sa.Column("prompt", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("segments", sa.Integer),
    sa.Column("subject_kind", sa.Text),
    sa.Column("subject_id", sa.BigInteger),
    sa.Column("state", sa.Text),
    sa.Column("due_at", Timestamp),
    sa.Column("retry_at", Timestamp),
    sa.Column("made_at", Timestamp),
    sa.Column("claimed_at", Timestamp),
    sa.Column("accepted_at", Timestamp),
    sa.Column("sid", sa.Text),
    sa.Column("attempts", sa.Integer),
    sa.Column("failure", sa.Text),
    sa.Column("error_code", sa.Integer),
    sa.Column("settled_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    messages_out,
    starts=("queued",),
    arrows=(
        Arrow("claim", ("queued",), "sending", "message_claimed", "A worker takes it to the carrier."),
        Arrow("withhold", ("queued", "sending"), "withheld", "message_withheld", "Its number opted out on that line."),
        Arrow(
            "requeue",
            ("sending",),
            "queued",
            "message_requeued",
            "The carrier did not take it now, or never heard of it: it waits for another try.",
        ),
        Arrow("accept", ("queued", "sending"), "accepted", "message_accepted", "The carrier took it."),
        Arrow("refuse", ("queued", "sending"), "failed", "message_failed", "The carrier refused it for good."),
        Arrow(
            "send", ("queued", "sending", "accepted"), "sent", "message_sent", "The carrier reports that it went out."
        ),
        Arrow(
            "deliver",
            ("queued", "sending", "accepted", "sent"),
            "delivered",
            "message_delivered",
            "The carrier reports that it arrived.",
        ),
        Arrow(
            "undeliver",
            ("queued", "sending", "accepted", "sent"),
            "undelivered",
            "message_undelivered",
            "The carrier reports that it did not arrive.",
        ),
        Arrow(
            "fail",
            ("queued", "sending", "accepted", "sent"),
            "failed",
            "message_failed",
            "The carrier reports that it could not send it.",
        ),
        Arrow(
            "retry",
            ("queued", "sending", "accepted", "sent"),
            "queued",
            "message_requeued",
            "The carrier lost it in a way that deserves another try.",
        ),
    ),
)

FINAL = ("delivered", "undelivered", "failed", "withheld")


_WRITE = """
insert into message_out (department_id, line_id, to_number, body, prompt, segments, person_id, subject_kind, subject_id,
    state, due_at, made_at)
values (:department_id, :line_id, :to_number, :body, :prompt, :segments, :person_id, :subject_kind, :subject_id,
    'queued', :due_at, :made_at)
returning id
"""


def write(
    work: Work,
    department_id: int,
    line_id: int,
    to_number: str,
    body: str,
    *,
    prompt: str,
    person_id: int | None,
    subject: tuple[str, int] | None = None,
    due_at: datetime | None = None,
) -> int:
    """Put a text in the outbox, to go out at `due_at` (now, if unsaid); returns its id.

    `subject` names the record the text is about, so that a text which cannot be delivered can tell on whom.
    """
    work.ring("delivery", department_id)
    row = {
        "department_id": department_id,
        "line_id": line_id,
        "to_number": to_number,
        "body": body,
        "prompt": prompt,
        "segments": segments(body),
        "person_id": person_id,
        "subject_kind": subject[0] if subject else None,
        "subject_id": subject[1] if subject else None,
        "due_at": due_at or work.now,
        "made_at": work.now,
    }
    return work.conn.execute(sql(_WRITE), row).scalar_one()


def was_answered(work: Work, person_id: int, flow: str, code: str, since: datetime) -> bool:
    """Whether the person had an answer of `flow` since then that names the detail's code."""
    columns = messages_out.c
    told = sa.select(columns.id).where(
        columns.department_id.in_(work.departments),
        columns.person_id == person_id,
        columns.made_at >= since,
        columns.prompt.startswith(f"{flow}.", autoescape=True),
        sa.func.strpos(columns.body, code) > 0,
    )
    return work.conn.execute(sa.select(told.exists())).scalar_one()


def move(work: Work, department_id: int, ids: list[int], verb: str, **changes: Any) -> list[int]:
    """Take the lifecycle's arrow for those of `ids` that stand where it starts, each with its event."""
    return move_by(work, department_id, ids, verb, LIFECYCLE.moving_by(verb, **changes)) if ids else []


def move_by(
    work: Work, department_id: int, ids: Sequence[int], verb: str, statement: sa.Update, **values: Any
) -> list[int]:
    """As `move`, by the verb's statement built beforehand (Lifecycle.moving_by), which asks for `values`."""
    moved = list(work.conn.execute(statement, {"d": department_id, "ids": list(ids), **values}).scalars())
    for message_id in moved:
        event.record(work, department_id, LIFECYCLE.arrow(verb).event, "message_out", message_id)
    return moved


def waiting(work: Work, department_id: int) -> bool:
    """Whether a text of the department is due or on its way to the carrier."""
    return work.conn.execute(
        sql(
            "select exists (select from message_out where department_id = :d"
            " and ((state = 'queued' and due_at <= :now) or state = 'sending'))"
        ),
        {"d": department_id, "now": work.now},
    ).scalar_one()


def unsettled(work: Work, department_id: int, after: timedelta, until: timedelta) -> list[sa.Row[Any]]:
    """Texts about awards and offers that the carrier took between `until` and `after` ago (real time) and of which
    nobody has heard the end: an officer's answer, or his not being reached, hangs on them.
    """
    return list(
        work.conn.execute(
            sql(
                "select id, sid, state from message_out where department_id = :d and state in ('accepted', 'sent')"
                " and subject_kind in ('assignment', 'offer') and sid is not null"
                " and claimed_at > clock_timestamp() - cast(:until as interval)"
                " and claimed_at < clock_timestamp() - cast(:after as interval) order by id limit 200"
            ),
            {"d": department_id, "after": after, "until": until},
        )
    )


def accepted_at(work: Work, department_id: int, subject: tuple[str, int]) -> datetime | None:
    """When the carrier took the latest text about the record; None while it has not."""
    return work.conn.execute(
        _about(department_id, subject).with_only_columns(messages_out.c.accepted_at).limit(1)
    ).scalar_one_or_none()


def is_with_him(work: Work, department_id: int, subject: tuple[str, int]) -> bool:
    """Whether the carrier took a text about the record and has not said since that it did not arrive."""
    about = _about(department_id, subject).order_by(None)
    taken = about.where(messages_out.c.state.in_(("accepted", "sent", "delivered")))
    return work.conn.execute(sa.select(taken.exists())).scalar_one()


def may_reach_him(work: Work, department_id: int, person_id: int, subject: tuple[str, int]) -> bool:
    """Whether a text to the person about the record arrived, or still may: none of it has failed for good."""
    columns = messages_out.c
    about = _about(department_id, subject).order_by(None).where(columns.person_id == person_id)
    alive = about.where(columns.state.not_in(("undelivered", "failed", "withheld")))
    return work.conn.execute(sa.select(alive.exists())).scalar_one()


def was_texted(work: Work, department_id: int, number: str, subject: tuple[str, int]) -> bool:
    """Whether this number was texted about the record before."""
    about = _about(department_id, subject).order_by(None).where(messages_out.c.to_number == number)
    return work.conn.execute(sa.select(about.exists())).scalar_one()


def was_texted_beside(work: Work, department_id: int, person_id: int, mail: sa.Row[Any]) -> bool:
    """Whether the person was texted the same in the moment in which this mail was written."""
    columns = messages_out.c
    beside = sa.select(columns.id).where(
        columns.department_id == department_id,
        columns.person_id == person_id,
        columns.made_at == mail.made_at,
        columns.prompt == mail.prompt,
    )
    return work.conn.execute(sa.select(beside.exists())).scalar_one()


def message_by_id(work: Work, department_id: int, message_id: int) -> sa.Row[Any]:
    """One text."""
    columns = messages_out.c
    found = sa.select(messages_out).where(columns.department_id == department_id, columns.id == message_id)
    return work.conn.execute(found).one()


def attempts_at(work: Work, department_id: int, subject: tuple[str, int]) -> int:
    """How often the carrier was asked to take texts about the record, over all of them."""
    about = _about(department_id, subject).order_by(None).subquery()
    found = work.conn.execute(sa.select(sa.func.coalesce(sa.func.sum(about.c.attempts), 0))).scalar_one()
    return int(found)


def _about(department_id: int, subject: tuple[str, int]) -> sa.Select[Any]:
    """Texts about a record, newest first."""
    return (
        sa.select(messages_out)
        .where(
            messages_out.c.department_id == department_id,
            messages_out.c.subject_kind == subject[0],
            messages_out.c.subject_id == subject[1],
        )
        .order_by(messages_out.c.id.desc())
    )
