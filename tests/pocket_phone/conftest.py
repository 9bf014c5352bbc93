"""A pocket phone and an application that receives its webhooks, each a real HTTP server in this process."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from werkzeug import Request, Response
from werkzeug.serving import make_server

from bot.pocket_phone.app import create_app
from bot.pocket_phone.client import PocketPhoneClient
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.settings import Settings

SID, TOKEN = "AC" + "0123456789abcdef" * 2, "a-token-of-the-tests"
KEY, SECRET = "SK" + "0123456789abcdef" * 2, "a-secret-of-the-tests"
LINE, SECOND_LINE = "+13125550100", "+13125550101"
RUIZ, CHEN = "+13125550111", "+13125550112"


@dataclass
class Received:
    """One webhook as the application got it."""

    path: str
    form: dict[str, str]
    headers: dict[str, str]
    is_signed: bool


@dataclass
class Application:
    """What stands where our web would: records what it gets and answers as the test says."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Response] = lambda received: Response("<Response/>", content_type="text/xml")

    def __call__(self, environ, start_response):
        request = Request(environ)
        body = request.get_data()
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        signature = request.headers.get("X-Twilio-Signature", "")
        url = self.url + request.full_path.rstrip("?")
        is_signed = RequestValidator(TOKEN).validate(url, form, signature)
        received = Received(request.path, form, dict(request.headers), is_signed)
        self.received.append(received)
        return self.answer(received)(environ, start_response)

    def at(self, path: str) -> list[Received]:
        return [received for received in self.received if received.path == path]


def serve(app) -> tuple[str, Callable[[], None]]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return f"http://127.0.0.1:{server.server_port}", stop


@pytest.fixture
def application() -> Iterator[Application]:
    application = Application()
    application.url, stop = serve(application)
    yield application
    stop()


@pytest.fixture
def settings(application) -> Settings:
    return Settings(
        account_sid=SID,
        auth_token=TOKEN,
        public_url=application.url,
        api_key=KEY,
        api_secret=SECRET,
        delivery_threads=8,
        calls_per_second=0,
    )


@pytest.fixture
def phone(settings) -> Iterator[PocketPhone]:
    phone = PocketPhone(settings)
    phone.start()
    yield phone
    phone.stop()


@pytest.fixture
def base_url(phone) -> Iterator[str]:
    url, stop = serve(create_app(phone))
    yield url
    stop()


@pytest.fixture
def control(base_url) -> Iterator[PocketPhoneClient]:
    client = PocketPhoneClient(base_url)
    client.add_line(LINE, "Harbor details")
    client.add_contact(RUIZ, "Ofc. Ruiz")
    yield client
    client.close()


@pytest.fixture
def twilio(base_url, control) -> Iterator[Client]:
    client = twilio_client(base_url, SID, TOKEN)
    yield client
    client.http_client.session.close()


def twilio_client(base_url: str, username: str, password: str) -> Client:
    client = Client(username, password, SID)
    client.api.base_url = base_url
    return client


def settle(control: PocketPhoneClient) -> None:
    assert control.wait_idle(seconds=5)


def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
