"""A roster as a spreadsheet saves it: badge, name, rank, seniority date, phone. Reading only; nothing is looked up.

Commas, semicolons or tabs; UTF-8, UTF-16 or what Excel on Windows writes; titles above the headings and further
columns are passed over. Every problem has its line, counted as a spreadsheet counts, and its column.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from models.line.mail_choice import read_address
from models.people.number import read_number
from models.spreadsheet import LINES_ABOVE, Line, day_of, lines_of, plain

FIELDS: Mapping[str, tuple[str, ...]] = {
    "badge": ("badge", "badge no", "badge num", "badge number", "badge id", "shield", "star", "employee id", "id"),
    "name": ("name", "full name", "officer", "officer name", "employee", "employee name"),
    "first_name": ("first", "first name", "given name"),
    "last_name": ("last", "last name", "surname"),
    "rank": ("rank", "title", "rank title", "position"),
    "seniority_on": ("seniority", "seniority date", "senority date", "hire date", "date of hire", "doh", "hired",
                     "appointed", "appointment date", "start date", "date appointed", "seniority from"),
    "phone": ("cell", "cell phone", "cell no", "cell number", "mobile", "mobile phone", "mobile number",
              "phone", "phone no", "phone number", "telephone", "tel", "contact number"),
    "email": ("email", "e mail", "email address", "e mail address", "mail"),
    "unit": ("unit", "district", "division", "unit district", "precinct", "assignment"),
}  # fmt: skip
"""Headings by what they mean, in lower case without signs; of several for one meaning the first that is there."""

HEADING_OF = {"badge": "badge", "name": "name", "rank": "rank", "seniority_on": "seniority date", "phone": "phone"}
NEEDED = tuple(HEADING_OF)
HEADING_OF["email"] = "e-mail"

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "v"}
_TWO_DIGIT_YEAR = re.compile(r".*\D\d\d( .*:.*)?")


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Something wrong: at a line (None: of the whole file) and, where it is one cell, in a column."""

    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.line and f"line {self.line}", self.column) if part)
        return f"{place}: {self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One officer. `phone` is E.164, None where the cell is empty; `unit` and `email` None where there is no such
    column.
    """

    line: int
    badge: str
    name: str
    rank: str
    seniority_on: date
    phone: str | None
    unit: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """What could be read, what could not, and the headings of columns that were passed over."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RosterProblem, ...]
    unread: tuple[str, ...] = ()


def read_roster(content: bytes, ranks: tuple[str, ...], today: date) -> Roster:
    """The roster in a CSV file's bytes; `ranks` are the department's, highest first, `today` is by its clock."""
    lines = list(lines_of(content))
    place = _heading_place(lines)
    if place is None:
        return Roster((), (RosterProblem(None, None, _no_headings(lines)),))
    columns, unread = _columns(lines[place].cells)
    missing = [HEADING_OF[field] for field in NEEDED if field not in columns and not _is_split_name(field, columns)]
    if missing:
        message = f"there is no column {' and none '.join(missing)}; there are: {', '.join(lines[place].cells)}"
        return Roster((), (RosterProblem(lines[place].number, None, message),), unread)
    return _read_rows(lines[place + 1 :], columns, unread, ranks, today)


def _heading_place(lines: list[Line]) -> int | None:
    """The first line in which a badge and another heading are named."""
    for place, line in enumerate(lines[:LINES_ABOVE]):
        found = _columns(line.cells)[0]
        if "badge" in found and len(found) > 1:
            return place
    return None


def _no_headings(lines: list[Line]) -> str:
    if not lines:
        return "the file is empty"
    return "no line of headings found: the first lines must name badge, name, rank, seniority date and phone"


