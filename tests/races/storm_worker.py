"""Asks officers until it is killed: `python -m tests.races.storm_worker DATABASE_URL REDIS_URL DEPARTMENT`."""

import sys
import time

from bot.bell import Bell, redis_for_bells
from models.session import Database
from workers.drain import drain
from workers.tools import Tools, use


def main() -> None:
    """Drain what is due, over and over."""
    database_url, redis_url, department_id = sys.argv[1:]
    use(Tools(Database(database_url), Bell(redis_for_bells(redis_url)), None))  # type: ignore[arg-type] # nothing is sent
    print("ready", flush=True)
    while True:
        for queue in ("awarding", "confirmations"):
            drain(queue, int(department_id))
        time.sleep(0.02)


if __name__ == "__main__":
    main()
