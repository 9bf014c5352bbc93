"""Mails on their way to the mail server: what may go out, and what the server said of it (models/line/outbox.py).

A mail server has no list of what it took. What a worker that died has left `sending` is handed over once more after
the lease, under the same Message-ID, by which mailboxes know that they have it already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.line import duty, message_out
from models.line.consent import consenting
from models.line.hand_off import hand_off, is_open
from models.line.line import lines
from models.line.mail_choice import holders_of, mark_bad
from models.line.mail_out import DIGEST, QUEUE, TO_ANYBODY, mails_out, move
from models.line.message_status import UNREACHABLE_DUTY
from models.line.outbox import Claim, Outbox
from models.line.telling_choice import put_off
from models.people.officer import Officer, officer
from models.people.phone import number_of
from models.proof import event
from models.session import Work
from models.tables import sql

OUTBOX = Outbox(
    table=mails_out,
    on_its_way="sending",
    queue=QUEUE,
    move=move,
    per_minute=lines.c.mails_per_minute,
    free_at=lines.c.mails_free_at,
    burst=timedelta(seconds=6),
)

# As long as carriers keep a text: a new detail told after that is no news, and an award has passed on.
GIVE_UP_AFTER = timedelta(hours=4)

BAD_ADDRESS = "unknown_address"


@dataclass(frozen=True, slots=True)
class DueMail:
    """A mail to be handed over now. `attempts` counts this one; `gives_up` says that it is the last."""

    id: int
    line_id: int
    officer_id: int
    from_number: str
    sender: str
    language: str
    to_address: str
    title: str
    body: str
    attempts: int
    gives_up: bool


def claim(work: Work, department_id: int, line_id: int, most: int) -> Claim[DueMail]:
    """Take the oldest due mails that the line's pace lets out now, up to `most`; unwanted ones are withheld, and
    those that waited for too long.
    """
    line = OUTBOX.lock_line(work, line_id)
    rows = work.conn.execute(
        sql(_DUE), {"d": department_id, "line": line_id, "now": work.now, "most": most, "anybody": TO_ANYBODY}
    ).all()
    stale = [row.id for row in rows if row.is_wanted and row.attempts == 0 and _is_late(work, row)]
    _withhold(work, department_id, [row.id for row in rows if not row.is_wanted], "not_wanted")
    _withhold(work, department_id, stale, "too_late")
    wanted = [row for row in rows if row.is_wanted and row.id not in stale]
    out, paced_seconds = OUTBOX.let_out(work, line, [1] * len(wanted), more=len(rows) == most)
    if taken := wanted[:out]:
        now = sa.func.clock_timestamp()
        move(
            work,
            department_id,
            [row.id for row in taken],
            "claim",
            claimed_at=now,
            attempts=mails_out.c.attempts + 1,
        )
    return Claim([_due_mail(row, line, work) for row in taken], paced_seconds)


def accept(work: Work, department_id: int, ids: list[int]) -> None:
    """The mail server took these."""
    move(work, department_id, ids, "accept", accepted_at=work.now, settled_at=work.now, error_code=None)


def refuse(work: Work, department_id: int, mail: DueMail, failure: str, code: int | None) -> None:
    """It was refused for good: a bad address is marked and told to a person, and the next channel is taken."""
    settled = {"failure": failure, "error_code": code, "settled_at": work.now}
    if not move(work, department_id, [mail.id], "refuse", **settled):
        return
    event.record(work, department_id, "mail_not_delivered", "mail_out", mail.id, failure=failure, code=code)
    if failure == BAD_ADDRESS:
        address_is_bad(work, department_id, mail.officer_id, mail.to_address, failure)
        duty.plan(work, department_id, "tell_mail_bad", mail.id, work.now)
    _take_next_channel(work, department_id, mail.id)


def came_back(work: Work, department_id: int, address: str) -> bool:
    """A mail that its server had taken came back to whoever reads the sender's mailbox: as if it had been refused.

    False when no officer of the department is mailed there.
    """
    found = [
        address_is_bad(work, department_id, officer_id, address, "came_back")
        for officer_id in holders_of(work, department_id, address)
    ]
    latest = sa.select(sa.func.max(mails_out.c.id)).where(
        mails_out.c.department_id == department_id, mails_out.c.to_address == address
    )
    mail_id = work.conn.execute(latest).scalar_one()
    if any(found) and mail_id is not None:
        duty.plan(work, department_id, "tell_mail_bad", mail_id, work.now)
    return any(found)


def address_is_bad(work: Work, department_id: int, officer_id: int, address: str, failure: str) -> bool:
    """Nothing is mailed there any more, and a person is told; False when it is not his confirmed address."""
    if not mark_bad(work, department_id, officer_id, address, failure):
        return False
    who = officer(work, department_id, officer_id)
    hand_off(work, department_id, "mail_address_bad", person_id=who.person_id, failure=failure)
    return True


def tell_of_trouble(work: Work, department_id: int, failure: str) -> None:
    """The mail server does not let us in, or not do what we ask: said to a person once, until he has dealt with it."""
    if not is_open(work, department_id, "mail_not_taken"):
        hand_off(work, department_id, "mail_not_taken", failure=failure)


def _is_late(work: Work, row: sa.Row[Any]) -> bool:
    return bool(work.now > row.due_at + GIVE_UP_AFTER)


def _withhold(work: Work, department_id: int, ids: Iterable[int], why: str) -> None:
    for mail_id in move(work, department_id, list(ids), "withhold", failure=why, settled_at=work.now):
        _take_next_channel(work, department_id, mail_id)


def _take_next_channel(work: Work, department_id: int, mail_id: int) -> None:
    """News go by text after all; what an award or an offer comes to is asked where no text told him either."""
    columns = mails_out.c
    found = sa.select(mails_out).where(columns.department_id == department_id, columns.id == mail_id)
    row = work.conn.execute(found).one()
    if row.subject_kind is None:
        return
    who = officer(work, department_id, row.officer_id)
    kind = UNREACHABLE_DUTY.get(row.subject_kind)
    if row.subject_kind == DIGEST:
        _text_digest(work, who, row)
    elif message_out.may_reach_him(work, department_id, who.person_id, (row.subject_kind, row.subject_id)):
        return
    elif kind is not None:
        duty.plan(work, department_id, kind, row.subject_id, work.now, fence=f"mail {mail_id}")
    elif row.subject_kind == "opening":
        put_off(work, department_id, who.id, row.subject_id, work.now, by_text=True)


def _text_digest(work: Work, who: Officer, mail: sa.Row[Any]) -> None:
    """The news of a day in the words of the mail, which are those of the text; unless that was sent beside it."""
    number = number_of(work, who.person_id)
    if number is None or who.id not in consenting(work, who.department_id, [who.id]):
        return
    if not message_out.was_texted_beside(work, who.department_id, who.person_id, mail):
        message_out.write(
            work, who.department_id, mail.line_id, number, mail.body, prompt=mail.prompt, person_id=who.person_id
        )


def _due_mail(row: sa.Row[Any], line: sa.Row[Any], work: Work) -> DueMail:
    return DueMail(
        id=row.id,
        line_id=line.id,
        officer_id=row.officer_id,
        from_number=line.number,
        sender=row.sender,
        language=row.language,
        to_address=row.to_address,
        title=row.title,
        body=row.body,
        attempts=row.attempts + 1,
        gives_up=_is_late(work, row),
    )


_DUE = """
select m.id, m.officer_id, m.to_address, m.title, m.body, m.attempts, m.due_at, p.language, w.name as sender,
       m.prompt = :anybody or exists (
           select from mail_choice c where c.department_id = m.department_id and c.officer_id = m.officer_id
              and c.address = m.to_address and c.state = 'confirmed' and c.wanted <> 'nothing') as is_wanted
  from mail_out m
  join department w on w.id = m.department_id
  join officer o on o.department_id = m.department_id and o.id = m.officer_id
  join person p on p.id = o.person_id
 where m.department_id = :d and m.line_id = :line and m.state = 'queued' and m.due_at <= :now
   and m.retry_at <= clock_timestamp()
 order by m.due_at, m.id limit :most for update of m skip locked
"""
