"""
The same work done by a peer, on the same machine in turns: a text in, who is it, one question walked, the answer kept.

The peer is RapidSMS (Django) with its message log, which is installed into `var/bench/peer` and nowhere else; each
side runs on one gunicorn process with eight threads, on one PostgreSQL. Dutyline's side does more: signature,
deduplication, events, eligibility, walls between departments. Run as `python -m bench.peer`; it asks the package index
the first time.
"""

import argparse
import http.client
import os
import secrets
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import sqlalchemy as sa

from bench import turn
from bot.config import ROOT
from bot.servers.databases import create_database, drop_database
from bot.servers.folders import own_folder
from bot.servers.ports import first_free_port
from bot.servers.postgres import EmbeddedPostgres
from bot.servers.scratch import SCRATCH, scratch
from models.session import Database

PEER = turn.HOME / "peer"
NEEDS = ("rapidsms==2.2.0", "django<6", "psycopg[binary]>=3.3", "gunicorn>=23")
ROUNDS, LONG_ROUNDS = 100, 300


def main() -> None:
    """Print the medians of both halves of the exchange, and the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--long", action="store_true")
    rounds = LONG_ROUNDS if parser.parse_args().long else ROUNDS
    _install()
    with scratch(turn.HOME) as servers:
        config = turn.config_for(servers.database_url, servers.redis_url)
        turn.furnish(config)
        with turn.gunicorn(config) as port, _peer() as peer_port:
            ours, theirs = (http.client.HTTPConnection("127.0.0.1", each, timeout=15) for each in (port, peer_port))
            asks = {
                "dutyline": lambda text: turn.post(config, ours, "/twilio/sms", turn.form_of(text)),
                "rapidsms": lambda text: _post(theirs, text),
            }
            database = Database(servers.database_url, demo_clock=True, pool_size=1)
            times = _measure(asks, rounds, database)
            database.dispose()
    print("side       question ms   answer ms   p95 of both")
    for side in asks:
        asked, answered = times[side, "LIST"], times[side, "1"]
        both = statistics.quantiles(asked + answered, n=20)[18]
        print(f"{side:10} {statistics.median(asked):11.2f} {statistics.median(answered):11.2f} {both:13.2f}")
    total = {side: sum(statistics.median(times[side, text]) for text in ("LIST", "1")) for side in asks}
    print(f"dutyline takes {total['dutyline'] / total['rapidsms']:.2f} times as long as rapidsms")


def _measure(
    asks: dict[str, Callable[[str], float]], rounds: int, database: Database
) -> dict[tuple[str, str], list[float]]:
    """Milliseconds of the question and of its answer, side by side, so that whatever slows one slows both."""
    times: dict[tuple[str, str], list[float]] = {(side, text): [] for side in asks for text in ("LIST", "1")}
    for number in range(turn.WARM_UP + rounds):
        for text in ("LIST", "1"):
            for side, ask in asks.items():
                milliseconds = ask(text)
                if number >= turn.WARM_UP:
                    times[side, text].append(milliseconds)
        _take_back(database)
    return times


def _take_back(database: Database) -> None:
    """The sign-up that came of the answer, so that the next answer is not about nothing."""
    with database.begin(database.departments()) as work:
        taken = work.conn.execute(
            sa.text("update signup set withdrawn_at = :now where withdrawn_at is null"), {"now": work.now}
        )
        if taken.rowcount != 1:
            raise SystemExit("no sign-up came of the answer")


def _install() -> None:
    if not (PEER / "bin" / "gunicorn").exists():
        venv.create(own_folder(PEER), with_pip=True)
        subprocess.run([PEER / "bin" / "python", "-m", "pip", "install", "-qq", *NEEDS], check=True)


@contextmanager
def _peer() -> Iterator[int]:
    """RapidSMS on a server of its own, with a database of its own on the same PostgreSQL."""
    server, name = EmbeddedPostgres(turn.HOME / "pg", keep=False), f"{SCRATCH}{secrets.token_hex(6)}"
    port = first_free_port("127.0.0.1", 8800)
    url = create_database(server, name)
    environ = os.environ | {"PEER_DATABASE_URL": url, "PEER_SECRET": secrets.token_hex(16)}
    python = str(PEER / "bin" / "python")
    furnish = f"from bench.peer_app import furnish; furnish('{turn.OFFICER}')"
    subprocess.run([python, "-W", "ignore", "-c", furnish], check=True, env=environ, cwd=ROOT)
    command = [*(python, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "8"), "--keep-alive", "75"]
    bound = ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "bench.peer_app:application"]
    serving = subprocess.Popen([*command, *bound], env=environ, cwd=ROOT)
    try:
        turn.wait_for(port)
        yield port
    finally:
        serving.terminate()
        serving.wait()
        drop_database(server, name)


def _post(connection: http.client.HTTPConnection, text: str) -> float:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body, begun_at = urlencode(turn.form_of(text)), time.perf_counter()
    connection.request("POST", "/sms", body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"the peer answered {answer.status}")
    return 1000 * (time.perf_counter() - begun_at)


if __name__ == "__main__":
    sys.exit(main())
