"""The record of what happened: append-only, chained after the fact, and a chain that shows where it was touched."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from models.people.department import Department
from models.proof import event
from models.proof.anchor import Anchor, Missed, missed, read_anchor, take_anchor
from models.proof.seal import Audit, seal_events, verify
from models.session import SYSTEM, Database, Work
from models.working.assignment import SlotTaken
from tests.cast import MONDAY, Cast, at, by_text

APPEND_ONLY = ("event", "seal", "award", "verdict")


def _happen(work: Work, cast: Cast, *names: str) -> None:
    for name in names:
        event.record(work, cast.millbrook.id, name, "officer", cast.alvarez.id, officer_id=cast.alvarez.id)
    work.flush()


def _seal(database: Database, cast: Cast, most: int = 5000) -> int:
    with at(database, cast.millbrook) as work:
        return seal_events(work, cast.millbrook.id, most)


def _wait_for_strangers(database: Database, *departments: Department) -> None:
    """Until no transaction is open that is older than these departments' events: other tests run on this server."""
    patience = time.monotonic() + 90
    older = sa.text("select coalesce(bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())), true) from event")
    while time.monotonic() < patience:
        with at(database, departments) as work:
            if work.conn.execute(older).scalar_one():
                return
        time.sleep(0.02)


def _audit(database: Database, cast: Cast) -> Audit:
    with at(database, cast.millbrook) as work:
        return verify(work, cast.millbrook.id)


def _sealed_names(database: Database, cast: Cast) -> list[str]:
    with at(database, cast.millbrook) as work:
        return list(
            work.conn.execute(
                sa.text(
                    "select e.name from seal s join event e on e.department_id = s.department_id"
                    " and e.id = s.event_id order by s.position"
                )
            ).scalars()
        )


@pytest.fixture
def chained(database: Database, cast: Cast) -> Cast:
    """Three events of Millbrook, sealed."""
    with at(database, cast.millbrook) as work:
        _happen(work, cast, "first", "second", "third")
    _wait_for_strangers(database, cast.millbrook)
    _seal(database, cast)
    return cast


@contextmanager
def _guards_down(owner: sa.Engine, cast: Cast) -> Iterator[Work]:
    """As somebody who holds the database itself can: triggers and foreign keys off. All undone afterwards."""
    with owner.connect() as conn, conn.begin() as transaction:
        departments = (cast.millbrook.id, cast.harbor.id)
        told = f"{{{departments[0]},{departments[1]}}}"
        conn.execute(sa.text("select set_config('dutyline.departments', :d, true)"), {"d": told})
        conn.execute(sa.text("alter table seal drop constraint seal_event"))
        for table in ("event", "seal"):
            conn.execute(sa.text(f"alter table {table} disable trigger user"))
        yield Work(conn, MONDAY, SYSTEM, departments)
        transaction.rollback()


def test_an_event_says_who_when_by_which_channel_and_holds_ids_only(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook, actor=by_text(cast.alvarez)) as work:
        event.record(work, cast.millbrook.id, "officer_signed_up", "signup", 7, officer_id=cast.alvarez.id, slots=2)
    with at(database, cast.millbrook) as work:
        row = work.conn.execute(sa.select(event.events)).one()
    assert (row.actor_kind, row.actor_id, row.channel) == ("officer", cast.alvarez.person_id, "sms")
    assert (row.name, row.subject_kind, row.subject_id, row.data) == ("officer_signed_up", "signup", 7, {"slots": 2})
    assert row.happened_at == MONDAY
    assert row.recorded_at > MONDAY - timedelta(days=3650)


def test_events_of_an_undone_savepoint_are_undone_with_it(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        event.record(work, cast.millbrook.id, "kept", "officer", cast.alvarez.id)
        with suppress(SlotTaken), work.savepoint():
            event.record(work, cast.millbrook.id, "undone", "officer", cast.alvarez.id)
            work.ring("awarding", cast.millbrook.id)
            raise SlotTaken
        assert work.bells == set()
    with at(database, cast.millbrook) as work:
        assert work.conn.execute(sa.select(event.events.c.name)).scalars().all() == ["kept"]


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["update {} set department_id = department_id", "delete from {}", "truncate {}"])
@pytest.mark.parametrize("who", ["application", "owner"])
def test_the_record_can_be_added_to_and_nothing_else(
    database: Database, owner: sa.Engine, chained: Cast, table: str, statement: str, who: str
) -> None:
    engine = database.engine if who == "application" else owner
    refusal = "permission denied|append-only" + ("|must be owner" if who == "application" else "|foreign key")
    with engine.connect() as conn:
        conn.execute(
            sa.text("select set_config('dutyline.departments', :d, true)"), {"d": f"{{{chained.millbrook.id}}}"}
        )
        with pytest.raises(DBAPIError, match=refusal):
            conn.execute(sa.text(statement.format(table)))


def test_everything_committed_is_sealed_once_and_holds(database: Database, chained: Cast) -> None:
    assert _sealed_names(database, chained) == ["first", "second", "third"]
    assert _seal(database, chained) == 0
    assert _audit(database, chained) == Audit(checked=3, broken_at=None, unsealed=0)


