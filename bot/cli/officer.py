"""`dutyline officer`: what is decided about one officer, and whose a number is."""

import getpass
import json
from datetime import datetime
from typing import Any

import click

from bot.cli.office import (
    BREAK_GLASS,
    BY,
    OPERATOR,
    REASON,
    decided_by_hand,
    department_named,
    in_department,
    officer_named,
    records,
)
from bot.cli.officer_calls import calls_command
from bot.cli.officer_exclusions import exclusions_command
from bot.cli.officer_mail import mail_command
from bot.cli.officer_pin import pin_command
from bot.cli.say import Number
from models.people import enrolment, leaving
from models.people.by_hand import ByHandAct
from models.people.department import department
from models.people.handbook import current
from models.people.standing import join_pool, leave_pool
from models.rules.reasons import MEANINGS
from models.working.extension import extend_assignment, held_by


@click.group("officer")
def officer() -> None:
    """One officer of a department."""


officer.add_command(pin_command)
officer.add_command(exclusions_command)
officer.add_command(calls_command)
officer.add_command(mail_command)


@officer.command("leave")
@click.argument("badge")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The department he leaves.")
@click.option(
    "--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The first day he is no member any more."
)
def leave_command(badge: str, slug: str, day: datetime) -> None:
    """The officer with BADGE leaves: his slots from that day on are offered to others at once, by the handbook.

    What he signed up for and was offered is taken back. On the day itself the line stops knowing him in this
    department; in others he stays. Everything he did stays on record. Doing it twice changes nothing.
    """
    with in_department(slug) as (work, department_id):
        who = officer_named(work, department_id, badge)
        left = leaving.leave(work, department(work, department_id), who, day.date())
    when = "He has left" if left.has_left else f"He leaves on {day:%Y-%m-%d}"
    click.echo(
        f"{who.name}, badge {who.badge}: {when}. Passed on: {left.assignments} assignments; taken back:"
        f" {left.signups} signups, {left.offers} offers.",
        err=True,
    )


@officer.command("extend")
@click.argument("badge")
@click.argument("code")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The department of the detail.")
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    help="The new end, by the department's clock; before the old one to release him early.",
)
@REASON
@click.option("--anyway", is_flag=True, help="Also where tours, rest or limits stand against it: decided by hand.")
@BY
@BREAK_GLASS
def extend_command(badge: str, code: str, slug: str, until: datetime, anyway: bool, **said: Any) -> None:
    """Let the officer with BADGE work detail CODE until another time. He is told by text."""
    with in_department(slug) as (work, department_id):
        where = department(work, department_id)
        held = held_by(work, officer_named(work, department_id, badge), code)
        if held is None:
            raise click.ClickException(f"Badge {badge} does not hold {code}.")
        moved = extend_assignment(work, where, held, until.replace(tzinfo=where.zone), said["reason"], anyway)
        if anyway and moved.broken:
            decided_by_hand(work, where, ByHandAct("extend", gaining=(moved.held.officer_id,), **said))
    words = f" ({MEANINGS[moved.broken.reason]})" if moved.broken and moved.broken.reason else ""
    if moved.outcome not in ("extended", "shortened"):
        raise click.ClickException(f"{_NOT_MOVED[moved.outcome]}{words}")
    click.echo(f"{badge} works {code} until {until:%Y-%m-%d %H:%M}{words}; he is told so.", err=True)


_NOT_MOVED = {
    "gone": "It is over, or his no more.",
    "same": "It ends then already.",
    "not_after_start": "It would end before it begins.",
    "ineligible": "A rule stands against it; --anyway goes beyond it.",
    "committed": "He is committed elsewhere then.",
}


@officer.command("pool")
@click.argument("badge")
@click.argument("pool")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The department of the pool.")
@click.option("--leave", "leaves", is_flag=True, help="He is to be in it no more.")
def pool_command(badge: str, pool: str, slug: str, leaves: bool) -> None:
    """The officer with BADGE joins a POOL that is for those only who joined it; doing it twice changes nothing."""
    with in_department(slug) as (work, department_id):
        today = work.now.astimezone(department(work, department_id).zone).date()
        names = current(work, department_id, today).rules.pool_names
        if pool not in names:
            raise click.ClickException(f"The handbook has no pool {pool}. It has: {', '.join(names)}.")
        (leave_pool if leaves else join_pool)(work, officer_named(work, department_id, badge), pool)
    click.echo(f"Badge {badge} {'is not' if leaves else 'is'} in {pool}.", err=True)


@officer.command("joining")
@click.option("--department", "slug", required=True, metavar="SLUG", help="Whose line was texted.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list: number, asked_at, words.")
def joining(slug: str, as_json: bool) -> None:
    """Numbers that texted JOIN and wait for a person: compare what they say with the roster, then enrol or refuse."""
    with in_department(slug) as (work, department_id):
        found = enrolment.waiting(work, department_id)
    if as_json:
        click.echo(json.dumps([{**row._mapping, "asked_at": row.asked_at.isoformat()} for row in found]))
        return
    for row in found:
        click.echo(f"{row.number}  {row.asked_at:%Y-%m-%d %H:%M} UTC  {row.words}")
    click.echo(f"{len(found)} waiting.", err=True)


@officer.command("enrol")
@click.argument("number", type=Number())
@click.option("--department", "slug", required=True, metavar="SLUG", help="Whose line was texted.")
@click.option("--badge", help="The officer whose number it is.")
@click.option("--refuse", is_flag=True, help="It fits nobody: the number is told so.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who checked it.")
def enrol_command(number: str, slug: str, badge: str | None, refuse: bool, by: str) -> None:
    """Settle what NUMBER asked for with JOIN: it becomes the officer's with --badge, or stays nobody's with --refuse.

    The number is put before his others, its consent is recorded, and he is told there and on his other phone. Check
    with the detail office, not by answering the text: whoever has the phone may claim to be anybody.
    """
    if bool(badge) == refuse:
        raise click.UsageError("Say --badge BADGE or --refuse.")
    with records() as database:
        department_id = department_named(database, slug)
        try:
            with database.begin([department_id], OPERATOR) as work:
                if badge:
                    enrolment.enrol(work, department_id, number, officer_named(work, department_id, badge), by)
                else:
                    enrolment.refuse(work, department_id, number, by)
        except enrolment.EnrolmentError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{number} {f'is on the line, badge {badge}' if badge else 'was refused'}; it is told so.", err=True)
