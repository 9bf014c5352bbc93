"""
Texts at a steady pace against everything that runs: web, workers, clock, PostgreSQL, Redis and the pocket phone.

Officers text in turns what officers text most. Each text is due at its own moment, whether or not the ones before it
were answered, and its time is counted from that moment: a stall cannot hide by slowing those who measure. Afterwards
every text must be on record with a turn, and every reply must be on its phone.

`python -m bench.load` is half a minute of 60 a second, `--long` five minutes; --rate and --seconds say otherwise.
"""

import argparse
import http.client
import itertools
import json
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

import sqlalchemy as sa

import bot.config
from bot.config import ROOT

HOME = ROOT / "var" / "bench" / "load"
bot.config.var_folder = lambda: HOME

from bench.processes import cpu_seconds, root_pids  # noqa: E402 - after the folder was set
from bench.senders import Senders  # noqa: E402 - after the folder was set
from bot.bell import Bell, redis_for_bells  # noqa: E402 - after the folder was set
from bot.cli.demo import DATABASE, begin_afresh  # noqa: E402 - after the folder was set
from bot.cli.house import house  # noqa: E402 - after the folder was set
from bot.cli.stepping import move  # noqa: E402 - after the folder was set
from bot.pocket_phone.client import PocketPhoneClient  # noqa: E402 - after the folder was set
from bot.servers.folders import own_folder  # noqa: E402 - after the folder was set
from bot.servers.plan import Plan, make_plan  # noqa: E402 - after the folder was set
from models.bundle.load import load  # noqa: E402 - after the folder was set
from models.bundle.reading import read  # noqa: E402 - after the folder was set
from models.bundle.schema import Bundle, OfficerRecord  # noqa: E402 - after the folder was set
from models.session import Database  # noqa: E402 - after the folder was set

BUNDLE = ROOT / "tests" / "transcripts" / "cast.yaml"
LINE = "+19785550100"
STANDS_AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
AREAS = (207, 208, 209, 218, 219, 228)
OFFICERS = [f"+1{area}55501{last:02d}" for area in AREAS for last in range(100)]
CONNECTIONS = 32
SECONDS, LONG_SECONDS = 30, 300
# The carrier's pace is agreed with the carrier; here it must not be what is measured.
PACE_A_MINUTE = 60_000
DRAIN_SECONDS = 120.0
REFERENCE_EVERY, REFERENCE_ROUNDS = 120, 20


Ran = TypeVar("Ran")


@dataclass(frozen=True)
class Begun:
    """A department of six hundred officers whose details were announced, the way in, and what is texted in turn."""

    database: Database
    department_id: int
    senders: Senders
    texts: "itertools.cycle[str]"


@dataclass
class Outcome:
    """What the run came to."""

    seconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    drained_seconds: float = 0.0
    lost: int = 0
    not_delivered: int = 0
    reply_seconds: list[float] = field(default_factory=list)
    cpu_seconds: Counter[str] = field(default_factory=Counter)
    transactions: int = 0
    reference_seconds: list[float] = field(default_factory=list)


