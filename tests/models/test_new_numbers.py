"""A number that was added lately: what it may not, until when, and whom it is told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.people.phone import may_act, number_of, tell_others, text_first
from models.session import Database
from tests.cast import MONDAY, Cast, at, phone_number
from workers.confirmations.tell_number import handle


@pytest.mark.parametrize(("hours_later", "is_new"), [(0, True), (23.9, True), (24, False), (48, False)])
def test_a_number_added_to_others_is_new_for_the_handbooks_hours(
    database: Database, cast: Cast, hours_later: float, is_new: bool
) -> None:
    added, person = phone_number(), cast.alvarez.person_id
    with at(database, cast.millbrook) as work:
        before = number_of(work, person) or ""
        text_first(work, person, added)
        assert number_of(work, person) == added
    with at(database, cast.millbrook, MONDAY + timedelta(hours=hours_later)) as work:
        assert may_act(work, person, added, 24) == (MONDAY + timedelta(hours=24) if is_new else None)
        assert may_act(work, person, added, 0) is None
        assert may_act(work, person, before, 24) is None
        text_first(work, person, before)
        text_first(work, person, added)
        assert bool(may_act(work, person, added, 24)) == is_new, "it is no newer for being texted first again"


def test_a_number_he_had_before_is_told_of_the_new_one(database: Database, cast: Cast) -> None:
    added, person, d = phone_number(), cast.brooks.person_id, cast.millbrook.id
    with at(database, cast.millbrook) as work:
        before = number_of(work, person)
        text_first(work, person, added)
        tell_others(work, d, person, added)
    with at(database, cast.millbrook) as work:
        duty = work.conn.execute(sa.text("select * from duty where department_id = :d"), {"d": d}).one()
        handle(work, d, duty)
        told = work.conn.execute(
            sa.text("select to_number, body from message_out where department_id = :d"), {"d": d}
        ).one()
    assert told.to_number == before
    assert f"ending in {added[-4:]} was added to your account" in told.body
