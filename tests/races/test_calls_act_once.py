"""A turn of a call that the carrier brings twice acts once, also when both come at the same moment."""

from functools import partial

import sqlalchemy as sa

from bot.dialog.call_input import CallInput
from bot.dialog.calls import take_call
from models.people.phone import number_of
from models.session import Database
from tests.cast import Cast, at
from tests.races.racing import race


def _line_of(database: Database, cast: Cast) -> str:
    with at(database, cast.millbrook) as work:
        found = sa.text("select number from line where department_id = :d")
        return work.conn.execute(found, {"d": cast.millbrook.id}).scalar_one()


def _number(database: Database, cast: Cast) -> str:
    with at(database, cast.millbrook) as work:
        return number_of(work, cast.alvarez.person_id) or ""


def _count(database: Database, cast: Cast, table: str) -> int:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(sa.text(f"select count(*) from {table}")).scalar_one()


def test_of_four_rings_at_once_one_is_a_call_and_all_hear_the_same(database: Database, cast: Cast) -> None:
    line, number = _line_of(database, cast), _number(database, cast)
    for place in range(5):
        ring = CallInput(f"CA{place}", line, number)
        heard = race([partial(take_call, database, ring)] * 4)
        assert len({str(answer) for answer in heard}) == 1, heard
        assert _count(database, cast, "call") == _count(database, cast, "call_turn") == place + 1


def test_of_four_silences_at_once_one_counts(database: Database, cast: Cast) -> None:
    line, number = _line_of(database, cast), "+19075550177"
    take_call(database, CallInput("CA-silent", line, number))
    for token in ("1", "2"):
        silence = CallInput("CA-silent", line, number, token)
        heard = race([partial(take_call, database, silence)] * 4)
        assert {answer.then for answer in heard} == {"listen"}
        assert len({str(answer) for answer in heard}) == 1, heard
    assert _count(database, cast, "call_turn") == 3
