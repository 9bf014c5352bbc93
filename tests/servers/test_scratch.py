"""Tests run on real servers that nobody has to install, start or stop."""

import sqlalchemy as sa
from redis import Redis
from rq import Queue, SimpleWorker

from models.migrations.upgrade import current, head


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
