"""A slot has at most one holder: the first accept wins, and the others are told so at once."""

from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from models.awarding.asking.offer import accept_offer
from models.awarding.counting.counters import rotations
from models.people.department import Department
from models.people.officer import Officer
from models.people.person import lock_persons
from models.session import Database
from tests.cast import MONDAY, Cast, at, enlist, offers, post_detail, stands_in_rotation
from tests.races.racing import race

STARTS = MONDAY + timedelta(days=3)


def _accept(database: Database, where: Department, who: Officer, offer_id: int) -> str:
    """As a text message is taken in: the person locked for the turn, one transaction, no second try."""
    with at(database, where) as work:
        lock_persons(work, [who.person_id])
        return accept_offer(work, where, who, offer_id).outcome


def _ten(database: Database, cast: Cast) -> list[Officer]:
    with at(database, cast.millbrook) as work:
        return [enlist(work, cast.millbrook, f"Officer{n}", seniority_on=date(2012, 1, 1)) for n in range(10)]


def test_of_ten_officers_who_accept_the_last_slot_at_once_one_has_it_and_nine_are_told_it_is_gone(
    database: Database, cast: Cast
) -> None:
    ten = _ten(database, cast)
    for day in range(5):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day))
            made = [offers(work, cast.millbrook, who, about) for who in ten]
        ends = race([partial(_accept, database, cast.millbrook, *pair) for pair in zip(ten, made, strict=True)])
        assert sorted(map(str, ends)) == ["accepted"] + ["gone"] * 9, ends
        with at(database, cast.millbrook) as work:
            states = work.conn.execute(
                sa.text("select state, count(*) from offer where slot_id = :s group by state"), {"s": about.slot_id}
            )
            assert dict(states.all()) == {"accepted": 1, "withdrawn": 9}


def test_ten_officers_who_accept_ten_details_of_one_pool_at_once_all_go_to_different_places_of_the_rotation(
    database: Database, cast: Cast
) -> None:
    ten = _ten(database, cast)
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, *ten)
    for day in range(5):
        with at(database, cast.millbrook) as work:
            made = [
                offers(work, cast.millbrook, who, post_detail(work, cast.millbrook, STARTS + timedelta(days=day)))
                for who in ten
            ]
        ends = race([partial(_accept, database, cast.millbrook, *pair) for pair in zip(ten, made, strict=True)])
        assert ends == ["accepted"] * 10
    with at(database, cast.millbrook) as work:
        places = work.conn.execute(
            sa.select(rotations.c.place).where(rotations.c.department_id == cast.millbrook.id)
        ).scalars()
        assert len(set(places)) == 10
