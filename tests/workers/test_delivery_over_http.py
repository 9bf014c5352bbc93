"""The whole way of a text over HTTP: our web, our workers, and the pocket phone in the carrier's place."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.serving import make_server

from bot.app import create_app
from bot.bell import Bell, redis_for_bells
from bot.delivery.client import Carrier, Refused, Sent, Unknown
from bot.dialog import turn
from bot.pocket_phone.app import create_app as create_pocket_phone
from bot.pocket_phone.client import PocketPhoneClient
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.settings import Settings
from bot.services import services_of
from models.line import message_out
from models.line.message_delivery import DueText
from models.session import Database
from tests.one_line import TOKEN, OneLine, config_for, open_line
from workers.delivery import deliver
from workers.hear_again import hear_again
from workers.reconcile import LEASE, settle_stuck
from workers.tools import Tools, use

# A server looks so often whether it is to stop; each test waits that long for each of its own.
STOPS_WITHIN_SECONDS = 0.02
SID = "AC" + "0123456789abcdef" * 2


def serve(app: Any) -> tuple[str, Callable[[], None]]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # A request under way is waited for at the end: it holds a connection of the database that is closed next.
    server.daemon_threads = False  # type: ignore[attr-defined]  # of socketserver's mixin
    thread = threading.Thread(target=server.serve_forever, args=(STOPS_WITHIN_SECONDS,), daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return f"http://127.0.0.1:{server.server_port}", stop


@dataclass
class Whole:
    """The house, the pocket phone's control, and the carrier as our workers see it."""

    house: OneLine
    phone: PocketPhoneClient
    carrier: Carrier

    def deliver(self) -> int:
        return deliver("delivery", self.house.department_id)

    def on_the_phone(self) -> list[str]:
        """What the officer reads."""
        assert self.phone.wait_idle(seconds=5)
        texts = self.phone.messages(self.house.phone)
        return [text["body"] for text in texts if text["direction"] != "inbound"]


class Door:
    """Stands before our web; shut, it answers 502 like a proxy whose web is away."""

    def __init__(self) -> None:
        self.app: Any = None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if self.app is not None:
            return self.app(environ, start_response)
        start_response("502 Bad Gateway", [("Content-Length", "0")])
        return [b""]


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def whole(postgres_url, redis_url, monkeypatch, door) -> Iterator[Whole]:
    monkeypatch.setattr(turn, "take_text", _echo)
    web_url, stop_web = serve(door)
    door.app = app = create_app(config_for(postgres_url, redis_url, public_url=web_url))
    pocket_phone = PocketPhone(Settings(account_sid=SID, auth_token=TOKEN, public_url=web_url))
    pocket_phone.start()
    api_url, stop_phone = serve(create_pocket_phone(pocket_phone))
    carrier = Carrier(account_sid=SID, auth_token=TOKEN, public_url=web_url, api_base=api_url)
    bell = Bell(redis_for_bells(redis_url))
    database = Database(postgres_url, ring=bell.ring)
    use(Tools(database, bell, carrier))
    house, control = open_line(database, messages_per_minute=6000), PocketPhoneClient(api_url)
    control.add_line(house.line)
    control.add_contact(house.phone, "Ruiz")
    yield Whole(house, control, carrier)
    carrier.close()
    control.close()
    stop_phone()
    pocket_phone.stop()
    stop_web()
    for each in (database, services_of(app).database):
        each.dispose()
    services_of(app).redis.close()


def _echo(work, line, text) -> None:
    message_out.write(
        work, line.department_id, line.id, text.from_number, f"You said: {text.body}",
        prompt="test.echo", person_id=text.person_id,
    )  # fmt: skip


def due_text(whole: Whole, body: str = "Hi", to_number: str | None = None) -> DueText:
    house = whole.house
    return DueText(1, house.line_id, house.line, to_number or house.phone, body, 1, house.person_id, 1)


def age_claims(house: OneLine) -> None:
    house.run(
        "update message_out set claimed_at = claimed_at - cast(:lease as interval) where department_id = :d",
        lease=LEASE * 2,
    )


def test_a_text_comes_in_is_answered_and_the_answer_is_delivered(whole):
    whole.phone.text(whole.house.phone, whole.house.line, "LIST")
    assert whole.phone.wait_idle(seconds=5)
    assert whole.deliver() == 1
    assert whole.on_the_phone() == ["You said: LIST"]
    assert whole.house.one("select state from message_out where department_id = :d").state == "delivered"


def test_a_text_delivered_twice_at_the_same_time_is_answered_once(whole):
    whole.phone.fault("duplicate", count=1)
    whole.phone.text(whole.house.phone, whole.house.line, "LIST")
    assert whole.phone.wait_idle(seconds=5)
    assert whole.deliver() == 1


