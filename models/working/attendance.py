"""Attendance: two facts, check-in and check-out, each with its time, channel and by whom.

A fact is never refused: an officer who comes late or forgets to check in has come all the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.counting.correction import correct_hours
from models.line import duty
from models.line.hand_off import hand_off
from models.people.handbook import edition
from models.people.officer import Officer
from models.session import Work
from models.tables import Timestamp, of_department
from models.working import assignment as working
from models.working.assignment import Assignment
from models.working.penalty import bar_for_coming_late
from models.working.place import proof_at_check_in
from models.working.welfare import plan_next

attendances = of_department(
    "attendance",
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("kind", sa.Text),
    sa.Column("happened_at", Timestamp),
    sa.Column("stated_at", Timestamp),
    sa.Column("channel", sa.Text),
    sa.Column("by_person_id", sa.BigInteger),
    sa.Column("superseded_at", Timestamp),
    sa.Column("vouched_by_id", sa.BigInteger),
    sa.Column("reason", sa.Text),
    sa.Column("place_proof", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Attended:
    """What came of a check-in or check-out: done, early (not open yet), already, no_check_in, or gone.

    `place_proof` is what shows that he is there: site_phone, none (he is asked for it), or None where nothing is asked.
    """

    outcome: str
    starts_at: datetime
    ends_at: datetime
    stated_at: datetime
    opens_at: datetime | None = None
    place_proof: str | None = None


def check_in(work: Work, officer: Officer, assignment_id: int, from_number: str | None = None) -> Attended:
    """The officer is on site now; who comes later than the handbook allows pays what its ladder says.

    `from_number` is what he calls from, where he calls: the site's own telephone shows that he is there.
    """
    row = working.assignment(work, officer.department_id, assignment_id)
    rules = edition(work, officer.department_id, row.handbook_id).rules
    opens_at = row.starts_at - timedelta(minutes=rules.attendance.check_in_opens_minutes_before)
    if work.now < opens_at:
        return Attended("early", row.starts_at, row.ends_at, work.now, opens_at)
    if not working.LIFECYCLE.move(work, officer.department_id, [assignment_id], "check_in"):
        found = "already" if row.state in ("checked_in", "checked_out") else "gone"
        return Attended(found, row.starts_at, row.ends_at, work.now)
    proof = proof_at_check_in(work, rules, row, from_number)
    _write(work, officer, row, "check_in", work.now, place_proof=proof)
    if work.now >= row.starts_at + timedelta(minutes=rules.attendance.late_after_minutes):
        bar_for_coming_late(work, row, rules)
    plan_next(work, rules, row, work.now, max(work.now, row.starts_at))
    if row.relief_id is not None:
        duty.plan(work, row.department_id, "tell_relief", row.relief_id, work.now, fence=f"there {row.id}")
    return Attended("done", row.starts_at, row.ends_at, work.now, place_proof=proof)


def take_back_check_in(work: Work, officer: Officer, assignment_id: int) -> bool:
    """The officer is not on site after all; that he had checked in stays on record. False when he has checked out.

    Only before the start, and False after it: the alarm for whoever is late has passed him by then.
    """
    row = working.assignment(work, officer.department_id, assignment_id)
    if work.now >= row.starts_at:
        return False
    if not working.LIFECYCLE.move(work, officer.department_id, [assignment_id], "undo_check_in"):
        return False
    _supersede(work, officer.department_id, assignment_id, "check_in")
    working.record(work, row, working.LIFECYCLE.arrow("undo_check_in").event)
    return True


def check_out(
    work: Work, officer: Officer, assignment_id: int, stated_at: datetime | None = None, reason: str | None = None
) -> Attended:
    """The officer is done: now, or at the time he states. Stating again replaces the time, and both stay on record.

    A stated time lies between check-in and now; the caller says so first. `reason` is why it is not the end of the
    detail, as he says. Of what another vouched for he has the last word: his replaces it, and a person sees both.
    """
    row = working.assignment(work, officer.department_id, assignment_id)
    rules = edition(work, officer.department_id, row.handbook_id).rules
    at = stated_at or work.now
    if working.LIFECYCLE.move(work, officer.department_id, [assignment_id], "check_out"):
        _write(work, officer, row, "check_out", at, reason)
        correct_hours(work, rules, row, at)
        return Attended("done", row.starts_at, row.ends_at, at)
    # Somebody may have vouched for him since the row was read.
    row = working.assignment(work, officer.department_id, assignment_id)
    if row.state != "checked_out":
        return Attended("no_check_in" if row.state == "confirmed" else "gone", row.starts_at, row.ends_at, at)
    said = written_check_out(work, officer.department_id, assignment_id)
    was_vouched = said is not None and said.vouched_by_id is not None
    if stated_at is None and not was_vouched:
        return Attended("already", row.starts_at, row.ends_at, at)
    _supersede(work, officer.department_id, assignment_id, "check_out")
    _write(work, officer, row, "check_out", at, reason)
    if said is not None and was_vouched and said.stated_at != at:
        _object(work, row, said, at)
    correct_hours(work, rules, row, at)
    return Attended("done", row.starts_at, row.ends_at, at)


def checked_in_at(work: Work, department_id: int, assignment_id: int) -> datetime | None:
    """When the officer checked in, None if he did not."""
    return work.conn.execute(
        sa.select(attendances.c.stated_at).where(
            attendances.c.department_id == department_id,
            attendances.c.assignment_id == assignment_id,
            attendances.c.kind == "check_in",
            attendances.c.superseded_at.is_(None),
        )
    ).scalar_one_or_none()


def checked_out_at(work: Work, department_id: int, assignment_id: int) -> datetime | None:
    """The time that counts as his check-out, None if there is none."""
    found = written_check_out(work, department_id, assignment_id)
    return None if found is None else found.stated_at


def written_check_out(work: Work, department_id: int, assignment_id: int) -> sa.Row[Any] | None:
    """The check-out that counts, with who vouched for it and why, if anybody did; None if there is none."""
    return work.conn.execute(
        sa.select(attendances).where(
            attendances.c.department_id == department_id,
            attendances.c.assignment_id == assignment_id,
            attendances.c.kind == "check_out",
            attendances.c.superseded_at.is_(None),
        )
    ).one_or_none()


def is_vouched(work: Work, department_id: int, assignment_id: int) -> bool:
    """Whether the check-out that counts is another's word, and not his own."""
    found = written_check_out(work, department_id, assignment_id)
    return found is not None and found.vouched_by_id is not None


