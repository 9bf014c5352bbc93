"""Archives of a database: written and read with PostgreSQL's own programs, from the wheel or from PATH.

The owner of the tables is bound by row-level security like everybody else, and need be no superuser. So an archive is
made under a setting that names every department, all of it out of one snapshot.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bot.servers.folders import ServerError
from bot.servers.installation import postgres_programs

# What libpq's settings are called in the environment, where that is not simply PG and the name.
_ENVIRONMENT = {"dbname": "PGDATABASE", "user": "PGUSER"}
_CREATED = "Archive created at "
_CHUNK = 1 << 20
_TRAILER_LENGTH = len("\ndutyline \n") + 64


def dump(url: str, to: IO[bytes]) -> None:
    """Write the database at `url` (its owner's) to `to`, as one archive of one moment. Raises ServerError."""
    with _snapshot(url) as (snapshot, departments):
        command = [
            *(program("pg_dump"), "--format=custom", "--no-password"),
            *("--enable-row-security", f"--snapshot={snapshot}"),
        ]
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(  # noqa: S603 - the command line is ours
                command, env=_environment(url, departments), stdout=subprocess.PIPE, stderr=complaints
            ) as dumping,
        ):
            assert dumping.stdout is not None  # noqa: S101 - a pipe was asked for, which mypy cannot see
            _copy_and_seal(dumping.stdout, to)
            status = dumping.wait()
            complaints.seek(0)
            words = complaints.read()
    if status != 0:
        raise ServerError(f"pg_dump failed: {_words(words)}")


def check_whole(archive: Path) -> None:
    """Raises ServerError for what is no archive of ours, was cut short or changed: pg_restore takes some of those."""
    length = archive.stat().st_size - _TRAILER_LENGTH
    with archive.open("rb") as file:
        digest = hashlib.sha256()
        left = max(length, 0)
        while chunk := file.read(min(_CHUNK, left)):
            digest.update(chunk)
            left -= len(chunk)
        if length <= 0 or file.read() != _trailer(digest.hexdigest()):
            raise ServerError(f"{archive} is no backup, or not the whole of one.")


def load(url: str, archive: Path) -> None:
    """Put everything of `archive` into the empty database at `url`, all or nothing. Raises ServerError."""
    command = [
        *(program("pg_restore"), "--no-password", "--no-owner", "--single-transaction", "--exit-on-error"),
        *("--dbname", conninfo_to_dict(libpq(url))["dbname"], str(archive)),
    ]
    done = subprocess.run(  # noqa: S603 - the command line is ours
        command, env=_environment(url), capture_output=True, check=False
    )
    if done.returncode != 0:
        raise ServerError(f"pg_restore failed, and nothing of it was kept: {_words(done.stderr)}")


def revision_of(archive: Path) -> str:
    """The migration that the records in `archive` are at. Raises ServerError for what is no archive of ours."""
    script = _read(archive, "--data-only", "--table=alembic_version", "--file=-")
    lines = script.splitlines()
    begins = next((place for place, line in enumerate(lines) if line.startswith("COPY ")), None)
    if begins is None:
        raise ServerError(f"{archive} is a backup of some other database.")
    return lines[begins + 1]


def made_at(archive: Path) -> datetime:
    """When the archive was begun: what happened after that is not in it. Raises ServerError."""
    for line in _read(archive, "--list").splitlines():
        if _CREATED in line:
            told = line.partition(_CREATED)[2].removesuffix(" UTC")
            return datetime.strptime(told, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    raise ServerError(f"{archive} does not say when it was made.")


def program(name: str) -> str:
    """One of PostgreSQL's programs: the wheel's, which is new enough for any server we run on, else PATH's."""
    try:
        return str(postgres_programs() / name)
    except ServerError:
        found = shutil.which(name)
        if found is None:
            raise ServerError(f"There is no {name}; install PostgreSQL's client programs.") from None
        return found


def libpq(url: str) -> str:
    """The URL as PostgreSQL's own programs take it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _copy_and_seal(source: IO[bytes], to: IO[bytes]) -> None:
    """What PostgreSQL's programs do not look at stands behind the archive's end."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        to.write(chunk)
    to.write(_trailer(digest.hexdigest()))
    to.flush()


def _trailer(hexdigest: str) -> bytes:
    return f"\ndutyline {hexdigest}\n".encode()


@contextmanager
def _snapshot(url: str) -> Iterator[tuple[str, list[int]]]:
    """A moment of the database that pg_dump can look at too, and the departments there are in it."""
    try:
        with psycopg.connect(libpq(url)) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            row = connection.execute(
                "select pg_export_snapshot(), coalesce(array_agg(id), '{}') from public.department"
            ).fetchone()
            snapshot, departments = row or ("", [])
            yield snapshot, departments
    except psycopg.errors.UndefinedTable:
        raise ServerError("There is nothing to back up: this database was never migrated.") from None
    except psycopg.OperationalError as error:
        raise ServerError(f"The database cannot be reached: {error}") from None


def _read(archive: Path, *options: str) -> str:
    done = subprocess.run(  # noqa: S603 - the command line is ours
        [program("pg_restore"), *options, str(archive)],
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise ServerError(f"{archive} is no backup that can be read: {_words(done.stderr)}")
    return done.stdout.decode()


def _environment(url: str, departments: list[int] | None = None) -> dict[str, str]:
    """Everything about the connection, the password too: a command line can be read by everybody on the machine."""
    settings = {key: str(value) for key, value in conninfo_to_dict(libpq(url)).items() if value is not None}
    told = {_ENVIRONMENT.get(key, f"PG{key.upper()}"): value for key, value in settings.items()}
    named = f"-c dutyline.departments={{{','.join(map(str, departments or []))}}}"
    options = " ".join(filter(None, [settings.get("options"), named]))
    return {**os.environ, **told, "PGOPTIONS": options, "PGTZ": "UTC", "TZ": "UTC"}


def _words(output: bytes) -> str:
    return output.decode(errors="replace").strip() or "it did not say why"