@pytest.mark.parametrize("kind", ["callback_twice", "out_of_order"])
def test_callbacks_twice_or_out_of_order_leave_the_text_delivered(whole, kind):
    whole.phone.fault(kind, count=1)
    message_id = whole.house.text()
    whole.deliver()
    assert whole.phone.wait_idle(seconds=5)
    assert whole.house.state(message_id) == "delivered"


def test_429_is_waited_out(whole):
    whole.phone.fault("429", count=1)
    message_id = whole.house.text("Patience")
    whole.deliver()
    assert (whole.house.state(message_id), whole.on_the_phone()) == ("queued", [])
    whole.house.run("update message_out set retry_at = 'epoch' where department_id = :d")
    whole.deliver()
    assert whole.on_the_phone() == ["Patience"]


def test_an_answer_that_got_lost_sends_nothing_twice(whole):
    whole.phone.fault("answer_lost", count=1)
    whole.phone.fault("callback_lost", count=1)
    message_id = whole.house.text("Once")
    whole.deliver()
    assert whole.house.state(message_id) == "sending"
    age_claims(whole.house)
    assert settle_stuck("sweep", whole.house.department_id) == 1
    whole.deliver()
    assert (whole.house.state(message_id), whole.on_the_phone()) == ("accepted", ["Once"])


def test_an_api_that_failed_and_sent_nothing_is_asked_again(whole):
    whole.phone.fault("500", count=1)
    message_id = whole.house.text("Again")
    whole.deliver()
    age_claims(whole.house)
    settle_stuck("sweep", whole.house.department_id)
    assert whole.house.state(message_id) == "queued"
    whole.deliver()
    assert whole.on_the_phone() == ["Again"]


def test_who_texted_stop_is_withheld_from_then_on(whole):
    whole.phone.text(whole.house.phone, whole.house.line, "STOP")
    whole.phone.wait_idle(seconds=5)
    whole.house.run("delete from message_out where department_id = :d")
    message_id = whole.house.text("Will not arrive")
    whole.deliver()
    assert whole.house.state(message_id) == "withheld"


def test_texts_sent_while_our_web_was_away_are_taken_in_later(whole, door, monkeypatch):
    monkeypatch.setattr("workers.hear_again.STILL_ARRIVING", timedelta(0))
    monkeypatch.setattr("models.line.line.numbers", lambda _: [whole.house.line])
    away, door.app = door.app, None
    whole.phone.text(whole.house.phone, whole.house.line, "IN")
    assert whole.phone.wait_idle(seconds=10)
    door.app = away
    time.sleep(1)
    assert hear_again() >= 1
    assert [row.body for row in whole.house.rows("select body from message_in where department_id = :d")] == ["IN"]


def test_what_a_number_refuses_is_said_in_our_words(whole):
    result = whole.carrier.send(whole.house.department_id, due_text(whole, to_number="+0"))
    assert isinstance(result, Refused)
    assert (result.failure.word, result.code, result.retry_after) == ("unknown_number", 21211, None)


def test_a_carrier_nobody_reaches_took_nothing_for_sure(whole):
    nowhere = Carrier(account_sid=SID, auth_token=TOKEN, public_url="http://x.example", api_base="http://127.0.0.1:1")
    result = nowhere.send(1, due_text(whole))
    assert isinstance(result, Refused)
    assert result.retry_after
    nowhere.close()


def test_a_carrier_too_slow_to_answer_may_have_taken_it(whole):
    server = make_server("127.0.0.1", 0, _sleepy, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(STOPS_WITHIN_SECONDS,), daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    slow = Carrier(account_sid=SID, auth_token=TOKEN, public_url="http://x", api_base=base, timeout_seconds=0.1)
    assert isinstance(slow.send(1, due_text(whole)), Unknown)
    slow.close()
    server.shutdown()
    server.server_close()


def _sleepy(environ, start_response):
    time.sleep(0.3)
    start_response("201 Created", [("Content-Type", "application/json")])
    return [b"{}"]


def test_the_list_tells_texts_by_number_line_words_and_time(whole):
    body = f"Words {uuid.uuid4().hex}"
    sent = whole.carrier.send(whole.house.department_id, due_text(whole, body))
    assert isinstance(sent, Sent)
    house, now = whole.house, datetime.now(UTC)
    assert whole.carrier.find(house.phone, house.line, now, body) == [sent.sid]
    assert whole.carrier.find(house.phone, house.line, now, "other words") == []
    assert whole.carrier.find(house.phone, house.line, now + timedelta(hours=1), body) == []
