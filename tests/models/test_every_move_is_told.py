"""Every change of state writes its event, in the same transaction: lived through once, from posting to the end."""

from datetime import timedelta

import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.replacement import ask_next
from models.awarding.deciding.award import run_award
from models.details.detail import finish_detail
from models.details.posting import close_posting
from models.lifecycle_drawings import RECORDS as EVERY
from models.people.officer import Officer
from models.people.person import lock_persons
from models.session import Database, Work
from models.working.assignment_drop import Told, drop_assignment, keep_assignment, settle_drop
from models.working.attendance import check_in, check_out
from tests.cast import MONDAY, Cast, Posted, assigns, at, by_text, offers, post_detail, signs_up

STARTS = MONDAY + timedelta(days=3)
AWARD = MONDAY + timedelta(hours=1)

RECORDS = {title: life for title, life in EVERY.items() if title not in ("Message out", "Conversation")}


def _told(database: Database, cast: Cast) -> set[tuple[str, str, int]]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select subject_kind, name, subject_id from event"))
        return {(row.subject_kind, row.name, row.subject_id) for row in rows}


def _untold(database: Database, cast: Cast) -> list[str]:
    """Records that stand where only a move could bring them, without an event of such a move."""
    told = _told(database, cast)
    with at(database, cast.millbrook) as work:
        return [
            f"{title} {row.id} is {row.state}"
            for title, life in RECORDS.items()
            for row in work.conn.execute(sa.select(life.table.c.id, life.table.c.state))
            if row.state not in life.starts
            and not any(
                (life.table.name, arrow.event, row.id) in told for arrow in life.arrows if arrow.target == row.state
            )
        ]


def _count(database: Database, cast: Cast, name: str) -> int:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(sa.text("select count(*) from event where name = :n"), {"n": name}).scalar_one()


def _assignment_of(work: Work, who: Officer) -> int:
    return work.conn.execute(
        sa.text("select max(id) from assignment where officer_id = :o"), {"o": who.id}
    ).scalar_one()


def _drops(work: Work, cast: Cast, who: Officer, assignment_id: int) -> str:
    return drop_assignment(work, cast.millbrook, who, assignment_id, Told(is_free=False, bar_days=30))[0]


def _posted_and_signed_up(database: Database, cast: Cast) -> Posted:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=3)
        for who in (cast.alvarez, cast.brooks, cast.chen):
            signs_up(work, cast.millbrook, who, about)
        return about


def test_from_the_posting_to_the_end_of_the_detail(database: Database, cast: Cast) -> None:
    about = _posted_and_signed_up(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        close_posting(work, cast.millbrook.id, about.posting_id or 0)
        run_award(work, cast.millbrook)
    with at(database, cast.millbrook, AWARD, by_text(cast.alvarez)) as work:
        assert accept_award(work, cast.millbrook, _assignment_of(work, cast.alvarez))
        assert end_award(work, cast.millbrook, _assignment_of(work, cast.brooks), "decline")
        assert end_award(work, cast.millbrook, _assignment_of(work, cast.chen), "lapse")
    with at(database, cast.millbrook, STARTS, by_text(cast.alvarez)) as work:
        assert check_in(work, cast.alvarez, _assignment_of(work, cast.alvarez)).outcome == "done"
    with at(database, cast.millbrook, STARTS + timedelta(hours=8), by_text(cast.alvarez)) as work:
        assert check_out(work, cast.alvarez, _assignment_of(work, cast.alvarez)).outcome == "done"
        assert finish_detail(work, cast.millbrook.id, about.opening.detail_id)
        assert not finish_detail(work, cast.millbrook.id, about.opening.detail_id)
    assert _untold(database, cast) == []
    held, freed, unfilled = (_count(database, cast, f"slot_{what}") for what in ("held", "freed", "unfilled"))
    assert (held, freed, unfilled) == (3, 2, 2)


def test_through_drops_offers_and_a_no_show(database: Database, cast: Cast) -> None:
    late = STARTS - timedelta(hours=24)
    with at(database, cast.millbrook) as work:
        freely, lately, kept, missed = (
            assigns(work, cast.millbrook, who, post_detail(work, cast.millbrook, STARTS))
            for who in (cast.alvarez, cast.brooks, cast.chen, cast.diaz)
        )
        assert _drops(work, cast, cast.alvarez, freely) == "dropped"
    with at(database, cast.millbrook, late) as work:
        assert _drops(work, cast, cast.brooks, lately) == "looking"
        assert _drops(work, cast, cast.chen, kept) == "looking"
        assert keep_assignment(work, cast.millbrook.id, kept)
        slot_id = work.conn.execute(sa.text("select slot_id from assignment where id = :a"), {"a": lately})
        assert ask_next(work, cast.millbrook, slot_id.scalar_one()) == 1
        asked = work.conn.execute(sa.text("select id, officer_id from offer where state = 'open'")).one()
        taker = next(who for who in (cast.alvarez, cast.grant_in_millbrook) if who.id == asked.officer_id)
        lock_persons(work, [taker.person_id])
        assert accept_offer(work, cast.millbrook, taker, asked.id).outcome == "accepted"
    with at(database, cast.millbrook, late) as work:
        assert _drops(work, cast, cast.chen, kept) == "looking"
        other = offers(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS + timedelta(1)))
        assert end_offer(work, cast.millbrook.id, other, "decline")
    with at(database, cast.millbrook, STARTS) as work:
        drop_id = work.conn.execute(sa.text("select id from assignment_drop where state = 'looking'")).scalar_one()
        assert settle_drop(work, cast.millbrook.id, drop_id)
        assert end_award(work, cast.millbrook, missed, "miss")
    assert _untold(database, cast) == []
    assert (_count(database, cast, "slot_held"), _count(database, cast, "slot_freed")) == (5, 3)


def test_a_move_that_lost_its_race_writes_no_event(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS), "awarded")
        assert end_award(work, cast.millbrook, held, "decline")
    before = _told(database, cast)
    with at(database, cast.millbrook) as work:
        assert not accept_award(work, cast.millbrook, held)
        assert not end_award(work, cast.millbrook, held, "lapse")
    assert _told(database, cast) == before
