"""Bring a database to the newest schema, once, however many releases start at the same moment."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.tables import sql

UPGRADE_LOCK = 4_821_001  # any fixed number: an advisory lock that only releases of this product take


def upgrade(url: str) -> str:
    """Migrate the database at `url` (its owner's) to the head; returns the head revision.

    Old code stays alive while this runs, so a migration that cannot get its lock in five seconds gives up
    instead of making every text wait behind it.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        connection.execute(sql("set local lock_timeout = '5s'"))
        connection.execute(sql("select set_config('dutyline.departments', '{}', true)"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return head()


def head() -> str:
    """The newest revision this code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def knows(revision: str) -> bool:
    """Whether this code has come by `revision`, and so can bring it up to date."""
    script = ScriptDirectory.from_config(_config())
    return any(one.revision == revision for one in script.walk_revisions())


def current(connection: sa.Connection) -> str | None:
    """The revision the database is at, None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
