"""`dutyline audit`: is the record of events whole?"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from bot.cli.office import records
from models.proof.anchor import Anchor, missed, read_anchor, take_anchor
from models.proof.seal import verify
from models.session import Database

Found = dict[str, Any]


@click.group("audit")
def audit() -> None:
    """The record of events."""


@audit.command("verify")
@click.option(
    "--anchor",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Hold the chains against the anchors in this file, too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_command(file: Path | None, as_json: bool) -> None:
    """Recompute every department's chain of seals; exit status 1 when one does not hold.

    A chain whose end was cut off holds in itself: only --anchor, with what `audit anchor` wrote, shows that.
    """
    anchors = _read(file) if file else []
    with records() as database:
        departments = _departments(database)
        found = {slug: _verify(database, department_id, slug, anchors) for slug, department_id in departments}
    for slug in sorted({anchor.department for anchor in anchors} - found.keys()):
        found[slug] = {"checked": 0, "broken_at": 1, "not_sealed_yet": 0, "flaw": "no department"}
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for slug, one in found.items():
            click.echo(f"{slug}: {_sentence(one)}")
    if any(one["broken_at"] is not None for one in found.values()):
        raise SystemExit(1)


@audit.command("anchor")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def anchor_command(file: Path | None) -> None:
    """Write down where every department's chain ends now: a line of JSON each, appended to FILE or printed.

    Keep the lines where nobody who can change the database can change them: another machine, a mailbox, paper.
    """
    with records() as database:
        taken = [_take(database, department_id, slug) for slug, department_id in _departments(database)]
    lines = [json.dumps(anchor.told()) for anchor in taken if anchor]
    if file is None:
        for line in lines:
            click.echo(line)
        return
    with file.open("a", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
    click.echo(f"{len(lines)} anchors appended to {file}.", err=True)


def _read(file: Path) -> list[Anchor]:
    anchors = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            anchors += [read_anchor(json.loads(line))] if line.strip() else []
        except (ValueError, TypeError, KeyError) as error:
            raise click.ClickException(f"{file}:{number}: this is no anchor: {error}") from None
    return anchors


def _departments(database: Database) -> list[tuple[str, int]]:
    with database.engine.connect() as conn:
        rows = conn.execute(sa.text("select slug, id from department order by slug"))
        return [(row.slug, row.id) for row in rows]


def _take(database: Database, department_id: int, slug: str) -> Anchor | None:
    with database.begin([department_id]) as work:
        return take_anchor(work, department_id, slug)


def _verify(database: Database, department_id: int, slug: str, anchors: Sequence[Anchor]) -> Found:
    with database.begin([department_id]) as work:
        found = verify(work, department_id)
        off = missed(work, department_id, [anchor for anchor in anchors if anchor.department == slug])
    told: Found = {"checked": found.checked, "broken_at": found.broken_at, "not_sealed_yet": found.unsealed}
    if off is not None and found.broken_at is None:
        taken_at = off.anchor.taken_at.isoformat()
        told |= {"broken_at": off.anchor.position, "flaw": off.flaw, "anchor_taken_at": taken_at}
    return told


def _sentence(one: Found) -> str:
    if one.get("flaw") == "no department":
        return "the anchors name it, and it is not here."
    if one.get("flaw") == "gone":
        return (
            f"the chain ends before position {one['broken_at']}, where it stood on {one['anchor_taken_at']}: what came"
            " last was removed, or an older backup was restored."
        )
    if one.get("flaw") == "other":
        return (
            f"position {one['broken_at']} is not what it was on {one['anchor_taken_at']}: the chain was written anew."
        )
    if one["broken_at"] is not None:
        return f"the chain breaks at position {one['broken_at']}: that event is not what was sealed."
    return f"{one['checked']} events hold; {one['not_sealed_yet']} are not sealed yet."
