"""`dutyline cron`: the clock that rings what is due, in real time."""

import logging
import time

import click
from redis import Redis
from redis.exceptions import RedisError
from rq.cron import CronScheduler

from bot.cli.worker import let_signals_end_us, redis_for_jobs
from bot.config import Config
from bot.logs import set_up_logs
from workers.schedule import ROUNDS, resolve

log = logging.getLogger(__name__)

# Longer than any round takes; one that hangs is ended so that the next can run.
JOB_TIMEOUT_SECONDS = 300
FAILURE_KEPT_SECONDS = 86_400


class Clock(CronScheduler):
    """RQ's scheduler, which remembers whether it was told to stop or lost its Redis."""

    is_told_to_stop = False

    def _request_stop(self, signum: int, frame: object) -> None:
        self.is_told_to_stop = True
        super()._request_stop(signum, frame)


@click.command("cron")
def cron() -> None:
    """Ring the rounds of workers/schedule.py until SIGTERM. Two clocks ring twice, which does no harm."""
    set_up_logs()
    config = Config.load().require()
    ring_until_stopped(redis_for_jobs(config.redis_url or ""))


def ring_until_stopped(redis: Redis) -> None:
    """RQ's scheduler ends when Redis goes away: then another takes its place."""
    while True:
        clock = clock_of(redis)
        try:
            clock.start()
        except RedisError as error:
            log.warning("redis does not answer", extra={"why": type(error).__name__})
        if clock.is_told_to_stop:
            return
        let_signals_end_us()
        time.sleep(1)


def clock_of(redis: Redis) -> Clock:
    """A clock with every round of the schedule on it."""
    clock = Clock(connection=redis, logging_level=logging.WARNING)
    for each in ROUNDS:
        clock.register(
            resolve(each.job),
            queue_name=each.queue,
            interval=each.every_seconds,
            # Rounds nobody had time for are dropped instead of piling up behind a worker that was away.
            ttl=each.every_seconds,
            job_timeout=JOB_TIMEOUT_SECONDS,
            result_ttl=0,
            failure_ttl=FAILURE_KEPT_SECONDS,
        )
    return clock
