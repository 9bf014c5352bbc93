"""`dutyline department`: a department begins, and goes in and out as one bundle."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
import phonenumbers
import yaml

from bot.cli.office import department_named, records
from bot.cli.roster import roster
from models.bundle import BundleErrors, json_schema, read
from models.bundle.dump import dump
from models.bundle.handbook_text import read_handbook
from models.bundle.load import load
from models.people.department import department_id_of
from models.rules.checking import check


@click.group("department")
def department() -> None:
    """Departments: begin one, bring its roster, import and export it as one bundle (docs/bundle.md)."""


department.add_command(roster)


@department.command("create")
@click.argument("slug")
@click.option("--name", required=True, help='Its name to people, like "Millbrook Police Department".')
@click.option("--timezone", required=True, help="Its zone, like America/New_York.")
@click.option("--line", "lines", multiple=True, required=True, help="Its phone number; may be repeated.")
@click.option("--contact", help="Whom officers ask for help, for the public pages: an office, a phone, an address.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as one JSON object.")
def create_command(
    slug: str, name: str, timezone: str, lines: tuple[str, ...], contact: str | None, as_json: bool
) -> None:
    """Begin the department SLUG, with a handbook of usual rules and nobody in it yet.

    SLUG is its name in commands and addresses, like millbrook. Its rules are printed by dutyline handbook show, and
    changed by dutyline handbook publish.
    """
    said = {"slug": slug, "name": name, "timezone": timezone, "lines": [_e164(line) for line in lines]}
    try:
        bundle = read(json.dumps({"department": {**said, "contact": contact}, "handbook": {}}), slug)
        with records() as database:
            with database.engine.connect() as connection:
                if department_id_of(connection, slug) is not None:
                    raise click.ClickException(f"There is a department {slug} already; nothing was changed.")
            load(database, bundle, slug)
    except BundleErrors as error:
        raise click.ClickException(f"Nothing was made.\n{error}") from None
    if as_json:
        click.echo(json.dumps({"department": slug, "lines": said["lines"]}))
    else:
        click.echo(f"{slug} has begun. Next: dutyline department roster FILE --department {slug}", err=True)


@department.command("schema")
def schema_command() -> None:
    """Print the bundle's JSON Schema."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@department.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what changed as one JSON object.")
def import_command(file: Path, as_json: bool) -> None:
    """Import FILE (YAML or JSON; - for standard input): all of it or, when anything in it is wrong, nothing.

    Importing twice changes nothing. What the bundle does not name is left alone.
    """
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
        bundle = read(text, file.name)
        with records() as database:
            loaded = load(database, bundle, file.name)
        if bundle.brings_handbook and "handbook" in loaded.changed:
            _say_what_was_hardly_meant(text, file.name)
    except BundleErrors as error:
        raise click.ClickException(f"{file} has errors; nothing was imported.\n{error}") from None
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text: {error}") from None
    if as_json:
        raised = [asdict(each) for each in loaded.raised]
        click.echo(json.dumps({"department": bundle.department.slug, "changed": loaded.changed, "raised": raised}))
    else:
        for each in loaded.raised:
            click.echo(f"More officers than ordered: {each}.", err=True)
        changed = ", ".join(f"{count} {part}" for part, count in loaded.changed.items()) or "nothing; it was all there"
        click.echo(f"{bundle.department.slug}: new or changed: {changed}.", err=True)


@department.command("export")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of YAML.")
def export_command(slug: str, as_json: bool) -> None:
    """Print the department SLUG as a bundle."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id]) as work:
            written = dump(work, department_id)
    if as_json:
        click.echo(json.dumps(written, indent=2, ensure_ascii=False))
    else:
        click.echo(yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=110), nl=False)


def _say_what_was_hardly_meant(text: str, name: str) -> None:
    """A bundle may be a part of a department, so what is found in its handbook is said and stops nothing."""
    handbook = read_handbook(text, name)
    for each in check(handbook.handbook):
        if each.severity != "note":
            click.echo(f"{name}: {handbook.problem(each.path, f'{each.severity}: {each.message}')}", err=True)


def _e164(text: str) -> str:
    """The number in the form of bundles; what is none is left as it is, for the bundle to refuse."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return text
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
