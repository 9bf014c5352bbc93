"""Works for a department until it is killed: `python -m tests.races.ladder_worker DATABASE_URL REDIS_URL DEPARTMENT
API_BASE PUBLIC_URL`."""

import sys
import time

from bot.bell import Bell, redis_for_bells
from bot.delivery.client import Carrier
from models.session import Database
from tests.one_line import TOKEN
from workers.calling import call
from workers.delivery import deliver
from workers.drain import drain
from workers.reconcile import settle_stuck
from workers.tools import Tools, use

ACCOUNT = "AC" + "0123456789abcdef" * 2


def tools_for(database_url: str, redis_url: str, api_base: str, public_url: str) -> Tools:
    """What the jobs of a worker process work with, by a clock that is a row."""
    bell = Bell(redis_for_bells(redis_url))
    carrier = Carrier(account_sid=ACCOUNT, auth_token=TOKEN, public_url=public_url, api_base=api_base)
    return Tools(Database(database_url, demo_clock=True, ring=bell.ring, pool_size=2), bell, carrier)


def work(department_id: int) -> None:
    """All queues once."""
    for queue in ("awarding", "confirmations", "reminders"):
        drain(queue, department_id)
    deliver("delivery", department_id)
    call("calls", department_id)
    settle_stuck("sweep", department_id)


def main() -> None:
    """Over and over."""
    database_url, redis_url, department_id, api_base, public_url = sys.argv[1:]
    use(tools_for(database_url, redis_url, api_base, public_url))
    print("ready", flush=True)
    while True:
        work(int(department_id))
        time.sleep(0.02)


if __name__ == "__main__":
    main()
