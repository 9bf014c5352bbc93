"""The embedded PostgreSQL: a real server in a folder of its own, reached by socket file and password only.

Whoever may read the home may read the password; nobody else gets as far as the socket. Clients connect as
`dutyline`, which owns its databases and may create roles but is no superuser: what works here works on a
managed server.
"""

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import psycopg
from psycopg import sql

from bot.servers.folders import ServerError, own_folder, socket_folder, socket_place
from bot.servers.installation import postgres_programs, service_identity
from bot.servers.leftovers import end_processes_in, is_running
from bot.servers.postgres_home import find_real_home, make_real_home
from bot.servers.server import EmbeddedServer, leashed

SOCKET = ".s.PGSQL.5432"
OWNER = "dutyline"
SUPERUSER = "postgres"
DATABASE = "dutyline"
MAJOR_VERSION = "18"

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "logging_collector": "off",
}
# For data that is thrown away: survives a killed server as ever, but not a power cut.
_FORGETFUL = {"fsync": "off", "full_page_writes": "off"}


class EmbeddedPostgres(EmbeddedServer):
    """PostgreSQL 18 below `home`. With `keep` off it is quicker and would not survive a power cut.

    As root the home becomes a symbolic link to a folder that the service user can reach.
    """

    name: ClassVar[str] = "postgres"
    socket_name: ClassVar[str] = SOCKET
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT  # a fast shutdown: open transactions are undone

    def __init__(self, home: Path, *, keep: bool = True) -> None:
        self._identity = service_identity()
        self._asked_home = home.absolute()
        super().__init__(home if self._identity is None else find_real_home(home))
        self._settings = _SETTINGS if keep else {**_SETTINGS, **_FORGETFUL}

    def make_home(self) -> None:
        """Make the home folder; for root the one outside, and the link to it."""
        if self._identity is None:
            super().make_home()
        else:
            make_real_home(self._asked_home, self.home)

    def set_up(self, gone: int | None) -> None:
        """Make the cluster if there is none, and clear away what would keep a server from starting on it."""
        socket_folder(self.home, SOCKET, self._service_uid())
        self._end_orphans(gone)
        if not self._cluster.exists():
            self._initialise()
        self._check_version()

    def command(self) -> list[str]:
        """Run the server in the foreground as the service user."""
        settings = {**self._settings, "unix_socket_directories": str(self._socket_folder())}
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        program = str(postgres_programs() / "postgres")
        return leashed([program, "-D", str(self._data), *options], self.stop_signal, self._identity)

    def url(self, database: str = DATABASE) -> str:
        """A SQLAlchemy URL for `database`, as its owner."""
        host = quote(str(self._socket_folder()), safe="/")
        return f"postgresql+psycopg://{OWNER}:{self.password()}@/{database}?host={host}"

    def is_ready(self) -> bool:
        """Whether it lets us in; sees to it, the first time, that our role and our database are there."""
        if not self._says_ready():
            return False
        try:
            with self.connect("postgres", SUPERUSER) as connection:
                self._ensure_owner(connection)
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str = DATABASE, user: str = OWNER) -> psycopg.Connection:
        """An autocommitting connection straight to the server."""
        return psycopg.connect(
            host=str(self._socket_folder()),
            port=5432,
            dbname=database,
            user=user,
            password=self.password(),
            autocommit=True,
            connect_timeout=5,
        )

    def password(self) -> str:
        """The password of both roles. Raises ServerError when there is no cluster yet."""
        try:
            return (self._cluster / "password").read_text(encoding="ascii").strip()
        except OSError as error:
            raise ServerError(f"The embedded PostgreSQL in {self.home} cannot be used: {error.strerror}.") from None

    def owns(self, url: str | None) -> bool:
        """Whether `url` leads to this cluster, also by a socket folder it had before the checkout was
        moved.
        """
        return url is not None and self._cluster.exists() and f":{self.password()}@" in url

    @property
    def _cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def _data(self) -> Path:
        return self._cluster / "data"

    def _service_uid(self) -> int | None:
        return None if self._identity is None else self._identity.uid

    def _socket_folder(self) -> Path:
        return socket_place(self.home, SOCKET)

    def _initialise(self) -> None:
        """Build the cluster beside its place and rename: a cluster under its final name is a whole one."""
        for half in self.home.glob("cluster.*"):
            shutil.rmtree(half)
        fresh = own_folder(self.home / f"cluster.{secrets.token_hex(4)}", 0o711 if self._identity else 0o700)
        data = own_folder(fresh / "data", owner=self._service_uid())
        password = _write_password(fresh / "password")
        if self._identity is not None:
            os.chown(password, self._identity.uid, -1)  # initdb reads it
        self._initdb(data, password)
        os.chown(password, os.geteuid(), -1)
        fresh.rename(self._cluster)

    def _initdb(self, data: Path, password: Path) -> None:
        initdb = [
            str(postgres_programs() / "initdb"),
            *("-D", str(data), "-U", SUPERUSER, f"--pwfile={password}", "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--no-sync", "--no-instructions"),
        ]
        done = subprocess.run(  # noqa: S603 - the command line is ours
            leashed(initdb, signal.SIGKILL, self._identity),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=self.environment(),
            check=False,
        )
        if done.returncode != 0:
            words = done.stderr.decode(errors="replace").strip() or f"initdb ended with {done.returncode}."
            raise ServerError(f"The embedded PostgreSQL cannot be set up: {words}")

    def _check_version(self) -> None:
        found = (self._data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != MAJOR_VERSION:
            raise ServerError(f"{self._cluster} was made by PostgreSQL {found}; dump it with that, or move it away.")

    def _end_orphans(self, gone: int | None) -> None:
        """End what a killed server left: its other processes, and a pid file that names somebody else by now.

        Otherwise postmaster.pid stays, because PostgreSQL finds orphans we may not see by the memory it
        names.
        """
        end_processes_in(self._data, self.stop_signal)
        if gone is not None and self._claimed_by() == gone and is_running(gone):
            (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _says_ready(self) -> bool:
        """Ask its pid file first: knocking too early leaves a complaint in the log each time."""
        try:
            words = (self._data / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        except OSError:
            return False
        return len(words) > 7 and words[7].strip() == "ready"

    def _claimed_by(self) -> int | None:
        try:
            return int((self._data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        except (OSError, ValueError):
            return None

    def _ensure_owner(self, connection: psycopg.Connection) -> None:
        if connection.execute("select from pg_roles where rolname = %s", [OWNER]).fetchone() is None:
            role = sql.SQL("create role {} login createdb createrole password {}")
            connection.execute(role.format(sql.Identifier(OWNER), sql.Literal(self.password())))
        if connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone() is None:
            create = sql.SQL("create database {} owner {}")
            connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _write_password(path: Path) -> Path:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(24))
    return path
