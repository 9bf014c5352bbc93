"""Two things happen to one record at the same moment: one of them wins, and the other is a normal answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.replacement import ask_next
from models.details.posting import close_posting
from models.people.officer import Officer
from models.people.person import lock_persons
from models.retry import whole
from models.session import Database, Work
from models.working.assignment_drop import Told, drop_assignment, keep_assignment
from models.working.attendance import check_in
from tests.cast import MONDAY, Cast, assigns, at, offers, post_detail, stands_in_rotation
from tests.races.racing import race

STARTS = MONDAY + timedelta(days=3)
LATE = STARTS - timedelta(hours=24)
ROUNDS = 8
TOLD = Told(is_free=False, bar_days=30)


def _run(database: Database, cast: Cast, verb: Callable[[Work], Any], who: Officer | None = None) -> Callable[[], Any]:
    """The verb in a transaction of its own; with `who`, as a text of his, the person held for the turn."""

    def attempt() -> Any:
        with at(database, cast.millbrook, LATE) as work:
            if who is not None:
                lock_persons(work, [who.person_id])
            return verb(work)

    return partial(whole, attempt)


def _live(database: Database, cast: Cast, slot_id: int) -> list[str]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select state from assignment where slot_id = :s and ended_at is null"), {"s": slot_id}
        )
        return list(rows.scalars())


def _slot(database: Database, cast: Cast, slot_id: int) -> str:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(sa.text("select state from slot where id = :s"), {"s": slot_id}).scalar_one()


def test_an_answer_and_the_end_of_its_time_at_once_are_one_or_the_other(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez, cast.brooks)
    for day in range(ROUNDS):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day))
            held = assigns(work, cast.millbrook, cast.alvarez, about, "awarded")
        ends = race(
            [
                _run(database, cast, lambda work, held=held: accept_award(work, cast.millbrook, held), cast.alvarez),
                _run(database, cast, lambda work, held=held: end_award(work, cast.millbrook, held, "lapse")),
            ]
        )
        assert sorted(ends) == [False, True], ends
        assert _live(database, cast, about.slot_id) == (["confirmed"] if ends[0] else [])
        assert _slot(database, cast, about.slot_id) == ("held" if ends[0] else "open")


def test_accepted_by_another_and_kept_after_all_at_once_is_one_or_the_other(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez, cast.brooks)
    for day in range(ROUNDS):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(hours=10 * day))
            held = assigns(work, cast.millbrook, cast.alvarez, about)
        with at(database, cast.millbrook, about.opening.starts_at - timedelta(hours=24)) as work:
            assert drop_assignment(work, cast.millbrook, cast.alvarez, held, TOLD)[0] == "looking"
        with at(database, cast.millbrook, LATE) as work:
            assert ask_next(work, cast.millbrook, about.slot_id) == 1
            offer = work.conn.execute(sa.text("select id, officer_id from offer where state = 'open'")).one()
        taker = next(who for who in (cast.brooks, cast.chen, cast.diaz) if who.id == offer.officer_id)
        ends = race(
            [
                _run(
                    database,
                    cast,
                    lambda work, offer=offer, taker=taker: accept_offer(work, cast.millbrook, taker, offer.id).outcome,
                    taker,
                ),
                _run(
                    database,
                    cast,
                    lambda work, held=held: keep_assignment(work, cast.millbrook.id, held),
                    cast.alvarez,
                ),
            ]
        )
        assert ends in (["accepted", False], ["gone", True]), ends
        assert _live(database, cast, about.slot_id) == ["confirmed"]
        with at(database, cast.millbrook, LATE) as work:
            work.conn.execute(sa.text("update offer set state = 'withdrawn', ended_at = now() where state = 'open'"))


def test_an_offer_accepted_and_expired_at_once_is_one_or_the_other(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        with at(database, cast.millbrook, LATE) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day))
            offer_id = offers(work, cast.millbrook, cast.alvarez, about)
        ends = race(
            [
                _run(
                    database,
                    cast,
                    lambda work, one=offer_id: accept_offer(work, cast.millbrook, cast.alvarez, one).outcome,
                    cast.alvarez,
                ),
                _run(database, cast, lambda work, one=offer_id: end_offer(work, cast.millbrook.id, one, "expire")),
            ]
        )
        assert ends in (["accepted", False], ["gone", True], ["expired", True]), ends
        assert len(_live(database, cast, about.slot_id)) == (ends[0] == "accepted")


def test_dropped_by_two_texts_at_once_is_dropped_once(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day * 3))
            held = assigns(work, cast.millbrook, cast.alvarez, about)
        drop = _run(
            database,
            cast,
            lambda work, held=held: drop_assignment(work, cast.millbrook, cast.alvarez, held, TOLD)[0],
            cast.alvarez,
        )
        assert sorted(race([drop, drop])) in (["already", "looking"], ["dropped", "gone"])


def test_checked_in_by_two_texts_at_once_is_checked_in_once(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, LATE - timedelta(days=day))
            held = assigns(work, cast.millbrook, cast.alvarez, about)
        come = _run(database, cast, lambda work, held=held: check_in(work, cast.alvarez, held).outcome, cast.alvarez)
        assert sorted(race([come, come])) == ["already", "done"]


def test_a_slot_asked_for_by_two_drains_at_once_is_offered_once(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day))
        ask = _run(database, cast, lambda work, about=about: ask_next(work, cast.millbrook, about.slot_id))
        assert sorted(race([ask, ask])) == [0, 1]


def test_a_posting_closed_by_two_drains_at_once_is_closed_once(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day))
        close = _run(
            database, cast, lambda work, about=about: close_posting(work, cast.millbrook.id, about.posting_id or 0)
        )
        assert sorted(race([close, close])) == [False, True]
