"""Sign-up goes officer by officer: a standing order is carried out when its officer's turn comes, once."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from models.awarding.signing_up.signup import withdraw
from models.awarding.signing_up.standing_order import end_orders, orders_of, place_order
from models.people.handbook import publish
from models.people.officer import Officer
from models.rules.handbook import Handbook
from models.rules.standing_orders import Wish
from models.session import Database
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, at, post_detail, signed_up, signs_up
from tests.workers.duties.doing import do, said

TURNS = Handbook.model_validate({"awarding": {"rounds": [{"name": "by seniority", "entry_minutes_apart": 10}]}})
STARTS = MONDAY + timedelta(days=3)
# Illustrative: Alvarez enters at once, Brooks ten minutes later, Chen twenty.
HIS_TURN = MONDAY + timedelta(minutes=10)


@pytest.fixture
def posted(database: Database, cast: Cast) -> Posted:
    """Alvarez and Brooks have a standing order; the detail has been announced."""
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, TURNS)
        place_order(work, cast.alvarez, Wish())
        place_order(work, cast.brooks, Wish())
    with at(database, cast.millbrook) as work:
        made = post_detail(work, cast.millbrook, STARTS)
    do(database, cast.millbrook, MONDAY, "announce_posting", made.posting_id or 0)
    return made


def _planned(database: Database, cast: Cast) -> list[tuple[int, str, datetime]]:
    with at(database, cast.millbrook) as work:
        query = "select subject_id, fence, due_at from duty where kind = 'carry_out_order' order by due_at, id"
        return [tuple(row) for row in work.conn.execute(sa.text(query))]  # type: ignore[misc] # three columns


def _its_turn(database: Database, cast: Cast, now: datetime = HIS_TURN) -> None:
    for officer_id, fence, due_at in _planned(database, cast):
        assert due_at <= now
        do(database, cast.millbrook, now, "carry_out_order", officer_id, fence)


def _has_signed_up(database: Database, cast: Cast, about: Posted) -> set[int]:
    with at(database, cast.millbrook) as work:
        return signed_up(work, cast.millbrook, about)


def test_whose_turn_it_is_is_signed_up_and_the_next_when_his_comes(
    database: Database, cast: Cast, posted: Posted
) -> None:
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id}
    assert [(who, due_at) for who, _, due_at in _planned(database, cast)] == [(cast.brooks.id, HIS_TURN)]
    for _ in range(2):
        _its_turn(database, cast)
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id, cast.brooks.id}
    assert said(database, cast.millbrook, cast.alvarez) == ["auto.signed_up"]
    assert said(database, cast.millbrook, cast.brooks) == ["auto.in_turn", "auto.signed_up"]
    assert said(database, cast.millbrook, cast.chen) == ["posting.new"]


def test_an_order_that_was_ended_meanwhile_does_nothing(database: Database, cast: Cast, posted: Posted) -> None:
    with at(database, cast.millbrook) as work:
        end_orders(work, cast.brooks, [each.id for each in orders_of(work, cast.brooks)])
    _its_turn(database, cast)
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id}


def test_who_withdrew_himself_is_not_signed_up_against_his_word(database: Database, cast: Cast, posted: Posted) -> None:
    with at(database, cast.millbrook, HIS_TURN) as work:
        assert signs_up(work, cast.millbrook, cast.brooks, posted) == ["signed_up"]
        assert withdraw(work, cast.brooks, posted.id)
    _its_turn(database, cast)
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id}


def test_a_closed_sign_up_takes_nobody(database: Database, cast: Cast, posted: Posted) -> None:
    _its_turn(database, cast, MONDAY + timedelta(hours=2))
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id}


def test_who_may_not_take_it_any_more_hears_why(database: Database, cast: Cast, posted: Posted) -> None:
    _becomes(database, cast, cast.brooks, status="sick")
    _its_turn(database, cast)
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id}
    assert said(database, cast.millbrook, cast.brooks) == ["auto.in_turn", "auto.not_signed_up"]


def test_whose_turn_moved_waits_for_the_new_one(database: Database, cast: Cast, posted: Posted) -> None:
    """Chen's seniority is put right: he comes before Brooks, whose turn is ten minutes later then."""
    _becomes(database, cast, cast.chen, seniority_on="2001-06-01")
    _its_turn(database, cast)
    assert _has_signed_up(database, cast, posted) == {cast.alvarez.id}
    assert [due_at for *_, due_at in _planned(database, cast)] == [HIS_TURN, HIS_TURN + timedelta(minutes=10)]


def _becomes(database: Database, cast: Cast, who: Officer, **values: str) -> None:
    [(column, value)] = values.items()
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text(f"update officer set {column} = :v where id = :o"), {"v": value, "o": who.id})
