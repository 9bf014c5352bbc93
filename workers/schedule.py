"""The one list of what runs when: which handler does which duty, on which queue, and what the clock rings."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa

from models.line.duty import QUEUE_OF, QUEUES
from models.session import Work

Handler: TypeAlias = Callable[[Work, int, "sa.Row[Any]"], None]
Job: TypeAlias = Callable[[], None]

# Each duty has a file of its own name in the room of its queue; handlers say `handle(work, department_id, duty)`.
HANDLER_OF = {kind: f"workers.{queue}.{kind}:handle" for kind, queue in QUEUE_OF.items()}


@dataclass(frozen=True, slots=True)
class Round:
    """A job that the clock rings every so many seconds of real time; twice does no harm."""

    job: str
    every_seconds: int
    queue: str = "sweep"


ROUNDS = (
    Round("workers.sweep:sweep", 10),
    Round("workers.seal:seal", 60),
    Round("workers.hear_again:hear_again", 120),
    Round("workers.reconcile:ask_after", 120),
    Round("workers.recording:ask_after", 60),
    Round("workers.fetch_tours:fetch", 60),
    Round("workers.sweep:retire_codes", 3600),
    Round("workers.awarding.turn_counters:plan_ahead", 3600),
    Round("workers.retention:let_go", 3600),
)


def handler_of(kind: str) -> Handler:
    """The function that does duties of `kind`; KeyError when nobody does."""
    handler: Handler = resolve(HANDLER_OF[kind])
    return handler


@cache
def resolve(name: str) -> Any:
    """What `module:name` stands for."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


def problems(procfile_queues: set[str]) -> list[str]:
    """What does not fit together, a sentence each: files of no duty, names that resolve to nothing, queues that no
    process of the Procfile works on."""
    return [*_unplanned(), *_unresolved(), *_unworked(procfile_queues)]


def _unplanned() -> list[str]:
    rooms = {Path(__file__).parent / queue for queue in QUEUE_OF.values()}
    files = {file.stem for room in rooms for file in room.glob("[!_]*.py")}
    return [f"{kind} has a file and is no duty in models/line/duty.py" for kind in sorted(files - QUEUE_OF.keys())]


def _unresolved() -> list[str]:
    found = []
    for name in (*HANDLER_OF.values(), *(each.job for each in ROUNDS)):
        try:
            resolve(name)
        except (ImportError, AttributeError) as error:
            found.append(f"{name} does not resolve: {error}")
    return found


def _unworked(procfile_queues: set[str]) -> list[str]:
    needed = {*QUEUES, *QUEUE_OF.values(), *(each.queue for each in ROUNDS)}
    return [f"queue {name} is in the schedule or in the Procfile only" for name in sorted(needed ^ procfile_queues)]
