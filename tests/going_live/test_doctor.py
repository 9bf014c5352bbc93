"""Doctor names every gap until a real text can flow, says why it matters and what to do, and never crashes."""

import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from rq import SimpleWorker
from rq.cron import CronScheduler
from werkzeug import Response

from bot.app import create_app
from bot.pocket_phone.client import PocketPhoneClient
from bot.services import services_of
from models.line.duty import QUEUES
from tests.going_live.conftest import LINE
from tests.going_live.test_roster import ROSTER
from tests.one_line import config_for
from tests.pocket_phone.conftest import serve

Examine = Callable[[], dict[str, list[dict[str, object]]]]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def examine(dutyline) -> Examine:
    """What doctor finds, by name."""

    def examine() -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = {}
        for finding in json.loads(dutyline("doctor", "--json").stdout)["findings"]:
            found.setdefault(str(finding["name"]), []).append(finding)
        return found

    return examine


def ill(found: dict[str, list[dict[str, object]]]) -> list[str]:
    """The names of what is not well."""
    return [name for name, findings in found.items() if not all(finding["is_well"] for finding in findings)]


def sentence(found: dict[str, list[dict[str, object]]], name: str) -> str:
    return " ".join(str(finding["sentence"]) for finding in found[name])


@pytest.fixture
def our_address(servers, settings, carrier: str) -> Iterator[str]:
    """The web behind its real address, and all settings to match."""
    apps: list[Flask] = []

    def web(environ, start_response):
        return apps[0](environ, start_response)

    url, stop = serve(web)
    apps.append(create_app(config_for(servers.database_url, servers.redis_url, public_url=url)))
    settings(PUBLIC_URL=url, TWILIO_API_BASE=carrier)
    yield url
    stop()
    services_of(apps[0]).database.dispose()
    services_of(apps[0]).redis.close()


@pytest.fixture
def processes(servers) -> Iterator[None]:
    """A worker on every queue and a clock, as far as Redis knows."""
    with Redis.from_url(servers.redis_url) as redis:
        worker = SimpleWorker(sorted(QUEUES), connection=redis)
        worker.register_birth()
        clock = CronScheduler(connection=redis)
        clock.register_birth()
        clock.heartbeat()
        yield
        worker.register_death()
        clock.register_death()


def test_a_house_in_order_is_said_to_be(
    dutyline, our_address: str, processes, millbrook: str, control: PocketPhoneClient, tmp_path: Path
) -> None:
    control.add_line(LINE)
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER)
    dutyline("department", "roster", roster, "--department", millbrook, "--consent", "signed forms")
    before = dutyline("doctor")
    assert before.exit_code == 1
    assert "dutyline twilio setup sets it." in before.output
    dutyline("twilio", "setup", "--yes")
    after = dutyline("doctor")
    assert after.exit_code == 0, after.output
    assert "Everything needed is in order." in after.output
    assert f"ok  {our_address}/healthz answers." in after.output
    assert "ok  What the carrier signs gets in." in after.output
    assert "ok  millbrook: every one of them agreed to be texted." in after.output


def test_an_empty_installation_offline_is_findings_and_no_crash(examine: Examine, settings) -> None:
    settings(PUBLIC_URL=NOWHERE, TWILIO_API_BASE=NOWHERE)
    found = examine()
    assert ill(found) == ["workers", "clock", "department", "line", "address", "carrier"]
    assert "cannot be reached from here" in sentence(found, "address")
    assert "cannot be reached from here" in sentence(found, "carrier")


def test_everything_that_is_not_well_says_why_and_what_to_do(examine: Examine, settings) -> None:
    settings(PUBLIC_URL=NOWHERE, TWILIO_API_BASE=NOWHERE, SECRET_KEY=None)
    for findings in examine().values():
        for finding in findings:
            assert finding["is_well"] or (finding["why"] and finding["remedy"]), finding


def test_an_address_that_leads_elsewhere_is_told_from_ours(examine: Examine, settings, carrier: str) -> None:
    url, stop = serve(Response("<h1>Welcome to nginx!</h1>", content_type="text/html"))
    settings(PUBLIC_URL=url, TWILIO_API_BASE=carrier)
    found = examine()
    stop()
    assert "it answers 200, which is not Dutyline's answer" in sentence(found, "address")
    assert "webhooks" not in found


