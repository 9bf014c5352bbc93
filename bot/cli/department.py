"""`dutyline department`: a department goes in and out as one bundle."""

import json
import sys
from pathlib import Path

import click
import yaml

from bot.cli.office import department_named, records
from models.bundle import BundleErrors, json_schema, read
from models.bundle.dump import dump
from models.bundle.load import load


@click.group("department")
def department() -> None:
    """Departments: import and export them as one bundle (docs/bundle.md)."""


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
    except BundleErrors as error:
        raise click.ClickException(f"{file} has errors; nothing was imported.\n{error}") from None
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text: {error}") from None
    if as_json:
        click.echo(json.dumps({"department": bundle.department.slug, "changed": loaded.changed}))
    else:
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
