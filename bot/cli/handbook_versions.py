"""`dutyline handbook show`, `diff`, `publish`, `history`: the versions of a department's handbook."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.office import department_named, in_department, records
from models.bundle import BundleErrors
from models.bundle.handbook_text import HandbookText, read_handbook
from models.people.department import Department, department
from models.people.handbook import current
from models.people.handbook_versions import (
    AlreadyAwarded,
    Publication,
    known_people,
    publish_from,
    rules_of,
    today,
    versions,
    what_it_means,
)
from models.rules.checking import Finding, Known, check
from models.rules.handbook import Handbook
from models.rules.sentences.comparison import changes, told
from models.rules.sentences.written_out import written_out
from models.session import Database, Work

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("show")
@click.argument("slug")
@click.option("--on", "day", type=_DAY, metavar="DATE", help="The version that holds on that day; today if left out.")
@click.option("--version", type=click.IntRange(1), help="That version.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of YAML.")
def show_command(slug: str, day: datetime | None, version: int | None, as_json: bool) -> None:
    """Print the handbook of the department SLUG, with every default and a sentence on each setting.

    What is printed can be edited, checked and published again.
    """
    with records() as database:
        shown = _stored(database, slug, version, day.date() if day else None)
    click.echo(shown.model_dump_json(indent=2) if as_json else written_out(shown), nl=as_json)


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def diff_command(old: str, new: str, as_json: bool) -> None:
    """Say in words what differs between two handbooks.

    OLD and NEW are files, or departments: millbrook is the version that holds there today, millbrook@3 its version 3.
    """
    found = changes(_named(old), _named(new))
    if as_json:
        said = [
            {"place": each.place, "old": each.old and each.old.value, "new": each.new and each.new.value}
            for each in found
        ]
        click.echo(json.dumps({"changes": said}, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(told(each) for each in found) or "They say the same.")


@click.command("publish")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--from", "day", type=_DAY, required=True, metavar="DATE", help="The first day on which it holds.")
@click.option("--although-awarded", is_flag=True, help="Publish it although awards were made since that day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def publish_command(slug: str, file: Path, day: datetime, although_awarded: bool, as_json: bool) -> None:
    """Make the handbook in FILE the next version for the department SLUG, holding from DATE on.

    It is checked first, also against the department's people; nothing is published when it has errors. Awards that were
    made stand, and assignments keep the version they were made under.
    """
    text = _read(file)
    with in_department(slug) as (work, department_id):
        where = department(work, department_id)
        found = check(text.handbook, known_people(work, where))
        say_findings(text, found)
        if any(each.severity == "error" for each in found):
            raise click.ClickException("Nothing was published: the handbook cannot hold as it stands.")
        number = _publish(work, where, text.handbook, day.date(), although_awarded)
        means = what_it_means(work, where, day.date())
    if as_json:
        click.echo(json.dumps({"department": slug, "version": number, "from": day.date().isoformat()}))
    else:
        click.echo(_published(slug, number, day.date(), means), err=True)


@click.command("history")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def history_command(slug: str, as_json: bool) -> None:
    """Print the versions of the handbook of the department SLUG: since when, and what was decided under each."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id]) as work:
            found = versions(work, department(work, department_id))
    if as_json:
        click.echo(json.dumps({"versions": [_as_json(each) for each in found]}, indent=2))
        return
    for each in found:
        holds = ", holds today" if each.holds else ""
        click.echo(
            f"version {each.version}: from {each.effective_on}{holds}; {each.awards} awards,"
            f" {each.assignments} assignments to come under it"
        )


def text_of(file: Path) -> str:
    """The text of a file, - for standard input; a sentence when it is none."""
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text: {error}") from None


def say_findings(text: HandbookText, found: Sequence[Finding]) -> None:
    """Say on standard error what was found, each with its line."""
    for each in found:
        click.echo(f"{text.name}: {text.problem(each.path, f'{each.severity}: {each.message}')}", err=True)


def people_of(slug: str) -> Known | None:
    """What a check may know of the department's officers."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id]) as work:
            return known_people(work, department(work, department_id))


def _read(file: Path) -> HandbookText:
    try:
        return read_handbook(text_of(file), file.name)
    except BundleErrors as error:
        raise click.ClickException(f"{file} has errors.\n{error}") from None


def _named(name: str) -> Handbook:
    """A handbook by file, or by department and version."""
    if Path(name).is_file():
        return _read(Path(name)).handbook
    slug, _, version = name.partition("@")
    if version and not version.isdecimal():
        raise click.ClickException(f"{name} is neither a file nor a version like {slug}@3.")
    with records() as database:
        return _stored(database, slug, int(version) if version else None, None)


def _stored(database: Database, slug: str, version: int | None, day: date | None) -> Handbook:
    department_id = department_named(database, slug)
    with database.begin([department_id]) as work:
        where = department(work, department_id)
        if version is None:
            try:
                return current(work, department_id, day or today(work, where)).rules
            except LookupError:
                raise click.ClickException(f"{slug} had no handbook yet on {day}.") from None
        found = rules_of(work, where, version)
    if found is None:
        raise click.ClickException(f"{slug} has no version {version} of its handbook.")
    return found


def _publish(work: Work, where: Department, rules: Handbook, day: date, although_awarded: bool) -> int:
    try:
        number = publish_from(work, where, rules, day, although_awarded=although_awarded)
    except AlreadyAwarded as error:
        raise click.ClickException(_in_the_past(where, day, error.publication)) from None
    if number is None:
        raise click.ClickException("Nothing was published: the newest version says the same.")
    return number


def _in_the_past(where: Department, day: date, means: Publication) -> str:
    past = f"{day} is past. " if means.is_past else ""
    awards = f"{where.slug} made {means.awards_since} award{'s' * (means.awards_since != 1)} since {day}. "
    return (
        f"Nothing was published. {past}{awards if means.awards_since else ''}What was awarded stands, and assignments "
        "keep the version they were made under; what is decided from now on would go by the new one. If that is meant, "
        "say --although-awarded."
    )


def _published(slug: str, number: int, day: date, means: Publication) -> str:
    later = "".join(
        f"\nFrom {on} on version {version} holds instead: it was published before." for version, on in means.later
    )
    return f"{slug}: version {number} holds from {day} on.{later}"


def _as_json(each: Any) -> dict[str, Any]:
    return {
        "version": each.version,
        "from": each.effective_on.isoformat(),
        "published_at": each.published_at.isoformat() if each.published_at else None,
        "awards": each.awards,
        "assignments": each.assignments,
        "holds": each.holds,
    }
