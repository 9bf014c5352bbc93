"""What the house says of itself, and what its logs do not."""

import json
import logging

from rq import Queue, SimpleWorker

from bot.app import create_app
from bot.logs import JsonLines
from bot.services import services_of
from models.line.duty import QUEUES
from tests.one_line import config_for


def test_a_process_that_lives_says_so(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")


def test_ready_means_database_migrations_redis_and_a_worker_on_every_queue(client, app):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json["database"], answer.json["redis"]) == ("ok", "ok")
    assert "delivery" in answer.json["workers"]
    redis = services_of(app).redis
    worker = SimpleWorker([Queue(name, connection=redis) for name in QUEUES], connection=redis)
    worker.register_birth()
    answer = client.get("/readyz")
    worker.register_death()
    assert (answer.status_code, set(answer.json.values())) == (200, {"ok"})


def test_without_its_servers_the_house_is_not_ready_and_says_why():
    app = create_app(config_for("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "redis://127.0.0.1:1/0"))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert set(answer.json) == {"database", "redis", "workers"}
    assert "ok" not in answer.json.values()


def test_metrics_are_in_prometheus_format(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert "dutyline_texts_in_total" in answer.text


def test_every_answer_names_its_request(client):
    names = {client.get("/healthz").headers["X-Request-Id"] for _ in range(2)}
    assert len(names) == 2


def test_a_page_that_is_not_there_says_nothing_of_ours(client):
    answer = client.get("/nothing/here")
    assert (answer.status_code, answer.text) == (404, "404\n")


def test_a_log_line_is_json_without_whole_numbers_or_rows():
    error = RuntimeError("no route to +13125550111")
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "failed for %s", ("+13125550111",), None)
    record.exc_info = (RuntimeError, error, None)
    record.department = 3
    line = JsonLines().format(record)
    told = json.loads(line)
    assert "3125550111" not in line
    assert (told["says"], told["department"], told["error"][0]["kind"]) == ("failed for +…11", 3, "RuntimeError")
