"""Two departments, and a way to bring tours to one of them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.session import Database, Work
from models.tours.arriving import read_schedule
from models.tours.bringing import Brought, bring_tours
from models.tours.mapping import TourMapping
from models.tours.source import put_source, source_named
from tests.cast import MONDAY, Cast, assemble, at

EAST = ZoneInfo("America/New_York")
WINDOW = (MONDAY - timedelta(days=30), MONDAY + timedelta(days=120))

Window = tuple[datetime, datetime]
Bring = Callable[..., Brought]


@pytest.fixture(scope="session")
def database(postgres_url: str) -> Iterator[Database]:
    made = Database(postgres_url, pool_size=4)
    yield made
    made.dispose()


@pytest.fixture
def cast(database: Database) -> Cast:
    return assemble(database)


@pytest.fixture
def bring(database: Database, cast: Cast) -> Bring:
    """Brings a schedule to Millbrook, of the source named, read with the mapping it has."""

    def run(
        text: str, source: str = "file", window: tuple[datetime, datetime] | None = None, **said: object
    ) -> Brought:
        with at(database, cast.millbrook) as work:
            return bring_to(work, cast, text, source, window, **said)

    return run


def bring_to(work: Work, cast: Cast, text: str, source: str, window: Window | None, **said: object) -> Brought:
    found = source_named(work, cast.millbrook.id, source)
    if found is None or said:
        found = put_source(work, cast.millbrook.id, source, TourMapping.model_validate(said))
    reading = read_schedule(text.encode(), found.mapping, cast.millbrook.zone, window or WINDOW)
    return bring_tours(work, cast.millbrook, found, reading, window)
