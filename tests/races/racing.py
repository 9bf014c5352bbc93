"""Runs things at the same moment, each in a thread of its own, and tells how each ended."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeAlias

Run: TypeAlias = Callable[[], Any]
PATIENCE_SECONDS = 20


def race(runs: Sequence[Run]) -> list[Any]:
    """What each of `runs` returned, or the exception it ended with; all begin together."""
    start = Barrier(len(runs))

    def run(one: Run) -> Any:
        start.wait(PATIENCE_SECONDS)
        try:
            return one()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(run, runs))
