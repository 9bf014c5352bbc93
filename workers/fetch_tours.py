"""Asks calendars for tours when it is time, by condition: what has not changed is not sent again."""

import logging
from dataclasses import dataclass
from itertools import islice

import requests

from models.line.hand_off import hand_off
from models.people.department import department
from models.retry import whole
from models.session import Work
from models.tours.arriving import LARGEST, is_calendar, read_schedule, window_round
from models.tours.bringing import TourErrors, bring_tours
from models.tours.source import Source, due_feeds, note_fetched, note_trouble
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = (5, 30)
PART = 65_536


@dataclass(frozen=True, slots=True)
class _Answer:
    """A feed's calendar, None for the one we have, and by what to ask for a newer one."""

    content: bytes | None
    etag: str | None
    last_modified: str | None


class _FeedFailed(Exception):
    """The feed gave no calendar, and why."""


def fetch() -> int:
    """Ask every feed that is due, department by department; returns how many were read."""
    kit = tools()
    fetched = 0
    for department_id in whole(kit.database.departments):
        with kit.database.begin([department_id]) as work:
            due = due_feeds(work, department_id)
        for source in due:
            try:
                fetched += _fetch(kit, source)
            except Exception:
                # One feed's trouble must not keep the others.
                log.exception("tours not fetched", extra={"department": department_id, "source": source.id})
    return fetched


def _fetch(kit: Tools, source: Source) -> bool:
    """One feed. No transaction is open while it is asked; what it says is brought in whole, or not at all."""
    try:
        answer = _ask(source)
        with kit.database.begin([source.department_id]) as work:
            if answer.content is not None:
                _bring(work, source, answer.content)
            note_fetched(work, source, answer.etag, answer.last_modified)
    except (_FeedFailed, TourErrors) as error:
        _tell(kit, source, str(error))
        return False
    return True


def _bring(work: Work, source: Source, content: bytes) -> None:
    about, window = department(work, source.department_id), window_round(work.now)
    bring_tours(work, about, source, read_schedule(content, source.mapping, about.zone, window), window)


def _ask(source: Source) -> _Answer:
    """Raises _FeedFailed."""
    conditions = {"If-None-Match": source.etag, "If-Modified-Since": source.last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    try:
        with requests.get(source.url or "", headers=headers, timeout=TIMEOUT_SECONDS, stream=True) as answer:
            if answer.status_code == requests.codes.not_modified and headers:
                return _Answer(None, source.etag, source.last_modified)
            answer.raise_for_status()
            content = b"".join(islice(answer.iter_content(PART), LARGEST // PART + 1))
    except requests.RequestException as error:
        raise _FeedFailed(f"the feed could not be read: {_reason(error)}") from error
    if len(content) > LARGEST:
        raise _FeedFailed(f"the feed is larger than {LARGEST // 1_000_000} MB")
    if not is_calendar(content):
        raise _FeedFailed("the feed is no calendar: it does not begin with BEGIN:VCALENDAR")
    return _Answer(content, answer.headers.get("ETag"), answer.headers.get("Last-Modified"))


def _tell(kit: Tools, source: Source, trouble: str) -> None:
    """The tours there are stay as they are. A person hears of it once, not with every attempt."""
    log.warning("tours not fetched", extra={"department": source.department_id, "source": source.id, "why": trouble})
    with kit.database.begin([source.department_id]) as work:
        if note_trouble(work, source, trouble):
            hand_off(work, source.department_id, "tours_not_fetched", source=source.id)


def _reason(error: requests.RequestException) -> str:
    """Without the address, which may hold a secret."""
    if error.response is not None:
        return f"it answers {error.response.status_code}"
    is_silent = isinstance(error, requests.ConnectionError | requests.Timeout)
    return "it does not answer" if is_silent else type(error).__name__
