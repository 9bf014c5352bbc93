"""What the line hands to a person is seen: in the desk's list and on its telephones, until somebody has done it."""

import json
import uuid
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from models.line.desk_phone import put_desk_phone, remove_desk_phone
from tests.one_line import signature
from tests.production import on_servers, put
from tests.webhooks.phone_line import ALVAREZ, LINE, STRANGER, WRONG
from tests.webhooks.test_waiting import Waiter, place
from workers.drain import drain

DESK = "+19785550178"


@pytest.fixture
def desk_phone(line):
    with line.database.engine.begin() as conn:
        put_desk_phone(conn, DESK, "Sam")
    yield DESK
    with line.database.engine.begin() as conn:
        remove_desk_phone(conn, DESK)


@pytest.fixture
def desk(line, monkeypatch):
    """Runs a command of the desk in the line's department; gives its result."""
    put(monkeypatch, {**on_servers(line.servers.database_url, line.servers.redis_url), "DUTYLINE_MODE": "demo"})
    slug = line.rows("select slug from department where id = :d")[0].slug
    return lambda command, *more: CliRunner().invoke(main, ["desk", command, slug, *more])


def text(line, body: str, from_number: str = ALVAREZ) -> None:
    form = {"MessageSid": f"SM{uuid.uuid4().hex}", "From": from_number, "To": LINE, "Body": body, "NumMedia": "0"}
    path = "/twilio/sms"
    assert line.app.test_client().post(path, data=form, headers=signature(path, form)).status_code == 200


def last_hand_off(line):
    return line.rows("select * from hand_off where department_id = :d order by id desc limit 1")[0]


def test_who_asks_by_text_stands_in_the_list_with_what_he_wrote_until_it_is_done(line, desk, desk_phone):
    text(line, "my radio fell into the river")
    text(line, "agent")
    handed = last_hand_off(line)
    drain("confirmations", line.department_id)
    told = line.rows("select body from message_out where to_number = :n order by id", n=DESK)[-1].body
    assert told.startswith("Rosa Alvarez, 978-555-0101, by his number. Asked for a person. Since ")
    assert told.endswith(f"desk show millbrook H{handed.id}")
    listed = desk("list").stdout
    assert f"H{handed.id}" in listed
    assert "by text    Rosa Alvarez, +19785550101, en, by his number only; asked for a person, in agent" in listed
    shown = desk("show", f"H{handed.id}").stdout
    assert "he    my radio fell into the river" in shown
    assert "line  I asked a person to take this up." in shown
    done = desk("done", f"H{handed.id}", "--by", "Sam", "--note", "radio found")
    assert done.exit_code == 0, done.output
    assert f"H{handed.id}" not in desk("list").stdout
    event = line.rows("select data from event where name = 'hand_off_done' order by id desc limit 1")[0]
    assert event.data == {"by": "Sam", "note": "radio found"}
    again = desk("done", f"h{handed.id}")
    assert (again.exit_code, "see dutyline desk list" in again.output) == (1, True)


def test_a_program_reads_the_list_too(line, desk):
    text(line, "agent")
    found = json.loads(desk("list", "--json").stdout)
    assert [each for each in found if each["kind"] == "hand_off"][-1]["reason"] == "asked_for_a_person"


def test_whose_badge_was_tried_is_named_and_that_nobody_has_shown_to_be_he(line, desk):
    caller = Waiter(line.app.test_client(), STRANGER, LINE)
    caller.ring()
    caller.press("101#")
    for _ in range(3):
        caller.press(f"{WRONG}#")
    assert caller.call == "queue"
    handed = last_hand_off(line)
    assert (handed.reason, handed.person_id, handed.identified_by) == ("pin_wrong_too_often", None, "badge_alone")
    assert handed.claimed_person_id is not None
    assert "Rosa Alvarez, +19785550199, en, by a badge without its PIN; pin wrong too often" in desk("list").stdout
    number = f"{line.department_id}-{line.rows('select max(id) as id from waiting')[0].id}"
    whisper = caller.raw(f"/twilio/voice/whisper?waiting={number}", {"From": LINE, "To": DESK})
    said = " ".join(say.text or "" for say in ET.fromstring(whisper).iter("Say"))
    assert "Rosa Alvarez, by the badge, without a PIN." in said
    caller.hang_up()


def test_words_of_an_emergency_go_before_whoever_came_earlier(line):
    first, second = (Waiter(line.app.test_client(), number, LINE) for number in (ALVAREZ, STRANGER))
    for each in (first, second):
        each.ring()
        each.press("0")
    before = place(second)
    with line.database.begin([line.department_id]) as work:
        row = line.rows("select max(id) as id from waiting")[0]
        work.conn.exec_driver_sql(f"update waiting set urgent = true where id = {row.id}")
    assert place(second) < place(first)
    assert place(second) < before
    for each in (first, second):
        each.hang_up()
