"""The command line says what is wrong in plain words, on standard error, with an exit status."""

import json
import sys
import types
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.cli.main import COMMANDS, main
from bot.servers.scratch import scratch
from bot.servers.server import Lock
from tests.conftest import TEST_HOME
from tests.production import GOOD, put

# A carrier and an address of ours that answer to nobody, so that no test asks a real one.
AWAY = {"PUBLIC_URL": "http://127.0.0.1:9", "TWILIO_API_BASE": "http://127.0.0.1:9"}


def test_help_lists_the_commands_without_loading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "bot.cli.doctor", raising=False)
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert COMMANDS["doctor"] in result.output
    assert "bot.cli.doctor" not in sys.modules


def test_every_command_has_help_that_says_more_than_its_name() -> None:
    for name in main.list_commands(None):
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, f"{name}: {result.output}"
        assert len(result.output.splitlines()) > 4, name


def test_a_broken_command_breaks_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.cli.doctor", None)
    broken = CliRunner().invoke(main, ["doctor"])
    assert broken.exit_code == 1
    assert "The command doctor cannot be loaded" in broken.stderr
    assert CliRunner().invoke(main, ["db", "--help"]).exit_code == 0


def test_a_file_without_its_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.cli.doctor", types.ModuleType("bot.cli.doctor"))
    assert "holds no command named doctor" in CliRunner().invoke(main, ["doctor"]).stderr


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(main, ["bribe"]).exit_code == 2


def test_doctor_finds_a_house_in_order(postgres_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, {**GOOD, "DATABASE_URL": postgres_url, "REDIS_URL": redis_url, "DUTYLINE_MODE": "demo"})
    said = json.loads(CliRunner().invoke(main, ["doctor", "--json"]).stdout)
    names = [finding["name"] for finding in said["findings"] if finding["is_well"]]
    assert names == ["settings", "database", "migrations", "role", "redis"]
    assert [finding["name"] for finding in said["findings"] if not finding["is_well"]] == ["workers", "clock"]
    assert said["features"]


def test_doctor_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, {})
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "BAD DATABASE_URL is not set." in result.output
    assert "BAD TWILIO_AUTH_TOKEN is not set." in result.output


def test_doctor_says_what_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/d", "REDIS_URL": "redis://127.0.0.1:1"}
    put(monkeypatch, {**GOOD, **AWAY, **nowhere})
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "BAD The database does not let the application in" in result.output
    assert "BAD Redis does not answer" in result.output


def test_doctor_sees_an_old_and_empty_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.examination.house.head", lambda: "9999")
    with scratch(TEST_HOME) as servers:
        put(monkeypatch, {**GOOD, **AWAY, "DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url})
        result = CliRunner().invoke(main, ["doctor"])
    assert "not 9999; run dutyline db upgrade" in result.output
    assert "There is no line to text from" in result.output


def test_db_upgrade_may_be_repeated(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, {"DATABASE_URL": postgres_url.replace("+psycopg", "")})
    result = CliRunner().invoke(main, ["db", "upgrade"])
    assert result.exit_code == 0
    assert "The database is at revision" in result.stderr
    with sa.create_engine(postgres_url, poolclass=sa.NullPool).connect() as connection:
        assert connection.execute(sa.text("select count(*) from alembic_version")).scalar() == 1


def test_db_upgrade_without_a_database_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, {})
    assert CliRunner().invoke(main, ["db", "upgrade"]).stderr == "Error: DATABASE_URL is not set.\n"
    put(monkeypatch, {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/d"})
    assert "cannot be brought up to date" in CliRunner().invoke(main, ["db", "upgrade"]).stderr


def test_up_refuses_weak_settings_and_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.up.var_folder", lambda: tmp_path)
    put(monkeypatch, {**GOOD, "SECRET_KEY": "short"})
    result = CliRunner().invoke(main, ["up"])
    assert result.exit_code == 1
    assert "dutyline does not start:\nSECRET_KEY is too short" in result.stderr


def test_up_runs_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.up.var_folder", lambda: tmp_path)
    lock = Lock(tmp_path / "up.lock")
    assert lock.acquire()
    result = CliRunner().invoke(main, ["up"])
    lock.release()
    assert result.exit_code == 1
    assert "dutyline is already running" in result.stderr
