"""The account's own numbers, and the names in the address book of the demonstration."""

import dataclasses
import hashlib
import sqlite3
import time
from datetime import UTC, datetime

from bot.pocket_phone.store import Store


class NoSuchLine(Exception):
    """A text or a call goes to a number that the account does not own; the text is the number."""


@dataclasses.dataclass(frozen=True)
class Line:
    """A number that the account owns; without URLs of its own its webhooks go to the account's usual ones."""

    number: str
    sid: str
    name: str
    service_sid: str | None
    sms_url: str | None
    sms_fallback_url: str | None
    advanced_opt_out: bool
    created_at: datetime

    @property
    def sender(self) -> str:
        """What an opt-out holds for: the whole messaging service if the line is in one."""
        return self.service_sid or self.number


@dataclasses.dataclass(frozen=True)
class Contact:
    """Someone whose phone lies on the page."""

    number: str
    name: str


def put_line(
    store: Store,
    number: str,
    *,
    name: str = "",
    service_sid: str | None = None,
    sms_url: str | None = None,
    sms_fallback_url: str | None = None,
    advanced_opt_out: bool = False,
) -> Line:
    """Own this number, with these settings, from now on."""
    sid = "PN" + hashlib.md5(number.encode(), usedforsecurity=False).hexdigest()
    with store.transaction() as db:
        db.execute(
            "insert into line (number, sid, name, service_sid, sms_url, sms_fallback_url, advanced_opt_out, created_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (number) do update set name = excluded.name,"
            " service_sid = excluded.service_sid, sms_url = excluded.sms_url,"
            " sms_fallback_url = excluded.sms_fallback_url, advanced_opt_out = excluded.advanced_opt_out",
            (number, sid, name or number, service_sid, sms_url, sms_fallback_url, advanced_opt_out, time.time()),
        )
        return _line_of(db.execute("select * from line where number = ?", (number,)).fetchone())


def line_of(store: Store, number: str) -> Line | None:
    row = store.row("select * from line where number = ?", number)
    return _line_of(row) if row else None


def all_lines(store: Store) -> list[Line]:
    return [_line_of(row) for row in store.rows("select * from line order by created_at, number")]


def lines_of_service(store: Store, service_sid: str) -> list[Line]:
    """The senders of a messaging service; none if there is no such service."""
    return [line for line in all_lines(store) if line.service_sid == service_sid]


def put_contact(store: Store, number: str, name: str) -> Contact:
    """Lay a phone on the page, after those that lie there already."""
    with store.transaction() as db:
        db.execute(
            "insert into contact (number, name, place) values (?, ?, (select count(*) from contact))"
            " on conflict (number) do update set name = excluded.name",
            (number, name or number),
        )
    return Contact(number, name or number)


def remove_contact(store: Store, number: str) -> None:
    with store.transaction() as db:
        db.execute("delete from contact where number = ?", (number,))


def all_contacts(store: Store) -> list[Contact]:
    return [Contact(row["number"], row["name"]) for row in store.rows("select * from contact order by place, number")]


def _line_of(row: sqlite3.Row) -> Line:
    fields = dict(row)
    fields["advanced_opt_out"] = bool(fields["advanced_opt_out"])
    fields["created_at"] = datetime.fromtimestamp(fields["created_at"], UTC)
    return Line(**fields)
