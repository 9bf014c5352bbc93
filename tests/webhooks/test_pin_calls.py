"""A PIN by telephone: the first one, a new one, one that was for a single call; and a text that comes meanwhile."""

import pytest
import sqlalchemy as sa

from models.people.pin import check_pin, clear_pin, draw_one_time_pin, has_pin
from tests.one_line import signature
from tests.webhooks.caller import Caller
from tests.webhooks.phone_line import ALVAREZ, CHEN, LINE, PIN, Line

NEW = "846291"


@pytest.fixture
def chen(line: Line) -> int:
    """Chen, who has no PIN."""
    with line.database.begin([line.department_id]) as work:
        person: int = work.conn.execute(
            sa.text("select person_id from phone where number = :n"), {"n": CHEN}
        ).scalar_one()
        clear_pin(work, line.department_id, person)
        work.conn.execute(sa.text("delete from one_time_code where person_id = :p"), {"p": person})
    return person


def test_the_first_pin_by_own_phone_badge_and_texted_code(line: Line, chen: int) -> None:
    caller = line.call(CHEN)
    assert "You have no PIN yet" in caller.heard
    assert "does not go with this telephone" in caller.press("104#")
    assert "I am texting you a code" in caller.press("103#")
    assert "That is not the code" in caller.press("000000#")
    assert "Please key a new PIN" in caller.press(f"{_code(line, chen)}#")
    assert line.of_call(caller).identified_by == "badge_and_code"
    assert "only counts up or down" in caller.press("1234#")
    assert "end of your telephone number" in caller.press("550103#")
    assert "four to eight digits" in caller.press("12#")
    assert "Once more" in caller.press(f"{NEW}#")
    assert "The two were different" in caller.press("846292#")
    caller.press(f"{NEW}#")
    assert "That is your PIN from now on. For open details" in caller.press(f"{NEW}#")
    with line.database.begin([line.department_id]) as work:
        assert check_pin(work, chen, CHEN, NEW) == "right"
    assert NEW not in _kept(line, caller)


def test_a_new_pin_after_the_old_one_was_keyed(line: Line) -> None:
    caller = line.identified()
    assert "Please key a new PIN" in caller.say("change my PIN")
    caller.press("999111#")
    caller.press("999111#")
    assert line.identified().heard.startswith("That does not fit")
    again = line.call()
    assert "For open details" in again.press("999111#")
    again.say("new pin")
    again.press(f"{PIN}#")
    assert "That is your PIN from now on. Anything else?" in again.press(f"{PIN}#")


def test_a_pin_for_one_call_is_changed_in_it_before_anything_is_told(line: Line, chen: int) -> None:
    with line.database.begin([line.department_id]) as work:
        drawn = draw_one_time_pin(work, line.department_id, chen)
    caller = line.call(CHEN)
    assert "was for one call" in caller.press(f"{drawn}#")
    caller.press(f"{NEW}#")
    assert "For open details" in caller.press(f"{NEW}#")
    assert drawn not in _kept(line, caller)


def test_a_new_number_sets_no_pin(line: Line, chen: int) -> None:
    with line.database.begin([line.department_id]) as work:
        work.conn.execute(sa.text("update phone set added_at = :now where number = :n"), {"n": CHEN, "now": work.now})
    caller = line.call(CHEN)
    assert (caller.call, "is new here" in caller.heard) == ("queue", True)
    with line.database.begin([line.department_id]) as work:
        work.conn.execute(sa.text("update phone set added_at = null where number = :n"), {"n": CHEN})
        assert not has_pin(work, chen)


def test_a_bare_number_texted_while_a_call_asks_for_the_pin_is_masked(line: Line) -> None:
    caller = line.call()
    form = {"MessageSid": f"SM{caller.form['CallSid']}", "From": ALVAREZ, "To": LINE, "Body": PIN}
    line.app.test_client().post("/twilio/sms", data=form, headers=signature("/twilio/sms", form))
    kept = line.rows("select body from message_in where sid = :sid", sid=form["MessageSid"])
    assert [row.body for row in kept] == ["PIN ****"]


def _code(line: Line, person: int) -> str:
    found = line.rows(
        "select code from one_time_code where :d > 0 and person_id = :p order by id desc limit 1", p=person
    )
    return str(found[0].code)


def _kept(line: Line, caller: Caller) -> str:
    """All that is kept of the call."""
    of_call = line.of_call(caller)
    turns = line.rows("select * from call_turn where department_id = :d and call_id = :c", c=of_call.id)
    return f"{of_call} {turns}"