def _columns(cells: list[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """The place of each field's column, and the headings that mean nothing to us."""
    places = {plain(cell): place for place, cell in reversed(list(enumerate(cells)))}
    columns = {
        field: next(places[name] for name in names if name in places)
        for field, names in FIELDS.items()
        if any(name in places for name in names)
    }
    return columns, tuple(cell for place, cell in enumerate(cells) if cell and place not in columns.values())


def _is_split_name(field: str, columns: Mapping[str, int]) -> bool:
    return field == "name" and {"first_name", "last_name"} <= columns.keys()


def _read_rows(
    lines: list[Line], columns: Mapping[str, int], unread: tuple[str, ...], ranks: tuple[str, ...], today: date
) -> Roster:
    rows: list[RosterRow] = []
    problems: list[RosterProblem] = []
    for line in lines:
        row = _read_row(line, columns, ranks, today, problems)
        if row is not None:
            rows.append(row)
    problems.extend(_twice(rows, "badge", lambda row: row.badge))
    problems.extend(_twice(rows, "phone", lambda row: row.phone))
    if not rows and not problems:
        problems.append(RosterProblem(None, None, "there are headings but no officers below them"))
    return Roster(tuple(rows), tuple(sorted(problems, key=lambda each: each.line or 0)), unread)


def _read_row(
    line: Line, columns: Mapping[str, int], ranks: tuple[str, ...], today: date, problems: list[RosterProblem]
) -> RosterRow | None:
    said = {field: line.cells[place] if place < len(line.cells) else "" for field, place in columns.items()}
    if "name" not in columns:
        said["name"] = f"{said['first_name']} {said['last_name']}".strip()
    readers: dict[str, Callable[[str], Any]] = {
        "badge": partial(_words, what="badge"),
        "name": _name,
        "rank": partial(_rank, ranks=ranks),
        "seniority_on": partial(_day, today=today),
        "phone": _phone,
        "email": _email,
    }
    values: dict[str, Any] = {}
    for field, reader in readers.items():
        try:
            values[field] = reader(said.get(field, ""))
        except ValueError as error:
            problems.append(RosterProblem(line.number, HEADING_OF[field], str(error)))
    if len(values) < len(readers):
        return None
    return RosterRow(line.number, **values, unit=said.get("unit") or None)


def _words(text: str, what: str) -> str:
    if not text:
        raise ValueError(f"the {what} is empty")
    if len(text) > 200:
        raise ValueError(f"the {what} is longer than 200 characters")
    return text


def _name(text: str) -> str:
    """`Alvarez, Rosa` is Rosa Alvarez."""
    last, comma, first = _words(text, "name").partition(",")
    if not comma or not first.strip() or first.strip(" .").casefold() in _SUFFIXES:
        return text.rstrip(", ")
    return f"{first.strip()} {last.strip()}"


_ABBREVIATIONS = {
    "chief": ("chief of police", "police chief"),
    "captain": ("capt", "cpt"),
    "lieutenant": ("lt", "lieut"),
    "sergeant": ("sgt", "sergt"),
    "corporal": ("cpl",),
    "detective": ("det",),
    "officer": ("ofc", "off", "ptl", "ptlm", "patrolman", "patrol officer", "police officer", "po", "p o", "patrol"),
    "trooper": ("tpr",),
    "deputy": ("dep",),
}


def _rank(text: str, ranks: tuple[str, ...]) -> str:
    """The department's rank, however it is abbreviated."""
    said = plain(_words(text, "rank"))
    for rank in ranks:
        own = plain(rank)
        if said == own or said in _ABBREVIATIONS.get(own, ()):
            return rank
    raise ValueError(f"the department has no rank {text!r}; it has {', '.join(ranks)}")


def _day(text: str, today: date) -> date:
    """A date as people in the United States write it, month first; two digits of a year are never in the future."""
    if not text:
        raise ValueError("the seniority date is empty")
    found = day_of(text)
    if found is None:
        raise ValueError(f"{text!r} is not a date like 5/1/2004")
    if found > today and _TWO_DIGIT_YEAR.fullmatch(text):
        found = found.replace(year=found.year - 100)
    if not date(1940, 1, 1) <= found <= today:
        raise ValueError(f"{found.isoformat()} cannot be a seniority date: it is {_off(found, today)}")
    return found


def _off(found: date, today: date) -> str:
    return "in the future" if found > today else "too long ago"


def _phone(text: str) -> str | None:
    return read_number(text) if text else None


def _email(text: str) -> str | None:
    if not text:
        return None
    address = read_address(text)
    if address is None:
        raise ValueError(f"{text!r} is no e-mail address")
    return address


def _twice(rows: list[RosterRow], column: str, key: Callable[[RosterRow], str | None]) -> Iterator[RosterProblem]:
    seen: dict[str, int] = {}
    for row in rows:
        value = key(row)
        if value is not None and seen.setdefault(value, row.line) != row.line:
            yield RosterProblem(row.line, column, f"{value} stands in line {seen[value]} already")
