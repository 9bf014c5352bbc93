"""A pocket phone as the carrier, over real HTTP, and the command line with settings of a production."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from bot.app import create_app as create_web
from bot.cli.main import main
from bot.pocket_phone.app import create_app as create_phone
from bot.pocket_phone.client import PocketPhoneClient
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.settings import Settings
from bot.servers.scratch import Scratch, scratch
from bot.services import services_of
from models.session import Database
from tests.conftest import TEST_HOME
from tests.one_line import TOKEN, config_for
from tests.pocket_phone.conftest import KEY, SECRET, serve
from tests.production import SID, on_servers, put

SERVICE = "MG" + "0123456789abcdef" * 2
LINE = "+12035550100"

Dutyline = Callable[..., Result]


@pytest.fixture
def phone() -> Iterator[PocketPhone]:
    made = PocketPhone(
        Settings(account_sid=SID, auth_token=TOKEN, public_url="http://127.0.0.1:9", api_key=KEY, api_secret=SECRET)
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def carrier(phone: PocketPhone) -> Iterator[str]:
    """The carrier's address."""
    url, stop = serve(create_phone(phone))
    yield url
    stop()


@pytest.fixture
def control(carrier: str) -> Iterator[PocketPhoneClient]:
    client = PocketPhoneClient(carrier)
    yield client
    client.close()


@pytest.fixture
def servers(scratch_servers: Scratch) -> Iterator[Scratch]:
    """An installation that is empty, because commands look at all lines and departments there are."""
    with scratch(TEST_HOME, again=True) as made:
        yield made


@pytest.fixture
def database(servers: Scratch) -> Iterator[Database]:
    made = Database(servers.database_url, pool_size=2)
    yield made
    made.dispose()


@pytest.fixture
def app(servers: Scratch) -> Iterator[Flask]:
    made = create_web(config_for(servers.database_url, servers.redis_url))
    yield made
    services_of(made).database.dispose()
    services_of(made).redis.close()


@pytest.fixture
def settings(servers: Scratch, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the environment of a production that is complete; a name given None is unset."""

    def set_all(**more: str | None) -> None:
        put(monkeypatch, {**on_servers(servers.database_url, servers.redis_url), **more})

    set_all()
    return set_all


@pytest.fixture
def dutyline(settings: Callable[..., None]) -> Dutyline:
    """Runs a command as an operator would."""
    return lambda *words, **more: CliRunner().invoke(main, [str(word) for word in words], **more)


@pytest.fixture
def millbrook(dutyline: Dutyline) -> str:
    """A department that has begun, with one line."""
    made = dutyline(
        "department", "create", "millbrook", "--name", "Millbrook Police Department",
        "--timezone", "America/New_York", "--line", "(203) 555-0100", "--contact", "the detail office, 203-555-0199",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    return "millbrook"
