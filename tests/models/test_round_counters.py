"""A sign-up round that counts in a pool of its own: awards, offers, answers, drops and the turn of its period."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.replacement import ask_next
from models.awarding.counting.turning import turn_counters
from models.awarding.deciding.award import replay, run_award
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.session import Database, Work
from tests.cast import MONDAY, Cast, assemble, at, post_detail, signs_up, stands_in_rotation

STARTS = MONDAY + timedelta(days=3)
AWARD = MONDAY + timedelta(hours=1)
LAST = {"name": "last", "order": ["rotation", "fewest_hours"], "counter": "short"}
RULES: dict[str, Any] = {
    "pools": ["details", {"name": "short", "reset": {"period": "week"}}],
    "awarding": {"rounds": [LAST]},
    "outcomes": {"offers": "as_awards", "declined": {"turn": "spent", "hours": "charged", "refused": True}},
}


@pytest.fixture
def apart(database: Database) -> Cast:
    """Details rotate Alvarez, Brooks, Chen; what the round counts in, the other way about."""
    cast = assemble(database, Handbook.model_validate(RULES))
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez, cast.brooks, cast.chen)
        stands_in_rotation(work, cast.millbrook, cast.chen, cast.brooks, cast.alvarez, pool="short")
    return cast


def _counts(work: Work, who: Officer) -> dict[str, tuple[int, int, int]]:
    """Hours counted, hours refused and place, by pool."""
    rows = work.conn.execute(
        sa.text(
            "select r.pool, coalesce(h.minutes, 0) / 60 as hours, coalesce(h.refused_minutes, 0) / 60 as refused,"
            " r.place from rotation r left join hours_count h using (department_id, pool, officer_id)"
            " where officer_id = :o"
        ),
        {"o": who.id},
    )
    return {row.pool: (row.hours, row.refused, row.place) for row in rows}


def _awarded(database: Database, cast: Cast) -> tuple[int, int]:
    """Everybody signs up, Chen gets it; his assignment and the slot."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        for one in (cast.alvarez, cast.brooks, cast.chen):
            signs_up(work, cast.millbrook, one, about)
    with at(database, cast.millbrook, AWARD) as work:
        award_id = run_award(work, cast.millbrook)
        assert award_id is not None
        assert replay(work, cast.millbrook.id, award_id) == []
        row = work.conn.execute(
            sa.text("select id, officer_id from assignment where award_id = :a"), {"a": award_id}
        ).one()
        assert row.officer_id == cast.chen.id
        return row.id, about.slot_id


def test_an_award_and_what_is_said_to_it_count_where_the_round_does(database: Database, apart: Cast):
    held, slot_id = _awarded(database, apart)
    with at(database, apart.millbrook, AWARD) as work:
        assert _counts(work, apart.chen) == {"details": (0, 0, 3), "short": (8, 0, 4)}
        assert end_award(work, apart.millbrook, held, "decline")
        assert _counts(work, apart.chen) == {"details": (0, 0, 3), "short": (8, 8, 4)}
    # Brooks stands by and is asked next; he refuses, and Alvarez takes it.
    with at(database, apart.millbrook, AWARD) as work:
        assert ask_next(work, apart.millbrook, slot_id) == 1
        offer = work.conn.execute(sa.text("select id, officer_id, counted_in from offer")).one()
        assert (offer.officer_id, offer.counted_in) == (apart.brooks.id, "short")
        assert end_offer(work, apart.millbrook.id, offer.id, "decline")
        assert _counts(work, apart.brooks) == {"details": (0, 0, 2), "short": (8, 8, 5)}
    with at(database, apart.millbrook, AWARD) as work:
        assert ask_next(work, apart.millbrook, slot_id) == 1
        lock_persons(work, [apart.alvarez.person_id])
        offer_id = work.conn.execute(sa.text("select max(id) from offer")).scalar_one()
        assert accept_offer(work, apart.millbrook, apart.alvarez, offer_id).outcome == "accepted"
        assert _counts(work, apart.alvarez) == {"details": (0, 0, 1), "short": (8, 0, 6)}
    # What was counted since the week's turn stays with the new week, in the round's pool.
    with at(database, apart.millbrook, AWARD) as work:
        assert turn_counters(work, apart.millbrook, "short", MONDAY.date())
        assert [_counts(work, each)["short"][:2] for each in (apart.chen, apart.brooks, apart.alvarez)] == [
            (8, 8),
            (8, 8),
            (8, 0),
        ]


def test_what_is_accepted_and_called_off_goes_back_where_it_came_from(database: Database, apart: Cast):
    held, _ = _awarded(database, apart)
    with at(database, apart.millbrook, AWARD) as work:
        assert accept_award(work, apart.millbrook, held)
        assert end_award(work, apart.millbrook, held, "drop")
        assert _counts(work, apart.chen)["details"] == (0, 0, 3)
        assert _counts(work, apart.chen)["short"][0] == 0
