"""The bell: tells workers that a department has something due on a queue, as one RQ job by dotted name.

A bell means "drain": the rows in PostgreSQL say what. One that rings already is not rung again until its drain
begins, a doubled bell is harmless, and a lost one is only slower, because the sweep rings again.
"""

import logging
import time

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue

log = logging.getLogger(__name__)

# What each queue's bell starts, in words RQ can import; workers/ is never imported from here.
JOB_OF = {
    "recordings": "workers.recording.record",
    "awarding": "workers.drain.drain",
    "confirmations": "workers.drain.drain",
    "reminders": "workers.drain.drain",
    "delivery": "workers.delivery.deliver",
    "calls": "workers.calling.call",
    "mail": "workers.mailing.mail",
    "sweep": "workers.reconcile.settle_stuck",
}

# Longer than a drain takes to begin; short, because a bell lost with its key unset is silent for so long.
RINGS_SECONDS = 30
JOB_TIMEOUT_SECONDS = 180
FAILURE_KEPT_SECONDS = 86_400

# A text must not wait for a Redis that is gone: give up soon, and do not ask again for a moment.
REDIS_TIMEOUT_SECONDS = 0.25
REST_SECONDS = 1.0


def redis_for_bells(url: str) -> Redis:
    """A connection pool that fails fast instead of making a webhook wait."""
    return Redis.from_url(
        url,
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


class Bell:
    """Rings queues. Safe to share between threads."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queues = {name: Queue(name, connection=redis) for name in JOB_OF}
        self._resting_until = 0.0

    def ring(self, queue: str, department_id: int) -> None:
        """Have `queue` drained for the department. Never raises: the row is committed, and the sweep finds it."""
        if time.monotonic() < self._resting_until:
            return
        try:
            if self._redis.set(_key(queue, department_id), 1, nx=True, ex=RINGS_SECONDS):
                self._enqueue(queue, department_id)
        except RedisError as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            log.warning("bell not rung", extra={"queue": queue, "department": department_id, "error": str(error)})

    def answered(self, queue: str, department_id: int) -> None:
        """The drain begins: from now on what comes due rings again. Called before the drain reads."""
        try:
            self._redis.delete(_key(queue, department_id))
        except RedisError as error:
            log.warning("bell not stilled", extra={"queue": queue, "department": department_id, "error": str(error)})

    def others_wait(self) -> bool:
        """Whether bells ring unanswered, on whatever queue; False when nobody can say."""
        try:
            return any(queue.count for queue in self._queues.values())
        except RedisError:
            return False

    def _enqueue(self, queue: str, department_id: int) -> None:
        try:
            self._queues[queue].enqueue_call(
                JOB_OF[queue],
                args=(queue, department_id),
                timeout=JOB_TIMEOUT_SECONDS,
                result_ttl=0,
                failure_ttl=FAILURE_KEPT_SECONDS,
            )
        except RedisError:
            self._redis.delete(_key(queue, department_id))
            raise


def _key(queue: str, department_id: int) -> str:
    return f"dutyline:bell:{queue}:{department_id}"
