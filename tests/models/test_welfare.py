"""An officer is asked whether all is well: once at a time, and he answers, or people are alarmed, never both."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.line.desk_phone import put_desk_phone, remove_desk_phone
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import assignment
from models.working.attendance import check_in, check_out, take_back_check_in
from models.working.welfare import alarm, all_is_well, begin_check, open_check
from tests.cast import MONDAY, Cast, assemble, assigns, at, by_text, post_detail
from tests.races.racing import race
from tests.workers.duties.doing import do, handed_off, planned, said

STARTS = MONDAY + timedelta(days=3)
HOUR = timedelta(hours=1)
HOURLY = Handbook.model_validate({"welfare": {"every_minutes": 60, "call": False}})
DESK = "+14135550177"


@pytest.fixture
def cast(database: Database) -> Cast:
    """Millbrook asks every hour."""
    return assemble(database, HOURLY)


@pytest.fixture
def held(database: Database, cast: Cast) -> int:
    """Alvarez is on his detail, and came ten minutes early."""
    with at(database, cast.millbrook) as work:
        one = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS))
    with at(database, cast.millbrook, STARTS - timedelta(minutes=10), by_text(cast.alvarez)) as work:
        assert check_in(work, cast.alvarez, one).outcome == "done"
    return one


def _due(cast: Cast, database: Database) -> tuple[int, str]:
    with at(database, cast.millbrook) as work:
        row = work.conn.execute(sa.text("select subject_id, fence from duty where kind = 'ask_welfare'")).one()
        return row.subject_id, row.fence


def test_he_is_asked_an_hour_after_the_start_and_not_while_he_is_asked(
    database: Database, cast: Cast, held: int
) -> None:
    assert planned(database, cast.millbrook, "ask_welfare") == [(held, STARTS + HOUR)]
    subject, fence = _due(cast, database)
    for _ in range(2):
        do(database, cast.millbrook, STARTS + HOUR, "ask_welfare", subject, fence)
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.welfare"]
    assert (held, STARTS + 2 * HOUR) in planned(database, cast.millbrook, "ask_welfare")


def test_a_check_in_that_was_taken_back_asks_nothing(database: Database, cast: Cast, held: int) -> None:
    subject, fence = _due(cast, database)
    with at(database, cast.millbrook, STARTS - timedelta(minutes=9), by_text(cast.alvarez)) as work:
        assert take_back_check_in(work, cast.alvarez, held)
        assert check_in(work, cast.alvarez, held).outcome == "done"
    do(database, cast.millbrook, STARTS + HOUR, "ask_welfare", subject, fence)
    assert said(database, cast.millbrook, cast.alvarez) == []


def test_the_desk_hears_who_and_where_at_once(database: Database, cast: Cast, held: int) -> None:
    with at(database, cast.millbrook, STARTS + HOUR) as work:
        put_desk_phone(work.conn, DESK, "Front desk")
        check_id = begin_check(work, assignment(work, cast.millbrook.id, held), 10)
    do(database, cast.millbrook, STARTS + HOUR + timedelta(minutes=10), "miss_welfare", check_id or 0, "text")
    assert handed_off(database, cast.millbrook) == ["welfare_unanswered"]
    [(handed, at_once)] = planned(database, cast.millbrook, "tell_hand_off")
    do(database, cast.millbrook, at_once, "tell_hand_off", handed)
    with at(database, cast.millbrook) as work:
        body = work.conn.execute(sa.text("select body from message_out where to_number = :n"), {"n": DESK}).scalar_one()
        assert remove_desk_phone(work.conn, DESK)
    assert "Alvarez" in body
    assert "Elm Street at Third" in body


def test_a_check_out_is_a_sign_of_life(database: Database, cast: Cast, held: int) -> None:
    with at(database, cast.millbrook, STARTS + HOUR, by_text(cast.alvarez)) as work:
        check_id = begin_check(work, assignment(work, cast.millbrook.id, held), 10)
        check_out(work, cast.alvarez, held)
    do(database, cast.millbrook, STARTS + 2 * HOUR, "miss_welfare", check_id or 0, "text")
    assert handed_off(database, cast.millbrook) == []


@pytest.mark.parametrize("attempt", range(3))
def test_he_answers_at_the_moment_of_the_alarm(database: Database, cast: Cast, held: int, attempt: int) -> None:
    """Whoever was first: in the end all is well, and where people were alarmed they hear that too."""
    with at(database, cast.millbrook, STARTS + HOUR) as work:
        check_id = begin_check(work, assignment(work, cast.millbrook.id, held), 10) or 0
        assert open_check(work, cast.alvarez) == check_id

    def says() -> bool:
        with at(database, cast.millbrook, STARTS + HOUR, by_text(cast.alvarez)) as work:
            return all_is_well(work, cast.alvarez, check_id)

    def alarms() -> bool:
        with at(database, cast.millbrook, STARTS + HOUR) as work:
            return alarm(work, cast.millbrook.id, check_id, cast.alvarez.person_id)

    well, alarmed = race([says, alarms])
    assert well is True
    expected = ["welfare_unanswered", "welfare_well_after_all"] if alarmed else []
    assert handed_off(database, cast.millbrook) == expected
