"""Mails out: each a row first, then handed to the mail server, which takes it or refuses it.

queued -> sending -> accepted    (the server took it; what becomes of it then, it does not tell)
                  -> failed      (refused for good, or given up)
       -> withheld               (he wants none any more, the address is known to be bad, or it is too late)
                  -> queued      (not now: it is tried again)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

mails_out = of_department(
    "mail_out",
    sa.Column("line_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("to_address", sa.Text),
    sa.Column("prompt", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("subject_kind", sa.Text),
    sa.Column("subject_id", sa.BigInteger),
    sa.Column("state", sa.Text, server_default="queued"),
    sa.Column("due_at", Timestamp),
    sa.Column("retry_at", Timestamp, server_default="epoch"),
    sa.Column("made_at", Timestamp),
    sa.Column("claimed_at", Timestamp),
    sa.Column("accepted_at", Timestamp),
    sa.Column("attempts", sa.Integer, server_default="0"),
    sa.Column("failure", sa.Text),
    sa.Column("error_code", sa.Integer),
    sa.Column("settled_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    mails_out,
    starts=("queued",),
    arrows=(
        Arrow("claim", ("queued",), "sending", "mail_claimed", "A worker takes it to the mail server."),
        Arrow(
            "withhold",
            ("queued",),
            "withheld",
            "mail_withheld",
            "He wants none any more, the address is bad, or it is too late.",
        ),
        Arrow("requeue", ("sending",), "queued", "mail_requeued", "The mail server did not take it now."),
        Arrow("accept", ("sending", "queued"), "accepted", "mail_accepted", "The mail server took it."),
        Arrow("refuse", ("sending",), "failed", "mail_failed", "It was refused for good, or given up."),
    ),
)

QUEUE = "mail"

#: Mails that go to an address that is not confirmed yet: they are what confirms it.
TO_ANYBODY = "mail.code"

#: What a mail with the news of a day is about: no record of its own.
DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail: its subject line and its text, without what stands below every mail."""

    title: str
    body: str


def write(
    work: Work,
    department_id: int,
    line_id: int,
    officer_id: int,
    to_address: str,
    letter: Letter,
    *,
    prompt: str,
    subject: tuple[str, int] | None = None,
) -> None:
    """Put a mail in the outbox, with all others of this transaction in one statement.

    `subject` names the record it is about, so that a mail which is refused can tell on whom.
    """
    work.later(
        mails_out,
        {
            "department_id": department_id,
            "line_id": line_id,
            "officer_id": officer_id,
            "to_address": to_address,
            "prompt": prompt,
            "title": letter.title,
            "body": letter.body,
            "subject_kind": subject[0] if subject else None,
            "subject_id": subject[1] if subject else None,
            "due_at": work.now,
            "made_at": work.now,
        },
    )
    work.ring(QUEUE, department_id)


def move(work: Work, department_id: int, ids: list[int], verb: str, **changes: Any) -> list[int]:
    """Take the lifecycle's arrow for those of `ids` that stand where it starts, each with its event."""
    moved = LIFECYCLE.move(work, department_id, ids, verb, **changes) if ids else []
    for mail_id in moved:
        event.record(work, department_id, LIFECYCLE.arrow(verb).event, "mail_out", mail_id)
    return moved


def may_reach_him(work: Work, department_id: int, subject: tuple[str, int]) -> bool:
    """Whether a mail about the record was taken by the mail server, or still may be."""
    return _has(work, department_id, subject, "state in ('queued', 'sending', 'accepted')")


def was_tried(work: Work, department_id: int, subject: tuple[str, int]) -> bool:
    """Whether the mail server was ever asked to take a mail about the record."""
    return _has(work, department_id, subject, "attempts > 0")


def accepted_at(work: Work, department_id: int, subject: tuple[str, int]) -> datetime | None:
    """When the mail server took the latest mail about the record; None while it has not."""
    return work.conn.execute(
        sql(
            "select max(accepted_at) from mail_out where department_id = :d and subject_kind = :kind"
            " and subject_id = :id"
        ),
        {"d": department_id, "kind": subject[0], "id": subject[1]},
    ).scalar_one()


@dataclass(frozen=True, slots=True)
class Mailed:
    """Whose mail it is, where it went, and which prompt it says."""

    officer_id: int
    to_address: str
    prompt: str


def mail_by_id(work: Work, department_id: int, mail_id: int) -> Mailed:
    """One mail."""
    found = sql("select officer_id, to_address, prompt from mail_out where department_id = :d and id = :id")
    row = work.conn.execute(found, {"d": department_id, "id": mail_id}).one()
    return Mailed(row.officer_id, row.to_address, row.prompt)


def was_mailed_beside(work: Work, department_id: int, officer_id: int, text: sa.Row[Any]) -> bool:
    """Whether the officer was mailed the same in the moment in which this text was written, and it has not failed."""
    beside = sql(
        "select exists (select from mail_out where department_id = :d and officer_id = :o and made_at = :at"
        " and prompt = :prompt and state in ('queued', 'sending', 'accepted'))"
    )
    bound = {"d": department_id, "o": officer_id, "at": text.made_at, "prompt": text.prompt}
    return work.conn.execute(beside, bound).scalar_one()


def _has(work: Work, department_id: int, subject: tuple[str, int], what: str) -> bool:
    # What was written in this transaction is among what it looks for.
    work.flush()
    return work.conn.execute(
        sql(
            "select exists (select from mail_out where department_id = :d and subject_kind = :kind"
            f" and subject_id = :id and {what})"
        ),
        {"d": department_id, "kind": subject[0], "id": subject[1]},
    ).scalar_one()
