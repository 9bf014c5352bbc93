"""A text comes in: signed or refused, once or not at all, and never lost."""

import threading
import time
import uuid

import pytest
from prometheus_client import REGISTRY

from bot.app import create_app
from bot.dialog import intake
from bot.services import services_of
from tests.one_line import OneLine, config_for, open_line, signature
from tests.webhooks.conftest import echo

SMS, FALLBACK = "/twilio/sms", "/twilio/sms/fallback"


def form_of(house: OneLine, body: str = "LIST", **fields: str) -> dict[str, str]:
    sid = f"SM{uuid.uuid4().hex}"
    form = {"MessageSid": sid, "From": house.phone, "To": house.line, "Body": body, "NumMedia": "0"}
    return form | {"AccountSid": "AC0", "FromCity": ""} | fields


def received(house: OneLine) -> list:
    return house.rows("select * from message_in where department_id = :d order by id")


def replies(house: OneLine) -> list[str]:
    return [row.body for row in house.rows("select body from message_out where department_id = :d order by id")]


def test_a_signed_text_is_written_down_answered_with_nothing_and_replied_to_through_the_outbox(house, post):
    answer = post(SMS, form_of(house, "LIST"))
    assert (answer.status_code, answer.mimetype, answer.text) == (200, "text/xml", "<Response/>")
    assert [(row.body, row.person_id, row.from_number) for row in received(house)] == [
        ("LIST", house.person_id, house.phone)
    ]
    assert replies(house) == ["You said: LIST"]


def test_what_is_kept_of_the_carriers_fields_does_not_repeat_the_body(house, post):
    post(SMS, form_of(house, "my PIN is 4821"))
    raw = received(house)[0].raw
    assert "4821" not in str(raw)
    assert raw["From"] == house.phone


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "bm90IGl0"}, {"X-Twilio-Signature": "é"}],
)
def test_an_unsigned_text_is_refused_and_leaves_only_a_counter(house, post, headers):
    before = REGISTRY.get_sample_value("dutyline_webhooks_unsigned_total", {"path": SMS}) or 0
    assert post(SMS, form_of(house), headers).status_code == 403
    assert received(house) == []
    assert REGISTRY.get_sample_value("dutyline_webhooks_unsigned_total", {"path": SMS}) == before + 1


def test_a_signature_fits_one_address_one_form_and_one_token(house, post):
    form = form_of(house)
    assert post(SMS, form, signature(FALLBACK, form)).status_code == 403
    assert post(SMS, form, signature(SMS, form | {"Body": "DROP"})).status_code == 403
    assert post(SMS, form, signature(SMS, form, token="another")).status_code == 403
    assert post(SMS, form, signature(SMS, form, public_url="http://localhost")).status_code == 403
    assert received(house) == []


def test_a_text_that_comes_again_by_either_door_gets_the_same_answer_and_changes_nothing(house, post):
    form = form_of(house)
    answers = [post(path, form) for path in (SMS, SMS, FALLBACK)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "<Response/>")}
    assert len(received(house)) == len(replies(house)) == 1


def test_two_deliveries_of_one_text_at_the_same_moment_act_once(house, post, dialog):
    together = threading.Barrier(2)

    def slow(work, line, text):
        time.sleep(0.2)
        echo(work, line, text)

    dialog(slow)
    form, answers = form_of(house), []

    def deliver(path):
        together.wait()
        answers.append(post(path, form).status_code)

    threads = [threading.Thread(target=deliver, args=[path]) for path in (SMS, FALLBACK)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
    assert len(received(house)) == len(replies(house)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"Body": "🚨👮🏽‍♀️ ¿dónde? 👍"},
        {"Body": "x" * 10_000},
        {"Body": "🚨" * 10_000},
        {"Body": "a\0b"},
        {"Body": ""},
        {"NumMedia": "2", "MediaUrl0": "https://api.example.org/m", "MediaContentType0": "image/jpeg"},
        {"NumMedia": "many"},
        {"From": "72975"},
        {"OptOutType": "STOP", "Body": "STOP"},
        {"OptOutType": "sideways"},
    ],
    ids=",".join,
)
def test_odd_texts_are_taken(house, post, fields):
    assert post(SMS, form_of(house) | fields).status_code == 200
    assert len(received(house)) == 1


