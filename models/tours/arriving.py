"""A schedule's bytes, however they came: told apart, and read."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.tours.calendar import read_calendar
from models.tours.mapping import TourMapping
from models.tours.reading import Reading
from models.tours.spreadsheet import read_spreadsheet

LARGEST = 10_000_000
"""Bytes; a year of tours of two thousand officers is less."""

# What of a calendar that goes on for ever is read: what may still matter to rest and limits, and what may be posted.
BEHIND, AHEAD = timedelta(days=35), timedelta(days=400)


def read_schedule(content: bytes, mapping: TourMapping, zone: ZoneInfo, window: tuple[datetime, datetime]) -> Reading:
    """The tours in an iCalendar file within the window, or all of a CSV file."""
    if is_calendar(content):
        return read_calendar(content, mapping, zone, window)
    return read_spreadsheet(content, mapping, zone)


def is_calendar(content: bytes) -> bool:
    """Whether it begins as every calendar does; anything else is taken for a table."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"


def window_round(now: datetime) -> tuple[datetime, datetime]:
    """The time for which a calendar is read at `now`."""
    return now - BEHIND, now + AHEAD
