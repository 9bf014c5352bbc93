"""What every text asks is answered from an index, as the application asks it: row-level security on, thousands of rows.

Row-level security turns an index off where a condition could leak a row, so the plans are read and not believed.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus

from models.awarding.deciding.award import run_award
from models.awarding.deciding.facts import gather
from models.awarding.telling.mine import holdings
from models.awarding.telling.why import why
from models.details.opening import openings_by_code, openings_posted
from models.line import duty, message_delivery, message_in, message_out
from models.line.conversation import conversation_with
from models.line.line import line_of
from models.people.officer import officers_by_id
from models.session import Database, Work
from tests.cast import MONDAY, Cast, Posted, assemble, at, enlist, handbook_of, post_detail, signs_up

MANY = 4_000
STARTS = MONDAY + timedelta(days=3)

CREW = 40

# Tables that grow for as long as the department does, and are filled below.
GROWING = {
    "assignment", "detail", "duty", "message_in", "message_out", "offer", "opening", "posting", "signup", "slot",
    "tour",
}  # fmt: skip

# Thousands of everything, among forty officers: finished long ago, told, done.
_HISTORY = """
create temporary table crew on commit drop as
     select id, person_id, row_number() over (order by id) - 1 as n from officer;
insert into detail (department_id, site_id, ref, pool, state)
     select :d, (select min(id) from site), 'old' || n, 'details', 'finished' from generate_series(1, :n) n;
create temporary table past on commit drop as
     select d.id as detail_id, c.id as officer_id, c.person_id, d.place,
            :now - interval '60 days' - interval '5 hours' * d.place as starts_at
       from (select id, row_number() over (order by id) as place from detail where ref like 'old%') d
       join crew c on c.n = d.place % (select count(*) from crew);
insert into opening (department_id, detail_id, code, code_retired_at, starts_at, ends_at)
     select :d, detail_id, lpad((place % 9000 + 1000)::text, 4, '0'), :now, starts_at, starts_at + interval '8 hours'
       from past;
insert into slot (department_id, opening_id, number, state)
     select :d, id, 1, 'held' from opening where code_retired_at is not null;
insert into posting (department_id, detail_id, posted_at, closes_at, award_at, state)
     select :d, detail_id, starts_at - interval '9 days', starts_at - interval '2 days', starts_at - interval '2 days',
            'awarded' from past;
insert into signup (department_id, opening_id, officer_id, signed_up_at)
     select :d, o.id, p.officer_id, o.starts_at - interval '5 days' from opening o join past p using (detail_id);
insert into assignment (department_id, slot_id, opening_id, officer_id, person_id, handbook_id, during, state, given_at)
     select :d, s.id, o.id, p.officer_id, p.person_id, (select min(id) from handbook),
            tstzrange(o.starts_at, o.ends_at), 'paid', o.starts_at
       from slot s join opening o on o.id = s.opening_id join past p using (detail_id);
insert into offer (department_id, slot_id, opening_id, officer_id, handbook_id, made_at, expires_at, state, ended_at)
     select :d, s.id, o.id, p.officer_id, (select min(id) from handbook), :now - interval '60 days',
            :now - interval '59 days', 'declined', :now
       from slot s join opening o on o.id = s.opening_id join past p using (detail_id);
insert into tour (department_id, officer_id, during)
     select :d, c.id, tstzrange(:now + interval '1 day' * g, :now + interval '1 day' * g + interval '8 hours')
       from crew c, generate_series(-60, 20) g;
insert into duty (department_id, queue, kind, subject_id, due_at, done_at)
     select :d, 'awarding', 'run_award', n, :now - interval '1 minute' * n, :now from generate_series(1, :n) n;
insert into duty (department_id, queue, kind, subject_id, due_at)
     select :d, 'reminders', 'remind_hour_before', n, :now + interval '1 minute' * n from generate_series(1, 200) n;
insert into message_out (department_id, line_id, person_id, to_number, prompt, body, segments, state, due_at, made_at,
                         subject_kind, subject_id, settled_at)
     select :d, (select min(id) from line where department_id = :d), person_id, '+19075550100', 'x', 'x', 1,
            'delivered', starts_at, starts_at, 'assignment', place, starts_at from past;
insert into message_in (department_id, line_id, person_id, sid, from_number, body, raw, received_at)
     select :d, (select min(id) from line where department_id = :d), person_id, 'old' || place, '+19075550100', 'LIST',
            '{}', starts_at from past;
