"""After calls of every kind no PIN stands in any table or any log line: keyed, said, typed ahead, wrong or texted."""

import io
import json
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from models.people.pin import draw_one_time_pin
from tests.one_line import signature
from tests.webhooks.phone_line import ALVAREZ, CHEN, LINE, PIN, STRANGER, Line, open_phone_line

NEW, OTHER, WRONG, SAID = "846291", "7391", "730582", "482917"


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with open_phone_line() as opened:
        yield opened


def test_no_pin_is_kept_or_logged_however_it_came(line: Line, told: io.StringIO) -> None:
    drawn = _calls(line)
    _texts(line, f"my PIN is {NEW}", f"PIN {OTHER}")
    for pin in (PIN, NEW, OTHER, WRONG, SAID, drawn):
        whole = re.compile(rf"(?<![0-9a-f]){pin}(?![0-9a-f])")
        assert not whole.search(told.getvalue()), pin
        for table, rows in _tables(line).items():
            assert not whole.search(rows), (table, pin)


def _calls(line: Line) -> str:
    """A caller who gets it wrong and changes it, one who types ahead, one with a PIN for a single call."""
    caller = line.call(ALVAREZ)
    for keys in (WRONG, PIN):
        caller.press(f"{keys}#")
    caller.say("change my pin")
    caller.say(f"my new PIN is {SAID}")
    for keys in (NEW, f"{OTHER}", NEW, NEW):
        caller.press(f"{keys}#")
    caller.hang_up()
    ahead = line.call(STRANGER)
    ahead.press(f"101*{WRONG}#")
    ahead.press(f"101*{NEW}#")
    ahead.hang_up()
    with line.database.begin([line.department_id]) as work:
        person = work.conn.execute(sa.text("select person_id from phone where number = :n"), {"n": CHEN}).scalar_one()
        drawn = draw_one_time_pin(work, line.department_id, person)
    single = line.call(CHEN)
    for keys in (drawn, OTHER, OTHER):
        single.press(f"{keys}#")
    single.hang_up()
    return drawn


def _texts(line: Line, *bodies: str) -> None:
    """Texts that hold one, and one while a call asks for it."""
    line.call(ALVAREZ)
    for place, body in enumerate((*bodies, NEW)):
        form = {"MessageSid": f"SMpin{place}", "From": ALVAREZ, "To": LINE, "Body": body}
        line.app.test_client().post("/twilio/sms", data=form, headers=signature("/twilio/sms", form))


def _tables(line: Line) -> dict[str, str]:
    """Every row of every table, as text."""
    with line.database.begin([line.department_id]) as work:
        names = (
            work.conn.execute(sa.text("select tablename from pg_tables where schemaname = 'public'")).scalars().all()
        )
        return {
            name: json.dumps(list(work.conn.execute(sa.text(f"select t::text from {name} t")).scalars()))
            for name in names
        }
