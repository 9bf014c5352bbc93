"""Telling of new details in stages, and standing orders where slots go first come."""

from datetime import timedelta

import sqlalchemy as sa

from models.awarding.signing_up.announcing import audiences_of
from models.awarding.signing_up.standing_order import (
    MOST_ORDERS,
    CarriedOut,
    carry_out,
    end_orders,
    orders_of,
    place_order,
)
from models.details.opening import Opening, opening
from models.people.handbook import publish
from models.rules.handbook import Handbook
from models.rules.standing_orders import Wish
from models.session import Database, Work
from tests.cast import MONDAY, TODAY_SINCE, Cast, at, handbook_of, post_detail, signed_up
from workers.confirmations.announce_posting import handle

LATER = MONDAY + timedelta(days=10)


def carry(work: Work, cast: Cast, about: Opening, eligible: list[int]) -> list[CarriedOut]:
    return carry_out(work, cast.millbrook, handbook_of(work, cast.millbrook), {about.id: eligible}, [about])[about.id]


def test_each_is_told_in_his_first_stage_and_once(database: Database, cast: Cast) -> None:
    stages = {"telling": {"stages": [{"who": {"units": ["North"]}}, {"hours_after": 24}]}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(stages))
        work.conn.execute(
            sa.text("update officer set unit = 'North' where department_id = :d and id = :o"),
            {"d": cast.millbrook.id, "o": cast.brooks.id},
        )
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, LATER).opening
        first, then = (
            audiences_of(work, cast.millbrook, handbook_of(work, cast.millbrook), [about], n)[about.id] for n in (0, 1)
        )
    everybody = {cast.alvarez.id, cast.brooks.id, cast.chen.id, cast.diaz.id, cast.grant_in_millbrook.id}
    assert first.told == (cast.brooks.id,)
    assert set(then.told) == everybody - {cast.brooks.id}
    assert set(first.eligible) == everybody


def test_a_later_stage_is_planned_for_its_hour(database: Database, cast: Cast) -> None:
    stages = {"telling": {"stages": [{}, {"hours_after": 24}]}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(stages))
        posted = post_detail(work, cast.millbrook, LATER)
        due = sa.text("select cast(:id as bigint) as subject_id, '' as fence")
        row = work.conn.execute(due, {"id": posted.posting_id}).one()
        handle(work, cast.millbrook.id, row)
    with at(database, cast.millbrook) as work:
        planned = work.conn.execute(
            sa.text("select fence, due_at from duty where department_id = :d and fence like 'stage%'"),
            {"d": cast.millbrook.id},
        ).all()
    assert [tuple(each) for each in planned] == [("stage 1", MONDAY + timedelta(hours=24))]


def test_an_order_signs_up_who_may_take_it_and_wants_it(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        place_order(work, cast.brooks, Wish(kinds=("traffic",)))
        place_order(work, cast.chen, Wish(kinds=("stadium",)))
        place_order(work, cast.diaz, Wish())
        posted = post_detail(work, cast.millbrook, LATER)
        found = carry(work, cast, posted.opening, [cast.brooks.id, cast.chen.id])
    with at(database, cast.millbrook) as work:
        assert signed_up(work, cast.millbrook, posted) == {cast.brooks.id}
        names = work.conn.execute(
            sa.text("select name from event where department_id = :d and officer_id = :o order by id"),
            {"d": cast.millbrook.id, "o": cast.brooks.id},
        ).scalars()
        assert list(names) == ["standing_order_placed", "officer_signed_up", "standing_order_carried_out"]
    assert [each.officer_id for each in found] == [cast.brooks.id]


def test_an_order_takes_nothing_that_goes_first_come(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        place_order(work, cast.brooks, Wish())
        posted = post_detail(work, cast.millbrook, LATER)
        work.conn.execute(sa.text("update posting set method = 'first_come' where id = :id"), {"id": posted.posting_id})
        about = opening(work, cast.millbrook.id, posted.id)
        assert carry(work, cast, about, [cast.brooks.id]) == []


def test_orders_are_counted_kept_few_and_end(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        placed = [place_order(work, cast.brooks, Wish(weekdays=(day,))) for day in range(MOST_ORDERS)]
        assert place_order(work, cast.brooks, Wish(weekdays=(6,))) is None
        assert place_order(work, cast.brooks, Wish(weekdays=(0,))) == placed[0]
        assert end_orders(work, cast.brooks, [placed[0].id]) == 1
        assert end_orders(work, cast.brooks, [placed[0].id]) == 0
        assert end_orders(work, cast.chen, [placed[1].id]) == 0
        assert [each.number for each in orders_of(work, cast.brooks)] == [1, 2, 3, 4]


def test_twice_is_once(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        place_order(work, cast.brooks, Wish())
        posted = post_detail(work, cast.millbrook, LATER)
        for _ in range(2):
            found = carry(work, cast, posted.opening, [cast.brooks.id])
    assert found[0].answer.outcome == "already"


def test_all_persons_are_held_before_the_first_posting_is(database: Database, cast: Cast) -> None:
    """Two details of one posting round, wanted by different officers: held in turns, they would wait crosswise."""
    said: list[str] = []
    with at(database, cast.millbrook) as work:
        place_order(work, cast.brooks, Wish(weekdays=(3,)))
        place_order(work, cast.chen, Wish(weekdays=(4,)))
        abouts = [post_detail(work, cast.millbrook, LATER + timedelta(days=days)).opening for days in (0, 1)]
        eligible = {each.id: [cast.brooks.id, cast.chen.id] for each in abouts}
        sa.event.listen(work.conn, "before_cursor_execute", lambda *words: said.append(words[2]))
        found = carry_out(work, cast.millbrook, handbook_of(work, cast.millbrook), eligible, abouts)
    assert sorted(each.officer_id for one in found.values() for each in one) == [cast.brooks.id, cast.chen.id]
    holds = [
        "person" if "from person" in each else "posting" for each in said if "for no key" in each or "for share" in each
    ]
    assert holds[0] == "person"
    assert "person" not in holds[holds.index("posting") :]
