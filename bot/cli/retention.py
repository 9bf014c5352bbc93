"""`dutyline retention`: how long what people wrote is kept."""

import json

import click

from bot.cli.office import department_named, in_department, records
from models.line.retention import KINDS, days_kept, keep_for


@click.group("retention")
def retention() -> None:
    """How long what people wrote is kept.

    Events, awards, assignments and attendance are kept for good, and are no part of this.
    """


@retention.command("show")
@click.option("--department", "slug", required=True, metavar="SLUG")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show_command(slug: str, as_json: bool) -> None:
    """Print for each kind of record how many days it is kept, what happens then, and why."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id]) as work:
            days = {kind: days_kept(work, department_id, kind) for kind in KINDS}
    if as_json:
        click.echo(json.dumps(days, indent=2))
        return
    for kind, kept in KINDS.items():
        click.echo(f"{kind:15} {days[kind]:5} days, then {kept.then}. {kept.why}")


@retention.command("set")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("days", type=click.IntRange(1, 36500))
@click.option("--department", "slug", required=True, metavar="SLUG")
def set_command(kind: str, days: int, slug: str) -> None:
    """Keep records of KIND for DAYS from now on; what is gone stays gone."""
    with in_department(slug) as (work, department_id):
        keep_for(work, department_id, kind, days)
    click.echo(f"{slug}: {kind} are kept for {days} days.", err=True)
