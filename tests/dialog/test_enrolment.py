"""A number that asks to join is a record that a person settles; only then does the line know it."""

import pytest
import sqlalchemy as sa

from models.line.consent import WORDING
from models.people.enrolment import EnrolmentError, enrol, refuse, waiting
from models.people.officer import Officer, officers
from models.people.officer import officer as officer_of
from models.session import Database
from tests.cast import assemble, at, phone_number
from tests.dialog.street import Street
from tests.workers.duties.doing import do, planned, said


@pytest.fixture
def street(database: Database) -> Street:
    return Street(database, assemble(database))


def _waiting(street: Street) -> list[tuple[str, str]]:
    with at(street.database, street.cast.millbrook) as work:
        return [(row.number, row.words) for row in waiting(work, street.cast.millbrook.id)]


def _enrol(street: Street, number: str, who: Officer, by: str = "desk") -> None:
    with at(street.database, street.cast.millbrook) as work:
        enrol(work, street.cast.millbrook.id, number, officer_of(work, who.department_id, who.id), by)


def _told(street: Street) -> None:
    for enrolment_id, due_at in planned(street.database, street.cast.millbrook, "tell_enrolment"):
        do(street.database, street.cast.millbrook, due_at, "tell_enrolment", enrolment_id)


def _texts_to(street: Street, number: str) -> list[str]:
    return street.rows(
        street.cast.millbrook, "select prompt from message_out where department_id = :d and to_number = :n", n=number
    )


def test_who_asks_to_join_is_written_down_once_with_his_newest_words(street: Street) -> None:
    number = phone_number()
    street.text(number, "JOIN Chen 103")
    street.text(number, "join Amy Chen 103")
    street.text(number, "JOIN")
    assert _waiting(street) == [(number, "join Amy Chen 103")]
    assert street.hand_offs(street.cast.millbrook) == ["number_asks_to_join"]
    consents = "select id from consent where department_id = :d and number = :n"
    assert street.rows(street.cast.millbrook, consents, n=number) == []


def test_enrolled_the_number_is_the_officers_with_consent_and_both_his_phones_are_told(street: Street) -> None:
    number, chen = phone_number(), street.cast.chen
    before = street.phone(chen)
    street.text(number, "ALTA Chen 103")
    _enrol(street, number, chen)
    _told(street)
    numbers = street.rows(street.cast.millbrook, "select number from phone where person_id = :p and :d > 0"
                          " order by place", p=chen.person_id)  # fmt: skip
    assert numbers == [number, before]
    consents = street.rows(
        street.cast.millbrook,
        "select way || ' ' || wording from consent where department_id = :d and number = :n and withdrawn_at is null",
        n=number,
    )
    assert consents == [f"enrolled {WORDING}"]
    assert _texts_to(street, number)[-1] == "enrol.enrolled"
    assert said(street.database, street.cast.millbrook, chen) == ["enrol.enrolled", "enrol.other_number"]
    assert _texts_to(street, before) == ["enrol.other_number"]
    assert (street.text(number, "MENU") or "").startswith("LIST open details")


def test_the_record_says_who_settled_it_and_when(street: Street) -> None:
    number = phone_number()
    street.text(number, "JOIN Chen 103")
    _enrol(street, number, street.cast.chen, by="Lt. Moss")
    settled = street.rows(
        street.cast.millbrook,
        "select state || ' ' || settled_by || ' ' || (settled_at is not null) from enrolment where department_id = :d",
    )
    assert settled == ["enrolled Lt. Moss true"]
    events = street.rows(street.cast.millbrook, "select name from event where department_id = :d order by id")
    assert [name for name in events if "enrol" in name] == ["enrolment_asked", "number_enrolled"]


def test_refused_the_number_stays_nobodys_and_is_told_so(street: Street) -> None:
    number = phone_number()
    street.text(number, "JOIN Nobody 999")
    with at(street.database, street.cast.millbrook) as work:
        refuse(work, street.cast.millbrook.id, number, "desk")
    _told(street)
    assert _texts_to(street, number)[-1] == "enrol.refused"
    assert _waiting(street) == []
    assert (street.text(number, "LIST") or "").startswith("This is a line for police details")


def test_what_was_settled_is_not_settled_again(street: Street) -> None:
    number = phone_number()
    street.text(number, "JOIN Chen 103")
    _enrol(street, number, street.cast.chen)
    with pytest.raises(EnrolmentError, match="No request of"):
        _enrol(street, number, street.cast.chen)
    with pytest.raises(EnrolmentError, match="No request of"), at(street.database, street.cast.millbrook) as work:
        refuse(work, street.cast.millbrook.id, number, "desk")


def test_another_persons_phone_is_not_taken_from_him_and_other_departments_people_are_not_named(street: Street) -> None:
    cast = street.cast
    number = street.phone(cast.evans)
    street.text(number, "JOIN Chen 103", cast.millbrook)
    assert _waiting(street) == [(number, "JOIN Chen 103")]
    with pytest.raises(EnrolmentError, match="is the phone of another person already"):
        _enrol(street, number, cast.chen)
    assert street.phone(cast.evans) == number


def test_an_officer_who_has_left_is_not_brought_back_by_a_text(street: Street) -> None:
    number, chen = phone_number(), street.cast.chen
    street.text(number, "JOIN Chen 103")
    with at(street.database, street.cast.millbrook) as work:
        work.conn.execute(sa.update(officers).where(officers.c.id == chen.id).values(status="separated"))
    with pytest.raises(EnrolmentError, match="has left"):
        _enrol(street, number, chen)
