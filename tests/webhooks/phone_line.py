"""A line in a demonstration whose details have just been posted, for those who call it; Alvarez has a PIN."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.app import create_app
from bot.bell import Bell
from bot.config import ROOT
from bot.servers.scratch import Scratch, scratch
from bot.services import services_of
from models.bundle.load import load
from models.bundle.reading import read
from models.line.clock import set_clock
from models.people.pin import set_pin
from tests.conftest import TEST_HOME
from tests.one_line import config_for
from tests.webhooks.caller import Caller
from workers.drain import drain
from workers.tools import Tools, use

BUNDLE = ROOT / "tests" / "transcripts" / "cast.yaml"
LINE, ALVAREZ, CHEN, STRANGER = "+19785550100", "+19785550101", "+19785550103", "+19785550199"
PIN, WRONG = "730519", "730528"


class Line:
    """The web in a demonstration whose details have just been posted; Alvarez has a PIN."""

    def __init__(self, app, department_id: int, servers: Scratch) -> None:
        self.app = app
        self.servers = servers
        self.database = services_of(app).database
        self.department_id = department_id

    def call(self, from_number: str = ALVAREZ) -> Caller:
        caller = Caller(self.app.test_client(), from_number, LINE)
        caller.ring()
        return caller

    def identified(self) -> Caller:
        caller = self.call()
        caller.press(f"{PIN}#")
        return caller

    def rows(self, query: str, **values):
        with self.database.begin([self.department_id]) as work:
            return list(work.conn.execute(sa.text(query), {"d": self.department_id, **values}))

    def of_call(self, caller: Caller):
        return self.rows("select * from call where sid = :sid", sid=caller.form["CallSid"])[0]


@contextmanager
def open_phone_line() -> Iterator[Line]:
    """A line with a database of its own: who else has a PIN, or rang before, is nobody's but the test module's."""
    with scratch(TEST_HOME, again=True) as servers:
        app = create_app(config_for(servers.database_url, servers.redis_url, mode="demo"))
        services = services_of(app)
        with sa.create_engine(servers.database_url, poolclass=sa.NullPool).begin() as conn:
            set_clock(conn, datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
        use(Tools(services.database, Bell(services.redis), None))  # type: ignore[arg-type]  # nothing is sent
        department_id = load(services.database, read(BUNDLE.read_text(), BUNDLE.name), BUNDLE.name).department_id
        drain("awarding", department_id)
        with services.database.begin([department_id]) as work:
            person_id = work.conn.execute(
                sa.text("select person_id from phone where number = :n"), {"n": ALVAREZ}
            ).scalar_one()
            assert set_pin(work, department_id, person_id, PIN) is None
        yield Line(app, department_id, servers)
        services.database.dispose()
        services.redis.close()
