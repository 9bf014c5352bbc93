"""`dutyline officer`: what is decided about one officer."""

from datetime import datetime

import click
import sqlalchemy as sa

from bot.cli.office import OPERATOR, department_named, records
from models.people import leaving
from models.people.department import department
from models.people.officer import Officer, officers
from models.people.officer import officer as officer_of
from models.session import Work


@click.group("officer")
def officer() -> None:
    """One officer of a department."""


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
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id], OPERATOR) as work:
            who = _with_badge(work, department_id, badge)
            left = leaving.leave(work, department(work, department_id), who, day.date())
    when = "He has left" if left.has_left else f"He leaves on {day:%Y-%m-%d}"
    click.echo(
        f"{who.name}, badge {who.badge}: {when}. Passed on: {left.assignments} assignments; taken back:"
        f" {left.signups} signups, {left.offers} offers.",
        err=True,
    )


def _with_badge(work: Work, department_id: int, badge: str) -> Officer:
    found = work.conn.execute(
        sa.select(officers.c.id).where(officers.c.department_id == department_id, officers.c.badge == badge)
    ).scalar_one_or_none()
    if found is None:
        raise click.ClickException(f"There is no officer with badge {badge}.")
    return officer_of(work, department_id, found)
