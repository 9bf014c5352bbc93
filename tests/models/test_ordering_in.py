"""Nobody signed up and nobody took it: officers are ordered in, as an award that can be replayed and asked about."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from models.awarding.asking.offer import end_offer
from models.awarding.asking.replacement import ask_next
from models.awarding.deciding.award import replay, run_award
from models.awarding.deciding.facts import gather
from models.awarding.deciding.ordering_in import order_in
from models.awarding.telling.why import why
from models.people.handbook import current, publish
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import assignment
from models.working.cancelling import cancel_assignment
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, at, offers, post_detail, signs_up

JUNIOR_FIRST = [{"key": "seniority", "direction": "down"}]
ORDERS = {"name": "orders", "kind": "order_in", "order": JUNIOR_FIRST, "from_hours_before": 12}
STARTS_AT = MONDAY + timedelta(days=3)


def nobody_wants_it(database: Database, cast: Cast) -> Posted:
    """A detail that was awarded to nobody, and whom nobody is left to ask."""
    rounds = {"awarding": {"rounds": [{"name": "posted"}, ORDERS]}, "replacement": {"then": "nobody"}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(rounds))
        posted = post_detail(work, cast.millbrook, STARTS_AT)
    with at(database, cast.millbrook) as work:
        run_award(work, cast.millbrook, [posted.posting_id], "by hand")
    return posted


def duties(database: Database, cast: Cast, kind: str) -> list[tuple[int, datetime]]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select subject_id, due_at from duty where department_id = :d and kind = :kind"),
            {"d": cast.millbrook.id, "kind": kind},
        )
        return [(row.subject_id, row.due_at) for row in rows]


def reasons_of_hand_offs(database: Database, cast: Cast) -> list[str]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select reason from hand_off where department_id = :d"), {"d": cast.millbrook.id}
        )
        return list(rows.scalars())


def test_when_nobody_is_left_to_ask_the_orders_wait_for_their_time(database: Database, cast: Cast):
    posted = nobody_wants_it(database, cast)
    with at(database, cast.millbrook) as work:
        assert ask_next(work, cast.millbrook, posted.slot_id) == 0
    assert duties(database, cast, "order_in") == [(posted.id, STARTS_AT - timedelta(hours=12))]
    assert reasons_of_hand_offs(database, cast) == []


def test_the_most_junior_who_can_is_ordered_and_asks_why(database: Database, cast: Cast):
    posted = nobody_wants_it(database, cast)
    night = STARTS_AT - timedelta(hours=10)
    with at(database, cast.millbrook, night) as work:
        assert order_in(work, cast.millbrook, posted.id) == 1
    with at(database, cast.millbrook, night) as work:
        given = work.conn.execute(
            sa.text("select officer_id, state, award_id from assignment where department_id = :d"),
            {"d": cast.millbrook.id},
        ).one()
        assert (given.officer_id, given.state) == (cast.grant_in_millbrook.id, "confirmed")
        assert replay(work, cast.millbrook.id, given.award_id) == []
        edition = current(work, cast.millbrook.id, TODAY_SINCE)
        found = why(work, cast.millbrook, edition, cast.grant_in_millbrook, posted.opening)
        facts = gather(work, cast.millbrook, edition, [posted.opening], [cast.grant_in_millbrook.id])
    assert [each.is_ordered for each in facts.commitments] == [True]
    assert (found.outcome, found.reason) == ("awarded", "ordered_in")
    assert found.figures == {"round": "orders", "number": 1, "place": 1, "passed": 0}
    assert len(duties(database, cast, "tell_ordered_in")) == 1
    assert not duties(database, cast, "tell_award")


def test_who_signed_up_goes_before_who_is_ordered(database: Database, cast: Cast):
    always = {**ORDERS, "from_hours_before": None}
    with at(database, cast.millbrook) as work:
        rules = Handbook.model_validate({"awarding": {"rounds": [{"name": "posted"}, always]}})
        publish(work, cast.millbrook.id, TODAY_SINCE, rules)
        posted = post_detail(work, cast.millbrook, STARTS_AT, count_slots=2)
        signs_up(work, cast.millbrook, cast.alvarez, posted)
    with at(database, cast.millbrook) as work:
        run_award(work, cast.millbrook, [posted.posting_id], "by hand")
    with at(database, cast.millbrook) as work:
        given = work.conn.execute(
            sa.text("select officer_id, state from assignment where department_id = :d order by id"),
            {"d": cast.millbrook.id},
        )
        assert {(row.officer_id, row.state) for row in given} == {
            (cast.alvarez.id, "awarded"),
            (cast.grant_in_millbrook.id, "confirmed"),
        }


def test_where_nobody_can_be_ordered_a_person_is_told(database: Database, cast: Cast):
    posted = nobody_wants_it(database, cast)
    with at(database, cast.millbrook, STARTS_AT - timedelta(hours=10)) as work:
        work.conn.execute(
            sa.text("update officer set status = 'sick' where department_id = :d"), {"d": cast.millbrook.id}
        )
        assert order_in(work, cast.millbrook, posted.id) == 0
    assert reasons_of_hand_offs(database, cast) == ["slot_not_filled"]


def test_who_is_called_back_counts_in_the_recalls_and_is_told_so(database: Database, cast: Cast):
    """Grant is the most junior; what he drops of it comes off the same counter."""
    recalls = {**ORDERS, "kind": "recall", "counter": "recalls", "order": ["fewest_hours", *JUNIOR_FIRST]}
    rounds = {"awarding": {"rounds": [{"name": "posted"}, recalls]}, "replacement": {"then": "nobody"}}
    with at(database, cast.millbrook) as work:
        publish(
            work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate({**rounds, "pools": ["details", "recalls"]})
        )
        posted = post_detail(work, cast.millbrook, STARTS_AT)
        run_award(work, cast.millbrook, [posted.posting_id], "by hand")
    with at(database, cast.millbrook, STARTS_AT - timedelta(hours=10)) as work:
        assert order_in(work, cast.millbrook, posted.id) == 1
    assert counted(database, cast) == {"recalls": 480}
    with at(database, cast.millbrook) as work:
        names = work.conn.execute(sa.text("select name from event where name like 'officer_%'")).scalars()
        assert "officer_recalled" in set(names)
        [held] = work.conn.execute(sa.text("select id from assignment")).scalars()
        assert assignment(work, cast.millbrook.id, held).pool == "recalls"
        assert cancel_assignment(work, cast.millbrook, held, "last_given")
    assert counted(database, cast) == {"recalls": 0}


def counted(database: Database, cast: Cast) -> dict[str, int]:
    """Grant's minutes by pool."""
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select pool, minutes from hours_count where officer_id = :o"), {"o": cast.grant_in_millbrook.id}
        )
        return {row.pool: row.minutes for row in rows}


def test_the_last_who_said_no_is_ordered(database: Database, cast: Cast):
    """Brooks said no first, then Diaz; Grant did not answer."""
    last = {**ORDERS, "order": ["last_contacted", *JUNIOR_FIRST], "from_hours_before": 48}
    rules = {"awarding": {"rounds": [{"name": "posted"}, last]}, "replacement": {"then": "nobody"}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(rules))
        posted = post_detail(work, cast.millbrook, STARTS_AT)
    answers = ((cast.brooks, "decline"), (cast.diaz, "decline"), (cast.grant_in_millbrook, "expire"))
    for minutes, (who, verb) in enumerate(answers):
        with at(database, cast.millbrook, STARTS_AT - timedelta(hours=30, minutes=-minutes)) as work:
            end_offer(work, cast.millbrook.id, offers(work, cast.millbrook, who, posted), verb)
    with at(database, cast.millbrook, STARTS_AT - timedelta(hours=28)) as work:
        assert order_in(work, cast.millbrook, posted.id) == 1
        given = work.conn.execute(sa.text("select officer_id, award_id from assignment")).one()
        assert given.officer_id == cast.diaz.id
        assert replay(work, cast.millbrook.id, given.award_id) == []
