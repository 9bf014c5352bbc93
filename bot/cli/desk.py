"""`dutyline desk`: the telephones on which a person is reached, and the callers that wait for one."""

import getpass
import json

import click
import sqlalchemy as sa

from bot.cli.office import OPERATOR, department_named, records
from models.line import desk_phone, waiting
from models.people.number import read_number


@click.group("desk")
def command() -> None:
    """Callers who wait for a person, and the telephones that ring for them."""


@command.group("phone")
def phone() -> None:
    """The telephones that ring, all at once, when a caller asks for a person."""


@phone.command("add")
@click.argument("number")
@click.option("--name", required=True, help="Who picks up there, as it stands on record when a call is taken.")
def add(number: str, name: str) -> None:
    """Have NUMBER ring from now on."""
    with records() as database, database.engine.begin() as conn:
        desk_phone.put_desk_phone(conn, _number(number), name)
    click.echo(f"{_number(number)} rings for {name} from now on.")


@phone.command("remove")
@click.argument("number")
def remove(number: str) -> None:
    """Let NUMBER ring no more."""
    with records() as database, database.engine.begin() as conn:
        if not desk_phone.remove_desk_phone(conn, _number(number)):
            raise click.ClickException(f"{number} is no telephone of the desk; see dutyline desk phone list.")
    click.echo(f"{_number(number)} rings no more.")


@phone.command("list")
def list_phones() -> None:
    """All of them."""
    with records() as database, database.engine.connect() as conn:
        found = desk_phone.all_desk_phones(conn)
    for each in found:
        click.echo(f"{each.number}  {each.name}")
    if not found:
        click.echo("None: callers who ask for a person wait in the queue, and are offered a call back.", err=True)


@command.command("list")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, the first in line first.")
def list_command(slug: str, as_json: bool) -> None:
    """Who waits in department SLUG, is to be called back, or left a message; the first in line first."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id], OPERATOR) as work:
            found = waiting.in_line(work, department_id)
    if as_json:
        click.echo(json.dumps([dict(row._mapping) for row in found], default=lambda moment: moment.isoformat()))
        return
    for row in found:
        click.echo(_line(row))
    click.echo(f"{len(found)} in line.", err=True)


@command.command("done")
@click.argument("slug")
@click.argument("waiting_id", metavar="ID", type=int)
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who dealt with it.")
@click.option("--note", default="", help="What came of it; it goes on record.")
def done(slug: str, waiting_id: int, by: str, note: str) -> None:
    """He was called back, or his message was heard."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id], OPERATOR) as work:
            if not waiting.settle(work, department_id, waiting_id, by=by, note=note):
                raise click.ClickException(
                    f"{waiting_id} is nobody to be called back and no message; see dutyline desk list {slug}."
                )
    click.echo(f"{waiting_id} is done.")


def _number(said: str) -> str:
    try:
        return read_number(said)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _line(row: sa.Row[tuple[object, ...]]) -> str:
    state = {"wants_call": "call back", "message": "message", "leaving_message": "talks now", "waiting": "waits"}
    said = f": {row.transcript}" if row.transcript else f": {row.recording_url}" if row.recording_url else ""
    who = f"{row.name or 'somebody'}, {row.number}, {row.language}"
    return f"{row.id:>6}  {row.entered_at:%Y-%m-%d %H:%M}  {state[row.state]:<9}  {who}{said}"
