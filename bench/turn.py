"""
What a text turn costs beside the floor: on one gunicorn, one database, request by request in turns.

The floor is a bare Flask view that checks the signature and commits one row. A turn is the product's own webhook with
an officer's text: signature, deduplication, dialog, records, events, reply. Run as `python -m bench.turn`; `--long` is
three hundred of each kind instead of a hundred.
"""

import argparse
import http.client
import os
import secrets
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bot.app import create_app, services_for
from bot.bell import Bell
from bot.config import ROOT, Config
from bot.servers.ports import listen_at_first_free, port_number
from bot.servers.scratch import scratch
from models.bundle.load import load
from models.bundle.reading import read
from models.line.clock import set_clock
from models.session import Database
from workers.drain import drain
from workers.tools import Tools, use

HOME = ROOT / "var" / "bench"
BUNDLE = ROOT / "tests" / "transcripts" / "cast.yaml"
OFFICER, LINE = "+19785550101", "+19785550100"
TOKEN, SECRET = secrets.token_hex(16), secrets.token_hex(32)
# After the postings of the bundle have opened; the demonstration's clock stands there.
STANDS_AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ROUNDS, LONG_ROUNDS = 100, 300
WARM_UP = 30


def main() -> None:
    """Print medians, 95th percentiles and ratios, and the statements of each kind of turn."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--long", action="store_true")
    rounds = LONG_ROUNDS if parser.parse_args().long else ROUNDS
    with scratch(HOME) as servers:
        config = config_for(servers.database_url, servers.redis_url)
        code = furnish(config)
        texts = ["LIST", "MINE", f"S{code}", f"W{code}"]
        counted = {text: count_statements(config, text) for text in texts}
        with gunicorn(config) as port:
            times = _measure(config, port, texts, rounds)
    floor = statistics.median(times["floor"])
    print("text    median ms   p95 ms   x floor   statements  commits")
    print(f"{'floor':7} {floor:9.2f} {_p95(times['floor']):8.2f} {1:9.2f}   {1:10} {1:8}")
    for text in texts:
        median = statistics.median(times[text])
        statements, commits = counted[text]
        print(f"{text:7} {median:9.2f} {_p95(times[text]):8.2f} {median / floor:9.2f}   {statements:10} {commits:8}")


def bench_app() -> Callable[..., object]:
    """The product and the floor on one server; settings come from the environment, as in production."""
    config = Config.load().require()
    return DispatcherMiddleware(create_app(), {"/floor": _floor(config)})


def count_statements(config: Config, text: str) -> tuple[int, int]:
    """Statements and commits of one turn, the second of its kind, when the process has warmed up."""
    app = create_app(config)
    database: Database = app.extensions["dutyline"].database
    seen = {"statements": 0, "commits": 0}
    for _ in range(2):
        seen.update(statements=0, commits=0)
        listeners = [
            (database.engine, "before_cursor_execute", lambda *_: seen.update(statements=seen["statements"] + 1)),
            (database.engine, "commit", lambda *_: seen.update(commits=seen["commits"] + 1)),
        ]
        for target, name, listener in listeners:
            sa.event.listen(target, name, listener)
        form = form_of(text)
        app.test_client().post("/twilio/sms", data=form, headers=_signed(config, "/twilio/sms", form))
        for target, name, listener in listeners:
            sa.event.remove(target, name, listener)
    database.dispose()
    return seen["statements"], seen["commits"]


def _floor(config: Config) -> Flask:
    app, validator = Flask("floor"), RequestValidator(config.twilio_auth_token or "")
    engine = services_for(config).database.engine
    with engine.begin() as conn:
        conn.execute(sa.text("select 1"))

    @app.post("/")
    def take() -> Response:
        signature = request.headers["X-Twilio-Signature"]
        if not validator.validate(f"{config.public_url}/floor/", request.form, signature):
            return Response(status=403)
        with engine.begin() as conn:
            conn.execute(sa.text("insert into bench_floor (sid) values (:sid)"), {"sid": request.form["MessageSid"]})
        return Response("<Response/>", content_type="text/xml")

    return app


def config_for(database_url: str, redis_url: str) -> Config:
    with listen_at_first_free("127.0.0.1", 8700) as door:
        port = port_number(door)
    return Config(
        mode="demo",
        database_url=database_url,
        redis_url=redis_url,
        public_url=f"http://127.0.0.1:{port}",
        secret_key=SECRET,
        twilio_account_sid="AC" + "0123456789abcdef" * 2,
        twilio_auth_token=TOKEN,
        port=port,
    )


def furnish(config: Config) -> str:
    """A department whose details are open, and the floor's table; returns the code of one of the details."""
    owner = sa.create_engine(config.database_url or "")
    with owner.begin() as conn:
        conn.exec_driver_sql("create table bench_floor (sid text not null)")
        conn.exec_driver_sql("grant insert on bench_floor to dutyline_app")
        set_clock(conn, STANDS_AT)
    owner.dispose()
    services = services_for(config)
    use(Tools(services.database, Bell(services.redis), None))  # type: ignore[arg-type]  # nothing is sent here
    bundle = read(BUNDLE.read_text(encoding="utf-8"), BUNDLE.name)
    department_id = load(services.database, bundle, BUNDLE.name).department_id
    drain("awarding", department_id)
    with services.database.begin([department_id]) as work:
        code: str = work.conn.execute(sa.text("select code from opening order by starts_at desc limit 1")).scalar_one()
    services.database.dispose()
    return code