def main() -> int:
    """Run, print the figures; exit status 1 when a text was lost, refused or not answered."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--rate", type=float, default=60, help="texts a second")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--seconds", type=float)
    asked = parser.parse_args()
    seconds = asked.seconds or (LONG_SECONDS if asked.long else SECONDS)
    outcome = in_the_house(partial(_play, rate=asked.rate, seconds=seconds))
    _print(outcome, asked.rate, seconds)
    return int(bool(outcome.lost or outcome.refused or outcome.not_delivered))


def in_the_house(play: Callable[[Plan], Ran]) -> Ran:
    """What `play` gives, while everything runs on servers begun for it; SystemExit when it breaks off."""
    outcomes: list[Ran] = []
    environ = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in bot.config.NAMES}
    environ["DUTYLINE_MODE"] = "demo"
    with house(
        own_folder(HOME),
        lambda: make_plan(HOME, environ, database=DATABASE),
        echo=False,
        furnish=partial(begin_afresh, HOME),
    ) as (supervisor, plan):
        thread = threading.Thread(target=lambda: outcomes.append(play(plan)), daemon=True)
        thread.start()
        supervisor.watch(until=lambda: not thread.is_alive())
    if not outcomes:
        raise SystemExit(f"The run broke off; see {HOME / 'log'}.")
    return outcomes[0]


def _play(plan: Plan, *, rate: float, seconds: float) -> Outcome:
    begun = begin_load(plan)
    database, department_id, senders, texts = begun.database, begun.department_id, begun.senders, begun.texts
    outcome, sids = Outcome(), []
    used, committed = cpu_by_process(plan), _transactions(database)
    begun_at = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for number in range(int(rate * seconds)):
            due = begun_at + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            if number % REFERENCE_EVERY == 0:
                outcome.reference_seconds.append(_reference_seconds())
            sid = f"SM{number:032x}"
            sids.append(sid)
            pool.submit(_send, senders, outcome, due, sid, OFFICERS[number % len(OFFICERS)], next(texts))
    ended_at = time.perf_counter()
    while _under_way(database, department_id) and time.perf_counter() - ended_at < DRAIN_SECONDS:
        time.sleep(0.2)
    outcome.drained_seconds = time.perf_counter() - ended_at
    outcome.cpu_seconds, outcome.transactions = cpu_by_process(plan) - used, _transactions(database) - committed
    _audit(database, department_id, outcome, len(sids))
    database.dispose()
    return outcome


def begin_load(plan: Plan) -> Begun:
    """Furnish the house and connect to it."""
    bell = Bell(redis_for_bells(plan.environment["REDIS_URL"]))
    database = Database(plan.environment["DATABASE_URL"], demo_clock=True, ring=bell.ring, pool_size=2)
    department_id, codes = _furnish(plan, database)
    texts = itertools.cycle(["LIST", *(f"S{code}" for code in codes), "MINE", *(f"W{code}" for code in codes), "HELLO"])
    senders = Senders(
        int(plan.environment["PORT"]),
        plan.environment["PUBLIC_URL"],
        plan.environment["TWILIO_ACCOUNT_SID"],
        plan.environment["TWILIO_AUTH_TOKEN"],
    )
    return Begun(database, department_id, senders, texts)


def _furnish(plan: Plan, database: Database) -> tuple[int, list[str]]:
    """One department of six hundred officers, whose line the pocket phone owns; the codes that are open."""
    move(database, STANDS_AT, running=False)
    bundle = _crowded(read(BUNDLE.read_text(encoding="utf-8"), BUNDLE.name))
    department_id = load(database, bundle, BUNDLE.name).department_id
    with database.engine.begin() as conn:
        conn.execute(sa.text("update line set messages_per_minute = :pace"), {"pace": PACE_A_MINUTE})
    with closing(PocketPhoneClient(plan.environment["TWILIO_API_BASE"])) as phone:
        phone.add_line(LINE, "Millbrook")
    patience = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < patience:
        with database.begin([department_id]) as work:
            codes = list(
                work.conn.execute(
                    sa.text(
                        "select o.code from opening o join posting p on p.department_id = o.department_id"
                        " and p.detail_id = o.detail_id and p.state = 'open' order by o.starts_at limit 2"
                    )
                ).scalars()
            )
        if codes and not _under_way(database, department_id):
            return department_id, codes
        time.sleep(0.5)
    raise SystemExit("The details were not announced in time.")


def _crowded(bundle: Bundle) -> Bundle:
    crowd = tuple(
        OfficerRecord(
            ref=f"o{place}",
            badge=str(1000 + place),
            name=f"Officer {place}",
            rank="Officer",
            seniority_on=date(2015, 1, 1),
            phones=(number,),
            qualifications={"traffic": None},
        )
        for place, number in enumerate(OFFICERS)
    )
    return bundle.model_copy(update={"officers": (*bundle.officers, *crowd)})


def _send(senders: Senders, outcome: Outcome, due: float, sid: str, number: str, body: str) -> None:
    try:
        status = senders.post(sid, number, LINE, body)
    except (OSError, http.client.HTTPException) as error:
        outcome.refused[type(error).__name__] += 1
        return
    if status != 200:
        outcome.refused[str(status)] += 1
    outcome.seconds.append(time.perf_counter() - due)


def _under_way(database: Database, department_id: int) -> int:
    with database.begin([department_id]) as work:
        found: int = work.conn.execute(
            sa.text(
                "select (select count(*) from message_out where state in ('queued', 'sending', 'accepted', 'sent'))"
                " + (select count(*) from duty where done_at is null and due_at <= :now)"
            ),
            {"now": work.now},
        ).scalar_one()
        return found


def _reference_seconds() -> float:
    """What a fixed piece of work costs now: a processor that is shared counts more time for the same."""
    begun = time.thread_time()
    for _ in range(REFERENCE_ROUNDS):
        json.loads(json.dumps({str(number): [number] for number in range(100)}))
    return time.thread_time() - begun


def cpu_by_process(plan: Plan) -> Counter[str]:
    """By process; what this one spends as the supervisor (it carries the logs) is told apart from the senders'."""
    servers = {
        server.name: int((server.home / "pid").read_text(encoding="ascii").split()[0]) for server in plan.servers
    }
    found = cpu_seconds({"senders": os.getpid(), **root_pids(HOME / "run"), **servers})
    found["supervisor"] = time.clock_gettime(time.pthread_getcpuclockid(threading.main_thread().ident or 0))
    found["senders"] -= found["supervisor"]
    return found


