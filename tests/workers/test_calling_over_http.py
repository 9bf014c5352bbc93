"""Calls the line makes over HTTP: our web, our worker, and the pocket phone in the carrier's place."""

import time
from collections.abc import Iterator

import pytest

from bot.app import create_app
from bot.bell import Bell, redis_for_bells
from bot.delivery.client import Carrier, Refused, Sent, Unknown
from bot.pocket_phone.app import create_app as create_pocket_phone
from bot.pocket_phone.client import PocketPhoneClient
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.settings import Settings
from bot.services import services_of
from models.line.call_placing import DueCall
from models.session import Database
from tests.one_line import TOKEN, config_for, fresh_number, open_line
from tests.workers.call_house import Calling, calling
from tests.workers.test_delivery_over_http import SID, Door, serve
from workers.reconcile import ask_after
from workers.tools import Tools, use


class Whole(Calling):
    """The department that calls, the pocket phone's control, and the carrier as our worker sees it."""

    phone: PocketPhoneClient
    carrier: Carrier

    def comes_to(self, call_id: int) -> tuple[str, str | None]:
        """State and outcome of a call, once nothing is on its way any more."""
        assert self.phone.wait_idle(seconds=5)
        row = self.row(call_id)
        return row.state, row.outcome

    def sid_of(self, call_id: int, state: str) -> str:
        """The carrier's sid once the row stands so."""
        for _ in range(100):
            row = self.row(call_id)
            if row.state == state and row.sid:
                return str(row.sid)
            time.sleep(0.02)
        raise AssertionError(f"never {state}")


@pytest.fixture
def whole(postgres_url: str, redis_url: str) -> Iterator[Whole]:
    door = Door()
    public_url, stop_web = serve(door)
    settings = Settings(account_sid=SID, auth_token=TOKEN, public_url=public_url, calls_per_second=0)
    pocket_phone = PocketPhone(settings)
    pocket_phone.start()
    api_base, stop_phone = serve(create_pocket_phone(pocket_phone))
    door.app = create_app(config_for(postgres_url, redis_url, public_url=public_url, twilio_api_base=api_base))
    bell = Bell(redis_for_bells(redis_url))
    database = Database(postgres_url, ring=bell.ring)
    carrier = Carrier(account_sid=SID, auth_token=TOKEN, public_url=public_url, api_base=api_base)
    use(Tools(database, bell, carrier))
    found = calling(open_line(database, calls_per_minute=6000))
    whole = Whole(found.house, found.officer_id)
    whole.phone, whole.carrier = PocketPhoneClient(api_base), carrier
    whole.phone.add_line(found.house.line)
    yield whole
    carrier.close()
    whole.phone.close()
    stop_phone()
    pocket_phone.stop()
    stop_web()
    for made in (database, services_of(door.app).database):
        made.dispose()
    services_of(door.app).redis.close()


@pytest.mark.parametrize(
    ("habit", "outcome"),
    [("nobody", "no_answer"), ("busy", "busy"), ("declined", "busy"), ("unreachable", "failed")],
)
def test_what_the_telephone_does_comes_back_as_the_calls_outcome(whole: Whole, habit: str, outcome: str) -> None:
    whole.phone.habit(whole.house.phone, habit)
    call_id = whole.plan()
    assert whole.answer_bells() == 1
    assert whole.comes_to(call_id) == ("ended", outcome)


def test_a_call_is_found_on_the_carriers_list_and_its_end_can_be_asked_for(whole: Whole, monkeypatch) -> None:
    monkeypatch.setattr(Database, "departments", lambda _: [whole.house.department_id])
    whole.phone.habit(whole.house.phone, "by hand")
    call_id = whole.plan()
    whole.answer_bells()
    sid = whole.sid_of(call_id, "ringing")
    placed_at = whole.row(call_id).claimed_at
    assert whole.carrier.find_calls(whole.house.phone, whole.house.line, placed_at) == [sid]
    assert whole.carrier.find_calls(whole.house.phone, fresh_number(), placed_at) == []
    whole.phone.fault("callback_lost", count=9)
    whole.phone.turn_away(sid, "busy")
    assert whole.comes_to(call_id) == ("ringing", None)
    whole.age_claims(600)
    assert ask_after() == 1
    assert whole.comes_to(call_id) == ("ended", "busy")


def test_an_answer_that_got_lost_is_looked_up_and_nobody_is_called_twice(whole: Whole) -> None:
    whole.phone.habit(whole.house.phone, "by hand")
    whole.phone.fault("answer_lost", count=1)
    whole.phone.fault("callback_lost", count=9)
    call_id = whole.plan()
    whole.answer_bells()
    assert whole.row(call_id).state == "placing"
    whole.age_claims()
    whole.answer_bells()
    assert whole.row(call_id).state == "ringing"
    assert len(whole.phone.calls(whole.house.phone)) == 1


def test_the_carriers_refusals_are_told_apart(whole: Whole) -> None:
    due = DueCall(1, whole.house.line_id, whole.house.line, whole.house.phone, 25, leaves_message=True, attempts=1)
    whole.phone.fault("429", count=1)
    refused = whole.carrier.place_call(whole.house.department_id, due)
    assert isinstance(refused, Refused)
    assert refused.retry_after is not None
    whole.phone.fault("500", count=1)
    assert isinstance(whole.carrier.place_call(whole.house.department_id, due), Unknown)
    foreign = DueCall(1, whole.house.line_id, "+12075550198", whole.house.phone, 25, leaves_message=True, attempts=1)
    refused = whole.carrier.place_call(whole.house.department_id, foreign)
    assert isinstance(refused, Refused)
    assert refused.failure.word == "set_up_wrong"
    assert isinstance(whole.carrier.place_call(whole.house.department_id, due), Sent)
