"""The records' own fixtures: the application's way to the database, the owner's, and the cast."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from models.session import Database
from tests.cast import Cast, assemble


@pytest.fixture(scope="session")
def database(postgres_url: str) -> Iterator[Database]:
    """As the application connects: under the role that row-level security binds."""
    made = Database(postgres_url, pool_size=16)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def owner(postgres_url: str) -> Iterator[sa.Engine]:
    """As migrations connect: the tables' owner, whom the policies bind too."""
    made = sa.create_engine(postgres_url)
    yield made
    made.dispose()


@pytest.fixture
def cast(database: Database) -> Cast:
    """Two new departments and everybody in them."""
    return assemble(database)
