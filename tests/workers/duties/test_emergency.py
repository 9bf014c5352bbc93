"""A declared emergency: everything is called out at once, by its own clause, until the last slot or its stated time."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.asking.offer import accept_offer
from models.awarding.deciding.award import replay
from models.awarding.emergencies.emergency import Declaration, EmergencyError, declare, declared, history
from models.awarding.telling.why import why
from models.details.opening import opening
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, assemble, assigns, at, handbook_of, post_detail, signs_up
from tests.workers.duties.doing import do, handed_off, planned, said, state_of

STARTS = MONDAY + timedelta(hours=5)
ENDS = MONDAY + timedelta(hours=12)
RULES = Handbook.model_validate(
    {
        "limits": [{"kind": "rolling", "name": "eight in a day", "hours": 8, "in_hours": 24}],
        "rest": [{"name": "rest", "hours": 4}],
        "emergency": {"lifts": ["eight in a day"], "ladder": {"at_once": 2}, "at_most_hours": 12},
    }
)
SAID = Declaration("Sgt. Hale", "Chief of Police", "Storm, lines down", ENDS)


def _declare(database: Database, cast: Cast, said_so: Declaration = SAID) -> int:
    with at(database, cast.millbrook) as work:
        return declare(work, cast.millbrook, said_so)


def _run(database: Database, cast: Cast, emergency_id: int) -> None:
    do(database, cast.millbrook, MONDAY, "run_emergency", emergency_id)
    for slot_id in dict(planned(database, cast.millbrook, "fill_slot")):
        do(database, cast.millbrook, MONDAY, "fill_slot", slot_id)


def _offers(database: Database, cast: Cast, about: Posted) -> list[tuple[int, int]]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select id, officer_id from offer where opening_id = :o and state = 'open' order by id"),
            {"o": about.id},
        )
        return [(row.id, row.officer_id) for row in rows]


@pytest.fixture
def storm(database: Database) -> tuple[Cast, Posted, int]:
    """Two slots that nobody had signed up for, and a declaration that has been run."""
    cast = assemble(database, RULES)
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2, closes_at=STARTS)
    emergency_id = _declare(database, cast)
    _run(database, cast, emergency_id)
    return cast, about, emergency_id


def test_so_many_are_asked_at_once_as_the_clause_says_for_each_slot(
    database: Database, storm: tuple[Cast, Posted, int]
) -> None:
    cast, about, _ = storm
    offers = _offers(database, cast, about)
    assert [officer for _, officer in offers] == [cast.alvarez.id, cast.brooks.id, cast.chen.id, cast.diaz.id]
    do(database, cast.millbrook, MONDAY, "tell_offer", offers[0][0])
    assert said(database, cast.millbrook, cast.alvarez) == ["offer.emergency"]


def test_a_limit_that_the_clause_lifts_by_name_does_not_hold_and_the_rest_does(database: Database) -> None:
    cast = assemble(database, RULES)
    with at(database, cast.millbrook) as work:
        night = post_detail(work, cast.millbrook, STARTS + timedelta(hours=13), hours=6, closes_at=STARTS)
        soon = post_detail(work, cast.millbrook, STARTS + timedelta(hours=9), hours=8, closes_at=STARTS)
        assigns(work, cast.millbrook, cast.alvarez, night)
        assigns(work, cast.millbrook, cast.brooks, soon)
        about = post_detail(work, cast.millbrook, STARTS, closes_at=STARTS, count_slots=3)
    _run(database, cast, _declare(database, cast))
    asked = [officer for _, officer in _offers(database, cast, about)]
    assert cast.alvarez.id in asked, "fourteen hours in a day, and five of rest"
    assert cast.brooks.id not in asked, "one hour of rest, which nobody lifted"
    offer_id = next(offer for offer, officer in _offers(database, cast, about) if officer == cast.alvarez.id)
    with at(database, cast.millbrook) as work:
        lock_persons(work, [cast.alvarez.person_id])
        assert accept_offer(work, cast.millbrook, cast.alvarez, offer_id).outcome == "accepted"


def test_who_signed_up_goes_first_and_the_declaration_is_filed_with_the_award(database: Database) -> None:
    cast = assemble(database, RULES)
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2, closes_at=STARTS)
        signs_up(work, cast.millbrook, cast.diaz, about)
    emergency_id = _declare(database, cast)
    _run(database, cast, emergency_id)
    with at(database, cast.millbrook) as work:
        [award] = work.conn.execute(sa.text("select id, emergency_id from award")).all()
        assert award.emergency_id == emergency_id
        assert replay(work, cast.millbrook.id, award.id) == []
        [row] = history(work, cast.millbrook.id)
        assert (row["authority"], row["words"], row["asked"], row["awards"]) == (SAID.authority, SAID.words, 2, 1)


def test_what_was_taken_says_under_which_declaration(database: Database, storm: tuple[Cast, Posted, int]) -> None:
    cast, about, _ = storm
    with at(database, cast.millbrook) as work:
        lock_persons(work, [cast.alvarez.person_id])
        accept_offer(work, cast.millbrook, cast.alvarez, _offers(database, cast, about)[0][0])
        found = why(
            work,
            cast.millbrook,
            handbook_of(work, cast.millbrook),
            cast.alvarez,
            opening(work, cast.millbrook.id, about.id),
        )
    assert (found.outcome, found.words) == ("emergency", "Storm, lines down")


def test_it_ends_by_itself_and_what_is_still_free_goes_on_by_the_ordinary_rule(
    database: Database, storm: tuple[Cast, Posted, int]
) -> None:
    cast, about, emergency_id = storm
    first = _offers(database, cast, about)[0][0]
    assert planned(database, cast.millbrook, "end_emergency") == [(emergency_id, ENDS)]
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "end_emergency", emergency_id)
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "stop_emergency", emergency_id)
    assert state_of(database, cast.millbrook, "offer", first) == "withdrawn"
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "tell_offer_gone", first)
    assert said(database, cast.millbrook, cast.alvarez) == ["offer.over"], "the slot is free: it is not told as taken"
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "fill_slot", about.slot_id)
    with at(database, cast.millbrook) as work:
        kinds = work.conn.execute(sa.text("select kind, state from call_out order by id")).all()
        assert [tuple(row) for row in kinds] == [("emergency", "over"), ("replacement", "running")]
        assert declared(work, cast.millbrook.id) is None
    assert handed_off(database, cast.millbrook) == []


REFUSED = [
    (RULES, MONDAY + timedelta(hours=13), None, "12 hours at most"),
    (RULES, MONDAY, None, "end after now"),
    (RULES, ENDS, ["nothing"], "no detail nothing"),
    (Handbook(), ENDS, None, "no emergency clause"),
]


@pytest.mark.parametrize(("rules", "ends_at", "refs", "message"), REFUSED)
def test_what_cannot_be_declared(
    database: Database, rules: Handbook, ends_at: object, refs: list[str] | None, message: str
) -> None:
    cast = assemble(database, rules)
    with pytest.raises(EmergencyError, match=message):
        _declare(database, cast, Declaration("x", "y", "z", ends_at, refs))  # type: ignore[arg-type] # all are times


def test_a_second_one_is_refused_while_the_first_holds(database: Database, storm: tuple[Cast, Posted, int]) -> None:
    with pytest.raises(EmergencyError, match="declared already"):
        _declare(database, storm[0])
