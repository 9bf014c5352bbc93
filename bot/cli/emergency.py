"""`dutyline emergency`: declare that the handbook's emergency clause holds, for a stated time and on record."""

import getpass
import json
from datetime import datetime, timedelta

import click

from bot.cli.office import OPERATOR, department_named, in_department, records
from models.awarding.emergencies import emergency
from models.awarding.emergencies.emergency import Declaration, EmergencyError
from models.people.department import department


@click.group("emergency")
def command() -> None:
    """A declared emergency: officers are called out for every free slot at once, by the handbook's own clause."""


@command.command("declare")
@click.argument("slug")
@click.option(
    "--hours", required=True, type=click.FloatRange(0, min_open=True), help="It ends by itself after so long."
)
@click.option("--authority", required=True, help="Who may declare it, or by what order: Chief of Police, Order 7.")
@click.option("--words", required=True, help="What happened, as it is filed with each award and told to officers.")
@click.option(
    "--detail", "refs", multiple=True, metavar="REF", help="Only for these details; else all that start before it ends."
)
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who declares it.")
def declare(slug: str, hours: float, authority: str, words: str, refs: tuple[str, ...], by: str) -> None:
    """Declare an emergency in department SLUG.

    Who signed up for a covered detail is awarded it now; for all that is free officers are called out by the
    handbook's emergency clause, which says how many at once and which limits are lifted. It stops at the last slot of
    each detail, and at its stated time.
    """
    with records() as database:
        department_id = department_named(database, slug)
        try:
            with database.begin([department_id], OPERATOR) as work:
                ends_at = work.now + timedelta(hours=hours)
                said = Declaration(by, authority, words, ends_at, refs or None)
                emergency_id = emergency.declare(work, department(work, department_id), said)
        except EmergencyError as error:
            raise click.ClickException(f"Not declared: {error}.") from None
    click.echo(f"Emergency {emergency_id} is declared in {slug} until {_told(ends_at)}.", err=True)


@command.command("end")
@click.argument("slug")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who ends it.")
def end(slug: str, by: str) -> None:
    """End the emergency of department SLUG before its time: call-outs stop, what was taken stays."""
    with in_department(slug) as (work, department_id):
        found = emergency.declared(work, department_id)
        if found is None or not emergency.end(work, department_id, found.id, by):
            raise click.ClickException(f"No emergency is declared in {slug}.")
    click.echo(f"Emergency {found.id} has ended.", err=True)


@command.command("show")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, the newest first.")
def show(slug: str, as_json: bool) -> None:
    """Every emergency of department SLUG, and what was given out under it."""
    with in_department(slug) as (work, department_id):
        found = emergency.history(work, department_id)
    if as_json:
        click.echo(json.dumps(found, default=_plain))
        return
    for one in found:
        until = one["ended_at"] or one["ends_at"]
        click.echo(
            f"{one['id']}: {one['state']}, {_told(one['declared_at'])} to {_told(until)}, by {one['declared_by']}"
        )
        click.echo(f"   {one['words']} ({one['authority']})")
        click.echo(f"   asked {one['asked']}, taken {one['taken']}, awards {one['awards']}")
    click.echo(f"{len(found)} emergencies.", err=True)


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _plain(value: datetime) -> str:
    return value.isoformat()
