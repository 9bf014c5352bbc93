"""A duty schedule as iCalendar (RFC 5545): of one officer, or of several whom each event names by badge."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar
from icalendar.prop import vBroken

from models.rules.facts import TourKind
from models.spreadsheet import plain
from models.tours.mapping import KINDS, Meaning, TourMapping
from models.tours.never import never_matches
from models.tours.reading import Reading, ReadTour, TourProblem, earliest, latest, length_problem, whole_days

Window = tuple[datetime, datetime]

# An event's properties are of any of thirty types, depending on what was written.
_Event = Any

_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_BADGE_FIELDS = {"summary": "SUMMARY", "description": "DESCRIPTION", "location": "LOCATION", "attendee": "ATTENDEE"}


class _Unread(ValueError):
    """An event that cannot be understood."""


class _NoTour(Exception):
    """An event that is no time taken."""


def read_calendar(content: bytes, mapping: TourMapping, zone: ZoneInfo, window: Window) -> Reading:
    """
    The tours of a calendar that lie in the window, each repetition one. Times without a zone are on the department's
    wall. An event that is broken, or that repeats in a way nobody works, is a problem; the others are read.
    """
    try:
        calendar: Any = Calendar.from_ical(_in_known_zones(content, mapping))
    except (ValueError, IndexError) as error:
        return Reading((), (TourProblem("", f"is not an iCalendar file: {_first_line(error)}"),))
    if calendar.name != "VCALENDAR":
        return Reading((), (TourProblem("", "is not an iCalendar file: it does not begin with BEGIN:VCALENDAR"),))
    return _Reader(mapping, zone, window, str(calendar.get("METHOD", "")).upper() == "CANCEL").read(calendar)


def _in_known_zones(content: bytes, mapping: TourMapping) -> bytes:
    """Names of zones that the department explained, replaced by those everybody knows."""
    text = content.decode("utf-8-sig", "replace")
    for named, meant in mapping.zones.items():
        text = re.sub(rf'TZID="?{re.escape(named)}"?(?=[:;])', f"TZID={meant}", text)
    return text.encode()


@dataclass(frozen=True, slots=True)
class _Reader:
    mapping: TourMapping
    zone: ZoneInfo
    window: Window
    is_cancelled: bool

    def read(self, calendar: Any) -> Reading:
        tours: list[ReadTour] = []
        problems: list[TourProblem] = []
        passed_over: Counter[str] = Counter()
        for series in _series(calendar):
            try:
                occurrences = self._occurrences(calendar, series)
            except _Unread as error:
                problems.append(TourProblem(_title(series[0]), str(error)))
                continue
            for event in occurrences:
                try:
                    tours.append(self._tour(event))
                except _NoTour as nothing:
                    passed_over[str(nothing)] += 1
                except _Unread as error:
                    problems.append(TourProblem(_place(event), str(error)))
        return Reading(tuple(tours), tuple(problems), tuple(sorted(passed_over.items())))

    def _occurrences(self, calendar: Any, series: list[_Event]) -> list[_Event]:
        """All repetitions of one series within the window; one that was moved or called off stands for itself."""
        for event in series:
            _check(event)
        alone = Calendar()
        for zone in calendar.walk("VTIMEZONE"):
            alone.add_component(zone)
        for event in series:
            alone.add_component(event)
        try:
            return list(recurring_ical_events.of(alone).between(*self.window))
        except (ValueError, TypeError, OverflowError, KeyError, recurring_ical_events.InvalidCalendar) as error:
            raise _Unread(f"its repetition cannot be understood: {_first_line(error)}") from error

    def _tour(self, event: _Event) -> ReadTour:
        if self.is_cancelled or str(event.get("STATUS", "")).upper() == "CANCELLED":
            raise _NoTour("cancelled")
        badge = self.mapping.badge or self._badge(event)
        starts_at, ends_at = self._span(event)
        kind = self._kind(event)
        wrong = length_problem(starts_at, ends_at)
        if wrong:
            raise _Unread(wrong)
        return ReadTour(_place(event), badge, starts_at, ends_at, kind)

    def _badge(self, event: _Event) -> str:
        if self.mapping.badge_in == "categories":
            said = " ".join(_categories(event))
        else:
            said = _words(event.get(_BADGE_FIELDS[self.mapping.badge_in], ""))
        found = re.search(self.mapping.badge_pattern, said)
        if found is None or not found[1]:
            raise _NoTour("no badge")
        return str(found[1])

    def _kind(self, event: _Event) -> TourKind:
        meaning = self._meaning([*_categories(event), _words(event.get("SUMMARY", ""))])
        if meaning is None and str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            raise _NoTour("marked as free time")
        if meaning is None and not isinstance(event["DTSTART"].dt, datetime):
            raise _Unread("lasts whole days and its title says no kind; say under kinds what it means")
        if meaning == "none":
            raise _NoTour(_words(event.get("SUMMARY", "")) or "no title")
        return meaning or "duty"

    def _meaning(self, texts: Iterable[str]) -> Meaning | None:
        """The longest word that is explained, the department's own before the usual ones."""
        said = [f" {plain(text)} " for text in texts]
        for words in ({plain(name): kind for name, kind in self.mapping.kinds.items()}, KINDS):
            known = [name for name in words if any(f" {name} " in text for text in said)]
            if known:
                return words[max(known, key=len)]
        return None

    def _span(self, event: _Event) -> Window:
        start = event["DTSTART"].dt
        end = event["DTEND"].dt if "DTEND" in event else start
        if not isinstance(start, datetime):
            last = end - timedelta(days=1) if end > start else start
            return whole_days(start, last, self.zone)
        if not isinstance(end, datetime):
            raise _Unread("begins at a time and ends on a day")
        return (
            start.astimezone(UTC) if start.tzinfo else earliest(start, self.zone),
            end.astimezone(UTC) if end.tzinfo else latest(end, self.zone),
        )