def test_a_web_process_with_another_token_is_found(examine: Examine, our_address: str, settings, carrier: str) -> None:
    settings(PUBLIC_URL=our_address, TWILIO_API_BASE=carrier, TWILIO_AUTH_TOKEN="00112233445566778899aabbccddeeff")
    found = examine()
    assert "answers 403 to what the carrier would sign" in sentence(found, "webhooks")
    assert "The carrier does not know these credentials" in sentence(found, "carrier")


def test_an_address_that_never_answers_is_given_up(examine: Examine, settings, monkeypatch) -> None:
    monkeypatch.setattr("bot.cli.examination.carrier.TIMEOUT_SECONDS", 0.2)
    # Connections are taken by the system, and nobody ever reads them.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings(PUBLIC_URL=f"http://127.0.0.1:{silent.getsockname()[1]}", TWILIO_API_BASE=NOWHERE)
        found = examine()
    assert "cannot be reached from here (ReadTimeout)" in sentence(found, "address")


def test_a_department_without_officers_or_contact_or_with_misnamed_recordings_is_named(
    examine: Examine, dutyline, settings, tmp_path: Path
) -> None:
    settings(PUBLIC_URL=NOWHERE, TWILIO_API_BASE=NOWHERE, PROMPT_AUDIO=str(tmp_path))
    for slug in ("harbor", "harbour"):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "manifest.yaml").write_text("[]")
    dutyline("department", "create", "harbor", "--name", "Harbor", "--timezone", "America/Chicago", "--line", LINE)
    found = examine()
    assert "harbor has no officer with a phone." in sentence(found, "officers")
    assert sentence(found, "recordings") == f"{tmp_path / 'harbour'} is named by no department."
    (contact,) = found["contact"]
    assert not contact["is_needed"]


def test_officers_who_have_not_agreed_are_counted(
    examine: Examine, dutyline, settings, database, millbrook: str, tmp_path: Path
) -> None:
    settings(PUBLIC_URL=NOWHERE, TWILIO_API_BASE=NOWHERE)
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER)
    dutyline("department", "roster", roster, "--department", millbrook, "--consent", "signed forms")
    (department_id,) = database.departments()
    with database.begin([department_id]) as work:
        work.conn.exec_driver_sql("update consent set withdrawn_at = now() where number like '%%0142'")
    (finding,) = examine()["consent"]
    assert finding["sentence"] == "millbrook: 1 of 2 with a phone have not agreed to be texted: 101."
    assert not finding["is_needed"]
    with database.begin([department_id]) as work:
        work.conn.exec_driver_sql("update consent set withdrawn_at = now() where withdrawn_at is null")
    (finding,) = examine()["consent"]
    assert finding["is_needed"]


def test_a_machine_without_time_zones_is_found(examine: Examine, settings, millbrook: str, monkeypatch) -> None:
    settings(PUBLIC_URL=NOWHERE, TWILIO_API_BASE=NOWHERE)

    def unknown(name: str) -> None:
        raise ValueError(name)

    monkeypatch.setattr("bot.cli.examination.people.zone", unknown)
    assert "does not know millbrook's time zone America/New_York" in sentence(examine(), "time zone")


def test_a_worker_on_some_queues_and_a_clock_that_stopped_are_found(
    examine: Examine, settings, servers, monkeypatch
) -> None:
    settings(PUBLIC_URL=NOWHERE, TWILIO_API_BASE=NOWHERE)
    with Redis.from_url(servers.redis_url) as redis:
        worker = SimpleWorker(["delivery"], connection=redis)
        worker.register_birth()
        clock = CronScheduler(connection=redis)
        clock.register_birth()
        monkeypatch.setattr(CronScheduler, "last_heartbeat", datetime(2026, 1, 1, tzinfo=UTC))
        found = examine()
        worker.register_death()
        clock.register_death()
    assert "No worker works on awarding" in sentence(found, "workers")
    assert ill(found)[:2] == ["workers", "clock"]
