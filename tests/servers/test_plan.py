"""What up runs follows from the settings: servers that are named, else our own where that is allowed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.config
from bot.config import Config, ConfigError, read_env, write_env
from bot.servers.folders import ServerError
from bot.servers.plan import Plan, make_plan
from bot.servers.ports import listen, port_number
from bot.servers.redis import EmbeddedRedis, is_embedded_redis
from tests.production import GOOD
from tests.servers.homes import remove_home

DEMO = {"DUTYLINE_MODE": "demo"}


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("bot.servers.plan.env_file", lambda: tmp_path / "env")
    monkeypatch.setattr(bot.config, "env_file", lambda: tmp_path / "env")
    yield tmp_path
    remove_home(tmp_path / "pg")


def _plan(var: Path, environ: dict[str, str], **options: object) -> Plan:
    plan = make_plan(var, environ, **options)
    plan.close_doors()
    return plan


def test_production_uses_the_servers_it_is_given(var: Path) -> None:
    plan = _plan(var, GOOD, port=_free())
    assert plan.servers == []
    assert plan.pocket_phone_door is None
    assert not (var / "env").exists()


def test_production_runs_its_own_servers_only_when_told(var: Path) -> None:
    environ = {key: value for key, value in GOOD.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    with pytest.raises(ConfigError, match="DATABASE_URL is not set"):
        make_plan(var, environ)
    plan = _plan(var, environ, embedded=True, port=_free())
    assert [server.name for server in plan.servers] == ["postgres", "redis"]


def test_production_refuses_to_go_on_with_a_demos_database_unasked(var: Path) -> None:
    demo = _plan(var, DEMO)
    demo.postgres.prepare()
    demo.postgres.release()
    environ = {**GOOD, "DUTYLINE_MODE": "production", "DATABASE_URL": demo.postgres.url()}
    with pytest.raises(ConfigError, match="say --embedded"):
        make_plan(var, environ)


def test_a_demo_makes_up_what_it_needs_and_remembers_it(var: Path) -> None:
    first = _plan(var, DEMO)
    again = _plan(var, DEMO)
    assert first.environment["SECRET_KEY"] == again.environment["SECRET_KEY"]
    assert first.pocket_phone_door is not None
    assert Config.load(first.environment).public_url == f"http://127.0.0.1:{first.environment['PORT']}"
    assert [server.name for server in again.servers] == ["postgres", "redis"]


def test_a_demo_moves_on_from_a_port_that_is_taken(var: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        write_env(var / "env", {"PORT": str(port_number(taken))})
        plan = _plan(var, DEMO)
        assert plan.environment["PORT"] != str(port_number(taken))


def test_a_port_that_was_asked_for_is_not_changed(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.servers.ports.PATIENCE_SECONDS", 0)
    with listen("127.0.0.1", 0) as taken, pytest.raises(ServerError, match="is taken by another program"):
        make_plan(var, DEMO, port=port_number(taken))


def test_what_the_environment_says_is_not_written_down(var: Path) -> None:
    plan = _plan(var, {**DEMO, "SECRET_KEY": GOOD["SECRET_KEY"]})
    assert plan.environment["SECRET_KEY"] == GOOD["SECRET_KEY"]
    assert GOOD["SECRET_KEY"] not in (var / "env").read_text()


def test_somebody_elses_carrier_keeps_the_pocket_phone_at_home(var: Path) -> None:
    plan = _plan(var, {**DEMO, "TWILIO_API_BASE": "http://127.0.0.1:9"})
    assert plan.pocket_phone_door is None
    assert plan.environment["TWILIO_API_BASE"] == "http://127.0.0.1:9"


def test_other_commands_find_the_servers_in_the_env_file(var: Path) -> None:
    plan = _plan(var, DEMO)
    plan.postgres.start()
    environment = plan.with_servers().environment
    plan.postgres.stop()
    assert read_env(var / "env")["DATABASE_URL"] == environment["DATABASE_URL"]
    assert [server.name for server in _plan(var, DEMO).servers] == ["postgres", "redis"]


def test_a_cluster_that_was_thrown_away_is_made_again(var: Path) -> None:
    write_env(var / "env", {"DATABASE_URL": "postgresql+psycopg://dutyline:old@/demonstration?host=/gone/sock"})
    plan = _plan(var, DEMO)
    plan.postgres.start()
    url = plan.with_servers().environment["DATABASE_URL"]
    plan.postgres.stop()
    assert url == plan.postgres.url("demonstration")


def test_a_redis_of_our_own_is_known_by_its_socket(var: Path) -> None:
    assert is_embedded_redis(EmbeddedRedis(var / "redis").url())
    assert not is_embedded_redis("unix:///var/run/redis/redis.sock")
    assert not is_embedded_redis("redis://localhost")


def _free() -> int:
    with listen("127.0.0.1", 0) as door:
        return port_number(door)
