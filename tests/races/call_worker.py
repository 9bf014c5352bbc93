"""Places calls until it is killed: `python -m tests.races.call_worker DATABASE_URL REDIS_URL DEPARTMENT FOLDER`."""

import sys
import time
from pathlib import Path

from bot.bell import Bell, redis_for_bells
from models.session import Database
from tests.workers.call_house import FilingCarrier
from workers.calling import call
from workers.tools import Tools, use


def main() -> None:
    """Answer the bell of the department's calls, over and over."""
    database_url, redis_url, department_id, folder = sys.argv[1:]
    carrier = FilingCarrier(Path(folder), seconds=0.05)
    use(Tools(Database(database_url), Bell(redis_for_bells(redis_url)), carrier))  # type: ignore[arg-type] # as needed
    print("ready", flush=True)
    while True:
        call("calls", int(department_id))
        time.sleep(0.02)


if __name__ == "__main__":
    main()
