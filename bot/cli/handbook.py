"""`dutyline handbook`: a department's rules, read and checked before they hold."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.cli.handbook_reference import reference_command
from bot.cli.handbook_rehearse import rehearse_command
from bot.cli.handbook_versions import (
    diff_command,
    history_command,
    people_of,
    publish_command,
    say_findings,
    show_command,
    text_of,
)
from models.bundle import BundleErrors
from models.bundle.handbook_text import HandbookText, read_handbook
from models.bundle.problems import Problem, in_words
from models.rules.checking import Finding, check
from models.rules.handbook import json_schema
from models.rules.sentences.explain import explained
from models.rules.sentences.written_out import written_out


@click.group("handbook")
def handbook() -> None:
    """A department's rules as a file: check it, read it out, see what it would change (docs/handbook.md)."""


for other in (
    reference_command,
    show_command,
    diff_command,
    publish_command,
    history_command,
    rehearse_command,
):
    handbook.add_command(other)


@handbook.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--explain", is_flag=True, help="Write the handbook out, every default included, with a sentence on each."
)
@click.option("--department", "slug", metavar="SLUG", help="Check names against the officers of this department too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check_command(file: Path, explain: bool, slug: str | None, as_json: bool) -> None:
    """Check the handbook in FILE (YAML or JSON; - for standard input): the handbook alone, or a bundle that has one.

    Every error and warning is said at once, with its line, what is wrong and what would be right. Exit status 1 when
    the handbook cannot hold as it stands; warnings and notes leave it 0.
    """
    try:
        text = read_handbook(text_of(file), file.name)
    except BundleErrors as error:
        _say_errors(error, as_json)
        sys.exit(1)
    found = check(text.handbook, people_of(slug) if slug else text.known)
    if as_json:
        click.echo(json.dumps(_as_json(text, found, explain), indent=2, ensure_ascii=False))
    else:
        say_findings(text, found)
        click.echo(_summed_up(text.name, found), err=True)
        if explain:
            click.echo(written_out(text.handbook), nl=False)
    sys.exit(1 if any(each.severity == "error" for each in found) else 0)


@handbook.command("schema")
def schema_command() -> None:
    """Print the handbook's JSON Schema."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _say_errors(error: BundleErrors, as_json: bool) -> None:
    if as_json:
        findings = [_finding("error", each) for each in error.problems]
        click.echo(json.dumps({"file": error.name, "ok": False, "findings": findings}, indent=2, ensure_ascii=False))
    else:
        click.echo(f"{error}\n{error.name}: the handbook cannot be read.", err=True)


def _as_json(text: HandbookText, found: Sequence[Finding], explain: bool) -> dict[str, Any]:
    said = {
        "file": text.name,
        "ok": all(each.severity != "error" for each in found),
        "findings": [_finding(each.severity, text.problem(each.path, each.message)) for each in found],
    }
    if explain:
        said["explained"] = [
            {"path": in_words(each.path), "value": each.value, "default": each.is_default, "sentence": each.sentence}
            for each in explained(text.handbook)
        ]
    return said


def _finding(severity: str, problem: Problem) -> dict[str, Any]:
    return {"severity": severity, "path": in_words(problem.path), "line": problem.line, "message": problem.message}


def _summed_up(name: str, found: Sequence[Finding]) -> str:
    counts = [(sum(each.severity == kind for each in found), kind) for kind in ("error", "warning", "note")]
    said = ", ".join(f"{count} {kind}{'s' * (count > 1)}" for count, kind in counts if count)
    return f"{name}: the handbook can be read; {said or 'nothing to say against it'}."
