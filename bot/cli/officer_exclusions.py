"""`dutyline officer exclusions`: where an officer is not placed, and ending that by hand."""

from datetime import datetime, timedelta
from typing import Any

import click

from bot.cli.office import BY, decided_by_hand, in_department, officer_named
from models.people.by_hand import ByHandAct
from models.people.department import department
from models.people.standing import end_exclusion, exclusions_of
from models.session import Work


@click.command("exclusions")
@click.argument("badge")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The officer's department.")
@click.option("--end", "exclusion_id", type=int, metavar="ID", help="Which of them is to end.")
@click.option("--last", type=click.DateTime(["%Y-%m-%d"]), help="Its last day; yesterday, if unsaid: it ends now.")
@click.option("--reason", help="Why it ends; it goes on record.")
@BY
def exclusions_command(
    badge: str, slug: str, exclusion_id: int | None, last: datetime | None, reason: str | None, by: str
) -> None:
    """Where the officer with BADGE is not placed; --end ID ends one of them, with a reason."""
    if exclusion_id is not None and not reason:
        raise click.UsageError("Say --reason: why does it end?")
    with in_department(slug) as (work, department_id):
        if exclusion_id is not None:
            _end(work, department_id, badge, exclusion_id, last, by, reason or "")
        found = exclusions_of(work, officer_named(work, department_id, badge))
    for row in found:
        click.echo(_line(row))
    click.echo(f"{len(found)} exclusions.", err=True)


def _end(
    work: Work, department_id: int, badge: str, exclusion_id: int, last: datetime | None, by: str, reason: str
) -> None:
    where, who = department(work, department_id), officer_named(work, department_id, badge)
    decided_by_hand(work, where, ByHandAct("end_exclusion", by, reason, {who.id}))
    last_on = last.date() if last else work.now.astimezone(where.zone).date() - timedelta(days=1)
    if not end_exclusion(work, who, exclusion_id, last_on, by, reason):
        raise click.ClickException(f"Badge {badge} has no exclusion {exclusion_id} that lasts longer.")
    click.echo(f"Exclusion {exclusion_id} of badge {badge} ends with {last_on:%Y-%m-%d}.", err=True)


def _line(row: Any) -> str:
    place = f"at {row['site']}" if row["site"] else f"for {row['contractor']}"
    until = f" to {row['until_on']:%Y-%m-%d}" if row["until_on"] else ""
    return (
        f"{row['id']:>5}  {place}, by the {row['side']}, from {row['from_on']:%Y-%m-%d}{until} {row['reason']}".rstrip()
    )
