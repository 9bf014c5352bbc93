"""Log lines tell what happened to a text by one id, and neither who nor what was said."""

import io
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import create_app
from bot.bell import Bell, redis_for_bells
from bot.cli.rehearse import play_file
from bot.logs import masked
from bot.services import services_of
from bot.transcripts.parsing import parse
from bot.transcripts.script import Gets, Texts
from models.session import Database
from tests.cast import assemble
from tests.conftest import TEST_HOME
from tests.one_line import TOKEN, config_for, signature
from tests.workers.conftest import FakeCarrier
from workers.delivery import deliver
from workers.tools import Tools, use

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
PLAYED = ("carrier_trouble", "strangers_and_emergencies", "drop_late_replaced", "opt_out_with_work")
WHOLE_NUMBER = re.compile(r"(?:\+|%2B)\d{9,}")


@pytest.mark.parametrize("name", PLAYED)
def test_no_line_holds_a_whole_number_or_what_anybody_wrote(
    name: str, told: io.StringIO, scratch_servers: object
) -> None:
    file = TRANSCRIPTS / f"{name}.txt"
    play_file(file, TEST_HOME)
    log = told.getvalue()
    assert not WHOLE_NUMBER.search(log)
    steps = parse(file.read_text(encoding="utf-8"), file.name).steps
    for body in (step.body for step in steps if isinstance(step, Texts | Gets)):
        longest = max(re.split(r"\.\.\.|\{\w+\}", body), key=len).strip()
        if len(longest) > 12:
            assert longest not in log


def test_one_id_leads_from_the_webhook_over_the_records_to_every_event_and_to_the_answer(
    postgres_url: str, redis_url: str, database: Database, told: io.StringIO
) -> None:
    cast = assemble(database)
    with database.begin([cast.millbrook.id]) as work:
        row = work.conn.execute(
            sa.text(
                "select l.number as line, p.number as phone from line l, phone p"
                " where l.department_id = :d and p.person_id = :p"
            ),
            {"d": cast.millbrook.id, "p": cast.alvarez.person_id},
        ).one()
    app = create_app(config_for(postgres_url, redis_url))
    form = {"MessageSid": "SMone", "From": row.phone, "To": row.line, "Body": "AGENT"}
    assert app.test_client().post("/twilio/sms", data=form, headers=signature("/twilio/sms", form)).status_code == 200
    redis = redis_for_bells(redis_url)
    use(Tools(database, Bell(redis), FakeCarrier()))  # type: ignore[arg-type]  # has the methods that jobs call
    deliver("delivery", cast.millbrook.id)
    services_of(app).database.dispose()
    services_of(app).redis.close()
    redis.close()
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    [answered] = [line for line in lines if line["says"] == "answered"]
    [handed_over] = [line for line in lines if line["says"] == "handed over"]
    assert answered["text"] == "SMone"
    with database.begin([cast.millbrook.id]) as work:
        found = work.conn.execute(
            sa.text(
                "select t.message_out_id, o.sid, array_agg(distinct e.name) as events from message_in i"
                " join turn t on t.department_id = i.department_id and t.message_in_id = i.id"
                " join message_out o on o.department_id = t.department_id and o.id = t.message_out_id"
                " join event e on e.department_id = i.department_id and (e.data->>'text')::bigint = i.id"
                " where i.sid = :sid group by 1, 2"
            ),
            {"sid": answered["text"]},
        ).one()
    assert handed_over["text"] == found.sid
    assert handed_over["reply"] == f"{cast.millbrook.id}-{found.message_out_id}"
    assert found.events
    assert TOKEN not in told.getvalue()
    assert not WHOLE_NUMBER.search(told.getvalue())


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("to +19785550101 now", "to +…01 now"),
        ("/Messages.json?To=%2B19785550101", "/Messages.json?To=+…01"),
        ("call (978) 555-0101", "call …01"),
        ("978-555-0101", "…01"),
        ("event 19785550101 of 2026-11-22", "event 19785550101 of 2026-11-22"),
    ],
)
def test_numbers_are_cut_down_to_their_last_two_digits(written: str, left: str) -> None:
    assert masked(written) == left


def test_an_error_of_the_database_is_told_without_the_row_it_quotes(database: Database, told: io.StringIO) -> None:
    log: Any = logging.getLogger("tests.operations")
    try:
        with database.begin([]) as work:
            work.conn.execute(sa.text("insert into phone (number, person_id) values ('+19785550101x', 1)"))
    except sa.exc.DBAPIError:
        log.exception("failed")
    line = json.loads(told.getvalue().splitlines()[-1])
    assert "phone_number_e164" in json.dumps(line["error"])
    assert "5550101" not in told.getvalue()
