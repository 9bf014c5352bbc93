"""Twilio's lists: filters, newest first, a page at a time."""

import dataclasses
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bot.pocket_phone.errors import ApiError, bad_parameter
from bot.pocket_phone.message import message_of
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.store import Store

_LARGEST_PAGE = 1000
_USUAL_PAGE = 50


@dataclasses.dataclass(frozen=True)
class Listed:
    """What can be listed: its table, and the columns behind the API's filters. A time has three: at, before, after."""

    table: str
    of_row: Callable[[sqlite3.Row], Any]
    equals: Mapping[str, str]
    times: Mapping[str, str]
    always: str = "1 = 1"

    @property
    def filters(self) -> list[str]:
        return [*self.equals, *(f"{name}{sign}" for name in self.times for sign in ("", ">", "<"))]


@dataclasses.dataclass(frozen=True)
class Page:
    """One page of records and what Twilio says around it."""

    records: list[Any]
    frame: dict[str, Any]


# What the carrier says for itself is not among the account's messages.
_MESSAGES = Listed(
    "message", message_of, {"To": "to_number", "From": "from_number"}, {"DateSent": "sent_at"}, "by_carrier = 0"
)


def page_of_messages(store: Store, path: str, asked: Mapping[str, str]) -> Page:
    """The page of messages that these query parameters ask for; ApiError if one of them cannot be read."""
    return page_of(_MESSAGES, store, path, asked)


def page_of(listed: Listed, store: Store, path: str, asked: Mapping[str, str]) -> Page:
    """The page that these query parameters ask for; ApiError if one of them cannot be read.

    Page tokens are PA with the sid that the page follows, or PB with the sid that it comes before.
    """
    size = _size(asked.get("PageSize"))
    number = int(asked.get("Page", "0") or 0) if asked.get("Page", "0").isdecimal() else 0
    where, values = _where(listed, store, asked)
    token = asked.get("PageToken", "")
    backwards = token.startswith("PB")
    rows = store.rows(
        f"select * from {listed.table} where {where} order by id {'asc' if backwards else 'desc'} limit ?",
        *values,
        size + 1,
    )
    records = [listed.of_row(row) for row in rows[:size]]
    has_more = len(rows) > size
    if backwards:
        records.reverse()
        has_more = True
    return Page(records, _frame(listed, path, asked, records, size=size, number=number, has_more=has_more))


def _size(text: str | None) -> int:
    if not text:
        return _USUAL_PAGE
    if not text.isdecimal() or int(text) < 1:
        raise bad_parameter("PageSize", text)
    return min(int(text), _LARGEST_PAGE)


def _where(listed: Listed, store: Store, asked: Mapping[str, str]) -> tuple[str, list[object]]:
    conditions = [listed.always]
    values: list[object] = []
    for name, column in listed.equals.items():
        if asked.get(name):
            conditions.append(f"{column} = ?")
            values.append(e164(asked[name]) or asked[name])
    for name, column in listed.times.items():
        for sign in ("", ">", "<"):
            if asked.get(name + sign):
                condition, bounds = _when(name, sign, column, asked[name + sign])
                conditions.append(condition)
                values.extend(bounds)
    token = asked.get("PageToken", "")
    if token:
        conditions.append(f"id {'>' if token.startswith('PB') else '<'} ?")
        values.append(_id_in(listed, store, token))
    return " and ".join(conditions), values


def _when(name: str, sign: str, column: str, text: str) -> tuple[str, list[float]]:
    """The condition on a time; both bounds include what they name, to the second."""
    begins, length = _moment(name, text)
    ends = begins + length.total_seconds()
    if sign == ">":
        return f"{column} >= ?", [begins]
    if sign == "<":
        return f"{column} < ?", [begins + 1]
    return f"{column} >= ? and {column} < ?", [begins, ends]


def _moment(name: str, text: str) -> tuple[float, timedelta]:
    """When a date or time begins, in seconds since 1970, and how long it lasts: a day or a second."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise bad_parameter(name, text) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.timestamp(), timedelta(days=1) if len(text.strip()) == len("2026-01-31") else timedelta(seconds=1)


def _id_in(listed: Listed, store: Store, token: str) -> int:
    row = store.row(f"select id from {listed.table} where sid = ?", token[2:])
    if row is None:
        raise ApiError(20006, "Access denied: the page token is not valid", 400)
    return int(row["id"])


def _frame(
    listed: Listed, path: str, asked: Mapping[str, str], records: list[Any], *, size: int, number: int, has_more: bool
) -> dict[str, Any]:
    filters = {name: asked[name] for name in listed.filters if asked.get(name)}

    def uri(page: int, **more: str) -> str:
        return f"{path}?{urlencode(filters | {'PageSize': size, 'Page': page} | more)}"

    start = number * size
    follows = has_more and records
    return {
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1, PageToken=f"PA{records[-1].sid}") if follows else None,
        "previous_page_uri": uri(number - 1, PageToken=f"PB{records[0].sid}") if number and records else None,
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + max(len(records) - 1, 0),
        "uri": uri(number),
    }
