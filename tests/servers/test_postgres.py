"""The embedded PostgreSQL comes back from whatever happened to it, and lets nobody in without its password."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.servers.databases import create_database, databases_like, drop_database
from bot.servers.folders import ServerError
from bot.servers.leftovers import is_running, wait_until
from bot.servers.postgres import EmbeddedPostgres
from bot.servers.server import Lock
from tests.servers.homes import remove_home

STARTS_AND_WAITS = """
import sys, time
from pathlib import Path
from bot.servers.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), keep=False)
server.start()
print("started", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for all: making a cluster takes longer than anything else here."""
    home = tmp_path_factory.mktemp("servers") / "pg"
    yield home
    remove_home(home)


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home, keep=False)
    server.start()
    yield server
    server.stop()


def test_only_the_password_opens_it(server: EmbeddedPostgres) -> None:
    socket_folder = str(server.url().partition("host=")[2])
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=socket_folder, user="dutyline", dbname="dutyline", password="guess")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=socket_folder, user="postgres", dbname="postgres")


def test_it_is_reached_by_a_private_socket_alone(server: EmbeddedPostgres) -> None:
    socket_folder = Path(server.url().partition("host=")[2])
    assert socket_folder.stat().st_mode & 0o777 == 0o700
    with server.connect() as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_killed_server_starts_again_with_its_data(home: Path, server: EmbeddedPostgres) -> None:
    with server.connect() as connection:
        connection.execute("create table kept as select 4821 as code")
    os.kill(_postmaster(server), signal.SIGKILL)
    _forget(server)
    again = EmbeddedPostgres(home, keep=False)
    again.start()
    with again.connect() as connection:
        assert connection.execute("select code from kept").fetchone() == (4821,)
    again.stop()


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(home: Path, server: EmbeddedPostgres) -> None:
    """After a reboot the number in postmaster.pid belongs to somebody else."""
    os.kill(_postmaster(server), signal.SIGKILL)
    _forget(server)
    stranger = subprocess.Popen(["sleep", "60"])
    pid_file = server.home / "cluster" / "data" / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
    (server.home / "pid").write_text(f"{stranger.pid} 1\n")
    again = EmbeddedPostgres(home, keep=False)
    again.start()
    again.stop()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_half_a_cluster_is_thrown_away(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "pg", keep=False)
    server.make_home()
    half = server.home / "cluster.0badf00d" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    server.stop()
    assert not half.exists()
    remove_home(tmp_path / "pg")


def test_a_home_has_one_server_at_a_time(home: Path, server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    acquire = Lock.acquire
    monkeypatch.setattr(Lock, "acquire", lambda self, patience_seconds=0.0: acquire(self, 0.0))
    with pytest.raises(ServerError, match="Another process is running postgres"):
        EmbeddedPostgres(home).start()
    with server.connect() as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_cluster_of_another_version_is_left_alone(home: Path) -> None:
    server = EmbeddedPostgres(home, keep=False)
    server.start()
    server.stop()
    version = server.home / "cluster" / "data" / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(ServerError, match="made by PostgreSQL 16"):
        server.start()
    version.write_text("18\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent's life")
def test_it_dies_with_whoever_started_it(home: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", STARTS_AND_WAITS, str(home)], stdout=subprocess.PIPE)
    with parent, parent.stdout as said:
        assert said.readline() == b"started\n"
        postmaster = _postmaster(EmbeddedPostgres(home))
        parent.kill()
    assert wait_until(lambda: not is_running(postmaster), 10)


def test_databases_are_cloned_and_dropped(server: EmbeddedPostgres) -> None:
    create_database(server, "one")
    with server.connect("one") as connection:
        connection.execute("create table badge (number int)")
    create_database(server, "one_copy", "one")
    with server.connect("one_copy") as connection:
        assert connection.execute("select count(*) from badge").fetchone() == (0,)
    assert sorted(databases_like(server, "one")) == ["one", "one_copy"]
    drop_database(server, "one_copy")
    drop_database(server, "one_copy")
    assert databases_like(server, "one") == ["one"]


def test_it_knows_its_own_url(home: Path, server: EmbeddedPostgres) -> None:
    assert server.owns(server.url())
    assert server.owns(server.url("another"))
    assert not server.owns("postgresql+psycopg://dutyline:pw@/dutyline?host=/var/run/postgresql")
    assert not EmbeddedPostgres(home.with_name("none")).owns(server.url())


def test_a_restart_is_quick(server: EmbeddedPostgres) -> None:
    """Every test run pays for this."""
    server.stop()
    began = time.monotonic()
    server.start()
    assert time.monotonic() - began < 5  # 0.2 s on an idle machine


def _postmaster(server: EmbeddedPostgres) -> int:
    return int((server.home / "pid").read_text().split()[0])


def _forget(server: EmbeddedPostgres) -> None:
    """As if the process that ran `server` had been killed as well."""
    server._child.wait()
    server._child = None
    server._lock.release()
