"""A department of its own for each test: one line, one officer with a phone, and ways to look at what came of it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from twilio.request_validator import RequestValidator

from bot.config import Config
from models.line import message_out
from models.line.line import lines
from models.people.department import departments
from models.people.person import persons
from models.people.phone import phones
from models.session import Database

TOKEN = "6f1d0c2b9a8e7f605142334455667788"
PUBLIC_URL = "https://line.example.org"
_AREA_CODES = (207, 208, 209, 218, 219, 228, 229, 231, 234, 239, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269)
_NUMBERS = (f"+1{area}55501{last:02d}" for area in _AREA_CODES for last in range(100))


def fresh_number() -> str:
    """A number no other test of this run has."""
    return next(_NUMBERS)


@dataclass
class OneLine:
    """The department, its line and its officer's person, by id and number."""

    database: Database
    department_id: int
    line_id: int
    line: str
    person_id: int
    phone: str

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """What the department's tables hold; `:d` is the department."""
        with self.database.begin([self.department_id]) as work:
            return list(work.conn.execute(sa.text(sql), {"d": self.department_id, **values}))

    def one(self, sql: str, **values: Any) -> Any:
        return self.rows(sql, **values)[0]

    def run(self, sql: str, **values: Any) -> None:
        with self.database.begin([self.department_id]) as work:
            work.conn.execute(sa.text(sql), {"d": self.department_id, **values})

    def text(self, body: str = "Detail 4821 is yours.", **columns: Any) -> int:
        """A text in the outbox, due now."""
        with self.database.begin([self.department_id]) as work:
            return message_out.write(
                work, self.department_id, self.line_id, columns.pop("to_number", self.phone), body,
                prompt="test.text", person_id=columns.pop("person_id", self.person_id), **columns,
            )  # fmt: skip

    def state(self, message_id: int) -> str:
        return self.one("select state from message_out where department_id = :d and id = :id", id=message_id).state

    def events(self) -> list[str]:
        return [row.name for row in self.rows("select name from event where department_id = :d order by id")]

    def hand_offs(self) -> list[str]:
        return [row.reason for row in self.rows("select reason from hand_off where department_id = :d order by id")]


def open_line(database: Database, **columns: Any) -> OneLine:
    """A new department with one line (further `columns` of it as given) and one officer's phone."""
    number, phone = fresh_number(), fresh_number()
    with database.begin([]) as work:
        department_id = work.conn.execute(
            sa.insert(departments).values(slug=f"d{number[1:]}", name="Harbor", time_zone="America/Chicago")
            .returning(departments.c.id)
        ).scalar_one()  # fmt: skip
        line_id = work.conn.execute(
            sa.insert(lines).values(number=number, department_id=department_id, **columns).returning(lines.c.id)
        ).scalar_one()
        person_id = work.conn.execute(
            sa.insert(persons).values(name="Ruiz", language="en").returning(persons.c.id)
        ).scalar_one()
        work.conn.execute(sa.insert(phones).values(number=phone, person_id=person_id, place=1, state="good"))
    return OneLine(database, department_id, line_id, number, person_id, phone)


def config_for(postgres_url: str, redis_url: str, **settings: Any) -> Config:
    """Settings of a production web."""
    given: dict[str, Any] = {
        "database_url": postgres_url,
        "redis_url": redis_url,
        "public_url": PUBLIC_URL,
        "secret_key": "k" * 40,
        "twilio_account_sid": "AC" + "0123456789abcdef" * 2,
        "twilio_auth_token": TOKEN,
    }
    return Config(**(given | settings))


def signature(path: str, form: dict[str, str], *, public_url: str = PUBLIC_URL, token: str = TOKEN) -> dict[str, str]:
    """The header that Twilio would send with this form."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(f"{public_url}{path}", form)}