def _transactions(database: Database) -> int:
    with database.engine.connect() as conn:
        asked = sa.text("select xact_commit from pg_stat_database where datname = current_database()")
        return int(conn.execute(asked).scalar_one())


def _audit(database: Database, department_id: int, outcome: Outcome, sent: int) -> None:
    """Every text has a turn; every turn's answer was delivered, and how long after the text came in."""
    with database.begin([department_id]) as work:
        rows = work.conn.execute(
            sa.text(
                "select o.state, extract(epoch from s.recorded_at - i.recorded_at) as seconds from message_in i"
                " join turn t on t.department_id = i.department_id and t.message_in_id = i.id"
                " left join message_out o on o.department_id = t.department_id and o.id = t.message_out_id"
                " left join message_status s on s.department_id = o.department_id and s.message_out_id = o.id"
                "  and s.status = 'delivered'"
            )
        ).all()
    outcome.lost = sent - len(rows)
    outcome.not_delivered = sum(row.state != "delivered" for row in rows)
    outcome.reply_seconds = [float(row.seconds) for row in rows if row.seconds is not None]


def _print(outcome: Outcome, rate: float, seconds: float) -> None:
    print(f"{rate:g} texts a second for {seconds:g} s, on {os.cpu_count()} cores beside everything else")
    for name, values in (("webhook answered", outcome.seconds), ("reply delivered", outcome.reply_seconds)):
        told = "  ".join(f"{label} {1000 * value:7.0f} ms" for label, value in percentiles(values))
        print(f"{name:17} {told}")
    _print_cpu(outcome, len(outcome.seconds))
    print(
        f"{len(outcome.seconds)} texts, {outcome.lost} lost, {outcome.not_delivered} replies not delivered,"
        f" {sum(outcome.refused.values())} requests refused {dict(outcome.refused) or ''};"
        f" all done {outcome.drained_seconds:.1f} s after the last text"
    )


def _print_cpu(outcome: Outcome, texts: int) -> None:
    """What each process spent on a text, its reply and the reports of it: the figure that neighbours move little."""
    spent = {name: 1000 * seconds / texts for name, seconds in outcome.cpu_seconds.most_common()}
    told = "  ".join(f"{name} {milliseconds:.2f}" for name, milliseconds in spent.items())
    reference = 1000 * statistics.median(outcome.reference_seconds)
    print(f"processor ms a text {sum(spent.values()):.2f}: {told}")
    print(f"a fixed piece of work took {reference:.2f} of them; {outcome.transactions / texts:.2f} transactions a text")


def percentiles(values: list[float]) -> list[tuple[str, float]]:
    if len(values) < 2:
        return []
    cuts = statistics.quantiles(values, n=100)
    return [("p50", cuts[49]), ("p95", cuts[94]), ("p99", cuts[98]), ("most", max(values))]


if __name__ == "__main__":
    sys.exit(main())
