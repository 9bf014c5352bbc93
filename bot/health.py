"""Whether this process lives, whether the house can work, and what it counted."""

from collections.abc import Callable
from functools import cache

from flask import Blueprint, Response, current_app, jsonify
from redis import Redis
from redis.exceptions import RedisError
from rq import Worker
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.services import Services, services_of
from models.line.duty import QUEUES
from models.migrations.upgrade import current, head

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """This process answers."""
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Database, migrations, Redis and workers: `ok`, or what is wrong, each; 503 unless all are well."""
    services = services_of(current_app)
    found = {name: look(services) for name, look in _LOOKS.items()}
    return jsonify(found), 200 if set(found.values()) == {"ok"} else 503


@blueprint.get("/metrics")
def show_metrics() -> Response:
    """What was counted, for Prometheus."""
    return Response(metrics.exposition(), content_type=metrics.CONTENT_TYPE_LATEST)


def _database(services: Services) -> str:
    try:
        with services.database.engine.connect() as connection:
            revision = current(connection)
    except SQLAlchemyError as error:
        return f"does not answer: {type(error).__name__}"
    return "ok" if revision == _head() else f"is at revision {revision}, this code needs {_head()}"


def _redis(services: Services) -> str:
    try:
        services.redis.ping()
    except RedisError as error:
        return f"does not answer: {type(error).__name__}"
    return "ok"


def _workers(services: Services) -> str:
    try:
        idle = sorted(set(QUEUES) - _queues_worked_on(services.redis))
    except RedisError as error:
        return f"cannot be asked: {type(error).__name__}"
    return "ok" if not idle else f"nobody works on {', '.join(idle)}"


def _queues_worked_on(redis: Redis) -> set[str]:
    """By workers whose heartbeat Redis still holds: a dead one's runs out."""
    return {name for worker in Worker.all(connection=redis) for name in worker.queue_names()}


@cache
def _head() -> str:
    return head()


_LOOKS: dict[str, Callable[[Services], str]] = {"database": _database, "redis": _redis, "workers": _workers}
