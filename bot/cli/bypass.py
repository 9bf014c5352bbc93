"""`dutyline bypass`: who was wrongly passed over, and what is owed to him for it."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
import yaml
from pydantic import TypeAdapter, ValidationError

from bot.cli.office import BREAK_GLASS, BY, REASON, decided_by_hand, in_department
from bot.dialog.rendering import Voice, render_prompt, voice_for
from models.awarding.asking import owed_detail
from models.awarding.asking.owed_detail import Owing
from models.awarding.deciding.history import names_of, past_awards
from models.awarding.deciding.listing import past_listings
from models.details.opening import openings_by_code
from models.people.by_hand import ByHandAct
from models.people.department import Department, department
from models.people.officer import officer_with_badge
from models.rules.awarding.outcomes import SignupVerdict
from models.rules.replaying.bypass import Bypassed, Correction, bypassed
from models.rules.replaying.bypass_by_list import bypassed_by_list
from models.rules.time.windows import midnight
from models.session import Work

DAY = click.DateTime(["%Y-%m-%d"])
_CORRECTIONS = TypeAdapter(tuple[Correction, ...])
_BY = {"award": "award", "call_out": "call-out list", "first_come": "first-come list"}
_NOTHING_TOLD = {
    "award": "nothing: he had not signed up",
    "call_out": "nothing: he was not asked",
    "first_come": "nothing: he was not told of it",
}


@click.group("bypass")
def command() -> None:
    """Officers who were wrongly passed over: find them, and owe them the next detail they can take."""


@command.command("find")
@click.argument("slug")
@click.option("--from", "first", required=True, type=DAY, help="The first day.")
@click.option("--to", "last", required=True, type=DAY, help="The last day.")
@click.option(
    "--correct",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was wrong on record, as it should have been: a YAML list, see docs/operations.md.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def find(slug: str, first: datetime, last: datetime, file: Path, as_json: bool) -> None:
    """Make the awards of these days again from corrected facts, and list who should have had what, and why.

    Each award is made again by itself, under the handbook it was made under; so is each list by which officers were
    asked, and what went first come. Nobody is told and nothing is written.
    """
    corrections = _corrections(file)
    with in_department(slug) as (work, department_id):
        work.conn.execute(sa.text("set transaction read only"))
        about = department(work, department_id)
        found = list(_found(work, about, first.date(), last.date(), corrections))
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for each in found:
        click.echo(f"{each['officer']}, badge {each['badge']}: {each['detail']}, {each['starts_at']}")
        click.echo(f"   was told: {each['told']}\n   should be: {each['right']}")
        click.echo(f"   had by: {', '.join(each['instead']) or 'nobody'} ({each['by']} {each['record']})")
    click.echo(f"{len(found)} passed over.", err=True)


@command.command("owe")
@click.argument("slug")
@click.argument("badge")
@click.option("--detail", "code", required=True, metavar="CODE", help="The code of what he should have had.")
@REASON
@BY
@BREAK_GLASS
def owe(slug: str, badge: str, code: str, reason: str, by: str, break_glass: bool) -> None:
    """Owe the officer with BADGE a detail: the next with a sign-up that he can take is offered to him first."""
    with in_department(slug) as (work, department_id):
        who = officer_with_badge(work, department_id, badge)
        about = openings_by_code(work, department_id, [code]).get(code)
        if who is None or about is None:
            raise click.ClickException(f"{slug} has no {'detail ' + code if who else 'badge ' + badge}.")
        act = ByHandAct("owe", by, reason, (who.id,), break_glass)
        decided_by_hand(work, department(work, department_id), act)
        owed_id = owed_detail.owe(work, department(work, department_id), who, about, Owing(by, reason))
        until_at = owed_detail.owed(work, department_id, owed_id).until_at if owed_id else None
    if until_at is None:
        raise click.ClickException(f"Badge {badge} is or was owed a detail for {code} already.")
    click.echo(f"{who.name}, badge {badge}, is owed a detail until {until_at:%Y-%m-%d %H:%M} UTC.", err=True)


@command.command("list")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, the newest first.")
def list_command(slug: str, as_json: bool) -> None:
    """What is and was owed in department SLUG, and what came of it."""
    with in_department(slug) as (work, department_id):
        found = owed_detail.listed(work, department_id)
    if as_json:
        click.echo(json.dumps([dict(row) for row in found], default=lambda moment: moment.isoformat()))
        return
    for row in found:
        click.echo(
            f"{row['id']:>5}  {row['badge']:>6} {row['name']}: {row['state']}, for {row['code']}, "
            f"until {row['until_at']:%Y-%m-%d %H:%M} UTC, by {row['decided_by']}: {row['words']}"
        )
    click.echo(f"{len(found)} owed details.", err=True)


def _corrections(file: Path) -> tuple[Correction, ...]:
    try:
        return _CORRECTIONS.validate_python(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise click.ClickException(f"{file} is no list of corrections: {error}") from None


def _found(
    work: Work, about: Department, first: date, last: date, corrections: tuple[Correction, ...]
) -> Iterator[dict[str, Any]]:
    since, until = midnight(first, about.zone.key), midnight(last + timedelta(days=1), about.zone.key)
    names, voice = names_of(work, about.id), voice_for("en", about.zone)
    rows = work.conn.execute(sa.text("select id, badge from officer where department_id = :d"), {"d": about.id})
    badges = {row.id: row.badge for row in rows}
    for each in bypassed(past_awards(work, about.id, since, until), corrections):
        yield _told(each, names, badges, voice)
    for each in bypassed_by_list(past_listings(work, about.id, since, until), corrections):
        yield _told(each, names, badges, voice)


def _told(each: Bypassed, names: dict[int, str], badges: dict[int, str], voice: Voice) -> dict[str, Any]:
    return {
        "by": _BY[each.kind],
        "record": each.record_id,
        "detail": each.opening.detail,
        "starts_at": each.opening.starts_at.astimezone(voice.zone).isoformat(timespec="minutes"),
        "officer": names[each.officer_id],
        "badge": badges[each.officer_id],
        "told": _sentence(each.told, voice) if each.told else _NOTHING_TOLD[each.kind],
        "right": _sentence(each.right, voice),
        "instead": [f"{names[one]}, badge {badges[one]}" for one in each.instead],
    }


def _sentence(verdict: SignupVerdict, voice: Voice) -> str:
    return render_prompt(f"verdicts.{verdict.reason}", verdict.figures, voice)
