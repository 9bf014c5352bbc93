"""
Calls and texts at a steady pace against everything that runs: web, workers, clock, PostgreSQL, Redis, pocket phone.

Each caller rings, keys his PIN, hears his details and the open ones, and hangs up, two seconds apart, while others
text. First calls come so rarely that each has the machine to itself; that is the time to compare with. A request is
timed from the moment it was due. `python -m bench.calls` is half a minute at 10 calls and 20 texts a second; `--long`
goes on to the pace at which one request in twenty takes a second. --calls, --texts and --seconds say otherwise.
"""

import argparse
import heapq
import itertools
import os
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import sqlalchemy as sa

from bench.load import (
    CONNECTIONS,
    LINE,
    OFFICERS,
    begin_load,
    cpu_by_process,
    in_the_house,
    percentiles,
)
from bench.senders import Senders
from bot.servers.plan import Plan
from models.people.pin import set_pin
from models.session import Database

PIN = "730519"
THINKS_SECONDS = 2.0
KEYS = (f"{PIN}#", "2", "1")
IDLE_CALLS_A_SECOND, IDLE_SECONDS = 0.5, 20.0
STEPS_UP = (15, 20, 25, 30, 40)
TOO_SLOW_SECONDS = 1.0
_ACTION = re.compile(r'action="([^"]+)"')


Pace = tuple[float, float, float]
"""Calls that begin in a second, texts a second, and for how many seconds."""


@dataclass
class Measured:
    """A pace, and what came of it."""

    calls_a_second: float
    texts_a_second: float
    seconds: float
    answered: list[float] = field(default_factory=list)
    texts: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    cpu_seconds: Counter[str] = field(default_factory=Counter)

    @property
    def p95(self) -> float:
        """Of the requests about calls, in seconds."""
        return percentiles(self.answered)[1][1]


@dataclass(order=True)
class _Step:
    """What is due: the n-th thing a caller does."""

    due: float
    number: int
    place: int = field(compare=False)
    sid: str = field(compare=False)
    caller: str = field(compare=False)
    action: str = field(compare=False, default="")


