"""Tests run on real servers that nobody has to install, start or stop."""

import sqlalchemy as sa
from redis import Redis
from rq import Queue, SimpleWorker

from bot.servers.postgres import SUPERUSER, EmbeddedPostgres
from bot.servers.scratch import Scratch, scratch
from models.migrations.upgrade import current, head
from models.session import Database
from tests.cast import assemble
from tests.conftest import TEST_HOME


def test_the_database_is_migrated(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert current(connection) == head()


def test_the_owner_is_no_superuser(postgres_url: str) -> None:
    """What passes here passes on a managed server, which grants nobody that."""
    engine = sa.create_engine(postgres_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.execute(sa.text("select current_setting('is_superuser')")).scalar() == "off"


def test_jobs_run_over_the_socket(redis_url: str) -> None:
    with Redis.from_url(redis_url) as connection:
        queue = Queue("awarding", connection=connection)
        job = queue.enqueue("math.sqrt", 49)
        SimpleWorker([queue], connection=connection).work(burst=True)
        assert job.return_value() == 7


def test_a_database_that_is_used_again_is_as_good_as_new(scratch_servers: Scratch) -> None:
    with scratch(TEST_HOME, again=True) as first:
        before = _contents(first.database_url)
        database = Database(first.database_url)
        assemble(database)
        database.dispose()
        assert _contents(first.database_url) != before
    with scratch(TEST_HOME, again=True) as second:
        assert second.database_url == first.database_url
        assert _contents(second.database_url) == before
        with scratch(TEST_HOME, again=True) as meanwhile:
            assert meanwhile.database_url != first.database_url


def _contents(url: str) -> dict[str, object]:
    """How many rows each table has, past all policies, and where each sequence stands."""
    name = str(sa.make_url(url).database)
    with EmbeddedPostgres(TEST_HOME / "pg", keep=False).connect(name, SUPERUSER) as connection:
        tables = [name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")]
        rows = {name: connection.execute(f"select count(*) from {name}").fetchone() for name in tables}
        sequences = connection.execute("select sequencename, coalesce(last_value, start_value) from pg_sequences")
        return rows | dict(sequences.fetchall())
