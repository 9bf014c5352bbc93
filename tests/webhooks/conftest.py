"""The web application before a real database, with a dialog that only echoes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.app import create_app
from bot.dialog import turn
from bot.dialog.inbound import InboundText
from bot.services import services_of
from models.line import message_out
from models.session import Work
from tests.one_line import OneLine, config_for, open_line, signature
from tests.webhooks.phone_line import Line, open_phone_line

Post = Callable[..., Any]


def echo(work: Work, line: Any, text: InboundText) -> None:
    """Answers every text with itself."""
    body = f"You said: {text.body}"[:1000]
    message_out.write(
        work, line.department_id, line.id, text.from_number, body, prompt="test.echo", person_id=text.person_id
    )


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., None]], None]:
    """Puts another dialog in place of the echo."""
    return lambda other: monkeypatch.setattr(turn, "take_text", other)


@pytest.fixture
def app(postgres_url: str, redis_url: str, dialog) -> Iterator[Flask]:
    dialog(echo)
    app = create_app(config_for(postgres_url, redis_url))
    yield app
    services_of(app).database.dispose()
    services_of(app).redis.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def house(app: Flask) -> OneLine:
    return open_line(services_of(app).database)


@pytest.fixture
def post(app: Flask) -> Post:
    """Posts a form as Twilio does, signed unless headers are given."""

    def post(path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> Any:
        signed = signature(path, form) if headers is None else headers
        return app.test_client().post(path, data=form, headers=signed)

    return post


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    """A line to call, with the real dialog."""
    with open_phone_line() as opened:
        yield opened
