"""The settings of a production that lacks nothing, and how a test puts settings into the environment."""

from collections.abc import Mapping

import pytest

import bot.config
from tests.one_line import PUBLIC_URL, TOKEN

SID = "AC" + "0123456789abcdef" * 2
GOOD = {
    "DATABASE_URL": "postgres://dutyline:pw@db.example.org/dutyline",
    "REDIS_URL": "rediss://cache.example.org:6379/0",
    "PUBLIC_URL": PUBLIC_URL,
    "SECRET_KEY": "q8Zr2mVt0LxKc5WnYb7HdPf3JgSa9EuT",
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": TOKEN,
}


def on_servers(database_url: str, redis_url: str) -> dict[str, str]:
    """A production on these servers."""
    return {**GOOD, "DATABASE_URL": database_url, "REDIS_URL": redis_url}


def put(monkeypatch: pytest.MonkeyPatch, settings: Mapping[str, str | None]) -> None:
    """Makes `settings` all there are in the environment; a name given None is unset."""
    for name in bot.config.NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        if value is not None:
            monkeypatch.setenv(name, value)
