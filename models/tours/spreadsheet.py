"""A duty schedule as a spreadsheet saves it: a line for each tour, with times, or a day and a shift."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.rules.facts import TourKind
from models.spreadsheet import LINES_ABOVE, Line, day_of, lines_of, plain
from models.tours.mapping import TourMapping
from models.tours.reading import (
    Reading,
    ReadTour,
    TourProblem,
    earliest,
    latest,
    length_problem,
    local_span,
    whole_days,
)

_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_DAY_AND_TIME = re.compile(
    r"(?P<day>.*?\d)(?:T|\s+)(?P<time>\d{1,2}(?::\d{2}){1,2}\s*(?:[ap]\.?m\.?)?|\d{4}|\d{1,2}\s*[ap]\.?m\.?)",
    re.IGNORECASE,
)
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})")


class _Unread(ValueError):
    """A line that cannot be understood."""


class _NoTour(Exception):
    """A line that is no time taken: a day off."""


def read_spreadsheet(content: bytes, mapping: TourMapping, zone: ZoneInfo) -> Reading:
    """The tours in a CSV file's bytes, times on the department's wall unless they carry an offset."""
    lines = list(lines_of(content))
    place, columns = _headings(lines, mapping)
    if columns is None:
        there = ", ".join(lines[0].cells) if lines else "nothing"
        message = f"no line of headings found: it must name badge, and start and end or date and shift; it says {there}"
        return Reading((), (TourProblem("", message),))
    return _Sheet(columns, mapping, zone).read(lines[place + 1 :])


def _headings(lines: list[Line], mapping: TourMapping) -> tuple[int, dict[str, int] | None]:
    headings = mapping.headings()
    for place, line in enumerate(lines[:LINES_ABOVE]):
        places = {plain(cell): column for column, cell in reversed(list(enumerate(line.cells)))}
        columns = {
            field: next(places[name] for name in names if name in places)
            for field, names in headings.items()
            if any(name in places for name in names)
        }
        if "badge" in columns and ("starts_at" in columns or "date" in columns):
            return place, columns
    return 0, None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet whose columns are known."""

    columns: Mapping[str, int]
    mapping: TourMapping
    zone: ZoneInfo

    def read(self, lines: list[Line]) -> Reading:
        tours: list[ReadTour] = []
        problems: list[TourProblem] = []
        passed_over: Counter[str] = Counter()
        for line in lines:
            place = f"line {line.number}"
            said = {
                field: line.cells[column] if column < len(line.cells) else "" for field, column in self.columns.items()
            }
            try:
                tours.append(self._tour(place, said))
            except _NoTour as nothing:
                passed_over[str(nothing)] += 1
            except _Unread as error:
                problems.append(TourProblem(place, str(error)))
        if not lines:
            problems.append(TourProblem("", "there are headings but no tours below them"))
        return Reading(tuple(tours), tuple(problems), tuple(sorted(passed_over.items())))

    def _tour(self, place: str, said: Mapping[str, str]) -> ReadTour:
        if not said["badge"]:
            raise _Unread("the badge is empty")
        kind = self._kind(said)
        starts_at, ends_at = self._span(said, kind)
        wrong = length_problem(starts_at, ends_at)
        if wrong:
            raise _Unread(wrong)
        return ReadTour(place, said["badge"], starts_at, ends_at, kind)

    def _kind(self, said: Mapping[str, str]) -> TourKind:
        word = said.get("kind", "")
        shift = said.get("shift", "")
        if not word and shift and self.mapping.hours(shift) is None:
            word = shift  # `VAC` stands where others have the shift's letter
        if not word:
            return "duty"
        meaning = self.mapping.meaning(word)
        if meaning is None:
            raise _Unread(f"{word!r} is no kind of day that is known; say under kinds what it means, none if nothing")
        if meaning == "none":
            raise _NoTour(word)
        return meaning

    def _span(self, said: Mapping[str, str], kind: TourKind) -> tuple[datetime, datetime]:
        start, end = said.get("starts_at", ""), said.get("ends_at", "")
        day = _day(said["date"]) if said.get("date") else None
        if day is None:
            return self._moments(start, end)
        first = _clock(said.get("start_time") or start)
        last = _clock(said.get("end_time") or end)
        if first is not None and last is not None:
            return local_span(day, first, last, self.zone)
        hours = self.mapping.hours(said.get("shift", ""))
        if hours is not None:
            return local_span(day, *hours, self.zone)
        if kind == "leave":
            return whole_days(day, _day(said["end_date"]) if said.get("end_date") else day, self.zone)
        shift = said.get("shift", "")
        raise _Unread(f"the hours of shift {shift!r} are not known; say them under shifts" if shift else "has no times")

    def _moments(self, start: str, end: str) -> tuple[datetime, datetime]:
        if not start or not end:
            raise _Unread(f"the {'end' if start else 'start'} is empty")
        begins, ends = self._moment(start), self._moment(end)
        return (begins[0], ends[1])

    def _moment(self, text: str) -> tuple[datetime, datetime]:
        """The first and the last moment that are written so."""
        if _EXACT.fullmatch(text):
            moment = datetime.fromisoformat(text).astimezone(UTC)
            return moment, moment
        found = _DAY_AND_TIME.fullmatch(text)
        day = day_of(found["day"]) if found else None
        minute = _clock(found["time"]) if found else None
        if day is None or minute is None:
            raise _Unread(f"{text!r} is not a day and a time like 11/28/2026 07:00")
        wall = datetime.combine(day, datetime.min.time()).replace(hour=minute // 60 % 24, minute=minute % 60)
        return earliest(wall, self.zone), latest(wall, self.zone)


def _day(text: str) -> date:
    found = day_of(text)
    if found is None:
        raise _Unread(f"{text!r} is not a date like 11/28/2026")
    return found


def _clock(text: str) -> int | None:
    """Minutes of the day: 0700, 7:00, 7:00 AM, 7a, 2400; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    digits, minutes, half = found[1], int(found[2] or 0), (found[3] or "").lower()
    hours = int(digits)
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours * 60 + minutes if minutes < 60 and hours * 60 + minutes <= 24 * 60 else None
