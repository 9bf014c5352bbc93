"""What is written down to be done is done by somebody, on a queue that some process works on."""

import inspect
import shlex
from pathlib import Path

import pytest

from bot.bell import JOB_OF
from models.line.duty import QUEUE_OF, QUEUES
from workers.schedule import HANDLER_OF, ROUNDS, handler_of, problems, resolve

HOUSE = Path(__file__).parents[2]


def _queues() -> set[str]:
    line = next(line for line in (HOUSE / "Procfile").read_text().splitlines() if line.startswith("worker:"))
    words = shlex.split(line.partition(":")[2])
    return set(words[words.index("worker") + 1 :])


def test_the_schedule_fits_the_procfile() -> None:
    assert problems(_queues()) == []


def test_the_queues_are_the_procfiles() -> None:
    assert set(QUEUES) == _queues() == set(JOB_OF)


@pytest.mark.parametrize(("kind", "queue"), QUEUE_OF.items())
def test_a_duty_has_a_file_of_its_name_whose_handler_takes_what_drains_give(kind: str, queue: str) -> None:
    assert HANDLER_OF[kind] == f"workers.{queue}.{kind}:handle"
    assert len(inspect.signature(handler_of(kind)).parameters) == 3
    assert inspect.getdoc(handler_of(kind))


@pytest.mark.parametrize("name", [*(each.job for each in ROUNDS)])
def test_what_the_clock_rings_can_be_found(name: str) -> None:
    assert callable(resolve(name))


@pytest.mark.parametrize("name", sorted(set(JOB_OF.values())))
def test_what_a_bell_starts_can_be_found_by_the_name_rq_is_given(name: str) -> None:
    module, _, function = name.rpartition(".")
    job = resolve(f"{module}:{function}")
    assert list(inspect.signature(job).parameters) == ["queue", "department_id"]
