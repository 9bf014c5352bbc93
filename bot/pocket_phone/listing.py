"""Twilio's list of messages: filters, newest first, a page at a time."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bot.pocket_phone.errors import ApiError, bad_parameter
from bot.pocket_phone.message import Message, message_of
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.store import Store

_LARGEST_PAGE = 1000
_USUAL_PAGE = 50
_FILTERS = ("To", "From", "DateSent", "DateSent>", "DateSent<")


@dataclasses.dataclass(frozen=True)
class Page:
    """One page of messages and what Twilio says around it."""

    messages: list[Message]
    frame: dict[str, Any]


def page_of_messages(store: Store, path: str, asked: Mapping[str, str]) -> Page:
    """The page that these query parameters ask for; ApiError if one of them cannot be read.

    Page tokens are PA with the sid that the page follows, or PB with the sid that it comes before.
    """
    size = _size(asked.get("PageSize"))
    number = int(asked.get("Page", "0") or 0) if asked.get("Page", "0").isdigit() else 0
    where, values = _where(store, asked)
    token = asked.get("PageToken", "")
    backwards = token.startswith("PB")
    rows = store.rows(
        f"select * from message where {where} order by id {'asc' if backwards else 'desc'} limit ?",
        *values,
        size + 1,
    )
    messages = [message_of(row) for row in rows[:size]]
    has_more = len(rows) > size
    if backwards:
        messages.reverse()
        has_more = True
    return Page(messages, _frame(path, asked, messages, size=size, number=number, has_more=has_more))


def _size(text: str | None) -> int:
    if not text:
        return _USUAL_PAGE
    if not text.isdigit() or int(text) < 1:
        raise bad_parameter("PageSize", text)
    return min(int(text), _LARGEST_PAGE)


def _where(store: Store, asked: Mapping[str, str]) -> tuple[str, list[object]]:
    # What the carrier says for itself is not among the account's messages.
    conditions = ["by_carrier = 0"]
    values: list[object] = []
    for name, column in (("To", "to_number"), ("From", "from_number")):
        if asked.get(name):
            conditions.append(f"{column} = ?")
            values.append(e164(asked[name]) or asked[name])
    for name in ("DateSent", "DateSent>", "DateSent<"):
        if asked.get(name):
            condition, bounds = _sent(name, asked[name])
            conditions.append(condition)
            values.extend(bounds)
    token = asked.get("PageToken", "")
    if token:
        conditions.append(f"id {'>' if token.startswith('PB') else '<'} ?")
        values.append(_id_in(store, token))
    return " and ".join(conditions), values


def _sent(name: str, text: str) -> tuple[str, list[float]]:
    """The condition on the time of sending; both bounds include what they name, to the second."""
    begins, length = _moment(name, text)
    ends = begins + length.total_seconds()
    if name == "DateSent>":
        return "sent_at >= ?", [begins]
    if name == "DateSent<":
        return "sent_at < ?", [begins + 1]
    return "sent_at >= ? and sent_at < ?", [begins, ends]


def _moment(name: str, text: str) -> tuple[float, timedelta]:
    """When a date or time begins, in seconds since 1970, and how long it lasts: a day or a second."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise bad_parameter(name, text) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.timestamp(), timedelta(days=1) if len(text.strip()) == len("2026-01-31") else timedelta(seconds=1)


def _id_in(store: Store, token: str) -> int:
    row = store.row("select id from message where sid = ?", token[2:])
    if row is None:
        raise ApiError(20006, "Access denied: the page token is not valid", 400)
    return int(row["id"])


def _frame(
    path: str, asked: Mapping[str, str], messages: list[Message], *, size: int, number: int, has_more: bool
) -> dict[str, Any]:
    filters = {name: asked[name] for name in _FILTERS if asked.get(name)}

    def uri(page: int, **more: str) -> str:
        return f"{path}?{urlencode(filters | {'PageSize': size, 'Page': page} | more)}"

    start = number * size
    follows = has_more and messages
    return {
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1, PageToken=f"PA{messages[-1].sid}") if follows else None,
        "previous_page_uri": uri(number - 1, PageToken=f"PB{messages[0].sid}") if number and messages else None,
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + max(len(messages) - 1, 0),
        "uri": uri(number),
    }
