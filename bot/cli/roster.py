"""`dutyline department roster`: a department's officers out of a spreadsheet."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli.office import by_operator, department_named, records
from models.people import handbook
from models.people.department import department
from models.people.roster import Roster, read_roster
from models.people.roster_load import Change, Consent, LoadedRoster, RosterErrors, load_roster
from models.session import Database, Work


@click.command("roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--department", "slug", required=True, help="Whose roster it is.")
@click.option(
    "--consent",
    required=True,
    help='How these officers agreed to be texted, like "signed forms, November 2026". Kept with each number.',
)
@click.option("--paper", is_flag=True, help="The consent was given on paper, by each officer.")
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as one JSON object.")
def roster(file: Path, slug: str, consent: str, paper: bool, preview: bool, as_json: bool) -> None:
    """Bring in the officers of a CSV file: badge, name, rank, seniority date, phone.

    What Excel saves as CSV will do. Headings may be worded as usual ("Badge #", "Hire Date", "Cell"), dates are read
    month first, phones in any American form. An officer is known by his badge; who is not in the file is left as he
    is. All of it or, when anything in it is wrong, nothing; a second time changes nothing.
    """
    if not consent.strip():
        raise click.ClickException("--consent must say how these officers agreed to be texted.")
    given = Consent("paper" if paper else "roster", consent.strip())
    with records() as database:
        department_id = department_named(database, slug)
        read, loaded = _bring(database, department_id, file, given, preview=preview)
    if as_json:
        click.echo(json.dumps({"department": slug, "preview": preview, **asdict(loaded)}))
    else:
        _tell(loaded, read, preview=preview)


def _bring(
    database: Database, department_id: int, file: Path, consent: Consent, *, preview: bool
) -> tuple[Roster, LoadedRoster]:
    try:
        with by_operator(database, department_id, preview=preview) as work:
            read = _read(work, department_id, file)
            loaded = load_roster(work, department_id, read.rows, consent)
    except RosterErrors as error:
        problems = "\n".join(f"{file}: {problem}" for problem in error.problems)
        raise click.ClickException(f"{file} has errors; nothing was imported.\n{problems}") from None
    return read, loaded


def _read(work: Work, department_id: int, file: Path) -> Roster:
    today = work.now.astimezone(department(work, department_id).zone).date()
    ranks = handbook.current(work, department_id, today).rules.ranks
    read = read_roster(file.read_bytes(), ranks, today)
    if read.problems:
        raise RosterErrors(list(read.problems))
    return read


def _tell(loaded: LoadedRoster, read: Roster, *, preview: bool) -> None:
    for change in loaded.changes:
        click.echo(f"{change.kind} {change.badge}: {_fields(change)}")
    new = sum(change.kind == "new" for change in loaded.changes)
    changed = len(loaded.changes) - new
    click.echo(
        f"{new} new, {changed} changed, {loaded.unchanged} as they were; consent recorded for {loaded.consents} phones."
    )
    if loaded.without_phone:
        click.echo(f"Without a phone, so not to be texted: {', '.join(loaded.without_phone)}.")
    if loaded.absent:
        click.echo(f"Not in the file, left as they are: {', '.join(loaded.absent)}.")
    if loaded.left:
        click.echo(f"In the file, but have left, so the line does not know them: {', '.join(loaded.left)}.")
    if read.unread:
        click.echo(f"Columns passed over: {', '.join(read.unread)}.")
    if preview:
        click.echo("This was a preview: nothing was changed.")


def _fields(change: Change) -> str:
    if change.kind == "new":
        return ", ".join(str(after) for _, after in change.fields.values())
    return "; ".join(f"{name} {before or 'none'} -> {after}" for name, (before, after) in change.fields.items())
