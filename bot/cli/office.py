"""The way to the records for commands that an operator gives by hand."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click
import sqlalchemy as sa

from bot.bell import Bell, redis_for_bells
from bot.config import Config
from models.people.by_hand import ByHandAct, ByHandRefused, allow
from models.people.department import Department, department_id_of
from models.people.officer import Officer, officer_with_badge
from models.session import Actor, Database, Work

OPERATOR = Actor("operator", "cli")

# What every command takes that decides by hand.
REASON = click.option("--reason", required=True, help="Why; it goes on record.")
BY = click.option(
    "--by", default=getpass.getuser, show_default="who is signed in", help="Who decides it; his badge, if he has one."
)
BREAK_GLASS = click.option(
    "--break-glass", is_flag=True, help="Do it although the handbook is against it; a person is told at once."
)


@contextmanager
def records() -> Iterator[Database]:
    """The database this installation works on; what is done here rings the workers like everything else."""
    config = Config.load().require()
    if config.database_url is None:
        raise click.ClickException("DATABASE_URL is not set.")
    ring = Bell(redis_for_bells(config.redis_url)).ring if config.redis_url else None
    database = Database(config.database_url, demo_clock=config.is_demo, ring=ring, pool_size=1, mails=config.mails)
    try:
        yield database
    except sa.exc.OperationalError as error:
        raise click.ClickException(f"The database cannot be reached: {error.orig}") from None
    finally:
        database.dispose()


@contextmanager
def in_department(slug: str) -> Iterator[tuple[Work, int]]:
    """A transaction of the operator's in the department with this slug, and its id."""
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id], OPERATOR) as work:
            yield work, department_id


def decided_by_hand(work: Work, about: Department, act: ByHandAct) -> None:
    """Go on only where the handbook lets this be decided by hand; else say why not."""
    try:
        allow(work, about, act)
    except ByHandRefused as error:
        raise click.ClickException(f"Not done: {error}.") from None


class _Undone(Exception):
    """Leaves a transaction without keeping anything of it."""


@contextmanager
def by_operator(database: Database, department_id: int, *, preview: bool) -> Iterator[Work]:
    """A transaction of the operator's; a preview does everything in it and keeps nothing."""
    with suppress(_Undone), database.begin([department_id], OPERATOR) as work:
        yield work
        if preview:
            raise _Undone


def department_named(database: Database, slug: str) -> int:
    """The department with this slug; a sentence that lists those there are when there is none."""
    with database.engine.connect() as conn:
        found = department_id_of(conn, slug)
        slugs = list(conn.execute(sa.text("select slug from department order by slug")).scalars())
    if found is None:
        known = ", ".join(slugs) or "none yet; import one with dutyline department import FILE"
        raise click.ClickException(f"There is no department {slug}. There are: {known}.")
    return found


def officer_named(work: Work, department_id: int, badge: str) -> Officer:
    """The officer who wears the badge; a sentence where nobody does."""
    found = officer_with_badge(work, department_id, badge)
    if found is None:
        raise click.ClickException(f"There is no officer with badge {badge}.")
    return found
