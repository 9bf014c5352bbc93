"""Plays the demonstration day below a folder of its own and kills processes on the way.

`python -m tests.demo.driver FOLDER DAY [NAME=TEXT ...]`: when TEXT is first told, process NAME is killed a moment
later. Prints, as the last line, what the records came to, as JSON.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

import bot.config

FOLDER, DAY = Path(sys.argv[1]), Path(sys.argv[2])
bot.config.var_folder = lambda: FOLDER

from bot.cli.demo import DATABASE, begin_afresh, play_day  # noqa: E402 - after the folder was set
from bot.cli.house import house  # noqa: E402 - after the folder was set
from bot.servers.folders import own_folder  # noqa: E402 - after the folder was set
from bot.servers.plan import Plan, make_plan  # noqa: E402 - after the folder was set
from tests.demo.digest import digest  # noqa: E402 - after the folder was set

PID_FILES = {"postgres": "pg/pid", "redis": "redis/pid"}


class Killer:
    """Listens to what is told and kills each process once, in the middle of what follows."""

    def __init__(self, plans: dict[str, str]) -> None:
        self.plans = plans
        self.killed: list[str] = []

    def hear(self, line: str) -> None:
        """Something was told."""
        sys.stderr.write(f"{line}\n")
        for name in [name for name, text in self.plans.items() if text in line]:
            del self.plans[name]
            delay = random.Random(name).uniform(0.0, 0.15)
            threading.Timer(delay, self._kill, [name]).start()

    def _kill(self, name: str) -> None:
        pid = int((FOLDER / PID_FILES.get(name, f"run/{name}.pid")).read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        self.killed.append(name)
        sys.stderr.write(f"!! killed {name}\n")


def main() -> None:
    """Play, and tell how it ended."""
    killer = Killer(dict(pair.split("=", 1) for pair in sys.argv[3:]))
    outcome: dict[str, object] = {}

    def play(plan: Plan) -> None:
        try:
            played = play_day(plan, killer.hear, DAY)
            outcome["differences"] = [str(each) for each in played.differences]
            outcome["records"] = digest(plan.environment["DATABASE_URL"])
        except BaseException as error:
            outcome["failure"] = repr(error)

    environ = {**os.environ, "DUTYLINE_MODE": "demo"}
    with house(
        own_folder(FOLDER),
        lambda: make_plan(FOLDER, environ, database=DATABASE),
        echo=False,
        furnish=partial(begin_afresh, FOLDER),
    ) as (supervisor, plan):
        thread = threading.Thread(target=play, args=(plan,), daemon=True)
        thread.start()
        supervisor.watch(until=lambda: not thread.is_alive())
    time.sleep(0.1)
    print(json.dumps({**outcome, "killed": killer.killed, "not_killed": list(killer.plans)}))


if __name__ == "__main__":
    main()
