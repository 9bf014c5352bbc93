"""Where a department's tours come from: files, a calendar's address that is asked now and then, a system that pushes.

What a source brings replaces what it brought before for the same days; what others brought stays.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.proof import event
from models.session import Work
from models.tables import Json, Timestamp, of_department
from models.tours.mapping import TourMapping

sources = of_department(
    "tour_source",
    sa.Column("name", sa.Text),
    sa.Column("mapping", Json),
    sa.Column("url", sa.Text),
    sa.Column("every_minutes", sa.Integer),
    sa.Column("fetch_at", Timestamp),
    sa.Column("fetched_at", Timestamp),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("trouble", sa.Text),
    sa.Column("token_digest", sa.Text),
)

_TOKEN = re.compile(r"dlt_(\d{1,18})_(\d{1,18})_([A-Za-z0-9_-]{43})")

# A feed that fails is asked again soon, then less and less often.
FIRST_RETRY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Source:
    """A source of tours. `etag` and `last_modified` are what its feed answered last, `trouble` why it failed then."""

    id: int
    department_id: int
    name: str
    mapping: TourMapping
    url: str | None = None
    every_minutes: int | None = None
    fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    trouble: str | None = None
    takes_pushes: bool = False


@dataclass(frozen=True, slots=True)
class Presented:
    """A token as somebody shows it: whose it says it is, and the digest that must be on record."""

    department_id: int
    source_id: int
    digest: str


def source_named(work: Work, department_id: int, name: str) -> Source | None:
    """The department's source of this name."""
    row = work.conn.execute(
        sa.select(sources).where(sources.c.department_id == department_id, sources.c.name == name)
    ).one_or_none()
    return _source(row) if row is not None else None


def all_sources(work: Work, department_id: int) -> list[Source]:
    """The department's sources by name."""
    rows = work.conn.execute(
        sa.select(sources).where(sources.c.department_id == department_id).order_by(sources.c.name)
    )
    return [_source(row) for row in rows]


def put_source(
    work: Work,
    department_id: int,
    name: str,
    mapping: TourMapping,
    url: str | None = None,
    every_minutes: int | None = None,
) -> Source:
    """Make the source, or change it to this; a feed is asked at once."""
    written = {
        "mapping": mapping.model_dump(exclude_defaults=True),
        "url": url,
        "every_minutes": every_minutes,
        "fetch_at": work.now if url else None,
        "etag": None,
        "last_modified": None,
        "trouble": None,
    }
    before = source_named(work, department_id, name)
    if before is None:
        source_id: int = work.conn.execute(
            sa.insert(sources).values(department_id=department_id, name=name, **written).returning(sources.c.id)
        ).scalar_one()
    else:
        source_id = before.id
        _update(work, department_id, source_id, **written)
    event.record(
        work, department_id, "tour_source_set", "tour_source", source_id, feed=bool(url), every_minutes=every_minutes
    )
    put = source_named(work, department_id, name)
    if put is None:
        raise LookupError(f"the source {name} was not kept")
    return put


def issue_token(work: Work, source: Source) -> str:
    """A new token with which a system may push this source's tours; the one before is void. Only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    _update(work, source.department_id, source.id, token_digest=_digest(secret))
    event.record(work, source.department_id, "tour_token_issued", "tour_source", source.id)
    return f"dlt_{source.department_id}_{source.id}_{secret}"


def read_token(text: str) -> Presented | None:
    """What a token says; None for what was never one of ours. Whether it holds, `source_of_token` knows."""
    found = _TOKEN.fullmatch(text)
    return Presented(int(found[1]), int(found[2]), _digest(found[3])) if found else None


def source_of_token(work: Work, shown: Presented) -> Source | None:
    """The source a token is for, if it holds."""
    row = work.conn.execute(
        sa.select(sources).where(sources.c.department_id == shown.department_id, sources.c.id == shown.source_id)
    ).one_or_none()
    if row is None or row.token_digest is None or not hmac.compare_digest(row.token_digest, shown.digest):
        return None
    return _source(row)


def due_feeds(work: Work, department_id: int) -> list[Source]:
    """The feeds whose time to be asked has come."""
    rows = work.conn.execute(
        sa.select(sources)
        .where(sources.c.department_id == department_id, sources.c.fetch_at <= work.now)
        .order_by(sources.c.fetch_at)
    )
    return [_source(row) for row in rows]


def note_fetched(work: Work, source: Source, etag: str | None, last_modified: str | None) -> None:
    """The feed answered, and what it said is in the records."""
    _update(
        work,
        source.department_id,
        source.id,
        fetched_at=work.now,
        fetch_at=work.now + timedelta(minutes=source.every_minutes or 60),
        etag=etag,
        last_modified=last_modified,
        trouble=None,
    )


def note_trouble(work: Work, source: Source, trouble: str) -> bool:
    """The feed failed; it is asked again. True when it had answered before: then somebody should be told."""
    every = timedelta(minutes=source.every_minutes or 60)
    _update(
        work,
        source.department_id,
        source.id,
        fetch_at=work.now + (every if source.trouble else min(FIRST_RETRY, every)),
        trouble=trouble[:500],
    )
    return source.trouble is None


def _update(work: Work, department_id: int, source_id: int, **values: Any) -> None:
    work.conn.execute(
        sa.update(sources).where(sources.c.department_id == department_id, sources.c.id == source_id).values(**values)
    )


def _source(row: sa.Row[Any]) -> Source:
    return Source(
        id=row.id,
        department_id=row.department_id,
        name=row.name,
        mapping=TourMapping.model_validate(row.mapping),
        url=row.url,
        every_minutes=row.every_minutes,
        fetched_at=row.fetched_at,
        etag=row.etag,
        last_modified=row.last_modified,
        trouble=row.trouble,
        takes_pushes=row.token_digest is not None,
    )


def _digest(secret: str) -> str:
    """The secret is 256 bits of chance, so a plain digest keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()