def main() -> int:
    """Run, print the figures; exit status 1 when a request was refused."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--calls", type=float, default=10, help="calls that begin in a second")
    parser.add_argument("--texts", type=float, default=20, help="texts a second")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args()
    paces = [(IDLE_CALLS_A_SECOND, 0.0, IDLE_SECONDS), (asked.calls, asked.texts, asked.seconds)]
    further = [(float(calls), asked.texts, asked.seconds) for calls in STEPS_UP if calls > asked.calls]
    runs = in_the_house(lambda plan: _run(plan, paces, further if asked.long else []))
    _print(runs)
    return int(any(run.refused for run in runs))


def _run(plan: Plan, paces: list[Pace], further: list[Pace]) -> list[Measured]:
    begun = begin_load(plan)
    _give_pins(begun.database, begun.department_id)
    found = [_measure(plan, begun.senders, begun.texts, Measured(*pace)) for pace in paces]
    for pace in further:
        if found[-1].p95 > TOO_SLOW_SECONDS:
            break
        found.append(_measure(plan, begun.senders, begun.texts, Measured(*pace)))
    begun.database.dispose()
    return found


def _give_pins(database: Database, department_id: int) -> None:
    """One PIN for everybody: it is hashed once, and checked each time."""
    with database.begin([department_id]) as work:
        first = work.conn.execute(sa.text("select person_id from phone where number = :n"), {"n": OFFICERS[0]})
        person_id = first.scalar_one()
        if set_pin(work, department_id, person_id, PIN) is not None:
            raise SystemExit("The PIN of the measurement is refused.")
        work.conn.execute(
            sa.text(
                "insert into pin (person_id, hash, set_at) select o.person_id, p.hash, p.set_at from officer o, pin p"
                " where p.person_id = :p on conflict (person_id) do nothing"
            ),
            {"p": person_id},
        )


def _measure(plan: Plan, senders: Senders, texts: "itertools.cycle[str]", run: Measured) -> Measured:
    used, begun_at = cpu_by_process(plan), time.perf_counter()
    steps = [
        _Step(begun_at + number / run.calls_a_second, number, 0, f"CA{os.urandom(16).hex()}", OFFICERS[number % 600])
        for number in range(int(run.calls_a_second * run.seconds))
    ]
    heapq.heapify(steps)
    calling = _Calling(senders, run, steps)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        texting = threading.Thread(target=_text, args=(senders, texts, run, pool, begun_at))
        texting.start()
        calling.go(pool)
        texting.join()
    run.cpu_seconds = cpu_by_process(plan) - used
    return run


class _Calling:
    """All callers of a run: whoever is answered thinks, and then does the next thing."""

    def __init__(self, senders: Senders, run: Measured, steps: list[_Step]) -> None:
        self.senders = senders
        self.run = run
        self.steps = steps
        self.left = len(steps)
        self.changed = threading.Condition()

    def go(self, pool: ThreadPoolExecutor) -> None:
        """Until the last has hung up."""
        while True:
            with self.changed:
                if not self.left:
                    return
                wait = self.steps[0].due - time.perf_counter() if self.steps else 0.1
                if wait > 0:
                    self.changed.wait(min(wait, 0.1))
                    continue
                step = heapq.heappop(self.steps)
            pool.submit(self._take, step)

    def _take(self, step: _Step) -> None:
        try:
            following = self._next(step)
        except Exception as error:
            self.run.refused[type(error).__name__] += 1
            following = None
        with self.changed:
            if following:
                heapq.heappush(self.steps, following)
            else:
                self.left -= 1
            self.changed.notify()

    def _next(self, step: _Step) -> _Step | None:
        if step.place > len(KEYS):
            self.senders.call("/twilio/call-status", step.sid, step.caller, LINE, {"CallStatus": "completed"})
            return None
        path, more = ("/twilio/voice", {}) if step.place == 0 else (step.action, {"Digits": KEYS[step.place - 1]})
        status, document = self.senders.call(path, step.sid, step.caller, LINE, more)
        self.run.answered.append(time.perf_counter() - step.due)
        action = _ACTION.search(document)
        if status != 200 or action is None or "<Gather" not in document:
            self.run.refused[f"{status} at {step.place}"] += 1
            return None
        due = time.perf_counter() + THINKS_SECONDS
        return _Step(due, step.number, step.place + 1, step.sid, step.caller, action[1])


def _text(
    senders: Senders, texts: "itertools.cycle[str]", run: Measured, pool: ThreadPoolExecutor, begun_at: float
) -> None:
    """Others text meanwhile, from the other end of the roster."""
    for number in range(int(run.texts_a_second * run.seconds)):
        due = begun_at + number / run.texts_a_second
        time.sleep(max(0.0, due - time.perf_counter()))
        pool.submit(_send, senders, run, due, OFFICERS[-1 - number % 300], next(texts))


def _send(senders: Senders, run: Measured, due: float, number: str, body: str) -> None:
    status = senders.post(f"SM{os.urandom(16).hex()}", number, LINE, body)
    if status != 200:
        run.refused[str(status)] += 1
    run.texts.append(time.perf_counter() - due)


def _print(runs: list[Measured]) -> None:
    print(f"a call is {len(KEYS) + 1} requests and its end; on {os.cpu_count()} cores beside everything else")
    idle = runs[0].p95
    for run in runs:
        print(f"{run.calls_a_second:4g} calls {run.texts_a_second:4g} texts a second: {_times(run.answered)}")
        if run.texts:
            print(f"{'texts meanwhile':>31}: {_times(run.texts)}")
        cpu = sum(run.cpu_seconds.values()) / run.seconds
        told = f"p95 {run.p95 / idle:.1f} times idle, {cpu:.2f} cores busy"
        print(f"{'':33}{told}, {sum(run.refused.values())} refused {dict(run.refused) or ''}")
    slow = next((run.calls_a_second for run in runs if run.p95 > TOO_SLOW_SECONDS), None)
    print(f"p95 passes {TOO_SLOW_SECONDS:g} s at {slow:g} calls a second" if slow else "p95 stayed under a second")


def _times(values: list[float]) -> str:
    return "  ".join(f"{label} {1000 * value:6.0f} ms" for label, value in percentiles(values))


if __name__ == "__main__":
    sys.exit(main())
