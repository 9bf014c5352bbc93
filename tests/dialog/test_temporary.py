"""Another telephone for a while: confirmed by its holder, first meanwhile, and gone when its time is over."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.people.phone import number_of
from tests.cast import phone_number
from tests.dialog.street import Street
from workers.confirmations import end_temporary, tell_code

CODE = "select code from one_time_code where :d > 0 and number = :n order by id desc limit 1"


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ("TEMP {n} UNTIL TOMORROW 6PM", ()),
        ("temp {n}", ("for 2 days",)),
        ("TEMPORARY NUMBER", ("{n}", "2")),
        ("I have a temporary phone", ("{n}", "tomorrow 6pm")),
    ],
)
def test_it_is_asked_for_in_one_text_or_step_by_step_and_confirmed_with_the_code(
    street: Street,
    asked: str,
    answers: tuple[str, ...],
) -> None:
    who, number = street.cast.alvarez, phone_number()
    written = f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    said = street.text(who, asked.format(n=written))
    for answer in answers:
        said = street.text(who, answer.format(n=written))
    assert said is not None
    assert f"I texted a code to {number[2:5]}-{number[5:8]}-{number[8:]}" in said
    _work(street, "tell_code")
    code = street.rows(street.cast.millbrook, CODE, n=number, one=True)
    sent = street.rows(
        street.cast.millbrook, "select body from message_out where department_id = :d and to_number = :n", n=number
    )
    assert f"give the code {code} within 10 minutes" in sent[0]
    assert "That is not a code" in (street.text(who, "what") or "")
    assert "texts and calls go to" in (street.text(who, code) or "")
    with street.database.begin([street.cast.millbrook.id]) as work:
        assert number_of(work, who.person_id) == number
    assert "number is new here" in (street.text(number, "DROP") or ""), "his, and as new as any"


def test_its_end_takes_it_away_and_he_is_told_on_his_own(street: Street) -> None:
    number = _set(street)
    own = street.phone_of_his_own
    _work(street, "end_temporary")
    where = street.cast.millbrook
    assert street.rows(where, "select number from phone where :d > 0 and number = :n", n=number) == []
    told = street.rows(
        where, "select body from message_out where department_id = :d and to_number = :n order by id", n=own
    )
    assert "is not used any more: texts and calls come here again." in told[-1]
    assert street.rows(where, "select name from event where department_id = :d and name like 'temporary%'") == [
        "temporary_number_set", "temporary_number_ended",
    ]  # fmt: skip


def test_he_ends_it_himself_and_the_duty_finds_nothing(street: Street) -> None:
    _set(street)
    assert "do not go to" in (street.text(street.phone_of_his_own, "TEMP OFF") or "")
    assert "no temporary number" in (street.text(street.phone_of_his_own, "TEMP OFF") or "")
    assert _work(street, "end_temporary") == 1


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("TEMP 978 555 0142 UNTIL 1/1 6PM", "for 14 days at most"),
        ("TEMP 978 555 0142 FOR 90 DAYS", "for 14 days at most"),
        ("TEMP {own} FOR 2 DAYS", "yours already"),
        ("TEMP {others} FOR 2 DAYS", "cannot be used here"),
        ("TEMP 555 0142", "Which number"),
        ("TEMP", "Which number"),
    ],
)
def test_what_cannot_be_is_said_with_why(street: Street, asked: str, answered: str) -> None:
    cast = street.cast
    said = asked.format(own=street.phone(cast.alvarez), others=street.phone(cast.brooks))
    assert answered in (street.text(cast.alvarez, said) or "")


def test_three_wrong_codes_and_it_is_over(street: Street) -> None:
    who, number = street.cast.alvarez, phone_number()
    street.text(who, f"TEMP {number} FOR 2 DAYS")
    code = street.rows(street.cast.millbrook, CODE, n=number, one=True)
    wrong = "100000" if code != "100000" else "100001"
    said = [street.text(who, wrong) or "" for _ in range(3)]
    assert ["not the code" in each for each in said] == [True, True, False]
    assert "does not hold any more" in said[-1]
    assert street.rows(street.cast.millbrook, "select 1 from phone where :d > 0 and number = :n", n=number) == []


def _set(street: Street) -> str:
    """Alvarez has a temporary number; returns it."""
    who, number = street.cast.alvarez, phone_number()
    street.phone_of_his_own = street.phone(who)  # type: ignore[attr-defined] # of this file alone
    street.text(who, f"TEMP {number} FOR 2 DAYS")
    street.text(who, street.rows(street.cast.millbrook, CODE, n=number, one=True))
    return number


def _work(street: Street, kind: str) -> int:
    """Do the department's duties of the kind; returns how many there were."""
    handlers: dict[str, Any] = {"tell_code": tell_code.handle, "end_temporary": end_temporary.handle}
    with street.database.begin([street.cast.millbrook.id]) as work:
        duties = work.conn.execute(
            sa.text("select * from duty where department_id = :d and kind = :k"),
            {"d": street.cast.millbrook.id, "k": kind},
        ).all()
        work.now += timedelta(days=3)
        for duty in duties:
            handlers[kind](work, duty.department_id, duty)
    return len(duties)
