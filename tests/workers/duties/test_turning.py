"""The turn of a pool's period: once, at midnight on the department's wall, with the figures before on record."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.counting.turning import admit_newcomers, plan_turns, turn_counters
from models.awarding.deciding.award import run_award
from models.people.handbook import current
from models.people.officer import Officer
from models.rules.handbook import Handbook
from models.session import Database, Work
from tests.cast import MONDAY, Cast, assemble, at, post_detail, signs_up, stands_in_rotation
from tests.workers.conftest import at_once
from tests.workers.duties.doing import do, planned

MONTHLY = {"name": "details", "reset": {"period": "month"}}
JULY = date(2026, 7, 1)
MIDNIGHT = datetime(2026, 7, 1, 4, tzinfo=UTC)  # in New York, in summer


def _house(database: Database, *pools: Any, **rules: Any) -> Cast:
    by_rotation = {"awarding": {"rounds": [{"name": "turns", "order": ["rotation"]}]}}
    cast = assemble(database, Handbook.model_validate({**by_rotation, "pools": list(pools), **rules}))
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.chen, cast.brooks, cast.alvarez)
    return cast


def _count(work: Work, who: Officer, pool: str = "details", **counts: int) -> None:
    names = ", ".join(counts)
    work.conn.execute(
        sa.text(
            f"insert into hours_count (department_id, pool, officer_id, {names})"
            f" select department_id, :pool, id, {', '.join(f':{name}' for name in counts)} from officer where id = :o"
        ),
        {"o": who.id, "pool": pool, **counts},
    )


def _counted(work: Work, who: Officer, pool: str = "details") -> tuple[int, int]:
    row = work.conn.execute(
        sa.text("select minutes, turns from hours_count where officer_id = :o and pool = :pool"),
        {"o": who.id, "pool": pool},
    ).one()
    return row.minutes, row.turns


def _rotation(work: Work) -> list[int]:
    return list(work.conn.execute(sa.text("select officer_id from rotation order by place")).scalars())


def _events(work: Work, name: str) -> list[Any]:
    work.flush()
    return list(work.conn.execute(sa.text("select data from event where name = :n order by id"), {"n": name}).scalars())


@pytest.mark.parametrize(
    ("now", "pool", "due_at"),
    [
        (datetime(2026, 6, 10, tzinfo=UTC), MONTHLY, MIDNIGHT),
        # The first of November: the clocks go back that night, and go forward on March 8.
        (datetime(2026, 10, 15, tzinfo=UTC), MONTHLY, datetime(2026, 11, 1, 4, tzinfo=UTC)),
        (datetime(2026, 11, 2, tzinfo=UTC), MONTHLY, datetime(2026, 12, 1, 5, tzinfo=UTC)),
        (
            datetime(2026, 3, 5, tzinfo=UTC),
            {"name": "details", "reset": {"period": "week", "week_starts": "sunday"}},
            datetime(2026, 3, 8, 5, tzinfo=UTC),
        ),
        (
            datetime(2026, 3, 8, 12, tzinfo=UTC),
            {"name": "details", "reset": {"period": "week", "week_starts": "sunday"}},
            datetime(2026, 3, 15, 4, tzinfo=UTC),
        ),
    ],
)
def test_a_turn_is_planned_for_midnight_on_the_wall(
    database: Database, now: datetime, pool: dict[str, Any], due_at: datetime
) -> None:
    cast = _house(database, pool)
    with at(database, cast.millbrook, now) as work:
        plan_turns(work, cast.millbrook)
        plan_turns(work, cast.millbrook)
    assert planned(database, cast.millbrook, "turn_counters") == [(cast.millbrook.id, due_at)]


def test_fewest_hours_each_pool_begins_anew_on_its_own_day(database: Database) -> None:
    """The example "Fewest hours": monthly, and the double-time pool on January 1."""
    cast = _house(database, MONTHLY, {"name": "double", "reset": {"period": "year"}})
    with at(database, cast.millbrook) as work:
        for pool in ("details", "double"):
            _count(work, cast.alvarez, pool, minutes=900, turns=2)
    do(database, cast.millbrook, MIDNIGHT, "turn_counters", cast.millbrook.id, "details 2026-07-01")
    do(database, cast.millbrook, MIDNIGHT, "turn_counters", cast.millbrook.id, "double 2026-07-01")
    with at(database, cast.millbrook, MIDNIGHT) as work:
        assert _counted(work, cast.alvarez) == (0, 0)
        assert _counted(work, cast.alvarez, "double") == (900, 2)
        [told] = _events(work, "counters_turned")
        before = {each["officer"]: each for each in told["before"]}
        assert (before[cast.alvarez.id]["minutes"], before[cast.alvarez.id]["turns"]) == (900, 2)
    [*_, (_, due_at)] = planned(database, cast.millbrook, "turn_counters")
    assert due_at == datetime(2027, 1, 1, 5, tzinfo=UTC)


def test_rotation_28_days_the_roster_is_sorted_anew_and_counts_go_on(database: Database) -> None:
    """The example "Rotation, 28 days"."""
    reset = {"period": "28_days", "anchor_on": "2026-07-01", "carry_over": "all", "rotation": "seniority"}
    cast = _house(database, {"name": "details", "reset": reset})
    with at(database, cast.millbrook) as work:
        _count(work, cast.alvarez, minutes=900)
        assert _rotation(work) == [cast.chen.id, cast.brooks.id, cast.alvarez.id]
    do(database, cast.millbrook, MIDNIGHT, "turn_counters", cast.millbrook.id, "details 2026-07-01")
    with at(database, cast.millbrook) as work:
        assert _rotation(work) == [cast.alvarez.id, cast.brooks.id, cast.chen.id]
        assert _counted(work, cast.alvarez) == (900, 0)


def test_a_rotation_may_return_to_the_order_it_began_with(database: Database) -> None:
    reset = {"period": "month", "rotation": "base_order"}
    cast = _house(database, {"name": "details", "reset": reset})
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update rotation set base_place = place"))
        work.conn.execute(sa.text("update rotation set place = place + 100 where officer_id = :o"), {"o": cast.chen.id})
        assert _rotation(work)[-1] == cast.chen.id
        assert turn_counters(work, cast.millbrook, "details", JULY)
        assert _rotation(work) == [cast.chen.id, cast.brooks.id, cast.alvarez.id]


def test_a_turn_is_made_once_however_often_it_is_tried_at_the_same_moment(database: Database) -> None:
    cast = _house(
        database, {"name": "details", "reset": {"period": "month", "carry_over": "fraction", "fraction": 0.5}}
    )
    with at(database, cast.millbrook) as work:
        _count(work, cast.alvarez, minutes=960)
    made: list[bool] = []

    def turn() -> None:
        with at(database, cast.millbrook, MIDNIGHT) as work:
            made.append(turn_counters(work, cast.millbrook, "details", JULY))

    at_once(turn, turn, turn)
    with at(database, cast.millbrook) as work:
        assert _counted(work, cast.alvarez) == (480, 0)
    assert sorted(made) == [False, False, True]


def test_a_day_that_begins_no_period_turns_nothing(database: Database) -> None:
    cast = _house(database, MONTHLY)
    with at(database, cast.millbrook) as work:
        assert not turn_counters(work, cast.millbrook, "details", date(2026, 7, 2))
        assert not turn_counters(work, cast.millbrook, "gone", JULY)


def _award(database: Database, cast: Cast, starts_at: datetime, now: datetime) -> int:
    with at(database, cast.millbrook, now - timedelta(days=1)) as work:
        about = post_detail(work, cast.millbrook, starts_at)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    with at(database, cast.millbrook, now) as work:
        posting = [about.posting_id] if about.posting_id else None
        award_id = run_award(work, cast.millbrook, posting, "test")
        return work.conn.execute(sa.text("select id from assignment where award_id = :a"), {"a": award_id}).scalar_one()


def test_what_was_charged_in_the_old_period_is_not_given_back_in_the_new_one(database: Database) -> None:
    cast = _house(database, MONTHLY)
    held = _award(database, cast, MIDNIGHT + timedelta(days=3), MIDNIGHT - timedelta(hours=2))
    with at(database, cast.millbrook, MIDNIGHT) as work:
        assert turn_counters(work, cast.millbrook, "details", JULY)
    _award(database, cast, MIDNIGHT + timedelta(days=9), MIDNIGHT + timedelta(hours=1))
    with at(database, cast.millbrook, MIDNIGHT + timedelta(hours=2)) as work:
        assert _counted(work, cast.alvarez) == (480, 1)
        assert end_award(work, cast.millbrook, held, "lapse")
        assert _counted(work, cast.alvarez) == (480, 1)


def test_a_turn_that_comes_late_keeps_what_was_charged_since_midnight(database: Database) -> None:
    cast = _house(database, MONTHLY)
    _award(database, cast, MIDNIGHT + timedelta(days=3), MIDNIGHT - timedelta(hours=2))
    _award(database, cast, MIDNIGHT + timedelta(days=9), MIDNIGHT + timedelta(hours=1))
    with at(database, cast.millbrook, MIDNIGHT + timedelta(hours=9)) as work:
        assert _counted(work, cast.alvarez) == (960, 2)
        assert turn_counters(work, cast.millbrook, "details", JULY)
        assert _counted(work, cast.alvarez) == (480, 1)


def test_a_detail_may_count_in_the_period_in_which_it_starts(database: Database) -> None:
    cast = _house(database, {"name": "details", "reset": {"period": "month", "straddling": "detail_start"}})
    held = _award(database, cast, MIDNIGHT + timedelta(days=3), MIDNIGHT - timedelta(hours=2))
    with at(database, cast.millbrook, MIDNIGHT) as work:
        assert accept_award(work, cast.millbrook, held)
        assert turn_counters(work, cast.millbrook, "details", JULY)
        assert _counted(work, cast.alvarez) == (480, 1)
        assert end_award(work, cast.millbrook, held, "drop")
        assert _counted(work, cast.alvarez) == (0, 1)


def test_a_newcomer_starts_with_the_average_and_at_the_bottom_and_only_once(database: Database) -> None:
    newcomers = {"start": "average", "rotation": "bottom"}
    cast = _house(database, {"name": "details", "newcomers": newcomers})
    with at(database, cast.millbrook) as work:
        for who, minutes in ((cast.alvarez, 600), (cast.brooks, 1200), (cast.chen, 0)):
            _count(work, who, minutes=minutes)
        work.conn.execute(sa.text("update officer set status = 'separated' where id = :o"), {"o": cast.diaz.id})
        edition = current(work, cast.millbrook.id, MONDAY.date())
        assert admit_newcomers(work, cast.millbrook, edition) == 1
        assert admit_newcomers(work, cast.millbrook, edition) == 0
        assert _counted(work, cast.grant_in_millbrook) == (600, 0)
        assert _rotation(work)[-1] == cast.grant_in_millbrook.id
        [told] = _events(work, "newcomer_admitted")
        assert (told["pool"], told["of"], told["counts"]["minutes"]) == ("details", 3, 600)


def test_a_frozen_roster_takes_newcomers_in_at_the_turn(database: Database) -> None:
    newcomers = {"rotation": "bottom", "joins": "at_the_turn"}
    cast = _house(database, {**MONTHLY, "newcomers": newcomers})
    with at(database, cast.millbrook) as work:
        edition = current(work, cast.millbrook.id, MONDAY.date())
        assert admit_newcomers(work, cast.millbrook, edition) == 0
        assert len(_rotation(work)) == 3
        assert turn_counters(work, cast.millbrook, "details", JULY)
        assert _rotation(work)[3:] == [cast.diaz.id, cast.grant_in_millbrook.id]
