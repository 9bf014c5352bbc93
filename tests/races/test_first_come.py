"""First come: of all who text at the same moment as many have a slot as there are slots, and the others are told."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, assemble, at, enlist, post_detail, signs_up
from tests.races.racing import race

STARTS = MONDAY + timedelta(hours=10)
FIRST_COME = Handbook.model_validate({"notice": {"bands": [{"name": "short", "method": "first_come"}]}})


def _texts(database: Database, cast: Cast, who: Officer, about: Posted) -> str:
    """As a text message is taken in: the person locked for the turn, one transaction, no second try."""
    with at(database, cast.millbrook) as work:
        lock_persons(work, [who.person_id])
        return signs_up(work, cast.millbrook, who, about)[0]


def _states(database: Database, cast: Cast, about: Posted) -> tuple[str, str, int]:
    with at(database, cast.millbrook) as work:
        row = work.conn.execute(
            sa.text(
                "select p.state, d.state, (select count(*) from assignment where opening_id = :o and ended_at is null)"
                " from posting p join detail d on d.id = p.detail_id where p.id = :p"
            ),
            {"o": about.id, "p": about.posting_id},
        ).one()
        return (row[0], row[1], row[2])


def test_of_ten_officers_who_text_at_once_for_three_slots_three_have_one_and_seven_hear_that_it_is_gone(
    database: Database,
) -> None:
    cast = assemble(database, FIRST_COME)
    with at(database, cast.millbrook) as work:
        ten = [enlist(work, cast.millbrook, f"Officer{n}", seniority_on=date(2012, 1, 1)) for n in range(10)]
    for day in range(4):
        with at(database, cast.millbrook) as work:
            starts_at = STARTS + timedelta(days=day)
            about = post_detail(work, cast.millbrook, starts_at, band="short", count_slots=3, closes_at=starts_at)
        ends = race([partial(_texts, database, cast, who, about) for who in ten])
        assert Counter(map(str, ends)) == {"taken": 3, "gone": 7}, ends
        assert _states(database, cast, about) == ("awarded", "awarded", 3)


def test_one_officer_who_texts_twice_at_once_has_one_slot(database: Database) -> None:
    cast = assemble(database, FIRST_COME)
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, band="short", count_slots=3, closes_at=STARTS)
    ends = race([partial(_texts, database, cast, cast.alvarez, about)] * 4)
    assert Counter(map(str, ends)) == {"taken": 1, "yours": 3}, ends
    assert _states(database, cast, about) == ("open", "posted", 1)


def test_of_two_that_overlap_he_has_the_first_he_texted(database: Database) -> None:
    cast = assemble(database, FIRST_COME)
    with at(database, cast.millbrook) as work:
        both = [
            post_detail(work, cast.millbrook, STARTS, band="short", count_slots=2, closes_at=STARTS) for _ in range(2)
        ]
        lock_persons(work, [cast.alvarez.person_id])
        assert signs_up(work, cast.millbrook, cast.alvarez, *both) == ["taken", "ineligible"]


def test_after_the_close_nothing_is_taken_and_the_slot_goes_on_by_the_rule(database: Database) -> None:
    cast = assemble(database, FIRST_COME)
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, band="short")
    with at(database, cast.millbrook, MONDAY + timedelta(hours=1)) as work:
        lock_persons(work, [cast.alvarez.person_id])
        assert signs_up(work, cast.millbrook, cast.alvarez, about) == ["gone"]
