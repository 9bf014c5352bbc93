"""`dutyline desk`: the telephones on which a person is reached, and the callers that wait for one."""

import getpass
import json
import re
from typing import Any

import click
import sqlalchemy as sa

from bot.cli.office import in_department, records
from bot.dialog.desk import known_by
from models.line import desk_phone, hand_off, waiting
from models.line.open_hand_offs import open_hand_off, open_hand_offs, texts_around
from models.people.department import department
from models.people.number import read_number
from models.session import Work


@click.group("desk")
def command() -> None:
    """What waits for a person, and the telephones that ring for callers."""


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
    """What the desk owes somebody in department SLUG, first what goes first.

    Callers who wait, are to be called back, or left a message; behind them what was handed over without a call (an H
    before the number). Whose detail starts within two hours or goes on, and an emergency, go before the others.
    """
    with in_department(slug) as (work, department_id):
        callers, others = waiting.in_line(work, department_id), open_hand_offs(work, department_id)
    if as_json:
        rows = [{"kind": "caller", **row._mapping} for row in callers]
        rows += [{"kind": "hand_off", **row._mapping} for row in others]
        click.echo(json.dumps(rows, default=lambda moment: moment.isoformat()))
        return
    for line in (*map(_caller, callers), *map(_handed, others)):
        click.echo(line)
    click.echo(f"{len(callers)} in line, {len(others)} handed over without a call.", err=True)


@command.command("show")
@click.argument("slug")
@click.argument("number", metavar="ID")
def show(slug: str, number: str) -> None:
    """One of the desk's list with what was texted around it, so that nobody has to ask again."""
    with in_department(slug) as (work, department_id):
        found = open_hand_off(work, department_id, _hand_off_id(number) or 0)
        if found is None:
            raise click.ClickException(f"{number} is nothing that was handed over; see dutyline desk list {slug}.")
        texts, zone = texts_around(work, department_id, found), department(work, department_id).zone
    click.echo(_handed(found))
    for text in texts:
        click.echo(f"{text.at.astimezone(zone):%a %H:%M}  {'he  ' if text.way == 'in' else 'line'}  {text.body}")


@command.command("done")
@click.argument("slug")
@click.argument("numbers", metavar="ID...", nargs=-1, required=True)
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who dealt with it.")
@click.option("--note", default="", help="What came of it; it goes on record.")
def done(slug: str, numbers: tuple[str, ...], by: str, note: str) -> None:
    """He was called back, his message was heard, or what was handed over (H12) is dealt with."""
    with in_department(slug) as (work, department_id):
        for number in numbers:
            if not _done(work, department_id, number, by=by, note=note):
                raise click.ClickException(
                    f"{number} is nobody to be called back, no message and nothing handed over;"
                    f" see dutyline desk list {slug}."
                )
    click.echo(f"{', '.join(numbers)} is done." if len(numbers) == 1 else f"{', '.join(numbers)} are done.")


def _done(work: Work, department_id: int, number: str, **told: str) -> bool:
    hand_off_id = _hand_off_id(number)
    if hand_off_id is not None:
        return hand_off.finish(work, department_id, hand_off_id, **told)
    return number.isdecimal() and waiting.settle(work, department_id, int(number), **told)


def _hand_off_id(number: str) -> int | None:
    found = re.fullmatch(r"[Hh]([0-9]{1,18})", number)
    return int(found[1]) if found else None


def _number(said: str) -> str:
    try:
        return read_number(said)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _caller(row: sa.Row[Any]) -> str:
    state = {"wants_call": "call back", "message": "message", "leaving_message": "talks now", "waiting": "waits"}
    said = f": {row.transcript}" if row.transcript else f": {row.recording_url}" if row.recording_url else ""
    name = row.claimed if row.identified_by == "badge_alone" else row.name
    why = f"{_known(name, row.identified_by)}; {_plain(row.reason or 'unknown')}"
    who = f"{name or 'somebody'}, {row.number}, {row.language}, {why}"
    return f"{row.id:>7}  {row.entered_at:%Y-%m-%d %H:%M}  {_urgent(row)}{state[row.state]:<9}  {who}{said}"


def _handed(row: sa.Row[Any]) -> str:
    name = row.name or row.claimed
    who = ", ".join(each for each in (name or "nobody in particular", row.number, row.language) if each)
    known = f", {_known(name, row.identified_by)}" if name else ""
    doing = f", in {row.told['flow']} at {row.told['step']}" if row.told.get("flow") else ""
    about = f", detail {row.code}, {row.place}" if row.code else ""
    way = "by phone" if row.call_id else "by text" if row.conversation_id else "handed"
    expected = f", expected {row.told['expected_at']}" if row.told.get("expected_at") else ""
    why = f"{_plain(row.reason)}{doing}{about}{expected}"
    return f"{f'H{row.id}':>7}  {row.handed_at:%Y-%m-%d %H:%M}  {_urgent(row)}{way:<9}  {who}{known}; {why}"


def _known(name: str | None, identified_by: str | None) -> str:
    known = {"known_by_number": "by his number only", "claimed_by_badge": "by a badge without its PIN", "known_not": ""}
    return known.get(known_by(name, identified_by), f"by {_plain(identified_by or '')}") or "not known"


def _urgent(row: sa.Row[Any]) -> str:
    return "URGENT " if row.urgent else ""


def _plain(key: str) -> str:
    return key.replace("_", " ")
