"""Inside the house: the database and its migrations, Redis, workers and the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from redis import Redis
from redis.exceptions import RedisError
from rq import Worker
from rq.cron import CronScheduler

from bot.cli.examination.finding import Finding, bad, well
from models.line.duty import QUEUES
from models.migrations.upgrade import current, head
from models.session import APPLICATION_ROLE, Database

# The clock says that it lives at every round, of which the shortest is ten seconds.
CLOCK_IS_LATE = timedelta(minutes=3)

_STARTS_THEM = "dutyline up starts it, and whatever else the Procfile names."


def examine_database(url: str | None) -> Iterator[Finding]:
    """Whether it answers, is up to date, and binds us."""
    if url is None:
        return
    try:
        with application_database(url) as database, database.engine.connect() as connection:
            yield well("database", "The database answers.")
            yield _migrations(connection)
            yield _role(connection)
    except sa.exc.SQLAlchemyError as error:
        yield bad(
            "database",
            f"The database does not let the application in: {_reason(error)}",
            "Everything that is true is kept there.",
            "Start PostgreSQL, correct DATABASE_URL, or run dutyline db upgrade, which makes the role dutyline_app.",
        )


def examine_redis(url: str | None) -> Iterator[Finding]:
    """Whether it answers, and who works by it."""
    if url is None:
        return
    try:
        with Redis.from_url(url, socket_connect_timeout=5) as connection:
            connection.ping()
            yield well("redis", "Redis answers.")
            yield _workers(connection)
            yield _clock(connection)
    except (RedisError, ValueError) as error:
        yield bad(
            "redis",
            f"Redis does not answer: {error}",
            "Workers hear through it that something is to be done.",
            "Start Redis, or correct REDIS_URL.",
        )


@contextmanager
def application_database(url: str) -> Iterator[Database]:
    """The database as the application enters it."""
    database = Database(url, pool_size=1)
    try:
        yield database
    finally:
        database.dispose()


def _migrations(connection: sa.Connection) -> Finding:
    found = current(connection)
    if found == head():
        return well("migrations", f"The database is up to date, at revision {found}.")
    return bad(
        "migrations",
        f"The database is at revision {found or 'none'}, not {head()}; run dutyline db upgrade.",
        "This version works only on its own tables.",
        "dutyline db upgrade",
    )


def _role(connection: sa.Connection) -> Finding:
    """Row-level security does not bind superusers and owners of everything, so who we are matters."""
    role, is_free = connection.execute(
        sa.text("select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user")
    ).one()
    if role == APPLICATION_ROLE and not is_free:
        return well("role", f"The application works as {role}, which row-level security binds.")
    return bad(
        "role",
        f"The application works as {role}; departments are not sealed off.",
        "One department could see another's records.",
        f"Let the user of DATABASE_URL take the role {APPLICATION_ROLE}, which dutyline db upgrade grants.",
    )


def _workers(connection: Redis) -> Finding:
    workers = Worker.all(connection=connection)
    idle = sorted(set(QUEUES) - {name for worker in workers for name in worker.queue_names()})
    if not workers:
        sentence = "No worker is running, so nothing is sent or decided; dutyline up starts one."
    elif idle:
        sentence = f"No worker works on {', '.join(idle)}."
    else:
        return well("workers", f"{len(workers)} worker{'s are' if len(workers) > 1 else ' is'} running.")
    return bad("workers", sentence, "Answers are written down and not sent, duties fall due and are not done.",
               _STARTS_THEM)  # fmt: skip


def _clock(connection: Redis) -> Finding:
    seen = [clock.last_heartbeat for clock in CronScheduler.all(connection, cleanup=False) if clock.last_heartbeat]
    if any(_is_recent(at) for at in seen):
        return well("clock", "The clock is running.")
    return bad(
        "clock",
        "The clock is not running, so what nobody rang for is not found.",
        "After any fault texts would wait; the carrier's list would not be compared with ours.",
        _STARTS_THEM,
    )


def _is_recent(at: datetime) -> bool:
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return datetime.now(UTC) - aware < CLOCK_IS_LATE


def _reason(error: sa.exc.SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())
