"""Counters: an award takes a turn and the hours at once, and the handbook says what each outcome gives back."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.counting.counters import Charge, charge, settle
from models.awarding.deciding.award import replay, run_award
from models.people.officer import Officer
from models.rules.clauses.drop_reasons import DropCause
from models.rules.clauses.outcomes import Outcome
from models.rules.handbook import Handbook
from models.session import Database, Work
from models.working.assignment_drop import Told, drop_assignment
from tests.cast import MONDAY, Cast, assemble, at, post_detail, signs_up, stands_in_rotation

STARTS = MONDAY + timedelta(days=3)
AWARD = MONDAY + timedelta(hours=1)
_ROTATION: dict[str, Any] = {"awarding": {"rounds": [{"name": "turns", "order": ["rotation"]}]}}
BY_ROTATION = Handbook.model_validate(_ROTATION)


@pytest.fixture
def turns(database: Database) -> Cast:
    """Departments that award by rotation; in Millbrook's stand Alvarez, Brooks and Chen."""
    cast = assemble(database, BY_ROTATION)
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez, cast.brooks, cast.chen)
    return cast


def _award(database: Database, cast: Cast, day: int = 0, *who: Officer) -> int:
    """Award a detail over the signups of `who` (Alvarez, if unsaid); returns the assignment."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day))
        for one in who or (cast.alvarez,):
            signs_up(work, cast.millbrook, one, about)
    with at(database, cast.millbrook, AWARD) as work:
        award_id = run_award(work, cast.millbrook)
        assert award_id is not None
        assert replay(work, cast.millbrook.id, award_id) == []
        return work.conn.execute(sa.text("select id from assignment where award_id = :a"), {"a": award_id}).scalar_one()


def _counted(work: Work, who: Officer) -> tuple[int, int, int]:
    """His turns and points, and the minutes that were put to him."""
    row = work.conn.execute(
        sa.text("select turns, points, offered_minutes from hours_count where officer_id = :o"), {"o": who.id}
    ).one()
    return row.turns, row.points, row.offered_minutes


def _stands(work: Work, who: Officer) -> tuple[int, int]:
    """His place in the rotation and the minutes counted for him."""
    row = work.conn.execute(
        sa.text(
            "select r.place, h.minutes from rotation r join hours_count h using (department_id, pool, officer_id)"
            " where officer_id = :o"
        ),
        {"o": who.id},
    ).one()
    return row.place, row.minutes


def test_an_award_takes_the_turn_and_counts_the_hours_at_once(database: Database, turns: Cast) -> None:
    _award(database, turns)
    with at(database, turns.millbrook) as work:
        assert _stands(work, turns.alvarez) == (4, 480)


@pytest.mark.parametrize(
    ("verb", "place", "minutes"),
    [
        ("decline", 4, 0),  # spent, not charged
        ("lapse", 1, 0),  # kept, not charged
        ("lose_contact", 1, 0),  # kept, not charged
    ],
)
def test_what_an_award_that_came_to_nothing_gives_back(
    database: Database, turns: Cast, verb: str, place: int, minutes: int
) -> None:
    held = _award(database, turns)
    with at(database, turns.millbrook, AWARD) as work:
        assert end_award(work, turns.millbrook, held, verb)
        assert _stands(work, turns.alvarez) == (place, minutes)


@pytest.mark.parametrize(
    ("verb", "turns_had", "offered"), [("decline", 1, 480), ("lapse", 0, 480), ("lose_contact", 0, 0)]
)
def test_a_turn_counts_where_it_was_spent_and_what_was_put_to_him_where_it_reached_him(
    database: Database, turns: Cast, verb: str, turns_had: int, offered: int
) -> None:
    held = _award(database, turns)
    with at(database, turns.millbrook, AWARD) as work:
        assert _counted(work, turns.alvarez) == (1, 0, 480)
        assert end_award(work, turns.millbrook, held, verb)
        assert _counted(work, turns.alvarez) == (turns_had, 0, offered)


@pytest.mark.parametrize(("verb", "place", "minutes"), [("drop", 4, 0), ("miss", 4, 480)])
def test_what_an_assignment_that_came_to_nothing_gives_back(
    database: Database, turns: Cast, verb: str, place: int, minutes: int
) -> None:
    held = _award(database, turns)
    with at(database, turns.millbrook, AWARD) as work:
        assert accept_award(work, turns.millbrook, held)
        assert end_award(work, turns.millbrook, held, verb)
        assert _stands(work, turns.alvarez) == (place, minutes)


def test_who_drops_for_a_reason_is_charged_by_its_row(database: Database) -> None:
    """Sick costs the hours twice by this handbook, and half of them for anything else; both come off his count."""
    cases = [
        {"on": ["dropped"], "reasons": ["sick"], "turn": "spent", "hours": "twice"},
        {"on": ["dropped"], "turn": "spent", "hours": "half"},
    ]
    reasons = [{"reason": "sick"}, {"reason": "court"}]
    rules = {"drops": {"reasons": reasons}, "outcomes": {"cases": cases}, **_ROTATION}
    cast = assemble(database, Handbook.model_validate(rules))
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez)
    expected: tuple[tuple[DropCause, int], ...] = (("sick", 960), ("court", 960 + 240))
    for day, (reason, minutes) in enumerate(expected):
        held = _award(database, cast, day)
        with at(database, cast.millbrook, AWARD) as work:
            assert accept_award(work, cast.millbrook, held)
            told = Told(is_free=True, bar_days=0, reason=reason)
            assert drop_assignment(work, cast.millbrook, cast.alvarez, held, told)[0] == "dropped"
            assert _stands(work, cast.alvarez)[1] == minutes


def test_a_later_turn_that_was_spent_is_not_undone_by_an_earlier_one_that_was_not(
    database: Database, turns: Cast
) -> None:
    first, second = _award(database, turns, 0), _award(database, turns, 1)
    with at(database, turns.millbrook, AWARD) as work:
        assert accept_award(work, turns.millbrook, second)
        assert end_award(work, turns.millbrook, first, "lapse")
        assert _stands(work, turns.alvarez) == (5, 480)


def test_the_turn_goes_round(database: Database, turns: Cast) -> None:
    everyone = (turns.chen, turns.brooks, turns.alvarez)
    for day in range(4):
        _award(database, turns, day, *everyone)
    with at(database, turns.millbrook) as work:
        rows = work.conn.execute(sa.text("select officer_id from assignment order by id"))
        order = [turns.alvarez, turns.brooks, turns.chen, turns.alvarez]
        assert list(rows.scalars()) == [who.id for who in order]


def test_every_move_of_a_counter_by_an_outcome_is_told_with_before_and_after(database: Database, turns: Cast) -> None:
    held = _award(database, turns)
    with at(database, turns.millbrook, AWARD) as work:
        end_award(work, turns.millbrook, held, "lapse")
        work.flush()
        told = {
            row.name: row.data
            for row in work.conn.execute(
                sa.text("select name, data from event where name in ('hours_counted', 'rotation_place_kept')")
            )
        }
    assert told["hours_counted"] == {"pool": "details", "minutes": -480, "turns": -1, "after": 0}
    assert told["rotation_place_kept"] == {"pool": "details", "before": 4, "after": 1}


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_taken_and_given_back_in_whatever_order_no_two_share_a_place(
    database: Database, turns: Cast, seed: int
) -> None:
    dice = Random(seed)
    crew = (turns.alvarez, turns.brooks, turns.chen)
    kept = Outcome(turn="kept", hours="not_charged")
    taken: list[tuple[Officer, Charge]] = []
    with at(database, turns.millbrook) as work:
        work.conn.execute(sa.text("set constraints rotation_place_unique immediate"))
        for _ in range(80):
            if taken and dice.random() < 0.5:
                who, one = taken.pop(dice.randrange(len(taken)))
                settle(work, turns.millbrook.id, who.id, "details", kept, one)
            else:
                who = dice.choice(crew)
                taken.append((who, charge(work, turns.millbrook.id, who.id, "details", 60, 60)))
        for who, one in taken:
            settle(work, turns.millbrook.id, who.id, "details", kept, one)
        assert {_stands(work, who)[1] for who in crew} <= {0}
