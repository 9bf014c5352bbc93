"""Text tables as spreadsheets save them: commas, semicolons or tabs; UTF-8, UTF-16 or what Excel on Windows writes."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil import parser as dates

LINES_ABOVE = 10
"""How many lines of titles may stand above the headings."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds anything; `number` counts from 1 as a spreadsheet counts."""

    number: int
    cells: list[str]


def lines_of(content: bytes) -> Iterator[Line]:
    """The lines that hold anything, each with its number in the file; a quoted cell may go over several."""
    begins, text = 1, _text(content)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text))
    for cells in reader:
        number, begins = begins, reader.line_num + 1
        cleaned = [" ".join(cell.split()) for cell in cells]
        if any(cleaned) and not re.fullmatch(r"sep=.?", "".join(cleaned), re.IGNORECASE):
            yield Line(number, cleaned)


def plain(heading: str) -> str:
    """`Badge #` is badge, `Seniority_Date` is seniority date."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).split())


def day_of(text: str) -> date | None:
    """A date as people in the United States write it, month first, or as a spreadsheet counts; None if it is none."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _DAY_ZERO + timedelta(days=int(text[:5]))
    if _DAY_FIRST.fullmatch(text):
        return None  # a file that writes 13/5 for May 13 may also write 4/5 for May 4
    try:
        # Two different defaults: a part that was not written, and so comes from them, differs.
        first, second = (dates.parse(text, default=default).date() for default in _DEFAULTS)
    except (ValueError, OverflowError):
        return None
    return first if first == second else None


_DAY_FIRST = re.compile(r"(1[3-9]|[23]\d)[-/.]\d{1,2}[-/.]\d{2,4}\b.*")
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 - of them only the date is looked at
# Day zero of a spreadsheet's own count of days, which it writes where a cell was never formatted as a date.
_DAY_ZERO = date(1899, 12, 30)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """The sign that the first lines have most of, outside of quotes."""
    said = re.match(r"\W*sep=(.)", text, re.IGNORECASE)
    if said:
        return said[1]
    head = re.sub(r'"[^"]*"', "", "\n".join(text.splitlines()[:LINES_ABOVE]))
    return max(",;\t", key=head.count)
