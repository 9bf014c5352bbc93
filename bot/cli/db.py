"""`dutyline db`: the release step."""

import click
import sqlalchemy as sa

from bot.config import Config
from models.migrations.upgrade import upgrade


@click.group("db")
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_command() -> None:
    """Bring the database up to date.

    Connects with DATABASE_OWNER_URL, or DATABASE_URL when that is not set. Safe to run at any time and from
    several places at once: they wait for each other, and old processes go on meanwhile. A migration that
    would make texts wait for more than a few seconds gives up instead; run it again.
    """
    url = Config.load().release_url
    if url is None:
        raise click.ClickException("DATABASE_URL is not set.")
    try:
        revision = upgrade(url)
    except sa.exc.OperationalError as error:
        raise click.ClickException(f"The database cannot be brought up to date: {error.orig}") from None
    click.echo(f"The database is at revision {revision}.", err=True)
