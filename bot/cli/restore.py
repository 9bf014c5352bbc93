"""`dutyline restore`: the records come back out of a backup, are checked, and work goes on where it stood."""

from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa

from bot.config import Config
from bot.servers import archives
from bot.servers.folders import ServerError
from models.migrations.roles import ensure_roles, hand_over
from models.migrations.upgrade import current, knows, upgrade
from models.proof.restoration import begin_era, gather_strays, take_up
from models.proof.seal import Audit, verify
from models.session import Database

FORMER = "before_restore"


@click.command("restore")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the records that are there. They are kept until all is checked.")
@click.option("--by-hand", is_flag=True, help="The records were restored by other means: only let work go on.")
def restore(file: Path | None, *, force: bool, by_hand: bool) -> None:
    """Bring back every record from FILE, which `dutyline backup` wrote.

    Into an empty database, unless --force is given; connects with DATABASE_OWNER_URL, or DATABASE_URL when that is
    not set. Stop web, workers and clock first. The records are brought up to date, the chain of seals is verified,
    and texts that were still to be sent are looked up on the carrier's list before they are.

    Exit status 1 when the seals do not hold: the records are there, and `dutyline audit verify` says which.
    """
    if (file is None) != by_hand:
        raise click.UsageError("Give a FILE, or --by-hand alone.")
    config = Config.load()
    if config.release_url is None or config.database_url is None:
        raise click.ClickException("DATABASE_URL is not set.")
    backed_up_at = datetime.now(UTC) if file is None else _bring_back(config.release_url, file, force=force)
    found = _go_on(config, backed_up_at, by_hand=by_hand)
    click.echo(_sentence(found, backed_up_at), err=True)
    if any(audit.broken_at is not None for audit in found.values()):
        raise SystemExit(1)


def _bring_back(url: str, file: Path, *, force: bool) -> datetime:
    """Everything of the file into the database; returns when the backup was made."""
    archives.check_whole(file)
    revision, made_at = archives.revision_of(file), archives.made_at(file)
    if not knows(revision):
        raise ServerError(f"{file} is at revision {revision}, which this version does not know; install a newer one.")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    is_empty = _make_room(engine, force=force)
    try:
        archives.load(url, file)
        with engine.begin() as owner:
            hand_over(owner)
    except ServerError:
        if not is_empty:
            _put_back(engine)
        raise
    upgrade(url)
    if not is_empty:
        with engine.begin() as owner:
            owner.exec_driver_sql(f"drop schema {FORMER} cascade")
    return made_at


def _make_room(engine: sa.Engine, *, force: bool) -> bool:
    """Sees to it that there is nothing in the way; whether the database was empty before."""
    with engine.begin() as owner:
        _refuse_while_working(owner)
        is_empty = current(owner) is None and not sa.inspect(owner).get_table_names()
        if not is_empty and not force:
            raise ServerError("The database is not empty; nothing was done. --force replaces what is in it.")
        ensure_roles(owner)
        if not is_empty:
            owner.exec_driver_sql(f"alter schema public rename to {FORMER}")
            owner.exec_driver_sql("create schema public")
    return is_empty


def _put_back(engine: sa.Engine) -> None:
    """The restore failed: what was there before stands again."""
    with engine.begin() as owner:
        owner.exec_driver_sql("drop schema public cascade")
        owner.exec_driver_sql(f"alter schema {FORMER} rename to public")


def _refuse_while_working(owner: sa.Connection) -> None:
    at_work: int = owner.execute(
        sa.text(
            "select count(*) from pg_stat_activity where application_name = 'dutyline'"
            " and datname = current_database() and pid <> pg_backend_pid()"
        )
    ).scalar_one()
    if at_work:
        raise ServerError(f"Stop web, workers and clock first: {at_work} of their connections are open.")


def _go_on(config: Config, backed_up_at: datetime, *, by_hand: bool) -> dict[str, Audit]:
    """A new era for the seals, texts in doubt looked up, and the seals verified; what was found, by department."""
    engine = sa.create_engine(config.release_url or "", poolclass=sa.NullPool)
    with engine.begin() as owner:
        era = begin_era(owner, backed_up_at)
        if by_hand:
            gather_strays(owner, era)
        departments = {row.slug: row.id for row in owner.execute(sa.text("select slug, id from department"))}
    database = Database(config.database_url or "", demo_clock=config.is_demo, pool_size=1)
    try:
        for department_id in departments.values():
            take_up(database, department_id, era, backed_up_at)
        _gather_statistics(engine)
        return {slug: _verify(database, department_id) for slug, department_id in departments.items()}
    finally:
        database.dispose()


def _gather_statistics(engine: sa.Engine) -> None:
    """Without them the first texts would wait for bad plans."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as owner:
        owner.exec_driver_sql("analyze")


def _verify(database: Database, department_id: int) -> Audit:
    with database.begin([department_id]) as work:
        return verify(work, department_id)


def _sentence(found: dict[str, Audit], backed_up_at: datetime) -> str:
    checked = sum(audit.checked for audit in found.values())
    broken = [slug for slug, audit in found.items() if audit.broken_at is not None]
    told = f"{len(found)} departments as of {backed_up_at:%Y-%m-%d %H:%M:%S} UTC; {checked} sealed events "
    if broken:
        return f"{told}were read, and the chain does not hold in {', '.join(broken)}."
    return f"{told}hold. Start web, workers and clock."
