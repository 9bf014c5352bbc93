"""`dutyline doctor`: what is missing or wrong, in plain words."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import click
import sqlalchemy as sa
from redis import Redis
from redis.exceptions import RedisError
from rq import Worker

from bot.config import Config
from models.migrations.upgrade import current, head
from models.session import APPLICATION_ROLE, Database


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `is_needed`: nothing works right without it; otherwise it is only worth knowing."""

    name: str
    is_well: bool
    sentence: str
    is_needed: bool = True


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what is missing or wrong, in plain words.

    Exit status 1 when something that is needed is missing or wrong, else 0. Changes nothing.
    """
    config = Config.load()
    findings = list(examine(config))
    is_well = all(finding.is_well for finding in findings if finding.is_needed)
    if as_json:
        click.echo(json.dumps(_as_data(config, findings, is_well=is_well), indent=2))
    else:
        _say(config, findings, is_well=is_well)
    ctx.exit(0 if is_well else 1)


def examine(config: Config) -> Iterator[Finding]:
    """Look at settings, database, Redis, workers and the way texts go out, in this order."""
    yield from _settings(config)
    yield from _database(config.database_url)
    yield from _redis(config.redis_url)
    yield from _way_out(config)


def _settings(config: Config) -> Iterator[Finding]:
    problems = config.problems()
    if not problems:
        yield Finding("settings", True, "Every needed setting is there and none is weak.")
    for problem in problems:
        yield Finding("settings", False, problem)


def _database(url: str | None) -> Iterator[Finding]:
    if url is None:
        return
    try:
        with _application_connection(url) as connection:
            yield from _migrations(connection)
            yield _role(connection)
    except sa.exc.SQLAlchemyError as error:
        yield Finding("database", False, f"The database does not let the application in: {_reason(error)}")


@contextmanager
def _application_connection(url: str) -> Iterator[sa.Connection]:
    database = Database(url, pool_size=1)
    try:
        with database.engine.connect() as connection:
            yield connection
    finally:
        database.dispose()


def _migrations(connection: sa.Connection) -> Iterator[Finding]:
    yield Finding("database", True, "The database answers.")
    found = current(connection)
    if found == head():
        yield Finding("migrations", True, f"The database is up to date, at revision {found}.")
    else:
        sentence = f"The database is at revision {found or 'none'}, not {head()}; run dutyline db upgrade."
        yield Finding("migrations", False, sentence)


def _role(connection: sa.Connection) -> Finding:
    """Row-level security does not bind superusers and owners of everything, so who we are matters."""
    role, is_free = connection.execute(
        sa.text("select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user")
    ).one()
    is_bound = role == APPLICATION_ROLE and not is_free
    bound = f"The application works as {role}, which row-level security binds."
    return Finding(
        "role", is_bound, bound if is_bound else f"The application works as {role}; departments are not sealed off."
    )


def _redis(url: str | None) -> Iterator[Finding]:
    if url is None:
        return
    try:
        with Redis.from_url(url, socket_connect_timeout=5) as connection:
            connection.ping()
            yield Finding("redis", True, "Redis answers.")
            yield _workers(len(Worker.all(connection=connection)))
    except (RedisError, ValueError) as error:
        yield Finding("redis", False, f"Redis does not answer: {error}")


def _workers(count: int) -> Finding:
    if count == 0:
        return Finding("workers", False, "No worker is running, so nothing is sent or decided; dutyline up starts one.")
    return Finding("workers", True, f"{count} worker{'s are' if count > 1 else ' is'} running.")


def _way_out(config: Config) -> Iterator[Finding]:
    """Texts go out through a messaging service or a line of our own; a demo has both in its pocket."""
    if config.is_demo or config.twilio_messaging_service_sid or config.database_url is None:
        return
    try:
        with _application_connection(config.database_url) as connection:
            count = connection.execute(sa.text("select count(*) from line")).scalar_one()
    except sa.exc.SQLAlchemyError:
        return  # said already
    if count == 0:
        sentence = "There is no line to text from: import a department, or set TWILIO_MESSAGING_SERVICE_SID."
        yield Finding("line", False, sentence)
    else:
        yield Finding("line", True, f"There {'are' if count > 1 else 'is'} {count} to text from.")


def _reason(error: sa.exc.SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())


def _as_data(config: Config, findings: list[Finding], *, is_well: bool) -> dict[str, object]:
    return {
        "mode": config.mode,
        "is_well": is_well,
        "findings": [asdict(finding) for finding in findings],
        "features": [asdict(feature) for feature in config.features()],
    }


def _say(config: Config, findings: list[Finding], *, is_well: bool) -> None:
    click.echo(f"Mode: {config.mode}. Address: {config.public_url or 'not set'}.")
    for finding in findings:
        click.echo(f"{'ok ' if finding.is_well else 'BAD'} {finding.sentence}")
    click.echo("Switched on by optional settings:")
    for feature in config.features():
        click.echo(f"  {'on ' if feature.is_on else 'off'} {feature.name} ({', '.join(feature.settings)})")
    click.echo("Everything needed is in order." if is_well else "Something needed is missing or wrong: see BAD above.")