def write_check_out(work: Work, held: Assignment, stated_at: datetime, reason: str, vouched_by: Officer) -> None:
    """Write down the check-out that another vouches for; what may be vouched for is known to vouching.py."""
    _insert(work, held, "check_out", stated_at, vouched_by.person_id, reason, vouched_by.id)
    about = {"stated_at": stated_at.isoformat(), "reason": reason, "vouched_by": vouched_by.id}
    working.record(work, held, working.LIFECYCLE.arrow("vouch_out").event, **about)


def _object(work: Work, held: Assignment, said: sa.Row[Any], at: datetime) -> None:
    """He says otherwise than the one who vouched for him: his word stands, and a person looks at both."""
    about = {"vouched_at": said.stated_at.isoformat(), "stated_at": at.isoformat(), "vouched_by": said.vouched_by_id}
    working.record(work, held, "vouching_contradicted", **about)
    hand_off(work, held.department_id, "vouching_contradicted", person_id=held.person_id, assignment=held.id, **about)


def _supersede(work: Work, department_id: int, assignment_id: int, kind: str) -> None:
    work.conn.execute(
        sa.update(attendances)
        .where(
            attendances.c.department_id == department_id,
            attendances.c.assignment_id == assignment_id,
            attendances.c.kind == kind,
            attendances.c.superseded_at.is_(None),
        )
        .values(superseded_at=work.now)
    )


def _write(
    work: Work,
    officer: Officer,
    held: Assignment,
    kind: str,
    stated_at: datetime,
    reason: str | None = None,
    place_proof: str | None = None,
) -> None:
    _insert(work, held, kind, stated_at, work.actor.id or officer.person_id, reason, place_proof=place_proof)
    said = {"stated_at": stated_at.isoformat(), "reason": reason, "place_proof": place_proof}
    working.record(
        work, held, working.LIFECYCLE.arrow(kind).event, **{name: value for name, value in said.items() if value}
    )


def _insert(
    work: Work,
    held: Assignment,
    kind: str,
    stated_at: datetime,
    by_person_id: int,
    reason: str | None,
    vouched_by_id: int | None = None,
    place_proof: str | None = None,
) -> None:
    work.conn.execute(
        sa.insert(attendances).values(
            department_id=held.department_id,
            assignment_id=held.id,
            kind=kind,
            happened_at=work.now,
            stated_at=stated_at,
            channel=work.actor.channel,
            by_person_id=by_person_id,
            reason=reason,
            vouched_by_id=vouched_by_id,
            place_proof=place_proof,
        )
    )
    duty.plan(work, held.department_id, "judge_hours", held.id, work.now, fence=f"{kind} {stated_at.isoformat()}")
