"""The real records behind the dialog: the application's way to the database, and the cast."""

from collections.abc import Iterator

import pytest

from models.session import Database
from tests.cast import Cast, assemble
from tests.dialog.street import Street


@pytest.fixture(scope="session")
def database(postgres_url: str) -> Iterator[Database]:
    """As the application connects: under the role that row-level security binds."""
    made = Database(postgres_url)
    yield made
    made.dispose()


@pytest.fixture
def cast(database: Database) -> Cast:
    """Two new departments and everybody in them."""
    return assemble(database)


@pytest.fixture
def street(database: Database, cast: Cast) -> Street:
    """The cast with phones in their hands."""
    return Street(database, cast)
