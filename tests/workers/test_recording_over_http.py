"""Recordings over HTTP: our web, our worker with twilio-python, and the pocket phone in the carrier's place."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import create_app
from bot.bell import Bell, redis_for_bells
from bot.delivery.client import Carrier, CarrierDown, Refused, Sent, Unknown
from bot.pocket_phone.app import create_app as create_pocket_phone
from bot.pocket_phone.client import PocketPhoneClient
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.settings import Settings
from bot.services import services_of
from models.line import recording
from models.line.call import begin_call
from models.session import Database
from tests.one_line import TOKEN, OneLine, config_for, open_line
from tests.workers.test_delivery_over_http import SID, Door, serve
from workers.recording import record
from workers.tools import Tools, use


class Whole:
    """A department whose officer is in a call, and everything around it."""

    def __init__(self, house: OneLine, phone: PocketPhoneClient, carrier: Carrier) -> None:
        self.house = house
        self.phone = phone
        self.carrier = carrier
        phone.add_line(house.line)
        self.call_sid = str(phone.place_call(house.phone, house.line)["sid"])
        self.phone.fetch_call(self.call_sid)
        self.call_id = 0

    def plan(self) -> None:
        department_id = self.house.department_id
        with self.house.database.begin([department_id]) as work:
            number, line = self.house.phone, self.house.line
            begin_call(work, department_id, self.house.line_id, self.call_sid, number, line)
            rows = "select id from call where department_id = :d and sid = :sid"
        self.call_id = self.house.one(rows, sid=self.call_sid).id
        with self.house.database.begin([department_id]) as work:
            recording.plan_recording(work, department_id, self.call_id, self.house.person_id, 90)

    def work(self) -> None:
        record("recordings", self.house.department_id)
        assert self.phone.wait_idle(seconds=5)

    def row(self):
        return self.house.one("select * from recording where department_id = :d order by id desc")

    def comes_to(self, is_so: Callable[[object], bool]):
        for _ in range(100):
            if is_so(row := self.row()):
                return row
            time.sleep(0.02)
        raise AssertionError(f"never: {self.row()}")


@pytest.fixture
def whole(postgres_url: str, redis_url: str) -> Iterator[Whole]:
    door = Door()
    public_url, stop_web = serve(door)
    pocket_phone = PocketPhone(Settings(account_sid=SID, auth_token=TOKEN, public_url=public_url))
    pocket_phone.start()
    api_base, stop_phone = serve(create_pocket_phone(pocket_phone))
    door.app = create_app(config_for(postgres_url, redis_url, public_url=public_url, twilio_api_base=api_base))
    bell = Bell(redis_for_bells(redis_url))
    database = Database(postgres_url, ring=bell.ring)
    carrier = Carrier(account_sid=SID, auth_token=TOKEN, public_url=public_url, api_base=api_base)
    use(Tools(database, bell, carrier))
    phone = PocketPhoneClient(api_base)
    yield Whole(open_line(database), phone, carrier)
    carrier.close()
    phone.close()
    stop_phone()
    pocket_phone.stop()
    stop_web()
    for made in (database, services_of(door.app).database):
        made.dispose()
    services_of(door.app).redis.close()


def test_a_recording_begins_ends_and_is_deleted(whole: Whole) -> None:
    whole.plan()
    whole.work()
    row = whole.comes_to(lambda row: row.state == "running")
    assert whole.phone.fetch_call(whole.call_sid)["recording"] == "recording"
    with whole.house.database.begin([whole.house.department_id]) as work:
        assert not recording.end_recording(work, whole.house.department_id, whole.call_id)
    whole.work()
    assert whole.phone.fetch_call(whole.call_sid)["recording"] == ""
    assert whole.comes_to(lambda row: row.state == "stopped" and row.seconds is not None).sid == row.sid
    with whole.house.database.begin([whole.house.department_id]) as work:
        assert recording.delete_early(work, whole.house.department_id, row.id, "withdrawn")
    whole.work()
    whole.comes_to(lambda row: row.state == "deleted")
    assert whole.carrier.recordings.find(whole.call_sid, datetime.now(UTC) - timedelta(minutes=5)) == []
    whole.carrier.recordings.delete(str(row.sid))


def test_an_answer_that_got_lost_is_looked_up_at_once(whole: Whole) -> None:
    whole.plan()
    whole.phone.fault("answer_lost", number=whole.house.phone, count=1)
    whole.work()
    row = whole.comes_to(lambda row: row.state == "running")
    assert whole.carrier.recordings.find(whole.call_sid, datetime.now(UTC) - timedelta(minutes=5)) == [row.sid]


def test_what_the_carrier_says_of_a_recording(whole: Whole) -> None:
    tapes = whole.carrier.recordings
    begun = tapes.start("1-999999999", whole.call_sid, 1)
    assert isinstance(begun, Sent)
    assert tapes.report(whole.call_sid, begun.sid).state == "running"
    whole.phone.fault("500", number=whole.house.phone, count=1)
    with pytest.raises(CarrierDown):
        tapes.stop(whole.call_sid, begun.sid)
    assert tapes.stop(whole.call_sid, begun.sid).state == "stopped"
    assert tapes.stop(whole.call_sid, begun.sid).state == "stopped", "what has ended is as good as stopped"
    assert tapes.report(whole.call_sid, "RE0").state == "absent"
    whole.phone.fault("500", number=whole.house.phone, count=1)
    assert isinstance(tapes.start("1-999999999", whole.call_sid, 1), Unknown)
    whole.phone.hang_up(whole.call_sid)
    refused = tapes.start("1-999999999", whole.call_sid, 1)
    assert isinstance(refused, Refused)
    assert (refused.failure.word, refused.retry_after) == ("call_over", None)
