"""Departments cannot see each other: whatever carries a department is sealed off, for the owner of the tables too."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, ProgrammingError

from models.line.line import line_of
from models.session import Database, Work
from tests.cast import MONDAY, Cast, assigns, at, post_detail, signs_up

STARTS = MONDAY + timedelta(days=3)

# Our numbers: a text names its department by the number it came to, so they are read before any department is known.
OUTSIDE = {"line", "line_department"}


@pytest.fixture
def sealed_off(database: Database) -> Iterator[list[str]]:
    """Every table that carries a department, by the catalog, without those that stand outside."""
    with database.engine.connect() as conn:
        names = conn.execute(
            sa.text(
                "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
                " and a.attname = 'department_id' and not a.attisdropped order by 1"
            )
        ).scalars()
        yield [name for name in names if name not in OUTSIDE]


@pytest.fixture
def worked_in(database: Database, cast: Cast) -> Cast:
    """A cast of which Millbrook has rows in the tables that matter."""
    with at(database, cast.millbrook) as work:
        signs_up(work, cast.millbrook, cast.brooks, post_detail(work, cast.millbrook, STARTS))
        assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS))
    return cast


def test_row_level_security_is_forced_on_every_table_that_carries_a_department(
    database: Database, sealed_off: list[str]
) -> None:
    assert len(sealed_off) >= 25
    with database.engine.connect() as conn:
        forced = conn.execute(
            sa.text(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                " and relrowsecurity and relforcerowsecurity"
            )
        ).scalars()
        assert set(sealed_off) <= set(forced)


def test_every_policy_reads_the_departments_so_that_forgetting_them_raises(
    database: Database, sealed_off: list[str]
) -> None:
    with database.engine.connect() as conn:
        policies = conn.execute(
            sa.text(
                "select tablename, cmd, permissive, qual from pg_policies where schemaname = 'public'"
                " and roles = '{public}' order by 1"
            )
        ).all()
    assert [one.tablename for one in policies] == sealed_off
    for one in policies:
        assert (one.cmd, one.permissive) == ("ALL", "PERMISSIVE")
        assert "current_setting('dutyline.departments'::text))" in one.qual, one


def test_the_application_is_no_superuser_and_cannot_leave_its_role_behind(database: Database) -> None:
    with database.engine.connect() as conn:
        role = conn.execute(
            sa.text(
                "select current_user as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as is_mighty"
                " from pg_roles where rolname = current_user"
            )
        ).one()
    assert tuple(role) == ("dutyline_app", False)


def test_without_departments_every_table_refuses_to_be_read(
    database: Database, worked_in: Cast, sealed_off: list[str]
) -> None:
    for table in sealed_off:
        with database.engine.connect() as conn, pytest.raises(DBAPIError, match=r"dutyline\.departments|array literal"):
            conn.execute(sa.text(f"select * from {table} limit 1"))


def test_a_connection_used_for_one_department_forgets_it_with_the_transaction(
    database: Database, worked_in: Cast
) -> None:
    with database.engine.connect() as conn:
        with conn.begin():
            conn.execute(
                sa.text("select set_config('dutyline.departments', :d, true)"), {"d": f"{{{worked_in.millbrook.id}}}"}
            )
            assert conn.execute(sa.text("select count(*) from officer")).scalar_one() == 5
        with pytest.raises(DBAPIError):
            conn.execute(sa.text("select count(*) from officer"))


@pytest.mark.parametrize("reader", ["application", "owner"])
def test_harbor_sees_nothing_of_millbrook_in_any_table(
    database: Database, owner: sa.Engine, worked_in: Cast, sealed_off: list[str], reader: str
) -> None:
    engine = database.engine if reader == "application" else owner
    with engine.connect() as conn, conn.begin():
        conn.execute(
            sa.text("select set_config('dutyline.departments', :d, true)"), {"d": f"{{{worked_in.harbor.id}}}"}
        )
        for table in sealed_off:
            seen = conn.execute(sa.text(f"select distinct department_id from {table}")).scalars()
            assert set(seen) <= {worked_in.harbor.id}, table


def test_harbor_cannot_write_into_millbrook(database: Database, worked_in: Cast) -> None:
    with database.begin([worked_in.harbor.id]) as work, pytest.raises(ProgrammingError, match="row-level security"):
        work.conn.execute(
            sa.text("insert into rate (department_id, ref, name, pay_cents_per_hour) values (:d, 'x', 'x', 1)"),
            {"d": worked_in.millbrook.id},
        )


def test_harbor_cannot_move_a_row_of_its_own_into_millbrook(database: Database, worked_in: Cast) -> None:
    with database.begin([worked_in.harbor.id]) as work, pytest.raises(ProgrammingError, match="row-level security"):
        work.conn.execute(
            sa.text("update contractor set department_id = :m where department_id = :h"),
            {"m": worked_in.millbrook.id, "h": _with_contractor(work, worked_in)},
        )


def _with_contractor(work: Work, worked_in: Cast) -> int:
    work.conn.execute(
        sa.text("insert into contractor (department_id, ref, name) values (:d, 'own', 'Own')"),
        {"d": worked_in.harbor.id},
    )
    return worked_in.harbor.id


def test_harbors_update_and_delete_reach_no_row_of_millbrook(database: Database, worked_in: Cast) -> None:
    with database.begin([worked_in.harbor.id]) as work:
        hit = work.conn.execute(
            sa.text("update officer set unit = 'seen' where department_id = :d"), {"d": worked_in.millbrook.id}
        )
        gone = work.conn.execute(sa.text("delete from signup where department_id = :d"), {"d": worked_in.millbrook.id})
        assert (hit.rowcount, gone.rowcount) == (0, 0)


def test_when_a_person_is_taken_elsewhere_is_told_and_nothing_more(database: Database, cast: Cast) -> None:
    with at(database, cast.harbor) as work:
        about = post_detail(work, cast.harbor, STARTS)
        assigns(work, cast.harbor, cast.grant_in_harbor, about)
    with at(database, cast.millbrook) as work:
        told = work.conn.execute(
            sa.text("select * from committed_elsewhere(:people, tstzrange(:a, :b))"),
            {
                "people": [cast.grant_in_millbrook.person_id],
                "a": STARTS - timedelta(days=1),
                "b": STARTS + timedelta(1),
            },
        ).one()
        assert set(told._mapping) == {"person_id", "during"}
        assert told.person_id == cast.grant_in_millbrook.person_id
        assert (told.during.lower, told.during.upper) == (about.opening.starts_at, about.opening.ends_at)


def test_only_the_application_may_ask_who_is_taken_elsewhere(database: Database) -> None:
    with database.engine.connect() as conn:
        granted = conn.execute(
            sa.text(
                "select array_agg(distinct grantee::regrole::text) from pg_proc, aclexplode(proacl)"
                " where proname = 'committed_elsewhere' and privilege_type = 'EXECUTE'"
            )
        ).scalar_one()
        assert set(granted) == {"dutyline_app", "dutyline_busy"}


def test_a_department_speaks_from_its_own_line(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as here, at(database, cast.harbor) as there:
        assert line_of(here, cast.millbrook.id) != line_of(there, cast.harbor.id)
