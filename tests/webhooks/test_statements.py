"""How much of the database an ordinary text takes: at most twelve statements and one commit."""

import uuid
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.app import create_app
from bot.bell import Bell
from bot.config import ROOT
from bot.services import services_of
from models.bundle.load import load
from models.bundle.reading import read
from models.line.clock import set_clock
from tests.one_line import config_for, signature
from workers.drain import drain
from workers.tools import Tools, use

BUNDLE = ROOT / "tests" / "transcripts" / "cast.yaml"
ALVAREZ, LINE = "+19785550101", "+19785550100"
MOST_STATEMENTS = 12


@pytest.fixture
def line(postgres_url, redis_url):
    """The web in a demonstration whose details have just been posted; gives the app and a live code."""
    app = create_app(config_for(postgres_url, redis_url, mode="demo"))
    services = services_of(app)
    with sa.create_engine(postgres_url, poolclass=sa.NullPool).begin() as conn:
        set_clock(conn, datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    use(Tools(services.database, Bell(services.redis), None))  # type: ignore[arg-type]  # nothing is sent
    department_id = load(services.database, read(BUNDLE.read_text(), BUNDLE.name), BUNDLE.name).department_id
    drain("awarding", department_id)
    with services.database.begin([department_id]) as work:
        code = work.conn.execute(sa.text("select code from opening order by starts_at desc limit 1")).scalar_one()
    yield app, code
    services.database.dispose()
    services.redis.close()


def cost(app, body: str) -> tuple[int, int]:
    """Statements and commits of one text."""
    engine = services_of(app).database.engine
    counted = {"before_cursor_execute": 0, "commit": 0}

    def counter(name):
        def count(*_):
            counted[name] += 1

        return count

    listeners = {name: counter(name) for name in counted}
    for name, listener in listeners.items():
        sa.event.listen(engine, name, listener)
    form = {"MessageSid": f"SM{uuid.uuid4().hex}", "From": ALVAREZ, "To": LINE, "Body": body}
    answer = app.test_client().post("/twilio/sms", data=form, headers=signature("/twilio/sms", form))
    for name, listener in listeners.items():
        sa.event.remove(engine, name, listener)
    assert answer.status_code == 200
    return counted["before_cursor_execute"], counted["commit"]


def test_ordinary_texts_take_at_most_twelve_statements_and_one_commit(line):
    app, code = line
    texts = ["LIST", f"S{code}", f"S{code}", "MINE", f"W{code}", "MENU", "HELP", "what?", "AGENT"]
    costs = {f"{place}: {text}": cost(app, text) for place, text in enumerate(texts)}
    dear = {text: found for text, found in costs.items() if found[0] > MOST_STATEMENTS or found[1] != 1}
    assert dear == {}