def test_sealing_in_small_parts_gives_the_same_chain(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        _happen(work, cast, *"abcde")
    _wait_for_strangers(database, cast.millbrook)
    assert [_seal(database, cast, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert _audit(database, cast) == Audit(checked=5, broken_at=None, unsealed=0)


def test_an_event_that_commits_late_is_not_skipped_and_nothing_overtakes_it(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as slow:
        _happen(slow, cast, "written first, committed last")
        with at(database, cast.millbrook) as quick:
            _happen(quick, cast, "written later, committed first")
        assert _seal(database, cast) == 0, "the open transaction is older: sealing waits, and texts do not"
        assert _audit(database, cast) == Audit(checked=0, broken_at=None, unsealed=1)
    _wait_for_strangers(database, cast.millbrook)
    assert _seal(database, cast) == 2
    assert _sealed_names(database, cast) == ["written first, committed last", "written later, committed first"]
    assert _audit(database, cast) == Audit(checked=2, broken_at=None, unsealed=0)


def test_an_event_undone_leaves_no_gap_in_the_chain(database: Database, cast: Cast) -> None:
    with suppress(SlotTaken), at(database, cast.millbrook) as work:
        _happen(work, cast, "undone")
        raise SlotTaken
    with at(database, cast.millbrook) as work:
        _happen(work, cast, "done")
    _wait_for_strangers(database, cast.millbrook)
    assert _seal(database, cast) == 1
    assert _audit(database, cast) == Audit(checked=1, broken_at=None, unsealed=0)


@pytest.mark.parametrize(
    ("touch", "broken_at"),
    [
        ("update event set data = '{\"forged\": true}' where name = 'second'", 2),
        ("update event set happened_at = happened_at + interval '1 second' where name = 'first'", 1),
        ("update event set actor_id = 1 where name = 'third'", 3),
        ("delete from event where name = 'second'", 2),
        ("delete from event where name = 'third'", 3),
        ("delete from seal where position = 2", 3),
        ("update seal set hash = repeat('0', 64) where position = 3", 3),
    ],
)
def test_what_was_touched_with_the_guards_down_shows_where(
    owner: sa.Engine, chained: Cast, touch: str, broken_at: int
) -> None:
    with _guards_down(owner, chained) as work:
        assert work.conn.execute(sa.text(touch.replace(":", "\\:"))).rowcount == 1
        assert verify(work, chained.millbrook.id).broken_at == broken_at


def test_a_touched_chain_of_millbrook_leaves_harbors_whole(database: Database, owner: sa.Engine, chained: Cast) -> None:
    with at(database, chained.harbor) as work:
        event.record(work, chained.harbor.id, "own", "officer", chained.evans.id)
    _wait_for_strangers(database, chained.harbor)
    with at(database, chained.harbor) as work:
        seal_events(work, chained.harbor.id)
    with _guards_down(owner, chained) as work:
        work.conn.execute(
            sa.text("update event set name = 'forged' where department_id = :d"), {"d": chained.millbrook.id}
        )
        assert verify(work, chained.millbrook.id).broken_at == 1
        assert verify(work, chained.harbor.id) == Audit(checked=1, broken_at=None, unsealed=0)


def _anchor(database: Database, cast: Cast) -> Anchor:
    with at(database, cast.millbrook) as work:
        found = take_anchor(work, cast.millbrook.id, cast.millbrook.slug)
    assert found is not None
    return found


def test_what_was_cut_off_the_end_of_the_chain_shows_against_an_anchor_only(
    database: Database, owner: sa.Engine, chained: Cast
) -> None:
    anchor = _anchor(database, chained)
    with _guards_down(owner, chained) as work:
        for statement in ("delete from seal where position = 3", "delete from event where name = 'third'"):
            assert work.conn.execute(sa.text(statement)).rowcount == 1
        assert verify(work, chained.millbrook.id) == Audit(checked=2, broken_at=None, unsealed=0)
        assert missed(work, chained.millbrook.id, [anchor]) == Missed(anchor, "gone")


def test_a_chain_that_was_written_anew_shows_against_an_anchor(
    database: Database, owner: sa.Engine, chained: Cast
) -> None:
    anchor = _anchor(database, chained)
    with _guards_down(owner, chained) as work:
        work.conn.execute(sa.text("update event set name = 'forged' where name = 'second'"))
        work.conn.execute(sa.text("delete from seal"))
        assert seal_events(work, chained.millbrook.id) == 3
        assert verify(work, chained.millbrook.id).broken_at is None
        assert missed(work, chained.millbrook.id, [anchor]) == Missed(anchor, "other")


def test_what_came_after_an_anchor_does_not_disturb_it(database: Database, chained: Cast) -> None:
    anchors = [_anchor(database, chained)]
    with at(database, chained.millbrook) as work:
        _happen(work, chained, "fourth")
    _wait_for_strangers(database, chained.millbrook)
    _seal(database, chained)
    anchors.append(_anchor(database, chained))
    with at(database, chained.millbrook) as work:
        assert missed(work, chained.millbrook.id, anchors) is None
    assert [anchor.position for anchor in anchors] == [3, 4]
    assert [read_anchor(anchor.told()) for anchor in anchors] == anchors
