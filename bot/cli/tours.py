"""`dutyline tours`: officers' regular duty and leave, out of files, feeds, and systems that push."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import yaml
from pydantic import ValidationError

from bot.cli.office import by_operator, department_named, in_department, records
from models.people.department import Department, department
from models.rules.time.windows import midnight
from models.session import Work
from models.tours import source as sources
from models.tours.arriving import read_schedule, window_round
from models.tours.bringing import Brought, TourErrors, bring_tours
from models.tours.mapping import TourMapping
from models.tours.report import as_json, in_words
from models.tours.source import Source


@click.group("tours")
def tours() -> None:
    """Bring in the regular duty hours and the leave that details must not run into."""


@tours.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--department", "slug", required=True, help="Whose tours they are.")
@click.option("--source", "name", default="file", show_default=True, help="What the file comes from, by name.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="How to read it (YAML).")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="Replace what begins from this day on.")
@click.option("--until", "last", type=click.DateTime(["%Y-%m-%d"]), help="Replace what begins up to this day.")
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "wants_json", is_flag=True, help="Print what changed as one JSON object.")
def import_tours(
    file: Path,
    slug: str,
    name: str,
    mapping: Path | None,
    first: datetime | None,
    last: datetime | None,
    preview: bool,
    wants_json: bool,
) -> None:
    """Bring in a CSV file or an iCalendar file (.ics).

    What the same source brought before for the same days and officers is replaced: a tour that is not in the file any
    more goes, one that is new comes, and an assignment that a new tour runs into is reported and put before a person.
    All of it or, when anything in it is wrong, nothing; a second time changes nothing.
    """
    said = _mapping(mapping) if mapping else None
    with records() as database:
        department_id = department_named(database, slug)
        try:
            with by_operator(database, department_id, preview=preview) as work:
                about = department(work, department_id)
                source = _source(work, department_id, name, said)
                window = _window(first, last, about.zone)
                read_within = window or window_round(work.now)
                reading = read_schedule(file.read_bytes(), source.mapping, about.zone, read_within)
                brought = bring_tours(work, about, source, reading, window)
                _report(brought, about, preview=preview, wants_json=wants_json)
        except TourErrors as error:
            problems = "\n".join(f"{file}: {problem}" for problem in error.problems)
            raise click.ClickException(f"{file} has errors; nothing was imported.\n{problems}") from None


@tours.command("source")
@click.argument("name")
@click.option("--department", "slug", required=True, help="Whose source it is.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="How to read it (YAML).")
@click.option("--url", help="A calendar's address, asked now and then.")
@click.option("--every", "every_minutes", type=click.IntRange(5, 10080), help="How often, in minutes; 60 if unsaid.")
def set_source(name: str, slug: str, mapping: Path | None, url: str | None, every_minutes: int | None) -> None:
    """Make a source of tours, or change it: a feed with --url, else one for files and pushes."""
    if url is not None and not url.startswith(("https://", "http://")):
        raise click.ClickException(f"{url} is not an address that can be asked: it must begin with https://.")
    if every_minutes is not None and url is None:
        raise click.ClickException("--every says how often a feed is asked; give its --url too.")
    said = _mapping(mapping) if mapping else None
    with in_department(slug) as (work, department_id):
        before = sources.source_named(work, department_id, name)
        kept = said or (before.mapping if before else TourMapping())
        sources.put_source(work, department_id, name, kept, url, (every_minutes or 60) if url else None)
    click.echo(f"{name}: asked every {every_minutes or 60} minutes, the first time now." if url else f"{name}: kept.")


@tours.command("token")
@click.argument("name")
@click.option("--department", "slug", required=True, help="Whose source it is.")
def issue_token(name: str, slug: str) -> None:
    """Print a new token with which a system may push this source's tours; the one before is void.

    It is shown this once. POST the file to PUBLIC_URL/api/tours with the header `Authorization: Bearer TOKEN`.
    """
    with in_department(slug) as (work, department_id):
        found = sources.source_named(work, department_id, name)
        source = found or sources.put_source(work, department_id, name, TourMapping())
        click.echo(sources.issue_token(work, source))


@tours.command("sources")
@click.option("--department", "slug", required=True, help="Whose sources.")
def list_sources(slug: str) -> None:
    """List the sources of a department's tours, and how they are doing."""
    with in_department(slug) as (work, department_id):
        zone = department(work, department_id).zone
        found = sources.all_sources(work, department_id)
    for each in found:
        click.echo(_state(each, zone))
    if not found:
        click.echo("No source yet: `dutyline tours import FILE` makes one.")


@tours.command("schema")
def schema() -> None:
    """Print the JSON Schema of a mapping: how a scheduling system's words are explained."""
    click.echo(json.dumps(TourMapping.model_json_schema(), indent=2))


def _source(work: Work, department_id: int, name: str, said: TourMapping | None) -> Source:
    """The source of this name, made now if there is none. A mapping given with the file is kept for the next one."""
    found = sources.source_named(work, department_id, name)
    if found is None or (said is not None and said != found.mapping and found.url is None):
        return sources.put_source(work, department_id, name, said or TourMapping())
    return replace(found, mapping=said) if said is not None else found


def _window(first: datetime | None, last: datetime | None, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise click.ClickException("--from and --until go together: the days whose tours the file replaces.")
    return midnight(first.date(), zone.key), midnight(last.date() + timedelta(days=1), zone.key)


def _mapping(path: Path) -> TourMapping:
    try:
        said: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TourMapping.model_validate(said or {})
    except yaml.YAMLError as error:
        raise click.ClickException(f"{path} is not YAML: {error}") from None
    except ValidationError as error:
        lines = (f"{path}: {'.'.join(map(str, each['loc'])) or 'mapping'}: {each['msg']}" for each in error.errors())
        raise click.ClickException("\n".join(lines)) from None


def _report(brought: Brought, about: Department, *, preview: bool, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps({"department": about.slug, "preview": preview, **as_json(brought, about.zone)}))
        return
    for line in in_words(brought, about.zone):
        click.echo(line)
    if preview:
        click.echo("This was a preview: nothing was changed.")


def _state(source: Source, zone: ZoneInfo) -> str:
    ways = [f"{source.url} every {source.every_minutes} minutes"] if source.url else []
    ways += ["pushes with a token"] if source.takes_pushes else []
    said = f"{source.name}: {', '.join(ways) or 'files'}"
    if source.fetched_at:
        said += f"; last read {source.fetched_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{said}; TROUBLE: {source.trouble}" if source.trouble else said
