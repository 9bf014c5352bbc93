"""What people wrote is let go of after its time; what explains an award or an hour never is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.line.retention import KINDS, days_kept, keep_for, let_go
from models.session import Database
from tests.cast import MONDAY, Cast, assemble, assigns, at, post_detail

OLD, YOUNG = MONDAY - timedelta(days=800), MONDAY - timedelta(days=20)
KEPT_FOR_GOOD = ("event", "assignment", "award", "verdict", "attendance", "signup")


@pytest.fixture
def cast(database: Database) -> Cast:
    """Millbrook and Harbor, each with old and young rows of every kind."""
    made = assemble(database)
    for where, who in ((made.millbrook, made.alvarez), (made.harbor, made.evans)):
        with at(database, where, OLD) as work:
            assigns(work, where, who, post_detail(work, where, OLD + timedelta(days=3)))
            line = work.conn.execute(
                sa.text("select id from line where department_id = :d"), {"d": where.id}
            ).scalar_one()
            for number, when in enumerate((OLD, OLD, OLD, YOUNG)):
                bound = {
                    "d": where.id,
                    "l": line,
                    "p": who.person_id,
                    "n": number,
                    "at": when,
                    "sid": f"SM{where.id}{number}",
                }
                for statement in _ROWS:
                    work.conn.execute(sa.text(statement), bound)
    return made


_ROWS = (
    (
        "insert into message_in (department_id, line_id, person_id, sid, from_number, body, raw, received_at)"
        " values (:d, :l, :p, :sid, '+12075550101', 'in', '{\"From\": \"x\"}', :at)"
    ),
    (
        "insert into enrolment (department_id, line_id, number, words, language, asked_at, state, settled_at,"
        " settled_by) values (:d, :l, '+12075550102', 'JOIN', 'en', :at, 'refused', :at, 'desk')"
    ),
    (
        "insert into message_out (department_id, line_id, person_id, to_number, prompt, body, segments, due_at,"
        " made_at, state) values (:d, :l, :p, '+12075550101', 'x', 'out', 1, :at, :at, 'delivered')"
    ),
    (
        "insert into message_status (department_id, message_out_id, sid, status, recorded_at)"
        " select :d, max(id), :sid, 'delivered', :at from message_out where department_id = :d"
    ),
    (
        "insert into conversation (department_id, person_id, line_id, channel, dialog, last_turn_at)"
        " values (:d, :p, :l, 'sms', '{}', :at) on conflict do nothing"
    ),
    (
        "insert into turn (department_id, conversation_id, number, understood, happened_at)"
        " select :d, id, :n, '{}', :at from conversation where department_id = :d"
    ),
    (
        "insert into call (department_id, line_id, direction, sid, from_number, to_number, state, dialog, began_at,"
        " last_turn_at) values (:d, :l, 'in', :sid, '+12075550101', '+12075550100', 'under_way', '{\"turn\": 1}', :at,"
        " :at)"
    ),
    (
        "insert into call_turn (department_id, call_id, token, kind, came_in, understood, answer, happened_at)"
        " select :d, max(id), '0', 'ring', '{}', '{}', '{}', :at from call where department_id = :d"
    ),
    (
        "insert into duty (department_id, queue, kind, subject_id, fence, due_at, done_at)"
        " values (:d, 'reminders', 'alarm_late', 1, :sid, :at, case when :n > 0 then cast(:at as timestamptz) end)"
    ),
)


def _left(database: Database, cast: Cast) -> dict[str, int]:
    counts = {
        "webhook_fields": "select count(*) from message_in where raw <> '{}'",
        "texts_in": "select count(*) from message_in where body <> ''",
        "texts_out": "select count(*) from message_out where body <> ''",
        "turns": "select count(*) from turn",
        "calls": "select count(*) from call where dialog <> '{}'",
        "call_turns": "select count(*) from call_turn",
        "statuses": "select count(*) from message_status",
        "duties": "select count(*) from duty where kind = 'alarm_late' and subject_id = 1",
    }
    with at(database, cast.millbrook) as work:
        return {kind: work.conn.execute(sa.text(query)).scalar_one() for kind, query in counts.items()}


def _for_good(database: Database, cast: Cast) -> list[int]:
    with at(database, cast.millbrook) as work:
        return [work.conn.execute(sa.text(f"select count(*) from {table}")).scalar_one() for table in KEPT_FOR_GOOD]


def _let_all_go(database: Database, cast: Cast, most: int = 2) -> Iterator[int]:
    for kind in KINDS:
        done = 1
        while done:
            with at(database, cast.millbrook) as work:
                done = let_go(work, cast.millbrook.id, kind, most)
            yield done


def test_what_is_old_goes_in_small_batches_and_what_is_young_or_undone_stays(database: Database, cast: Cast) -> None:
    for_good = _for_good(database, cast)
    assert max(_let_all_go(database, cast)) == 2
    assert _left(database, cast) == {
        "webhook_fields": 1,
        "texts_in": 1,
        "texts_out": 1,
        "turns": 1,
        "calls": 1,
        "call_turns": 1,
        "statuses": 1,
        # The young one, and the one that nobody has done yet.
        "duties": 2,
    }
    assert _for_good(database, cast) == for_good


def test_another_department_is_left_alone_and_nothing_is_dealt_with_twice(database: Database, cast: Cast) -> None:
    assert sum(_let_all_go(database, cast)) > 0
    assert sum(_let_all_go(database, cast)) == 0
    with at(database, cast.harbor) as work:
        assert work.conn.execute(sa.text("select count(*) from message_in where body <> ''")).scalar_one() == 4


def test_a_department_may_keep_longer_or_shorter(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        keep_for(work, cast.millbrook.id, "texts_in", 10)
        keep_for(work, cast.millbrook.id, "texts_out", 900)
        assert days_kept(work, cast.millbrook.id, "texts_in") == 10
    list(_let_all_go(database, cast))
    left = _left(database, cast)
    assert (left["texts_in"], left["texts_out"]) == (0, 4)
