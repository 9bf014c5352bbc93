"""Migrations are the schema's only source: what they make is what is committed, and what the records declare."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError

import models
from models.lifecycle import Lifecycle
from models.migrations.upgrade import current, head
from models.session import Database
from models.tables import metadata
from tests.cast import MONDAY, Cast, assigns, at, post_detail
from tests.models.schema_dump import SCHEMA, dump

for _module in walk_packages(models.__path__, "models."):
    if not _module.name.startswith("models.migrations."):
        import_module(_module.name)

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
LIFECYCLES = sorted(
    {
        value.table.name: value
        for module in walk_packages(models.__path__, "models.")
        if not module.name.startswith("models.migrations.")
        for value in vars(import_module(module.name)).values()
        if isinstance(value, Lifecycle)
    }.items()
)

# The transaction ids of events are PostgreSQL's own type, which SQLAlchemy has no name for and nobody declares.
pytestmark = pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")


def test_the_catalog_after_all_migrations_is_the_committed_one(postgres_url: str) -> None:
    """Exclusion constraints, policies, triggers and grants included, which no declaration shows."""
    assert dump(postgres_url) == SCHEMA.read_text(), "if meant so: python -m tests.models.schema_dump"


def test_there_is_one_newest_migration_and_the_database_is_at_it(owner: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCHEMA.parent))
    assert ScriptDirectory.from_config(config).get_heads() == [head()]
    with owner.connect() as conn:
        assert current(conn) == head()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_declared_table_has_the_columns_and_types_of_the_database(owner: sa.Engine, table: sa.Table) -> None:
    found = {column["name"]: column for column in sa.inspect(owner).get_columns(table.name)}
    missing = {column.name for column in table.columns} - found.keys()
    assert not missing
    for column in table.columns:
        declared, real = (_plain(kind.compile(owner.dialect)) for kind in (column.type, found[column.name]["type"]))
        assert declared == real, column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_declared_table_has_the_primary_key_of_the_database(owner: sa.Engine, table: sa.Table) -> None:
    key = sa.inspect(owner).get_pk_constraint(table.name)["constrained_columns"]
    assert [column.name for column in table.primary_key.columns] == key


def test_every_table_of_the_database_is_declared_by_a_record(owner: sa.Engine) -> None:
    assert set(sa.inspect(owner).get_table_names()) - {"alembic_version"} == {table.name for table in TABLES}


def test_every_column_of_the_database_is_declared_unless_the_database_alone_fills_it(owner: sa.Engine) -> None:
    undeclared = {
        (table.name, column["name"])
        for table in TABLES
        for column in sa.inspect(owner).get_columns(table.name)
        if column["name"] not in table.columns
    }
    assert undeclared == {("event", "era"), ("event", "xid"), ("seal", "event_era"), ("seal", "event_xid")}


def test_every_constraint_has_a_name_that_was_given_to_it(owner: sa.Engine) -> None:
    with owner.connect() as conn:
        unnamed = conn.execute(
            sa.text(
                "select conname from pg_constraint where connamespace = 'public'::regnamespace"
                " and contype <> 'n' and conname ~ '(_pkey|_fkey|_key|_check|_excl)[0-9]*$'"
                " and conrelid <> 'alembic_version'::regclass"
            )
        ).scalars()
        assert list(unnamed) == []


@pytest.mark.parametrize(("name", "lifecycle"), LIFECYCLES, ids=lambda one: one if isinstance(one, str) else "")
def test_a_lifecycle_knows_the_states_that_the_database_lets_in(
    owner: sa.Engine, name: str, lifecycle: Lifecycle
) -> None:
    check = next(
        one["sqltext"]
        for one in sa.inspect(owner).get_check_constraints(name)
        if str(one["name"]).endswith("state_known")
    )
    assert set(lifecycle.states()) == {part for part in check.split("'")[1::2] if "text" not in part}


def test_an_assignment_is_of_the_person_who_is_its_officer(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, MONDAY))
        wrong = sa.text("update assignment set person_id = :p where id = :id")
        with pytest.raises(IntegrityError, match="assignment_officer"), work.savepoint():
            work.conn.execute(wrong, {"p": cast.evans.person_id, "id": held})


def _plain(kind: str) -> str:
    return kind.upper().replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
