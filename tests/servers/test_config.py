"""Settings are read once, checked, and said in plain sentences."""

import stat
from pathlib import Path

import pytest

import bot.config
from bot.config import NAMES, NEEDED, Config, ConfigError, demo_settings, read_env, write_env
from tests.production import GOOD


def test_good_settings_have_no_problems() -> None:
    assert Config.load(GOOD).problems() == []
    assert Config.load(GOOD).require().mode == "production"


def test_postgres_urls_become_sqlalchemys() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        config = Config.load({**GOOD, "DATABASE_URL": f"{scheme}://a:b@c/d"})
        assert config.database_url == "postgresql+psycopg://a:b@c/d"


def test_migrations_go_by_the_owner_where_there_is_one() -> None:
    assert Config.load(GOOD).release_url == "postgresql+psycopg://dutyline:pw@db.example.org/dutyline"
    owned = Config.load({**GOOD, "DATABASE_OWNER_URL": "postgres://owner@db/dutyline"})
    assert owned.release_url == "postgresql+psycopg://owner@db/dutyline"


@pytest.mark.parametrize("name", [name.upper() for name in NEEDED])
def test_production_refuses_to_start_without(name: str) -> None:
    config = Config.load({key: value for key, value in GOOD.items() if key != name})
    assert config.problems() == [f"{name} is not set."]
    with pytest.raises(ConfigError, match=f"{name} is not set"):
        config.require()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("SECRET_KEY", "x" * 64, "SECRET_KEY does not look random"),
        ("SECRET_KEY", "please-change-me-before-you-go-live-1234", "SECRET_KEY does not look random"),
        ("TWILIO_AUTH_TOKEN", "token", "TWILIO_AUTH_TOKEN is too short"),
        ("TWILIO_ACCOUNT_SID", "SK0123456789abcdef0123456789abcdef", "TWILIO_ACCOUNT_SID must begin with AC"),
        ("PUBLIC_URL", "line.example.org", "PUBLIC_URL must look like"),
        ("PUBLIC_URL", "http://line.example.org", "PUBLIC_URL must begin with https://"),
        ("PUBLIC_URL", "https://line.example.org/app", "PUBLIC_URL is the bare address"),
        ("PUBLIC_URL", "https://line.example.org:nan", "PUBLIC_URL is not an address"),
        ("DATABASE_URL", "mysql://db/dutyline", "DATABASE_URL must begin with postgres://"),
        ("REDIS_URL", "http://cache", "REDIS_URL must begin with redis://"),
        ("SMTP_URL", "mail.example.org", "SMTP_URL must begin with smtp://"),
        ("DUTYLINE_MAIL_FROM", "Details <details@example.org>", "DUTYLINE_MAIL_FROM must be a bare e-mail address"),
        ("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef", "are set together or not at all"),
        ("PORT", "eighty", "PORT must be a number"),
        ("PORT", "70000", "PORT must be a number"),
        ("DUTYLINE_MODE", "testing", "DUTYLINE_MODE must be production or demo"),
    ],
)
def test_production_refuses_what_is_weak_or_malformed(name: str, value: str, said: str) -> None:
    (problem,) = Config.load({**GOOD, name: value}).problems()
    assert said in problem


def test_a_problem_never_repeats_a_secret() -> None:
    weak = {**GOOD, "SECRET_KEY": "hunter2hunter2", "DATABASE_URL": "mysql://u:hunter2@db/d"}
    config = Config.load(weak)
    assert "hunter2" not in " ".join(config.problems())
    assert "hunter2" not in repr(config)


def test_an_empty_value_is_no_value() -> None:
    assert Config.load({**GOOD, "SECRET_KEY": "  "}).problems() == ["SECRET_KEY is not set."]


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(GOOD["SECRET_KEY"] + "\n")
    given = {**GOOD, "SECRET_KEY": "", "SECRET_KEY_FILE": str(tmp_path / "key")}
    assert Config.load(given).secret_key == GOOD["SECRET_KEY"]


def test_a_secret_file_that_cannot_be_used_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for path, said in ((tmp_path / "none", "cannot be read"), (tmp_path / "empty", "names an empty file")):
        problems = Config.load({**GOOD, "SECRET_KEY": "", "SECRET_KEY_FILE": str(path)}).problems()
        assert said in problems[0]
        assert problems[1:] == ["SECRET_KEY is not set."]
    both = Config.load({**GOOD, "SECRET_KEY_FILE": str(tmp_path / "empty")})
    assert both.problems() == ["SECRET_KEY and SECRET_KEY_FILE are both set; keep one."]


def test_the_env_file_speaks_where_the_environment_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_env(tmp_path / "env", {"DUTYLINE_MODE": "demo", "PORT": "9000", "SECRET_KEY": "from the file"})
    monkeypatch.setattr(bot.config, "env_file", lambda: tmp_path / "env")
    config = Config.load({"PORT": "9001", "DUTYLINE_MODE": ""})
    assert (config.mode, config.port, config.secret_key) == ("demo", 9001, "from the file")


def test_a_demos_env_file_says_nothing_to_production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise its texts would go to the pocket phone."""
    write_env(tmp_path / "env", demo_settings(8000, 8001, {}))
    monkeypatch.setattr(bot.config, "env_file", lambda: tmp_path / "env")
    config = Config.load({**GOOD, "DUTYLINE_MODE": "production"})
    assert (config.mode, config.twilio_api_base) == ("production", None)


def test_the_env_file_is_ours_alone_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "var" / "env"
    write_env(path, {"A": "1"})
    write_env(path, {"A": "x=y", "B": "2"})
    assert read_env(path) == {"A": "x=y", "B": "2"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_demo_fills_in_its_settings_and_keeps_them() -> None:
    first = demo_settings(8000, 8001, {})
    again = demo_settings(8100, 8101, first)
    assert Config.load(again).require().is_demo
    assert again["SECRET_KEY"] == first["SECRET_KEY"]
    assert again["PUBLIC_URL"] == "http://127.0.0.1:8100"
    assert again["TWILIO_API_BASE"] == "http://127.0.0.1:8101"


def test_a_demo_keeps_an_address_of_elsewhere() -> None:
    known = {"PUBLIC_URL": "https://tunnel.example.org"}
    assert demo_settings(8000, 8001, known)["PUBLIC_URL"] == "https://tunnel.example.org"


def test_features_say_which_settings_switch_them_on() -> None:
    owned = {**GOOD, "DATABASE_OWNER_URL": "postgresql://owner:secret@db.example.org/dutyline"}
    plain, apart = Config.load(GOOD), Config.load(owned)
    assert not any(feature.is_on for feature in plain.features())
    assert [feature.settings for feature in apart.features() if feature.is_on] == [("DATABASE_OWNER_URL",)]
    assert {name for feature in plain.features() for name in feature.settings} <= set(NAMES)
