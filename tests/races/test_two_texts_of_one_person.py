"""Two texts of one person at the same moment take turns: the second is read against what the first left behind."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from models.line.conversation import conversation_with, save_turn
from models.line.line import line_of
from models.line.message_in import receive
from models.session import Database, Work
from tests.cast import Cast, at


def _receive(work: Work, cast: Cast, sid: str) -> tuple[int, int]:
    """The line and the sender of a text that was written down."""
    line_id = line_of(work, cast.millbrook.id)
    number = work.conn.execute(sa.text("select number from phone order by number limit 1")).scalar_one()
    row = receive(work, cast.millbrook.id, from_number=number, line_id=line_id, sid=sid, body="OK", media=[], raw={})
    assert row is not None
    return line_id, row.person_id


def _text(work: Work, cast: Cast, sid: str) -> str | None:
    """Take a turn that leaves its sid behind; returns what the turn before left."""
    line_id, person_id = _receive(work, cast, sid)
    found = conversation_with(work, cast.millbrook.id, person_id, line_id, "sms")
    save_turn(
        work, cast.millbrook.id, person_id=person_id, line_id=line_id, channel="sms", verb="ask", dialog={"sid": sid},
        message_in_id=None, message_out_id=None, understood={}, flow=None, step=None,
    )  # fmt: skip
    return found.dialog["sid"] if found else None


def _text_alone(database: Database, cast: Cast, sid: str) -> str | None:
    with at(database, cast.millbrook) as work:
        return _text(work, cast, sid)


def test_the_second_text_is_read_against_what_the_first_left(database: Database, cast: Cast) -> None:
    _text_alone(database, cast, "SM-before")
    with ThreadPoolExecutor(1) as pool:
        with at(database, cast.millbrook) as work:
            assert _text(work, cast, "SM-first") == "SM-before"
            second = pool.submit(_text_alone, database, cast, "SM-second")
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
        assert second.result() == "SM-first"
