"""An assignment's end is moved: looked at like an award, decided by a person where a rule stands against it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.details.opening import opening
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import assignment
from models.working.attendance import check_in, check_out
from models.working.extension import extend_assignment, held_by
from models.working.hours_worked import judge_hours
from tests.cast import MONDAY, Cast, assemble, assigns, at, by_text, post_detail

STARTS = MONDAY + timedelta(days=3)
ENDS = STARTS + timedelta(hours=8)
TEN_A_DAY = Handbook.model_validate({"limits": [{"kind": "rolling", "hours": 10, "in_hours": 24}]})


@pytest.fixture
def cast(database: Database) -> Cast:
    """Ten hours in any twenty-four, and no more."""
    return assemble(database, TEN_A_DAY)


@pytest.fixture
def held(database: Database, cast: Cast) -> int:
    """Alvarez holds eight hours."""
    with at(database, cast.millbrook) as work:
        return assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS))


# hours longer, anyway, outcome, rule gone beyond or standing against it
MOVES = [
    (2, False, "extended", None),
    (3, False, "ineligible", "limit_rolling"),
    (3, True, "extended", "limit_rolling"),
    (-4, False, "shortened", None),
    (0, False, "same", None),
    (-8, False, "not_after_start", None),
]


@pytest.mark.parametrize(("hours", "anyway", "outcome", "rule"), MOVES)
def test_moving_the_end(
    database: Database, cast: Cast, held: int, hours: int, anyway: bool, outcome: str, rule: str | None
) -> None:
    until = ENDS + timedelta(hours=hours)
    with at(database, cast.millbrook) as work:
        moved = extend_assignment(work, cast.millbrook, held, until, "the road is not done", anyway)
        assert (moved.outcome, moved.broken and moved.broken.reason) == (outcome, rule)
        is_moved = outcome in ("extended", "shortened")
        assert assignment(work, cast.millbrook.id, held).ends_at == (until if is_moved else ENDS)
    assert _events(database, cast, f"assignment_{outcome}") == int(is_moved)


def test_no_decision_puts_an_officer_into_two_details(database: Database, cast: Cast, held: int) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, ENDS + timedelta(hours=1))
        assigns(work, cast.millbrook, cast.alvarez, about)
        later = ENDS + timedelta(hours=2)
        assert extend_assignment(work, cast.millbrook, held, later, "still busy", True).outcome == "committed"
        assert assignment(work, cast.millbrook.id, held).ends_at == ENDS


def test_the_assignment_behind_a_code(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        held = assigns(work, cast.millbrook, cast.alvarez, about)
        code = opening(work, cast.millbrook.id, assignment(work, cast.millbrook.id, held).opening_id).code
        assert held_by(work, cast.alvarez, code) == held
        assert held_by(work, cast.brooks, code) is None


def test_who_stays_longer_than_the_rules_allow_goes_before_a_person(database: Database, cast: Cast, held: int) -> None:
    with at(database, cast.millbrook, STARTS, by_text(cast.alvarez)) as work:
        assert check_in(work, cast.alvarez, held).outcome == "done"
    with at(database, cast.millbrook, STARTS) as work:
        assert judge_hours(work, cast.millbrook, held) is None
    with at(database, cast.millbrook, ENDS + timedelta(hours=3), by_text(cast.alvarez)) as work:
        assert check_out(work, cast.alvarez, held).outcome == "done"
    with at(database, cast.millbrook, ENDS + timedelta(hours=3)) as work:
        found = judge_hours(work, cast.millbrook, held)
        assert found is not None
        assert found.figures["would_be_minutes"] == 660
    assert _events(database, cast, "hours_beyond_rules") == 1


def _events(database: Database, cast: Cast, name: str) -> int:
    with at(database, cast.millbrook) as work:
        count: int = work.conn.execute(sa.text("select count(*) from event where name = :n"), {"n": name}).scalar_one()
        return count
