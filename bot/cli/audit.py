"""`dutyline audit`: is the record of events whole?"""

import json

import click
import sqlalchemy as sa

from bot.cli.office import records
from models.proof.seal import verify
from models.session import Database


@click.group("audit")
def audit() -> None:
    """The record of events."""


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_command(as_json: bool) -> None:
    """Recompute every department's chain of seals; exit status 1 when one does not hold."""
    with records() as database:
        found = {slug: _verify(database, department_id) for slug, department_id in _departments(database)}
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for slug, one in found.items():
            click.echo(f"{slug}: {_sentence(one)}")
    if any(one["broken_at"] is not None for one in found.values()):
        raise SystemExit(1)


def _departments(database: Database) -> list[tuple[str, int]]:
    with database.engine.connect() as conn:
        rows = conn.execute(sa.text("select slug, id from department order by slug"))
        return [(row.slug, row.id) for row in rows]


def _verify(database: Database, department_id: int) -> dict[str, int | None]:
    with database.begin([department_id]) as work:
        found = verify(work, department_id)
    return {"checked": found.checked, "broken_at": found.broken_at, "not_sealed_yet": found.unsealed}


def _sentence(one: dict[str, int | None]) -> str:
    if one["broken_at"] is not None:
        return f"the chain breaks at position {one['broken_at']}: that event is not what was sealed."
    return f"{one['checked']} events hold; {one['not_sealed_yet']} are not sealed yet."
