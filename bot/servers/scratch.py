"""A migrated database and an empty Redis, for as long as they are needed: what tests and rehearsals run on."""

import hashlib
import json
import secrets
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import ROOT
from bot.servers.databases import (
    create_database,
    databases_like,
    drop_database,
    empty_database,
    rename_database,
)
from bot.servers.folders import ServerError, own_folder, socket_place
from bot.servers.keeper import SCRATCH, SOCKET
from bot.servers.postgres import EmbeddedPostgres
from bot.servers.server import Lock
from models.migrations.upgrade import upgrade

TEMPLATE = "migrated_"
_MIGRATIONS = ROOT / "models" / "migrations"


@dataclass(frozen=True, slots=True)
class Scratch:
    """Where to find a database at the head of all migrations, and a Redis database, both nobody else's."""

    database_url: str
    redis_url: str


@dataclass(slots=True)
class _Used:
    """What this process has of a home: how many scratches are in use, and emptied databases that wait for the next."""

    scratches: int = 0
    emptied: list[str] = field(default_factory=list)


_used: defaultdict[Path, _Used] = defaultdict(_Used)


@contextmanager
def scratch(home: Path, *, again: bool = False) -> Iterator[Scratch]:
    """A scratch database and Redis below `home`; shared servers, private contents, gone afterwards. Raises
    ServerError.

    With `again` the database may be one that an earlier scratch of this process had, emptied of every row, which takes
    a tenth of making one: for whoever leaves the schema as it is. It is kept while this process has a scratch open.
    """
    home = own_folder(home.absolute())
    with _lease(home) as redis_url:
        server, used = EmbeddedPostgres(home / "pg", keep=False), _used[home]
        emptied = used.emptied.pop() if again and used.emptied else None
        name = emptied or f"{SCRATCH}{secrets.token_hex(6)}"
        used.scratches += 1
        try:
            yield Scratch(server.url(name) if emptied else _migrated_copy(server, home, name), redis_url)
        finally:
            used.scratches -= 1
            _put_away(server, used, name, again=again)


def _put_away(server: EmbeddedPostgres, used: _Used, name: str, *, again: bool) -> None:
    if again and used.scratches:
        empty_database(server, name)
        used.emptied.append(name)
        return
    drop_database(server, name)
    while used.emptied and not used.scratches:
        drop_database(server, used.emptied.pop())


@contextmanager
def _lease(home: Path) -> Iterator[str]:
    lock = Lock(home / "lease.lock")
    if not lock.acquire(patience_seconds=90.0):
        raise ServerError(f"The servers in {home} are being started by a process that does not get anywhere.")
    try:
        lease, redis_url = _connect(home) or _start_and_connect(home)
    finally:
        lock.release()
    with lease:
        yield redis_url


def _start_and_connect(home: Path) -> tuple[socket.socket, str]:
    _start_keeper(home)
    connected = _connect(home)
    if connected is None:
        raise ServerError(f"The servers in {home} went away as soon as they had started; see its keeper.log.")
    return connected


def _connect(home: Path) -> tuple[socket.socket, str] | None:
    """A lease from the running keeper, or None when there is none or it is just going."""
    lease = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        lease.connect(str(socket_place(home, SOCKET) / SOCKET))
        with lease.makefile("rb") as answers:
            answer = answers.readline()
    except OSError:
        answer = b""
    if not answer:
        lease.close()
        return None
    return lease, json.loads(answer)["redis_url"]


def _start_keeper(home: Path) -> None:
    with (home / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(  # noqa: S603 - the command line is ours
            [sys.executable, "-m", "bot.servers.keeper", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )
    assert keeper.stdout is not None  # noqa: S101 - a pipe was asked for, which mypy cannot see
    with keeper.stdout as answers:
        answer = answers.readline().decode().strip()
    if answer != "ready":
        keeper.wait()
        raise ServerError(answer or f"The servers in {home} could not be started; see its keeper.log.")
    # From here on it lives by its leases, not as our child.
    keeper.returncode = 0


def _migrated_copy(server: EmbeddedPostgres, home: Path, name: str) -> str:
    lock = Lock(home / "template.lock")
    if not lock.acquire(patience_seconds=120.0):
        raise ServerError(f"The databases in {home} are being migrated by a process that does not get anywhere.")
    try:
        return create_database(server, name, _template(server))
    finally:
        lock.release()


def _template(server: EmbeddedPostgres) -> str:
    """The database that copies are taken from, migrated once for each state of the migrations."""
    name = f"{TEMPLATE}{_fingerprint()}"
    known = databases_like(server, TEMPLATE)
    if name not in known:
        for old in known:
            drop_database(server, old)
        # Under its final name it is complete: a killed migration leaves a scratch database, which the
        # keeper drops.
        unfinished = f"{SCRATCH}{secrets.token_hex(6)}"
        upgrade(create_database(server, unfinished))
        rename_database(server, unfinished, name)
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_MIGRATIONS.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