@contextmanager
def gunicorn(config: Config) -> Iterator[int]:
    """As the Procfile has it, with one process: both kinds of request share it."""
    command = [
        *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "8", "--no-control-socket"),
        *("--bind", f"127.0.0.1:{config.port}", "--keep-alive", "75", "--log-level", "warning"),
        "bench.turn:bench_app()",
    ]
    environment = os.environ | {
        "DATABASE_URL": config.database_url or "",
        "REDIS_URL": config.redis_url or "",
        "PUBLIC_URL": config.public_url or "",
        "SECRET_KEY": SECRET,
        "TWILIO_ACCOUNT_SID": config.twilio_account_sid or "",
        "TWILIO_AUTH_TOKEN": TOKEN,
        "DUTYLINE_MODE": "demo",
    }
    with (HOME / "web.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=log)
        try:
            wait_for(config.port)
            yield config.port
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The web did not start; see {HOME / 'web.log'}.")


def _measure(config: Config, port: int, texts: list[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each kind, taken in turns so that whatever slows the machine slows all alike."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    times: dict[str, list[float]] = {kind: [] for kind in ("floor", *texts)}
    for number in range(WARM_UP + rounds):
        for kind, taken in times.items():
            path = "/floor/" if kind == "floor" else "/twilio/sms"
            milliseconds = post(config, connection, path, form_of(kind))
            if number >= WARM_UP:
                taken.append(milliseconds)
    return times


def post(config: Config, connection: http.client.HTTPConnection, path: str, form: dict[str, str]) -> float:
    headers = _signed(config, path, form) | {"Content-Type": "application/x-www-form-urlencoded"}
    body, begun_at = urlencode(form), time.perf_counter()
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    milliseconds = 1000 * (time.perf_counter() - begun_at)
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}; see {HOME / 'web.log'}.")
    return milliseconds


def form_of(text: str) -> dict[str, str]:
    return {
        "MessageSid": f"SM{uuid.uuid4().hex}",
        "AccountSid": "AC" + "0123456789abcdef" * 2,
        "From": OFFICER,
        "To": LINE,
        "Body": text,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "FromCountry": "US",
        "ToCountry": "US",
    }


def _signed(config: Config, path: str, form: dict[str, str]) -> dict[str, str]:
    address = f"{config.public_url}{path}"
    return {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(address, form)}


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


if __name__ == "__main__":
    main()
