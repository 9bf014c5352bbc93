"""A calendar is asked when it is time, by condition; what is wrong with it leaves the tours as they are."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import sqlalchemy as sa

from models.session import Database
from models.tours.mapping import TourMapping
from models.tours.source import all_sources, put_source
from tests.cast import Cast, at
from workers import fetch_tours
from workers.tools import Tools, use


@dataclass
class Feed:
    """A calendar on the web: what it answers, and what it was asked."""

    body: bytes = b""
    status: int = 200
    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def feed() -> Iterator[Feed]:
    made = Feed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(dict(self.headers))
            is_known = self.headers.get("If-None-Match") == '"one"'
            self.send_response(304 if is_known else made.status)
            self.send_header("ETag", '"one"')
            self.end_headers()
            self.wfile.write(b"" if is_known else made.body)

        def log_message(self, *words: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/duty.ics?key=secret"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(database: Database, cast: Cast, feed: Feed) -> None:
    use(Tools(database, None, None))  # type: ignore[arg-type] # neither bell nor carrier is needed here
    with database.begin([cast.millbrook.id]) as work:
        put_source(work, cast.millbrook.id, "duty", TourMapping(badge=cast.brooks.badge), feed.url, 60)


def calendar(start: datetime) -> bytes:
    event = f"UID:1\nSUMMARY:Patrol\nDTSTART:{start:%Y%m%dT%H%M%SZ}\nDURATION:PT8H"
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n".encode()


def soon(days: int = 3) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)


def fetch_again(database: Database, cast: Cast) -> int:
    with database.begin([cast.millbrook.id]) as work:
        work.conn.execute(sa.text("update tour_source set fetch_at = now()"))
    return fetch_tours.fetch()


def tours(database: Database, cast: Cast) -> list[datetime]:
    with at(database, cast.millbrook) as work:
        return list(work.conn.execute(sa.text("select lower(during) from tour order by 1")).scalars())


@pytest.mark.usefixtures("source")
def test_a_feed_is_read_when_it_is_time_and_not_before(database: Database, cast: Cast, feed: Feed) -> None:
    feed.body = calendar(soon())
    assert fetch_tours.fetch() == 1
    assert len(tours(database, cast)) == 1
    assert fetch_tours.fetch() == 0


@pytest.mark.usefixtures("source")
def test_what_has_not_changed_is_not_sent_again(database: Database, cast: Cast, feed: Feed) -> None:
    feed.body = calendar(soon())
    fetch_tours.fetch()
    assert fetch_again(database, cast) == 1
    assert [each.get("If-None-Match") for each in feed.asked] == [None, '"one"']
    assert len(tours(database, cast)) == 1


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (503, b"", "the feed could not be read: it answers 503"),
        (404, b"", "the feed could not be read: it answers 404"),
        (200, b"<html>Sign in</html>", "the feed is no calendar: it does not begin with BEGIN:VCALENDAR"),
        (200, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "is not an iCalendar file"),
    ],
)
def test_a_feed_that_fails_leaves_everything_and_tells_a_person_once(
    database: Database, cast: Cast, feed: Feed, status: int, body: bytes, said: str
) -> None:
    feed.status, feed.body = status, body
    assert fetch_tours.fetch() + fetch_again(database, cast) == 0
    with at(database, cast.millbrook) as work:
        (source,) = all_sources(work, cast.millbrook.id)
        told = work.conn.execute(
            sa.text("select count(*) from hand_off where reason = 'tours_not_fetched'")
        ).scalar_one()
    assert said in (source.trouble or "")
    assert "secret" not in (source.trouble or "")
    assert told == 1


@pytest.mark.usefixtures("source")
def test_a_feed_that_moves_a_tour_moves_it(database: Database, cast: Cast, feed: Feed) -> None:
    feed.body = calendar(soon(3))
    fetch_tours.fetch()
    with database.begin([cast.millbrook.id]) as work:
        work.conn.execute(sa.text("update tour_source set etag = null"))
    feed.body = calendar(soon(4))
    fetch_again(database, cast)
    assert [each.date() for each in tours(database, cast)] == [soon(4).date()]


@pytest.mark.usefixtures("source")
def test_a_feed_that_breaks_our_own_reading_does_not_keep_the_next(
    database: Database, cast: Cast, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.begin([cast.millbrook.id]) as work:
        put_source(work, cast.millbrook.id, "leave", TourMapping(badge=cast.brooks.badge), feed.url, 60)
    feed.body, read, broken = calendar(soon()), fetch_tours.read_schedule, iter([True, False])

    def read_one(*given: Any) -> Any:
        if next(broken):
            raise RuntimeError("a bug of ours")
        return read(*given)

    monkeypatch.setattr(fetch_tours, "read_schedule", read_one)
    assert fetch_tours.fetch() == 1
    assert len(tours(database, cast)) == 1