def test_a_picture_without_a_body_keeps_its_address(house, post):
    form = form_of(house, NumMedia="1", MediaUrl0="https://api.example.org/m", MediaContentType0="image/png")
    del form["Body"]
    post(SMS, form)
    assert [(row.body, row.media) for row in received(house)] == [
        ("", [{"url": "https://api.example.org/m", "content_type": "image/png"}])
    ]


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_a_text_without_sid_or_number_is_answered_and_not_taken(house, post, missing):
    form = form_of(house)
    del form[missing]
    assert post(SMS, form).status_code == 200
    assert received(house) == []


def test_a_text_to_a_number_that_is_not_ours_is_answered_and_not_taken(house, post):
    assert post(SMS, form_of(house, To="+13125550999")).text == "<Response/>"
    assert received(house) == []


def test_a_text_the_dialog_fails_on_is_undone_kept_handed_to_a_person_and_apologised_for(house, post, dialog):
    def broken(work, line, text):
        echo(work, line, text)
        raise ZeroDivisionError

    dialog(broken)
    form = form_of(house)
    assert [post(path, form).status_code for path in (SMS, FALLBACK)] == [200, 200]
    assert len(received(house)) == 1
    assert house.hand_offs() == ["text_not_taken"]
    (apology,) = replies(house)
    assert "Sorry" in apology


def test_a_lost_race_is_run_again_whole(house, post, dialog):
    tries = []

    def loses_once(work, line, text):
        tries.append(text.message_in_id)
        echo(work, line, text)
        if len(tries) == 1:
            work.conn.exec_driver_sql("do $$ begin raise exception using errcode = 'deadlock_detected'; end $$")

    dialog(loses_once)
    assert post(SMS, form_of(house)).status_code == 200
    assert (len(tries), len(replies(house)), house.hand_offs()) == (2, 1, [])


def test_a_text_survives_that_postgresql_ended_every_session_meanwhile(house, post, postgres_url):
    import psycopg  # noqa: PLC0415 - only here is PostgreSQL treated so badly

    post(SMS, form_of(house))
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and application_name = 'dutyline'"
        )
    assert post(SMS, form_of(house)).status_code == 200
    assert len(replies(house)) == 2
    assert house.hand_offs() == []


def test_without_a_database_the_carrier_is_sent_to_the_fallback(redis_url, monkeypatch):
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0.3)
    app = create_app(config_for("postgresql+psycopg://nobody@127.0.0.1:1/nothing", redis_url))
    form = {"MessageSid": "SM1", "From": "+13125550111", "To": "+13125550100", "Body": "LIST"}
    answer = app.test_client().post(SMS, data=form, headers=signature(SMS, form))
    assert (answer.status_code, answer.mimetype, answer.text) == (503, "text/xml", "<Response/>")
    services_of(app).redis.close()


def test_without_redis_a_text_is_taken_as_quickly(postgres_url, dialog):
    dialog(echo)
    app = create_app(config_for(postgres_url, "redis://127.0.0.1:1/0"))
    house = open_line(services_of(app).database)
    began_at = time.monotonic()
    for _ in range(5):
        form = form_of(house)
        assert app.test_client().post(SMS, data=form, headers=signature(SMS, form)).status_code == 200
    assert time.monotonic() - began_at < 2
    assert len(replies(house)) == 5
    services_of(app).database.dispose()


def test_a_flood_of_a_form_is_refused_without_a_trace_of_ours(client):
    answer = client.post(SMS, data={"Body": "x" * 2_000_000})
    assert answer.status_code in (403, 413)
    assert "Traceback" not in answer.text
