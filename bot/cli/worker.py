"""`dutyline worker`: works on queues until told to stop."""

import logging
import signal
import time
from types import FrameType
from typing import Any

import click
from redis import Redis
from redis.client import Pipeline
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.worker import DequeueStrategy

from bot.bell import Bell, redis_for_bells
from bot.config import Config
from bot.delivery.client import Carrier
from bot.delivery.mail import MailServer
from bot.delivery.mail_link import StopLinks
from bot.logs import set_up_logs
from models.line.duty import QUEUES
from models.session import Database
from workers.tools import Tools, use

log = logging.getLogger(__name__)

# How long a worker counts as alive after its last heartbeat; it beats about every 45 seconds when idle.
HEARTBEAT_SECONDS = 60
# A caller waits with his PIN until a recording has stopped: looked at before each job of another queue.
FIRST = "recordings"
# Between two heartbeats of a worker that is busy with small jobs.
BEAT_SECONDS = 0.2


class Worker(SimpleWorker):
    """Works in its own process, so that connections are kept from job to job, and soon finds a Redis that is back."""

    max_connection_wait_time = 2
    is_told_to_stop = False
    _next_beat_at = 0.0

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the job under way."""
        self.is_told_to_stop = True
        super().request_stop(signum, frame)

    def dequeue_job_and_maintain_ttl(self, *given: Any, **named: Any) -> "tuple[Job, Queue] | None":
        """As RQ's; whoever is about to wait for work beats first, since it may wait for long."""
        self._next_beat_at = 0.0
        return super().dequeue_job_and_maintain_ttl(*given, **named)

    def reorder_queues(self, reference_queue: Queue) -> None:
        """Whatever was worked on goes to the end, so that a queue which is never empty keeps no other waiting."""
        rest = [queue for queue in self._ordered_queues if queue.name != reference_queue.name]
        rest.sort(key=lambda queue: queue.name != FIRST)
        self._ordered_queues = [*rest, reference_queue]

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """As RQ's, which would beat four times a job; and a worker that Redis has forgotten, because it was emptied,
        introduces itself again.
        """
        if pipeline is not None:
            super().heartbeat(timeout, pipeline)
        elif time.monotonic() >= self._next_beat_at:
            self._next_beat_at = time.monotonic() + BEAT_SECONDS
            if not self.connection.hexists(self.key, "birth"):
                self.connection.delete(self.key)
                self.register_birth()
            super().heartbeat(timeout)


@click.command("worker")
@click.argument("queues", nargs=-1, required=True, type=click.Choice(QUEUES), metavar="QUEUE...")
def worker(queues: tuple[str, ...]) -> None:
    """Work on QUEUES in turn until SIGTERM; the job under way is finished."""
    set_up_logs()
    config = Config.load().require()
    use(tools_for(config))
    work_until_stopped(redis_for_jobs(config.redis_url or ""), queues)


def tools_for(config: Config) -> Tools:
    """What the jobs of this process work with."""
    bell = Bell(redis_for_bells(config.redis_url or ""))
    return Tools(
        database=Database(
            config.database_url or "", demo_clock=config.is_demo, ring=bell.ring, pool_size=2, mails=config.mails
        ),
        bell=bell,
        carrier=Carrier(
            account_sid=config.twilio_account_sid or "",
            auth_token=config.twilio_auth_token or "",
            public_url=config.public_url or "",
            api_base=config.twilio_api_base,
            messaging_service_sid=config.twilio_messaging_service_sid,
            api_key=config.api_key,
        ),
        mail=mail_server_for(config),
    )


def mail_server_for(config: Config) -> MailServer | None:
    """The mail server that the settings name, if they do."""
    if not config.mails:
        return None
    links = StopLinks(config.secret_key or "", config.public_url or "")
    return MailServer(config.smtp_url or "", config.mail_from, links)


def redis_for_jobs(url: str) -> Redis:
    """A connection that may wait for work: RQ blocks in Redis until something rings."""
    return Redis.from_url(url, socket_connect_timeout=2, health_check_interval=30)


def work_until_stopped(redis: Redis, queues: tuple[str, ...]) -> None:
    """RQ's worker gives up when Redis goes away in the middle of a job: then another takes its place."""
    while True:
        try:
            current = Worker(
                [Queue(name, connection=redis) for name in queues], connection=redis, worker_ttl=HEARTBEAT_SECONDS
            )
            current.log_job_description = False
            current.work(logging_level="WARNING", dequeue_strategy=DequeueStrategy.ROUND_ROBIN)
            if current.is_told_to_stop:
                return
        except RedisError as error:
            log.warning("redis does not answer", extra={"why": type(error).__name__})
        let_signals_end_us()
        time.sleep(1)


def let_signals_end_us() -> None:
    """Between two workers nobody listens for signals, so they do what they do by default."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
