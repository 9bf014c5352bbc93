"""Logs: one JSON object a line on standard error, without telephone numbers or what people wrote.

`extra={...}` of a log call becomes fields. Errors of the database are told by their kind and constraint, because their
texts quote rows.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
# The sid of the text, in or out, or of the call that is being dealt with: the same on every line, and in the records.
text_sid: ContextVar[str | None] = ContextVar("text_sid", default=None)

_NUMBER = re.compile(r"(?<![\w-])(?:\+|%2[Bb])\d{5,13}(\d{2})\b")
_WRITTEN_NUMBER = re.compile(r"(?<!\d)\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{2}(\d{2})(?!\d)")
_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_FRAMES = 12


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, every telephone number in it cut down to its last two digits."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if (current := request_id.get()) is not None:
            told["request"] = current
        if (sid := text_sid.get()) is not None:
            told["call" if sid.startswith("CA") else "text"] = sid
        told |= {key: value for key, value in vars(record).items() if key not in _ORDINARY}
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = told_errors(record.exc_info[1])
        return masked(json.dumps(told, default=str, ensure_ascii=False))


def set_up_logs(level: int = logging.INFO) -> None:
    """Send everything this process logs to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These tell of every request, with numbers in its address, or of every job.
    for name in ("twilio.http_client", "urllib3", "rq.worker", "rq.cron", "werkzeug"):
        logging.getLogger(name).setLevel(logging.WARNING)


def masked(text: str) -> str:
    """`text` with each telephone number cut down to its last two digits."""
    return _WRITTEN_NUMBER.sub(r"…\1", _NUMBER.sub(r"+…\1", text))


def told_errors(error: BaseException) -> list[dict[str, Any]]:
    """The error and what caused it: kind, words (unless the database's), and where, innermost frame last."""
    told: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(told) < 5:
        frames = traceback.extract_tb(current.__traceback__)[-_FRAMES:]
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        told.append({"kind": type(current).__name__, "says": _words(current), "where": where})
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return told


def _words(error: BaseException) -> str:
    original = error.orig if isinstance(error, SQLAlchemyError) and hasattr(error, "orig") else error
    if isinstance(original, psycopg.Error):
        return " ".join(filter(None, [original.sqlstate, original.diag.table_name, original.diag.constraint_name]))
    return "" if isinstance(error, SQLAlchemyError) else str(error)
