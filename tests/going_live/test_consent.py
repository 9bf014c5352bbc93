"""Consent is on record for each number: who gave it, how, to which words; nobody else is told of details."""

import sqlalchemy as sa

from models.line import consent
from models.line.opt_out import opt_in, opt_out
from models.people.officer import officers
from models.session import Database
from tests.cast import Cast, assemble
from tests.one_line import fresh_number, open_line


def held(house) -> list[tuple[str, str | None, str, bool]]:
    rows = house.rows("select way, attested, wording, withdrawn_at is null as holds from consent"
                      " where department_id = :d order by id")  # fmt: skip
    return [tuple(row) for row in rows]


def test_a_consent_says_how_when_and_to_which_words(database: Database) -> None:
    house = open_line(database)
    with database.begin([house.department_id]) as work:
        assert consent.give(work, house.department_id, house.phone, house.person_id, "paper", attested="form 7")
        now = work.now
    row = house.one("select * from consent where department_id = :d")
    assert (row.number, row.person_id, row.way, row.attested) == (house.phone, house.person_id, "paper", "form 7")
    assert (row.wording, row.given_at, row.withdrawn_at) == (consent.WORDING, now, None)
    assert house.events() == ["consent_given"]


def test_a_consent_is_given_once(database: Database) -> None:
    house = open_line(database)
    with database.begin([house.department_id]) as work:
        consent.give(work, house.department_id, house.phone, house.person_id, "roster")
        assert not consent.give(work, house.department_id, house.phone, house.person_id, "texted")
    assert len(held(house)) == 1


def test_stop_ends_it_a_list_does_not_renew_it_and_start_does(database: Database) -> None:
    house = open_line(database)
    with database.begin([house.department_id]) as work:
        consent.give(work, house.department_id, house.phone, house.person_id, "roster")
        opt_out(work, house.department_id, house.line_id, house.phone, house.person_id, "STOP")
    assert held(house) == [("roster", None, consent.WORDING, False)]
    with database.begin([house.department_id]) as work:
        assert consent.give_all(work, house.department_id, {house.phone: house.person_id}, "roster") == 0
        assert opt_in(work, house.department_id, house.line_id, house.phone, house.person_id, [house.department_id])
    assert [(way, holds) for way, _, _, holds in held(house)] == [("roster", False), ("texted", True)]


def test_start_is_a_consent_even_of_one_who_never_stopped(database: Database) -> None:
    house = open_line(database)
    with database.begin([house.department_id]) as work:
        assert not opt_in(work, house.department_id, house.line_id, house.phone, house.person_id, [house.department_id])
    assert [way for way, *_ in held(house)] == ["texted"]


def test_consent_is_each_departments_own(database: Database) -> None:
    cast: Cast = assemble(database)
    grant = cast.grant_in_millbrook
    with database.begin([cast.harbor.id]) as work:
        work.conn.execute(sa.text("delete from consent where department_id = :d"), {"d": cast.harbor.id})
        assert consent.consenting(work, cast.harbor.id, [cast.grant_in_harbor.id]) == set()
    with database.begin([cast.millbrook.id]) as work:
        assert consent.consenting(work, cast.millbrook.id, [grant.id]) == {grant.id}


def test_another_number_needs_a_consent_of_its_own(database: Database) -> None:
    cast = assemble(database)
    with database.begin([cast.millbrook.id]) as work:
        work.conn.execute(
            sa.text("update phone set number = :n where person_id = :p"),
            {"n": fresh_number(), "p": cast.alvarez.person_id},
        )
        both = [cast.alvarez.id, cast.brooks.id]
        assert consent.consenting(work, cast.millbrook.id, both) == {cast.brooks.id}
        assert [each.badge for each in consent.lacking(work, cast.millbrook.id)] == [cast.alvarez.badge]


def test_who_left_lacks_nothing(database: Database) -> None:
    cast = assemble(database)
    with database.begin([cast.millbrook.id]) as work:
        work.conn.execute(sa.delete(consent.consents).where(consent.consents.c.department_id == cast.millbrook.id))
        where = sa.and_(officers.c.department_id == cast.millbrook.id, officers.c.id == cast.alvarez.id)
        work.conn.execute(sa.update(officers).where(where).values(status="separated"))
        assert cast.alvarez.badge not in {each.badge for each in consent.lacking(work, cast.millbrook.id)}
