"""The unit of work: all or nothing, blind without its departments, and bells only for what was committed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from models.line import duty
from models.line.clock import read_clock, set_clock
from models.line.line import line_departments, line_of
from models.session import SYSTEM, Database
from models.working.assignment import SlotTaken
from tests.cast import MONDAY, Cast, at


class Bells:
    """Remembers what was rung; `is_broken` makes it fail as a bell without Redis would."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, int]] = []
        self.is_broken = False

    def __call__(self, queue: str, department_id: int) -> None:
        if self.is_broken:
            raise ConnectionError
        self.rung.append((queue, department_id))


@pytest.fixture
def bells() -> Bells:
    return Bells()


@pytest.fixture
def ringing(postgres_url: str, bells: Bells) -> Iterator[Database]:
    made = Database(postgres_url, ring=bells, pool_size=2)
    yield made
    made.dispose()


@pytest.fixture
def demo(postgres_url: str, owner: sa.Engine) -> Iterator[Database]:
    """A demonstration, whose clock is a row."""
    made = Database(postgres_url, demo_clock=True, pool_size=2)
    yield made
    made.dispose()
    with owner.begin() as conn:
        conn.execute(sa.text("delete from clock"))


def _number(database: Database, cast: Cast) -> str:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(
            sa.text("select number from line where id = :l"), {"l": line_of(work, cast.millbrook.id)}
        ).scalar_one()


def test_bells_are_rung_once_each_and_after_the_commit(ringing: Database, cast: Cast, bells: Bells) -> None:
    with at(ringing, cast.millbrook) as work:
        for subject in range(3):
            duty.plan(work, cast.millbrook.id, "run_award", subject, MONDAY)
        work.flush()
        assert bells.rung == []
    assert bells.rung == [("awarding", cast.millbrook.id)]


def test_what_was_undone_rings_nothing(ringing: Database, cast: Cast, bells: Bells) -> None:
    with suppress(SlotTaken), at(ringing, cast.millbrook) as work:
        duty.plan(work, cast.millbrook.id, "run_award", 1, MONDAY)
        raise SlotTaken
    assert bells.rung == []
    with at(ringing, cast.millbrook) as work:
        assert duty.next_due_at(work, cast.millbrook.id) is None


def test_a_bell_that_cannot_be_rung_leaves_the_work_committed(ringing: Database, cast: Cast, bells: Bells) -> None:
    bells.is_broken = True
    with at(ringing, cast.millbrook) as work:
        duty.plan(work, cast.millbrook.id, "run_award", 1, MONDAY)
    with at(ringing, cast.millbrook) as work:
        assert duty.next_due_at(work, cast.millbrook.id) == MONDAY


def test_a_text_on_a_departments_line_sees_that_department(database: Database, cast: Cast) -> None:
    with database.begin_on_line(_number(database, cast), SYSTEM) as (work, line):
        assert line is not None
        assert (line.department_id, work.departments) == (cast.millbrook.id, (cast.millbrook.id,))
        seen = work.conn.execute(sa.text("select distinct department_id from officer")).scalars()
        assert list(seen) == [cast.millbrook.id]


def test_a_text_on_a_shared_line_sees_every_department_it_serves(database: Database, cast: Cast) -> None:
    number = _number(database, cast)
    with at(database, cast.millbrook) as work:
        shared = {"line_id": line_of(work, cast.millbrook.id), "department_id": cast.harbor.id}
        work.conn.execute(sa.insert(line_departments).values(shared))
    with database.begin_on_line(number, SYSTEM) as (work, _):
        assert set(work.departments) == {cast.millbrook.id, cast.harbor.id}


def test_a_text_to_a_number_that_is_not_ours_sees_nothing_at_all(database: Database) -> None:
    with database.begin_on_line("+19995550100", SYSTEM) as (work, line):
        assert line is None
        assert work.departments == ()
        with pytest.raises(DBAPIError), work.savepoint():
            work.conn.execute(sa.text("select count(*) from officer"))


def test_in_a_demonstration_it_is_as_late_as_the_row_says(demo: Database, cast: Cast) -> None:
    with demo.engine.begin() as conn:
        assert read_clock(conn) is None
        set_clock(conn, MONDAY)
    with demo.begin([cast.millbrook.id]) as work:
        assert work.now == MONDAY
    with demo.begin_on_line(_number(demo, cast), SYSTEM) as (work, _):
        assert work.now == MONDAY


def test_a_clock_set_running_runs_on_from_where_it_was_set(demo: Database, cast: Cast) -> None:
    with demo.engine.begin() as conn:
        set_clock(conn, MONDAY, running=True)
    with demo.begin([cast.millbrook.id]) as work:
        assert timedelta(0) < work.now - MONDAY < timedelta(seconds=30)


def test_outside_a_demonstration_the_row_is_not_looked_at(demo: Database, database: Database, cast: Cast) -> None:
    with demo.engine.begin() as conn:
        set_clock(conn, MONDAY)
    with database.begin([cast.millbrook.id]) as work:
        assert abs(work.now - datetime.now(UTC)) < timedelta(seconds=30)
        assert work.now.tzinfo is UTC


def test_what_the_web_asks_is_planned_once_and_so_for_every_department(postgres_url: str, cast: Cast) -> None:
    web = Database(postgres_url, pool_size=1, plans_once=True)
    with at(web, cast.millbrook) as work:
        for subject in range(4):
            work.conn.execute(sa.text("select count(*) from officer where id = :id"), {"id": subject})
        plans = work.conn.execute(
            sa.text(
                "select generic_plans, custom_plans from pg_prepared_statements where statement like '%from officer%'"
            )
        )
        assert [tuple(row) for row in plans] == [(3, 0)]
    web.dispose()
