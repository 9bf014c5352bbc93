"""Times as a bundle writes them: on the department's wall, or with an offset where the wall says them twice."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, WithJsonSchema

_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = re.compile(rf"{_DAY}[T ]\d{{2}}:\d{{2}}(:00)?(Z|[+-]\d{{2}}:\d{{2}})?")


def _written_as_a_time(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _TIME.fullmatch(value)):
        return value
    raise ValueError("is not a time like 2026-11-02 07:00")


def _written_as_a_day(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(_DAY, value)):
        return value
    raise ValueError("is not a date like 2026-11-02")


#: A time to the minute. Without an offset it is local to the department.
LocalTime = Annotated[
    datetime,
    BeforeValidator(_written_as_a_time),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_TIME.pattern}$",
            "description": "Local time of the department, 2026-11-02 07:00; with an offset, 2026-11-01 01:30-05:00, "
            "where the clocks make it mean two moments.",
        }
    ),
]

Day = Annotated[date, BeforeValidator(_written_as_a_day), WithJsonSchema({"type": "string", "format": "date"})]


def to_utc(written: datetime, zone: ZoneInfo) -> datetime:
    """The moment that a written time means. Raises ValueError where it means none or two."""
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    first, second = (written.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != written:
        raise ValueError(f"{written:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks go forward over it")
    raise ValueError(
        f"{written:%Y-%m-%d %H:%M} comes twice in {zone.key}, as the clocks go back; write which with an offset, "
        f"{_with_offset(first, zone)} or {_with_offset(second, zone)}"
    )


def _with_offset(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(" ", "minutes")