"""


@pytest.fixture(scope="module")
def busy(database: Database, owner: sa.Engine) -> Cast:
    """A department with years behind it."""
    cast = assemble(database)
    with at(database, cast.millbrook) as work:
        post_detail(work, cast.millbrook, STARTS)
        for _ in range(CREW):
            enlist(work, cast.millbrook, "Crew")
        values = {"d": cast.millbrook.id, "n": MANY, "now": MONDAY}
        for statement in _HISTORY.split(";\n")[:-1]:
            work.conn.execute(sa.text(statement), values)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(sa.text("analyze"))
    return cast


@contextmanager
def _watched(work: Work) -> Iterator[list[str]]:
    """Everything read or written while the block runs that went through a growing table from end to end."""
    walked: list[str] = []

    def explain(_conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.split(maxsplit=1)[0].lower() not in ("select", "with", "update", "insert", "delete"):
            return
        asked = parameters[0] if isinstance(parameters, list) else parameters
        with cursor.connection.cursor() as aside:
            plan = aside.execute(f"explain (format json) {statement}", asked).fetchone()[0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        walked.extend(f"{table} in {' '.join(statement.split())[:60]}" for table in _walks(plan[0]["Plan"]))

    sa.event.listen(work.conn, "before_cursor_execute", explain)
    try:
        yield walked
    finally:
        sa.event.remove(work.conn, "before_cursor_execute", explain)


@contextmanager
def _kept(work: Work, cast: Cast) -> Iterator[list[tuple[str, str, str]]]:
    """Each statement with the plan that would be kept for all departments, made by a large one and by a small one."""
    kept: list[tuple[str, str, str]] = []

    def explain(_conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.split(maxsplit=1)[0].lower() not in ("select", "with", "update", "insert", "delete"):
            return
        query = PostgresQuery(Transformer(cursor.connection))
        query.convert(statement, parameters[0] if isinstance(parameters, list) else parameters)
        plans = [_kept_plan(cursor.connection, query.query, town.id) for town in (cast.millbrook, cast.harbor)]
        kept.append((" ".join(statement.split())[:60], *plans))

    sa.event.listen(work.conn, "before_cursor_execute", explain)
    try:
        yield kept
    finally:
        sa.event.remove(work.conn, "before_cursor_execute", explain)


def _kept_plan(connection: Any, query: bytes, department_id: int) -> str:
    with connection.cursor() as aside:
        was = aside.execute("select current_setting('dutyline.departments')").fetchone()[0]
        aside.execute("select set_config('dutyline.departments', %s, true)", [f"{{{department_id}}}"])
        explained = connection.pgconn.exec_(b"explain (generic_plan, costs off) " + query)
        aside.execute("select set_config('dutyline.departments', %s, true)", [was])
    assert explained.status == ExecStatus.TUPLES_OK, explained.error_message
    return "\n".join(explained.get_value(row, 0).decode() for row in range(explained.ntuples))


def _walks(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in GROWING:
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _walks(child)


def _receive(work: Work, cast: Cast) -> None:
    line_id = line_of(work, cast.millbrook.id)
    told = {"line_id": line_id, "sid": uuid4().hex, "body": "LIST", "media": [], "raw": {}}
    assert message_in.receive(work, cast.millbrook.id, from_number="+19075550100", **told)


def _facts_of_one(work: Work, cast: Cast) -> None:
    wanted = openings_posted(work, cast.millbrook.id)
    gather(work, cast.millbrook, handbook_of(work, cast.millbrook), wanted, [cast.alvarez.id])


def _why(work: Work, cast: Cast) -> None:
    about = openings_posted(work, cast.millbrook.id)[0]
    why(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.alvarez, about)


QUESTIONS: dict[str, Callable[[Work, Cast], Any]] = {
    "a text is written down": _receive,
    "who an officer is": lambda work, cast: officers_by_id(work, cast.millbrook.id, [cast.alvarez.id]),
    "where the talk stands": lambda work, cast: conversation_with(
        work, cast.millbrook.id, cast.alvarez.person_id, line_of(work, cast.millbrook.id), "sms"
    ),
    "the details behind codes": lambda work, cast: openings_by_code(work, cast.millbrook.id, ["4821", "1234"]),
    "the open details": lambda work, cast: openings_posted(work, cast.millbrook.id),
    "what is mine": lambda work, cast: holdings(work, cast.alvarez),
    "may I take it": _facts_of_one,
    "why": _why,
    "the next duty": lambda work, cast: duty.claim(work, cast.millbrook.id, "awarding"),
    "which queues have something due": lambda work, cast: duty.queues_due(work, cast.millbrook.id),
    "when the next duty is due": lambda work, cast: duty.next_due_at(work, cast.millbrook.id),
    "which lines have texts due": lambda work, cast: message_delivery.OUTBOX.lines_due(work, cast.millbrook.id),
    "the next texts": lambda work, cast: message_delivery.claim(
        work, cast.millbrook.id, line_of(work, cast.millbrook.id), 20
    ),
    "texts nobody knows the fate of": lambda work, cast: message_delivery.OUTBOX.stuck(
        work, cast.millbrook.id, timedelta(seconds=45)
    ),
    "when the carrier took our text": lambda work, cast: message_out.accepted_at(
        work, cast.millbrook.id, ("assignment", 7)
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_growing_table_is_read_from_end_to_end(database: Database, busy: Cast, question: str) -> None:
    with at(database, busy.millbrook) as work, _watched(work) as walked:
        QUESTIONS[question](work, busy)
    assert walked == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_kept_plan_does_not_depend_on_which_department_asked_first(
    database: Database, busy: Cast, question: str
) -> None:
    """Plans are kept for a connection's life: one made for a small department must do for one with years behind it."""
    with at(database, busy.millbrook) as work, _kept(work, busy) as kept:
        QUESTIONS[question](work, busy)
    assert kept
    for statement, by_a_large_one, by_a_small_one in kept:
        assert by_a_large_one == by_a_small_one, statement
    assert not any(f"Seq Scan on {table} " in plan for _, plan, _ in kept for table in GROWING)


def test_signing_up_and_the_award_of_one_detail_read_what_they_need_and_no_more(database: Database, busy: Cast) -> None:
    with at(database, busy.millbrook) as work, _watched(work) as walked:
        about: Posted = post_detail(work, busy.millbrook, STARTS + timedelta(days=1))
        signs_up(work, busy.millbrook, busy.brooks, about)
        work.flush()
        work.now = MONDAY + timedelta(hours=1)
        assert run_award(work, busy.millbrook)
    assert walked == []
