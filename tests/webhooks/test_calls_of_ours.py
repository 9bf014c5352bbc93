"""Calls the line makes, from the moment somebody picks up: who presses a key and his PIN hears what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import create_app
from bot.bell import Bell
from bot.services import services_of
from models.awarding.asking.confirmation import end_award
from models.awarding.asking.offer import accept_offer, end_offer, offer
from models.line import call_placing
from models.line.line import line_of, number_of_department
from models.line.outbound_call import Ringing, plan_call
from models.people.officer import Officer
from models.people.person import lock_persons
from models.people.phone import number_of
from models.people.pin import draw_one_time_pin, set_pin
from models.session import Database
from tests.cast import Cast, Posted, assemble, assigns, at, offers, post_detail
from tests.one_line import config_for, signature
from tests.webhooks.caller import Caller
from workers.ringing import has_rung_back
from workers.tools import Tools, use
from workers.tries import tries

PIN, WRONG = "730519", "730528"
ADDRESS = "Main"


class Phones:
    """The cast's telephones; the line calls them."""

    def __init__(self, app: Any, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.database: Database = services_of(app).database

    def work(self) -> Any:
        return at(self.database, self.cast.millbrook, datetime.now(UTC))

    def called(self, who: Officer, why: str, subject_id: int, *, fence: str = "", **carrier: str) -> Caller:
        """The phone of `who` rings and is picked up."""
        with self.work() as work:
            line_id = line_of(work, self.cast.millbrook.id)
            line, phone = number_of_department(work, self.cast.millbrook.id), number_of(work, who.person_id) or ""
            call_id = plan_call(
                work, self.cast.millbrook.id, line_id, who.id, who.person_id, phone, why,  # type: ignore[arg-type] # one of Why
                subject_id, Ringing(work.now), fence,
            )  # fmt: skip
            call_placing.claim(work, self.cast.millbrook.id, line_id, 10)
        found = Caller(self.app.test_client(), line, phone)
        found.form |= {"Direction": "outbound-api"}
        self.of_call = f"?call={self.cast.millbrook.id}-{call_id}"
        found.post(f"/twilio/voice/outbound{self.of_call}", {"CallStatus": "in-progress", **carrier})
        return found

    def hung_up(self, call: Caller) -> str:
        """The call is over; returns what came of it."""
        path = f"/twilio/call-status{self.of_call}"
        form = {**call.form, "CallStatus": "completed"}
        call.client.post(path, data=form, headers=signature(path, form))
        return self.one("select outcome from outbound_call order by id desc limit 1").outcome

    def one(self, query: str, **values: Any) -> Any:
        with self.work() as work:
            return work.conn.execute(sa.text(query), values).one()

    def events(self) -> list[str]:
        with self.work() as work:
            return list(work.conn.execute(sa.text("select name from event order by id")).scalars())


@pytest.fixture(scope="module")
def app(scratch_servers):
    app = create_app(config_for(scratch_servers.database_url, scratch_servers.redis_url))
    services = services_of(app)
    use(Tools(services.database, Bell(services.redis), None))  # type: ignore[arg-type]  # nothing is sent
    yield app
    services.database.dispose()
    services.redis.close()


@pytest.fixture
def phones(app) -> Phones:
    cast = assemble(services_of(app).database)
    found = Phones(app, cast)
    with found.work() as work:
        for who in (cast.alvarez, cast.brooks):
            assert set_pin(work, cast.millbrook.id, who.person_id, PIN) is None
    return found


def _detail(phones: Phones, in_hours: float = 48) -> Posted:
    with phones.work() as work:
        return post_detail(work, phones.cast.millbrook, work.now + timedelta(hours=in_hours))


def _awarded(phones: Phones, state: str = "awarded", in_hours: float = 48) -> int:
    about = _detail(phones, in_hours)
    with phones.work() as work:
        return assigns(work, phones.cast.millbrook, phones.cast.alvarez, about, state)


def _offered(phones: Phones, who: Officer, about: Posted) -> int:
    with phones.work() as work:
        return offers(work, phones.cast.millbrook, who, about)


def test_whoever_picks_up_hears_who_calls_and_nothing_of_what_or_where(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    assert (
        call.heard
        == f"This is {phones.cast.millbrook.name} details, for Officer Alvarez. Press any key to hear an award."
    )
    assert 'input="dtmf"' in call.document, "a mailbox that talks has not pressed a key"
    assert call.press("5") == "Please key your PIN, then pound."


def test_an_award_is_told_after_the_pin_and_accepted_by_a_key(phones):
    held = _awarded(phones)
    call = phones.called(phones.cast.alvarez, "award", held)
    call.press("1")
    told = call.press(f"{PIN}#")
    assert told.startswith("An award:")
    assert "To accept it, press 1. To decline it, press 2." in told
    assert call.press("1").startswith("Accepted"), call.heard
    assert phones.one("select state from assignment where id = :id", id=held).state == "confirmed"
    assert phones.hung_up(call) == "accepted"
    row = phones.one("select direction, person_id, identified_by, ending from call order by id desc limit 1")
    assert tuple(row) == ("out", phones.cast.alvarez.person_id, "pin", "hung_up")


def test_a_declined_award_is_a_declined_call_and_a_refusal(phones):
    held = _awarded(phones)
    call = phones.called(phones.cast.alvarez, "award", held)
    call.press("*")
    call.press(f"{PIN}#")
    call.press("2")
    assert phones.one("select state from assignment where id = :id", id=held).state == "declined"
    assert phones.hung_up(call) == "declined"
    contact = phones.one("select outcome, channel from contact order by id desc limit 1")
    assert tuple(contact) == ("declined", "voice")


def test_who_hears_it_and_hangs_up_has_heard_it(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    call.press("1")
    call.press(f"{PIN}#")
    assert phones.hung_up(call) == "heard_and_hung_up"


def test_who_hangs_up_at_the_greeting_has_heard_nothing(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    assert phones.hung_up(call) == "hung_up_before_input"


def test_a_wrong_pin_tells_nothing_and_three_of_them_reach_a_person(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    call.press("1")
    for _ in range(3):
        assert ADDRESS not in call.press(f"{WRONG}#")
    assert call.call == "queue"


def test_an_officer_without_a_pin_is_put_through_and_told_nothing(phones):
    about = _detail(phones)
    call = phones.called(phones.cast.chen, "offer", _offered(phones, phones.cast.chen, about))
    assert ADDRESS not in call.press("1")
    assert call.call == "queue"


def test_zero_reaches_a_person_before_any_key_else(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    call.press("0")
    assert call.call == "queue"
    assert phones.hung_up(call) == "answered", "he is not called again while he talks to somebody"


def test_a_machine_is_told_to_call_back_with_a_code_and_no_address(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones), AnsweredBy="machine_end_beep")
    assert call.call == "hung up"
    assert "Please call back" in call.heard
    assert ADDRESS not in call.heard
    assert phones.hung_up(call) == "left_message"


def test_who_presses_no_key_is_taken_for_a_machine_after_three_greetings(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    said = [call.stay_silent() for _ in range(2)]
    assert said[0].startswith("Hello? This is")
    assert said[1].startswith("I do not hear you.")
    assert "Please call back" in call.stay_silent()
    assert call.call == "hung up"
    assert phones.hung_up(call) == "left_message"


def test_the_last_slot_goes_once_and_who_presses_too_late_is_told_so(phones):
    about = _detail(phones)
    first, second = (_offered(phones, who, about) for who in (phones.cast.alvarez, phones.cast.brooks))
    call = phones.called(phones.cast.brooks, "offer", second)
    call.press("1")
    assert call.press(f"{PIN}#").startswith("A detail is free")
    with phones.work() as work:
        lock_persons(work, [phones.cast.alvarez.person_id])
        assert accept_offer(work, phones.cast.millbrook, phones.cast.alvarez, first).outcome == "accepted"
    assert "not free any more" in call.press("1")
    assert phones.hung_up(call) == "answered"
    assert (
        phones.one("select count(*) as n from assignment where ended_at is null and opening_id = :o", o=about.id).n == 1
    )


def test_who_picks_up_when_it_is_gone_is_told_so_and_not_asked(phones):
    offer_id = _offered(phones, phones.cast.alvarez, _detail(phones))
    with phones.work() as work:
        assert end_offer(work, phones.cast.millbrook.id, offer_id, "withdraw")
    call = phones.called(phones.cast.alvarez, "offer", offer_id)
    call.press("1")
    assert call.press(f"{PIN}#").startswith("Someone else took it before you.")


def test_an_award_that_has_lapsed_meanwhile_is_not_told_as_one(phones):
    held = _awarded(phones)
    with phones.work() as work:
        assert end_award(work, phones.cast.millbrook, held, "lapse")
    call = phones.called(phones.cast.alvarez, "award", held)
    call.press("1")
    assert call.press(f"{PIN}#").startswith("This was settled meanwhile")


def test_a_pin_for_one_call_is_changed_in_a_call_of_ours_too_and_then_he_hears_why(phones):
    with phones.work() as work:
        drawn = draw_one_time_pin(work, phones.cast.millbrook.id, phones.cast.alvarez.person_id)
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    call.press("1")
    assert "Please choose your own now." in call.press(f"{drawn}#")
    assert "Once more" in call.press("846291#")
    assert "Done. That is your PIN from now on. An award: " in call.press("846291#")
    assert "Accepted." in call.press("1")


def test_who_is_late_says_that_he_is_coming(phones):
    held = _awarded(phones, "confirmed", in_hours=0.01)
    call = phones.called(phones.cast.alvarez, "late", held)
    assert call.heard.endswith("Press any key to hear an urgent message.")
    call.press("1")
    assert "If you are coming, press 2" in call.press(f"{PIN}#")
    assert call.press("2").startswith("Noted: you are on your way, and a person has been told.")
    assert "officer_on_the_way" in phones.events()
    assert phones.hung_up(call) == "answered"


def test_who_is_late_and_there_checks_in_by_a_key(phones):
    held = _awarded(phones, "confirmed", in_hours=0.01)
    call = phones.called(phones.cast.alvarez, "late", held)
    call.press("1")
    call.press(f"{PIN}#")
    call.press("1")
    assert phones.one("select state from assignment where id = :id", id=held).state == "checked_in"


def test_a_reminder_is_confirmed_by_a_key_or_leads_to_giving_it_back_with_the_price_first(phones):
    held = _awarded(phones, "confirmed")
    call = phones.called(phones.cast.alvarez, "reminder", held, fence="reminder.night_before")
    call.press("1")
    assert call.press(f"{PIN}#").startswith("Tomorrow:")
    assert "press 1" in call.press("2"), "the price, and a question"
    assert phones.one("select state from assignment where id = :id", id=held).state == "confirmed"
    again = phones.called(phones.cast.alvarez, "reminder", held, fence="reminder.hour_before")
    again.press("1")
    again.press(f"{PIN}#")
    assert again.press("1").startswith("Thank you, noted.")
    assert phones.hung_up(again) == "answered"


def test_who_rings_back_hears_the_offer_first_and_is_not_called_again(phones):
    brooks, offer_id = phones.cast.brooks, _offered(phones, phones.cast.brooks, _detail(phones))
    missed = phones.called(brooks, "offer", offer_id, fence="step 0", AnsweredBy="machine_end_beep")
    assert phones.hung_up(missed) == "left_message"
    with phones.work() as work:
        phone = number_of(work, brooks.person_id) or ""
        line_id = line_of(work, phones.cast.millbrook.id)
        plan_call(
            work, phones.cast.millbrook.id, line_id, brooks.id, brooks.person_id, phone, "offer", offer_id,
            Ringing(work.now + timedelta(minutes=5)), "step 2",
        )  # fmt: skip
    call = Caller(phones.app.test_client(), phone, missed.form["From"])
    call.ring()
    assert "An offer waits for your answer" in call.press(f"{PIN}#")
    with phones.work() as work:
        rows = work.conn.execute(sa.text("select outcome, failure, rang_back_at from outbound_call order by id")).all()
        came_to = tries(work, phones.cast.millbrook.id, "offer", offer_id)
    assert [(row.outcome, row.failure) for row in rows] == [("left_message", None), ("not_attempted", "rang_back")]
    assert all(row.rang_back_at for row in rows)
    assert came_to.outcome == "heard_and_hung_up", "if he leaves it at that"
    with phones.work() as work:
        assert has_rung_back(work, phones.cast.millbrook.id, "offer", offer_id)


def test_an_offer_is_offered_in_his_own_language(phones):
    with phones.work() as work:
        work.conn.execute(
            sa.text("update person set language = 'es' where id = :p"), {"p": phones.cast.alvarez.person_id}
        )
    offer_id = _offered(phones, phones.cast.alvarez, _detail(phones))
    call = phones.called(phones.cast.alvarez, "offer", offer_id)
    assert call.heard.startswith("Servicios de")
    call.press("1")
    assert call.press(f"{PIN}#").startswith("Hay un servicio libre")
    call.press("1")
    with phones.work() as work:
        assert offer(work, phones.cast.millbrook.id, offer_id).state == "accepted"


def test_a_turn_that_is_brought_twice_acts_once_and_says_the_same(phones):
    call = phones.called(phones.cast.alvarez, "award", _awarded(phones))
    call.press("1")
    call.press(f"{PIN}#")
    action = call.action
    first = call.press("1")
    assert call.post(action, {"Digits": "1"}) == first


def test_a_call_that_nobody_knows_of_ends_at_once(phones):
    call = Caller(phones.app.test_client(), "", "")
    with phones.work() as work:
        line = number_of_department(work, phones.cast.millbrook.id)
    call.form |= {"From": line, "To": "+12075550199", "Direction": "outbound-api"}
    call.post(f"/twilio/voice/outbound?call={phones.cast.millbrook.id}-999999", {})
    assert (call.heard, call.call) == ("Goodbye.", "hung up")
