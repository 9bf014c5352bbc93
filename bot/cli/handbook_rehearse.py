"""`dutyline handbook rehearse`: past months awarded again under a changed handbook. Reads only, and tells nobody."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import click
import sqlalchemy as sa

from bot.cli.handbook_versions import text_of
from bot.cli.office import OPERATOR, department_named, records
from bot.dialog.rendering import voice_for
from bot.reports.rehearsal import RehearsalReport
from models.awarding.deciding.history import names_of, past_awards
from models.bundle import BundleErrors
from models.bundle.handbook_text import read_handbook
from models.people.department import department
from models.rules.handbook import Handbook
from models.rules.replaying.rehearsal import rehearse
from models.rules.time.windows import midnight
from models.session import Database


@click.command("rehearse")
@click.argument("slug")
@click.option("--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The first day.")
@click.option("--to", "last", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day.")
@click.option(
    "--with",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="The handbook to try (YAML or JSON).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with charts there.")
def rehearse_command(slug: str, first: datetime, last: datetime, file: Path, as_json: bool, page: Path | None) -> None:
    """Make the awards of past days again under the handbook in FILE, and say what would have been different.

    Who gains and who loses, how many slots are filled, how even the hours are, which rules bite, and every detail
    that would have gone to others, with the reason. Nobody is told and nothing is written.
    """
    if last < first:
        raise click.ClickException(f"--to {last:%Y-%m-%d} is before --from {first:%Y-%m-%d}.")
    handbook = _handbook(file)
    with records() as database:
        report = _rehearse(database, department_named(database, slug), first.date(), last.date(), handbook)
    if not report.comparison.awards:
        raise click.ClickException(
            f"No award was made from {first:%Y-%m-%d} to {last:%Y-%m-%d}; there is nothing to make again."
        )
    if page is not None:
        from bot.reports.rehearsal_page import rehearsal_page  # noqa: PLC0415 - charts load slowly; wanted here only

        page.write_text(rehearsal_page(report), encoding="utf-8")
        click.echo(f"{page} written.", err=True)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(report.as_text()))


def _handbook(file: Path) -> Handbook:
    try:
        return read_handbook(text_of(file), file.name).handbook
    except BundleErrors as error:
        raise click.ClickException(f"{file} has errors; nothing was rehearsed.\n{error}") from None


def _rehearse(database: Database, department_id: int, first: date, last: date, handbook: Handbook) -> RehearsalReport:
    with database.begin([department_id], OPERATOR) as work:
        work.conn.execute(sa.text("set transaction read only"))
        about = department(work, department_id)
        since, until = midnight(first, about.zone.key), midnight(last + timedelta(days=1), about.zone.key)
        comparison = rehearse(past_awards(work, department_id, since, until), handbook)
        names = names_of(work, department_id)
    return RehearsalReport(about.name, first, last, comparison, names, voice_for("en", about.zone))
