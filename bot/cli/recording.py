"""`dutyline recording`: what was recorded of calls, who agreed to it, and deleting it before its time."""

import getpass
import json
from typing import Any

import click
import sqlalchemy as sa

from bot.cli.office import in_department
from models.line.recording import delete_early, recordings_of
from models.line.recording_consent import consents_of


@click.group("recording")
def command() -> None:
    """What was recorded of calls. The sound lies with the carrier: it is found there by the sids that are listed."""


@command.command("list")
@click.argument("slug")
@click.option("--call", "call_sid", metavar="SID", help="Only those of this call, and what its caller said to it.")
@click.option("--most", type=click.IntRange(1, 10000), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON list, the latest first.")
def list_command(slug: str, call_sid: str | None, most: int, as_json: bool) -> None:
    """Recordings of department SLUG, the latest first."""
    with in_department(slug) as (work, department_id):
        found = recordings_of(work, department_id, call_sid, most)
        words = consents_of(work, department_id, found[0].call_id) if call_sid and found else []
    if as_json:
        click.echo(json.dumps([_plain(row) for row in found], default=lambda moment: moment.isoformat()))
        return
    for row in found:
        click.echo(_line(row))
    for word in words:
        click.echo(
            f"{word.given_at:%Y-%m-%d %H:%M:%S}  {word.word:<9}  announcement {word.announcement}, {word.language},"
            f" wording {word.wording}"
        )
    click.echo(f"{len(found)} recordings.", err=True)


@command.command("delete")
@click.argument("slug")
@click.argument("recording_id", metavar="ID", type=int)
@click.option("--reason", required=True, help="Why it goes before its time; it goes on record.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who decides it.")
def delete_command(slug: str, recording_id: int, reason: str, by: str) -> None:
    """Have the carrier delete recording ID of department SLUG now, as when an officer takes back his consent."""
    with in_department(slug) as (work, department_id):
        if not delete_early(work, department_id, recording_id, f"{by}: {reason}"):
            raise click.ClickException(
                f"{recording_id} is no recording that could be deleted; see dutyline recording list {slug}."
            )
    click.echo(f"The carrier is told to delete {recording_id}.", err=True)


_SHOWN = (
    "id",
    "call_sid",
    "direction",
    "state",
    "sid",
    "seconds",
    "started_at",
    "stopped_at",
    "delete_at",
    "deleted_at",
)


def _plain(row: sa.Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in (*_SHOWN, "delete_because", "failure")}


def _line(row: sa.Row[Any]) -> str:
    began = f"{row.started_at or row.planned_at:%Y-%m-%d %H:%M}"
    until = f", until {row.delete_at:%Y-%m-%d}" if row.state == "stopped" else ""
    why = row.delete_because or row.failure
    seconds = f"{row.seconds} s" if row.seconds is not None else "-"
    said = f" ({why})" if why else ""
    return f"{row.id:>6}  {began}  {row.state:<8}  {seconds:>6}  {row.sid or '-':<34}  {row.call_sid}{until}{said}"
