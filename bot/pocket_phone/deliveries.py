"""A bounded set of threads that carry webhooks and status callbacks when they are due."""

import heapq
import logging
import threading
import time
from collections.abc import Callable, Iterable

from bot.pocket_phone.jobs import Job, finish_job, unfinished_jobs
from bot.pocket_phone.store import Store

log = logging.getLogger(__name__)

# Does a job and gives the jobs that follow from it, already written.
Carry = Callable[[Job], list[Job]]


class Deliveries:
    """Due jobs first; a job leaves the store only when it is done, so a crash repeats rather than loses."""

    def __init__(self, store: Store, carry: Carry, *, threads: int) -> None:
        self._store = store
        self._carry = carry
        lock = threading.Lock()
        self._arrived = threading.Condition(lock)
        self._settled = threading.Condition(lock)
        self._due: list[tuple[float, int, Job]] = []
        self._in_hand = 0
        self._stopping = False
        self._threads = [threading.Thread(target=self._work, name=f"carrier-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        self.push(unfinished_jobs(self._store))
        for thread in self._threads:
            thread.start()

    def push(self, jobs: Iterable[Job]) -> None:
        with self._arrived:
            for job in jobs:
                heapq.heappush(self._due, (job.due_at, job.id, job))
                self._arrived.notify()

    def pending(self) -> int:
        """Jobs waiting or in hand."""
        with self._arrived:
            return len(self._due) + self._in_hand

    def wait_idle(self, seconds: float) -> bool:
        """Wait until nothing is pending, at most so long; whether nothing is."""
        with self._settled:
            return self._settled.wait_for(lambda: not self._due and not self._in_hand, seconds)

    def drop_all(self) -> None:
        """Forget what waits; what is in hand is finished."""
        with self._store.transaction() as db:
            db.execute("delete from job")
        with self._settled:
            self._due.clear()
            self._settled.notify_all()

    def stop(self, seconds: float = 3) -> bool:
        """Begin nothing more and give what is in hand so long; the rest is done at the next start.

        Whether every thread has ended.
        """
        with self._arrived:
            self._stopping = True
            self._arrived.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.ident:
                thread.join(max(0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            following: list[Job] = []
            try:
                following = self._carry(job)
            except Exception:
                log.exception("The carrier dropped %s of %s", job.kind, job.message_sid)
            self._done(job, following)

    def _next(self) -> Job | None:
        with self._arrived:
            while not self._stopping:
                wait = self._due[0][0] - time.time() if self._due else None
                if wait is not None and wait <= 0:
                    self._in_hand += 1
                    return heapq.heappop(self._due)[2]
                self._arrived.wait(wait)
            return None

    def _done(self, job: Job, following: list[Job]) -> None:
        finish_job(self._store, job)
        self.push(following)
        with self._settled:
            self._in_hand -= 1
            self._settled.notify_all()
