"""An officer's PIN by hand: typed at a prompt or drawn, with who and why on record, and the officer told."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result

from models.people.pin import check_pin, has_pin, must_change
from models.session import Database
from tests.going_live.conftest import Dutyline
from workers.confirmations.tell_pin import handle

ROSTER = "badge,name,rank,seniority,phone\n101,Rosa Alvarez,Sergeant,5/1/2004,203-555-0142\n"
WHO = ("--reason", "lost it, came in person", "--by", "Lt Hale")


@pytest.fixture
def begun(dutyline: Dutyline, millbrook: str, tmp_path: Path) -> str:
    """Millbrook with one officer."""
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    assert dutyline("department", "roster", file, "--department", millbrook, "--consent", "signed forms").exit_code == 0
    return millbrook


def test_a_pin_is_typed_and_never_repeated(dutyline: Dutyline, begun: str, database: Database) -> None:
    done = _pin(dutyline, begun, "--set", input="583914\n")
    assert (done.exit_code, done.stdout, "583914" in done.output) == (0, "", False)
    with database.begin(database.departments()) as work:
        person = _person(work)
        assert has_pin(work, person)
        assert not must_change(work, person)
        assert check_pin(work, person, "+12035550142", "583914") == "right"
        told = work.conn.execute(sa.text("select data, behalf_of_id from event where name = 'pin_set'")).one()
    assert told.data == {"by": "Lt Hale", "words": "lost it, came in person", "must_change": False}
    assert told.behalf_of_id == person


def test_an_obvious_one_is_refused_with_the_reason(dutyline: Dutyline, begun: str) -> None:
    refused = _pin(dutyline, begun, "--set", input="0142\n")
    assert (refused.exit_code, "end of his phone number" in refused.output) == (1, True)
    assert "Say --set" in _pin(dutyline, begun).output


def test_one_drawn_is_shown_once_and_he_is_told_of_everything(
    dutyline: Dutyline, begun: str, database: Database
) -> None:
    done = _pin(dutyline, begun, "--one-time")
    drawn = done.stdout.strip()
    assert (len(drawn), drawn.isdecimal()) == (6, True)
    with database.begin(database.departments()) as work:
        person = _person(work)
        assert must_change(work, person)
        for _ in range(6):
            check_pin(work, person, "+12035550142", "111111")
        assert check_pin(work, person, "+12035550142", drawn) == "locked"
    assert "may try his PIN again" in _pin(dutyline, begun, "--unlock").output
    with database.begin(database.departments()) as work:
        assert check_pin(work, person, "+12035550142", drawn) == "right"
    assert "has no PIN now" in _pin(dutyline, begun, "--clear").output
    assert "had no PIN" in _pin(dutyline, begun, "--clear").output
    said = ("a one-time PIN", "is locked", "was taken away")
    assert all(what in text for what, text in zip(said, _told(database), strict=True))
    assert drawn not in str(_everything(database))


def _pin(dutyline: Dutyline, slug: str, *words: str, **more: Any) -> Result:
    return dutyline("officer", "pin", "101", "--department", slug, *words, *WHO, **more)


def _person(work: Any) -> int:
    return int(work.conn.execute(sa.text("select person_id from officer where badge = '101'")).scalar_one())


def _told(database: Database) -> list[str]:
    """What the duties that are due now say to him."""
    with database.begin(database.departments()) as work:
        for duty in work.conn.execute(sa.text("select * from duty where kind = 'tell_pin' order by id")).all():
            handle(work, duty.department_id, duty)
        return list(work.conn.execute(sa.text("select body from message_out order by id")).scalars())


def _everything(database: Database) -> list[Any]:
    with database.begin(database.departments()) as work:
        return [
            tuple(row) for table in ("event", "message_out", "duty", "pin_try")
            for row in work.conn.execute(sa.text(f"select * from {table}"))
        ]  # fmt: skip
