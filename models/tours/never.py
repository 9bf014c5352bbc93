"""Repetitions that match no day there is, such as the 30th of February: the library would look for it until 9999."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import MAXYEAR, datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr

#: In so many years every date falls on every weekday, leap years included; no century year is among the last there are.
_CYCLE_YEARS = 32
_DAYS = {"DAILY": 1, "WEEKLY": 7}


def never_matches(rule: Mapping[str, Any], text: str, start: datetime) -> bool:
    """Whether a rule (as properties and as text) yields nothing, however long it is followed.

    It is followed through the last years that a date can have, so that finding nothing takes no time; it gets there by
    whole intervals from its own start.
    """
    interval = int(next(iter(rule.get("INTERVAL", [])), 1))
    parts = [part for part in text.split(";") if part.partition("=")[0].upper() not in ("UNTIL", "COUNT")]
    with suppress(ValueError):
        moved = _moved(str(next(iter(rule["FREQ"]))).upper(), interval, start.replace(tzinfo=None))
        return next(iter(rrulestr(";".join(parts), dtstart=moved)), None) is None
    return False


def _moved(frequency: str, interval: int, start: datetime) -> datetime:
    """The start moved by whole intervals to where a cycle of all dates still lies before the end."""
    years = MAXYEAR - _CYCLE_YEARS * interval - start.year
    if years <= 0:
        return start
    if frequency in _DAYS:
        days = _DAYS[frequency] * interval
        return start + timedelta(days=years * 365 // days * days)
    # A multiple of four keeps the 29th of February where it is.
    step = interval * 4
    return start.replace(year=start.year + years // step * step)