def _series(calendar: Any) -> Iterator[list[_Event]]:
    """Events by what they repeat: those with one UID belong together, one without stands alone."""
    found: dict[str, list[_Event]] = defaultdict(list)
    for number, event in enumerate(calendar.walk("VEVENT")):
        found[str(event.get("UID", "")) or f"without {number}"].append(event)
    yield from found.values()


def _check(event: _Event) -> None:
    """Raises `_Unread` for an event whose times cannot be understood, or that repeats more often than daily."""
    if event.get("DTSTART") is None:
        raise _Unread("has no start")
    for name in _TIMES:
        for value in _several(event.get(name)):
            _check_time(name, value)
    _check_said_once(event)
    _check_order(event)
    for rule in _several(event.get("RRULE")):
        # An interval of none is never over: the library that repeats it would go on for good.
        for name in ("INTERVAL", "COUNT"):
            if any(each < 1 for each in rule.get(name, [])):
                raise _Unread(f"repeats with {name} {rule[name][0]}, which must be at least 1")
        often = {str(each).upper() for each in rule.get("FREQ", [])} & _TOO_OFTEN
        if often:
            raise _Unread(f"repeats {often.pop().lower()}: nobody works that")
        if never_matches(rule, rule.to_ical().decode(), _begins(event)):
            raise _Unread("repeats on no day that there is")


def _begins(event: _Event) -> datetime:
    start = event["DTSTART"].dt
    return start if isinstance(start, datetime) else datetime.combine(start, time())


def _check_said_once(event: _Event) -> None:
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
        if len(_several(event.get(name))) > 1:
            raise _Unread(f"has {name} twice")
    if "DTEND" in event and "DURATION" in event:
        raise _Unread("has an end and a duration, of which one may be said")


def _check_time(name: str, value: Any) -> None:
    if isinstance(value, vBroken):
        raise _Unread(f"{name} cannot be understood: {str(value)[:80]!r}")
    moments = [each.dt for each in value.dts] if hasattr(value, "dts") else [getattr(value, "dt", None)]
    zone = getattr(value, "params", {}).get("TZID")
    for moment in moments:
        if zone and isinstance(moment, datetime) and moment.tzinfo is None:
            raise _Unread(f"{name} is in the zone {zone!r}, which nobody knows; say under zones which it means")


def _check_order(event: _Event) -> None:
    """What ends before it begins would be turned round on the way through."""
    if "DURATION" in event and event["DURATION"].dt < timedelta(0):
        raise _Unread("ends before it begins")
    start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
    with suppress(TypeError):  # one has a zone and the other none, or one is a day: told when its hours are looked at
        if end is not None and end < start:
            raise _Unread("ends before it begins")


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _categories(event: _Event) -> list[str]:
    return [str(word) for group in _several(event.get("CATEGORIES")) for word in getattr(group, "cats", [group])]


def _words(value: Any) -> str:
    return " ".join(" ".join(str(each) for each in _several(value)).split())


def _title(event: _Event) -> str:
    return f"event {_words(event.get('SUMMARY', '')) or 'without title'!r}"[:120]


def _place(event: _Event) -> str:
    start: date = event["DTSTART"].dt
    return f"{_title(event)} on {start:%Y-%m-%d}"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
