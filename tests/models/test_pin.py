"""PINs: what may be chosen, how often one may guess, and that nothing tells a guesser more than right or wrong."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.people import pin_choice, pin_tries
from models.people.officer import persons_with_badge
from models.people.phone import number_of
from models.people.pin import (
    Checked,
    check_pin,
    clear_pin,
    confirm_pin,
    draw_one_time_pin,
    has_pin,
    must_change,
    propose_pin,
    set_pin,
    unlock,
)
from models.people.pin_tries import OF_NUMBER, OF_PERSON, locked_until
from models.session import Database
from tests.cast import Cast, at, phone_number

PIN, WRONG = "583914", "583915"
NOON = datetime(2026, 6, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pin", "because"),
    [
        ("5839", None),
        ("58391406", None),
        ("583", "length"),
        ("583914067", "length"),
        ("58a9", "length"),
        ("٥٨٣٩", "length"),
        ("0000", "repeats"),
        ("7171", "repeats"),
        ("583583", "repeats"),
        ("1234", "run"),
        ("8901", "run"),
        ("654321", "run"),
        ("1987", "year"),
        ("2026", "year"),
        ("2580", "common"),
        ("4417", "own_badge"),
        ("0417", "own_badge"),
        ("0142", "own_phone"),
        ("550142", "own_phone"),
    ],
)
def test_what_a_colleague_would_try_first_is_refused(pin: str, because: str | None) -> None:
    """Illustrative; the years, runs and repeats are what lists of leaked PINs begin with."""
    assert pin_choice.refusal(pin, ["B-4417", "417"], ["+19785550142"]) == because


@pytest.mark.parametrize(
    ("minutes", "until"),
    [
        ((), None),
        ((0, 1, 2, 3), None),
        ((0, 1, 2, 3, 4), 4 + 15),
        ((0, 10, 20, 30, 40), None),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18), 4 + 15),
        ((0, 1, 2, 3, 4, 20, 21, 22, 23, 24), 24 + 60),
        ((0, 1, 2, 3, 4, 20, 21, 22, 23, 24, 90, 91, 92, 93, 94), 94 + 240),
    ],
    ids=["none", "four", "five", "too far apart", "while locked", "an hour next", "then four"],
)
def test_five_wrong_in_half_an_hour_lock_for_longer_each_time(minutes: tuple[int, ...], until: int | None) -> None:
    found = locked_until([NOON + timedelta(minutes=each) for each in minutes], OF_PERSON)
    assert found == (NOON + timedelta(minutes=until) if until is not None else None)


def test_a_right_pin_is_right_from_any_number_and_a_wrong_one_is_not(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        assert not has_pin(work, cast.alvarez.person_id)
        assert check_pin(work, cast.alvarez.person_id, phone_number(), PIN) == "none"
        assert set_pin(work, cast.millbrook.id, cast.alvarez.person_id, PIN) is None
        assert has_pin(work, cast.alvarez.person_id)
        assert not must_change(work, cast.alvarez.person_id)
        assert check_pin(work, cast.alvarez.person_id, phone_number(), WRONG) == "wrong"
        assert check_pin(work, cast.alvarez.person_id, phone_number(), PIN) == "right"
        assert check_pin(work, cast.brooks.person_id, phone_number(), PIN) == "none"
        assert check_pin(work, None, phone_number(), PIN) == "wrong"


def test_while_locked_a_right_pin_is_not_looked_at_until_time_passes_or_a_person_unlocks(
    database: Database, cast: Cast
) -> None:
    person, number = cast.alvarez.person_id, phone_number()
    with at(database, cast.millbrook) as work:
        set_pin(work, cast.millbrook.id, person, PIN)
    assert _tried(database, cast, [WRONG] * 5 + [PIN], number) == ["wrong"] * 5 + ["locked"]
    assert _events(database, cast, "pin_locked") == [{}]
    with at(database, cast.millbrook) as work:
        told = work.conn.execute(
            sa.text("select count(*) from duty where department_id = :d and fence like 'locked%'"),
            {"d": cast.millbrook.id},
        ).scalar_one()
    assert told == 1
    _pass(database, minutes=16)
    assert _tried(database, cast, [WRONG] * 5 + [PIN], number) == ["wrong"] * 5 + ["locked"]
    _pass(database, minutes=16)
    assert _tried(database, cast, [PIN], number) == ["locked"], "the second time for an hour"
    with at(database, cast.millbrook) as work:
        unlock(work, cast.millbrook.id, person)
    assert _tried(database, cast, [PIN], number) == ["right"]


def test_a_right_pin_forgets_wrong_ones_of_the_person_and_not_of_the_number(database: Database, cast: Cast) -> None:
    number = phone_number()
    with at(database, cast.millbrook) as work:
        set_pin(work, cast.millbrook.id, cast.alvarez.person_id, PIN)
    for _ in range(OF_NUMBER.most // 3 - 1):
        assert _tried(database, cast, [WRONG] * 3 + [PIN], number) == ["wrong"] * 3 + ["right"]
    assert _tried(database, cast, [WRONG] * 3 + [PIN], number) == ["wrong"] * 3 + ["locked"]
    assert _tried(database, cast, [PIN], phone_number()) == ["right"]


def test_a_turn_that_is_undone_does_not_undo_the_try(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        set_pin(work, cast.millbrook.id, cast.alvarez.person_id, PIN)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            _tries_and_fails(database, cast)
    assert _tried(database, cast, [PIN], phone_number()) == ["locked"]


def test_a_one_time_pin_must_be_changed_and_expires(database: Database, cast: Cast) -> None:
    person = cast.alvarez.person_id
    with at(database, cast.millbrook) as work:
        drawn = draw_one_time_pin(work, cast.millbrook.id, person)
        assert must_change(work, person)
        assert check_pin(work, person, phone_number(), drawn) == "right"
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update pin set expires_at = now() where person_id = :p"), {"p": person})
    with at(database, cast.millbrook) as work:
        assert not has_pin(work, person)
        assert check_pin(work, person, phone_number(), drawn) == "none"


def test_a_new_pin_is_keyed_twice_before_it_replaces_the_old(database: Database, cast: Cast) -> None:
    person, d = cast.alvarez.person_id, cast.millbrook.id
    with at(database, cast.millbrook) as work:
        assert propose_pin(work, person, "1234") == "run"
        assert propose_pin(work, person, PIN) is None
        assert not has_pin(work, person)
        assert not confirm_pin(work, d, person, WRONG)
        assert not confirm_pin(work, d, person, PIN), "what was not confirmed is proposed no more"
        propose_pin(work, person, PIN)
        assert confirm_pin(work, d, person, PIN)
        assert check_pin(work, person, phone_number(), PIN) == "right"
        assert clear_pin(work, d, person)
        assert not clear_pin(work, d, person)
        assert check_pin(work, person, phone_number(), PIN) == "none"


def test_ones_own_badge_and_phone_are_refused(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        own = number_of(work, cast.diaz.person_id) or ""
        assert set_pin(work, cast.millbrook.id, cast.diaz.person_id, own[-6:]) == "own_phone"


def test_no_event_tells_of_a_pin_more_than_whose_it_is(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        set_pin(work, cast.millbrook.id, cast.alvarez.person_id, PIN)
    _tried(database, cast, [WRONG] * 6, phone_number())
    with at(database, cast.millbrook) as work:
        unlock(work, cast.millbrook.id, cast.alvarez.person_id)
    assert _events(database, cast, "pin_set") == [{"must_change": False}]
    assert _events(database, cast, "pin_locked") == _events(database, cast, "pin_unlocked") == [{}]


def test_old_tries_are_let_go_of(database: Database, cast: Cast) -> None:
    number = phone_number()
    _tried(database, cast, [WRONG], number)
    _pass(database, minutes=int(pin_tries.KEPT_FOR.total_seconds()) // 60 + 1)
    _tried(database, cast, [WRONG], number)
    with at(database, cast.millbrook) as work:
        left = work.conn.execute(sa.text("select count(*) from pin_try where number = :n"), {"n": number}).scalar_one()
    assert left == 1


def test_a_badge_is_found_by_its_figures_where_the_line_serves(database: Database, cast: Cast) -> None:
    with at(database, [cast.millbrook, cast.harbor]) as work:
        work.conn.execute(sa.text("update officer set badge = 'K-0' || badge where id = :id"), {"id": cast.alvarez.id})
        here, everywhere = _line(cast.millbrook.id), _line(cast.millbrook.id, cast.harbor.id)
        badge = cast.alvarez.badge
        for said in (badge, f"00{badge}", f"K-0{badge}"):
            assert persons_with_badge(work, here, said) == [cast.alvarez.person_id]
        assert persons_with_badge(work, here, cast.grant_in_harbor.badge) == []
        assert persons_with_badge(work, everywhere, cast.grant_in_harbor.badge) == [cast.grant_in_harbor.person_id]
        assert persons_with_badge(work, here, "") == persons_with_badge(work, here, "#") == []


def _tried(database: Database, cast: Cast, keyed: list[str], number: str) -> list[Checked]:
    """What Alvarez's line says to each PIN, a call each."""
    found = []
    for pin in keyed:
        with at(database, cast.millbrook) as work:
            found.append(check_pin(work, cast.alvarez.person_id, number, pin))
    return found


def _tries_and_fails(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        check_pin(work, cast.alvarez.person_id, phone_number(), WRONG)
        raise ZeroDivisionError


def _pass(database: Database, minutes: int) -> None:
    """Real time passes: what was tried is so much longer ago."""
    with database.begin([]) as work:
        work.conn.execute(sa.text("update pin_try set tried_at = tried_at - make_interval(mins => :m)"), {"m": minutes})


def _events(database: Database, cast: Cast, name: str) -> list[Any]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select data from event where department_id = :d and name = :n"),
            {"d": cast.millbrook.id, "n": name},
        )
        return list(rows.scalars())


def _line(*departments: int) -> Any:
    class Line:
        pass

    line: Any = Line()
    line.departments = list(departments)
    return line
