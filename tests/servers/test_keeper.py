"""Scratch servers live exactly as long as somebody uses them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from redis import Redis

from bot.servers.leftovers import wait_until
from bot.servers.scratch import scratch
from tests.conftest import TEST_HOME
from tests.servers.homes import remove_home

HOLDS = """
import sys, time
from pathlib import Path
from bot.servers.scratch import scratch
with scratch(Path(sys.argv[1])) as servers:
    print(servers.database_url, flush=True)
    time.sleep(60)
"""


def test_two_users_share_servers_but_nothing_in_them(postgres_url: str, redis_url: str) -> None:
    with scratch(TEST_HOME) as other:
        assert other.database_url != postgres_url
        assert other.database_url.partition("@")[0] == postgres_url.partition("@")[0]
        with Redis.from_url(other.redis_url) as theirs, Redis.from_url(redis_url) as ours:
            theirs.set("theirs", 1)
            assert ours.get("theirs") is None
    assert not _answers(other.database_url)


def test_a_killed_user_keeps_nothing_up(tmp_path: Path) -> None:
    home = tmp_path / "scratch"
    user = subprocess.Popen([sys.executable, "-c", HOLDS, str(home)], stdout=subprocess.PIPE)
    with user, user.stdout as said:
        url = said.readline().decode().strip()
        assert _answers(url)
        os.kill(user.pid, signal.SIGKILL)
    assert wait_until(lambda: not _answers(url), 10)
    assert wait_until(lambda: not (home / "redis" / "pid").exists(), 10)
    remove_home(home / "pg")


def _answers(url: str) -> bool:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            return connection.execute(sa.text("select 1")).scalar() == 1
    except sa.exc.OperationalError:
        return False
