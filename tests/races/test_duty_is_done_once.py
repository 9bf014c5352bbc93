"""A duty is done once, however many drains there are, and stays due when whoever does it is killed."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

import pytest
import sqlalchemy as sa

from models.line import duty
from models.session import Database, Work
from tests.cast import MONDAY, Cast, at
from tests.races.racing import race

DUTIES = 60


def _plan(database: Database, cast: Cast, count: int, due_at: datetime = MONDAY) -> None:
    with at(database, cast.millbrook) as work:
        for subject in range(count):
            duty.plan(work, cast.millbrook.id, "run_award", subject + 1, due_at)


def _next(work: Work, cast: Cast) -> sa.Row | None:
    return duty.claim(work, cast.millbrook.id, "awarding")


def _left(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(sa.text("select count(*) from duty where done_at is null")).scalar_one()


def test_four_drains_at_once_do_every_duty_once(database: Database, cast: Cast) -> None:
    _plan(database, cast, DUTIES)
    done: Counter[int] = Counter()
    lock = Lock()

    def drain() -> int:
        mine = 0
        while True:
            with at(database, cast.millbrook) as work:
                row = _next(work, cast)
                if row is None:
                    return mine
                duty.done(work, cast.millbrook.id, row.id)
                with lock:
                    done[row.subject_id] += 1
            mine += 1

    ends = race([drain] * 4)
    assert sum(ends) == DUTIES
    assert set(done.values()) == {1}
    assert len(done) == DUTIES
    assert _left(database, cast) == 0


def test_a_duty_another_drain_is_doing_is_passed_over_and_not_waited_for(database: Database, cast: Cast) -> None:
    _plan(database, cast, 2)
    with at(database, cast.millbrook) as first, at(database, cast.millbrook) as second:
        taken = {_next(first, cast).subject_id, _next(second, cast).subject_id}  # type: ignore[union-attr] # both due
        assert taken == {1, 2}
        with at(database, cast.millbrook) as third:
            assert _next(third, cast) is None


def test_a_drain_that_is_killed_leaves_its_duty_due_and_undoes_what_it_did(
    database: Database, owner: sa.Engine, cast: Cast
) -> None:
    _plan(database, cast, 1)
    with pytest.raises(sa.exc.OperationalError), at(database, cast.millbrook) as work:  # noqa: PT012 - killed midway
        row = _next(work, cast)
        assert row is not None
        work.conn.execute(
            sa.text("insert into hand_off (department_id, reason, handed_at) values (:d, 'half', now())"),
            {"d": cast.millbrook.id},
        )
        duty.done(work, cast.millbrook.id, row.id)
        _kill(owner, work.conn.execute(sa.text("select pg_backend_pid()")).scalar_one())
        work.conn.execute(sa.text("select 1"))
    with at(database, cast.millbrook) as work:
        assert work.conn.execute(sa.text("select count(*) from hand_off")).scalar_one() == 0
        assert _next(work, cast) is not None


def _kill(owner: sa.Engine, backend: int) -> None:
    with owner.connect() as conn:
        assert conn.execute(sa.text("select pg_terminate_backend(:pid, 5000)"), {"pid": backend}).scalar_one()


def test_a_failed_duty_rests_and_the_others_go_on(database: Database, cast: Cast) -> None:
    _plan(database, cast, 2)
    with at(database, cast.millbrook) as work:
        row = _next(work, cast)
        assert row is not None
        duty.failed(work, cast.millbrook.id, row.id, row.attempts, "RuntimeError")
    with at(database, cast.millbrook) as work:
        following = _next(work, cast)
        assert following is not None
        assert following.subject_id != row.subject_id
        waits = work.conn.execute(
            sa.text("select attempts, not_before - clock_timestamp() as wait from duty where id = :id"), {"id": row.id}
        ).one()
        assert waits.attempts == 1
        assert timedelta(0) < waits.wait <= timedelta(seconds=1)


def test_the_wait_of_a_duty_that_keeps_failing_never_grows_beyond_a_quarter_of_an_hour(
    database: Database, cast: Cast
) -> None:
    _plan(database, cast, 1)
    with at(database, cast.millbrook) as work:
        row = _next(work, cast)
        assert row is not None
        duty.failed(work, cast.millbrook.id, row.id, 5000, "RuntimeError")
        wait = work.conn.execute(sa.text("select max(not_before) - clock_timestamp() from duty")).scalar_one()
        assert wait <= timedelta(minutes=15)


def test_the_same_duty_planned_at_once_by_two_is_one_duty(database: Database, cast: Cast) -> None:
    for _ in range(5):
        race([partial(_plan, database, cast, 3)] * 3)
    assert _left(database, cast) == 3


def test_what_is_not_due_yet_is_left_alone_and_its_time_is_known(database: Database, cast: Cast) -> None:
    _plan(database, cast, 1, MONDAY + timedelta(minutes=5))
    with at(database, cast.millbrook) as work:
        assert _next(work, cast) is None
        assert duty.next_due_at(work, cast.millbrook.id) == MONDAY + timedelta(minutes=5)
        assert list(duty.queues_due(work, cast.millbrook.id)) == []
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=5)) as work:
        assert list(duty.queues_due(work, cast.millbrook.id)) == ["awarding"]
        assert _next(work, cast) is not None


def test_a_duty_due_now_rings_its_queue_after_the_commit_and_one_of_later_does_not(
    database: Database, cast: Cast
) -> None:
    with at(database, cast.millbrook) as work:
        duty.plan(work, cast.millbrook.id, "run_award", 1, MONDAY + timedelta(hours=1))
        assert work.bells == set()
        duty.plan(work, cast.millbrook.id, "tell_award", 1, MONDAY)
        assert work.bells == {("confirmations", cast.millbrook.id)}
