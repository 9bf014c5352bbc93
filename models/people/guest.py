"""Guests: officers of another department who hold what they were invited to, and are nobody's members here."""

import sqlalchemy as sa

from models.line import consent
from models.people.department import Department
from models.people.officer import Officer, officer, officers
from models.people.phone import number_of
from models.session import Work

#: A guest's own rank is his department's; here he has none.
RANK = "Guest"


class IsMember(Exception):
    """He is an officer of this department himself: what he may have here, he has by its own rules."""


def welcome_guest(work: Work, host: Department, home: Department, who: Officer) -> Officer:
    """The officer as a guest of `host`: his name, his badge with his department's name before it, his phone; no more.

    That he took an invitation is his consent to be texted about it. Raises IsMember.
    """
    found = work.conn.execute(
        sa.select(officers.c.id, officers.c.status).where(
            officers.c.department_id == host.id, officers.c.person_id == who.person_id
        )
    ).one_or_none()
    if found is not None and found.status != "guest":
        raise IsMember
    guest_id = found.id if found is not None else _enter(work, host, home, who)
    number = number_of(work, who.person_id)
    if number is not None:
        consent.give(work, host.id, number, who.person_id, "texted")
    return officer(work, host.id, guest_id)


def _enter(work: Work, host: Department, home: Department, who: Officer) -> int:
    badge = f"{home.slug}-{who.badge}"
    guest_id: int = work.conn.execute(
        sa.insert(officers)
        .values(
            department_id=host.id,
            person_id=who.person_id,
            ref=badge,
            badge=badge,
            rank=RANK,
            seniority_on=work.now.astimezone(host.zone).date(),
            status="guest",
        )
        .returning(officers.c.id)
    ).scalar_one()
    return guest_id
