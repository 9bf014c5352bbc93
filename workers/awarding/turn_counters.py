"""A pool's period has ended: it begins to count anew, and its next turn is planned."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from models.awarding.counting.turning import plan_turns, turn_counters
from models.people.department import department
from models.session import Work
from workers.tools import tools


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Turn the pool's counters, unless they were turned or the handbook of that day knows no such turn."""
    pool, _, day = duty.fence.rpartition(" ")
    where = department(work, department_id)
    turn_counters(work, where, pool, date.fromisoformat(day))
    plan_turns(work, where)


def plan_ahead() -> None:
    """Plan every department's next turns: a handbook that begins to hold today may know others than yesterday's."""
    database = tools().database
    for department_id in database.departments():
        with database.begin([department_id]) as work:
            plan_turns(work, department(work, department_id))
