"""A crew's hours are settled together: whom it waits for, who may vouch, and when a person may verify them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.session import Database, Work
from models.working.attendance import check_in, check_out, checked_out_at, written_check_out
from models.working.crew import Member, crew_of
from models.working.verification import verify_detail
from models.working.vouching import stopped_by, vouch_out
from tests.cast import MONDAY, Cast, Posted, assemble, assigns, at, by_text, post_detail
from tests.races.racing import race

STARTS = MONDAY + timedelta(days=3)
ENDS = STARTS + timedelta(hours=8)
OFFICERS_VOUCH = Handbook.model_validate({"crew": {"vouch_ranks": ["Officer"]}})


@pytest.fixture
def cast(database: Database) -> Cast:
    """Whoever was there may vouch: in the cast all are officers."""
    return assemble(database, OFFICERS_VOUCH)


@pytest.fixture
def detail(database: Database, cast: Cast) -> Posted:
    """Alvarez, Brooks and Chen are in; the detail is over."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=3)
        held = [
            assigns(work, cast.millbrook, who, about, slot=place)
            for place, who in enumerate((cast.alvarez, cast.brooks, cast.chen))
        ]
    for who, one in zip((cast.alvarez, cast.brooks, cast.chen), held, strict=True):
        with at(database, cast.millbrook, STARTS, by_text(who)) as work:
            assert check_in(work, who, one).outcome == "done"
    return about


def _crew(work: Work, cast: Cast, detail: Posted) -> dict[int, Member]:
    crew = crew_of(work, cast.millbrook.id, [detail.opening.detail_id])
    return {each.officer_id: each for each in crew}


def _vouches(database: Database, cast: Cast, detail: Posted, who: Officer, for_whom: Officer, minutes: int = 0) -> str:
    with at(database, cast.millbrook, ENDS + timedelta(minutes=20), by_text(who)) as work:
        member = _crew(work, cast, detail)[for_whom.id]
        left_at = ENDS + timedelta(minutes=minutes)
        return vouch_out(work, cast.millbrook, who, member, left_at, "forgot")


def test_nothing_is_verified_before_the_whole_crew_is_out(database: Database, cast: Cast, detail: Posted) -> None:
    for who in (cast.alvarez, cast.brooks):
        with at(database, cast.millbrook, ENDS, by_text(who)) as work:
            check_out(work, who, _crew(work, cast, detail)[who.id].assignment_id)
    with at(database, cast.millbrook, ENDS) as work:
        found = verify_detail(work, cast.millbrook.id, detail.opening.detail_id, "the desk", "as written")
    assert (found.outcome, [each.last_name for each in found.waits_for]) == ("waits", ["Chen"])
    assert _vouches(database, cast, detail, cast.alvarez, cast.chen) == "vouched"
    for outcome in ("verified", "nothing"):
        with at(database, cast.millbrook, ENDS + timedelta(hours=1)) as work:
            found = verify_detail(work, cast.millbrook.id, detail.opening.detail_id, "the desk", "as written")
        assert found.outcome == outcome
    with at(database, cast.millbrook) as work:
        assert {each.state for each in _crew(work, cast, detail).values()} == {"verified"}


# who says it of whom, minutes after the end, and what comes of it
SAID = [
    ("alvarez", "chen", 0, "vouched"),
    ("alvarez", "chen", 20, "vouched"),
    ("alvarez", "chen", 21, "impossible"),
    ("alvarez", "chen", -8 * 60, "vouched"),
    ("alvarez", "chen", -8 * 60 - 1, "impossible"),
    ("alvarez", "alvarez", 0, "himself"),
]


@pytest.mark.parametrize(("who", "whom", "minutes", "outcome"), SAID)
def test_what_may_be_vouched_for(
    database: Database, cast: Cast, detail: Posted, who: str, whom: str, minutes: int, outcome: str
) -> None:
    assert _vouches(database, cast, detail, getattr(cast, who), getattr(cast, whom), minutes) == outcome


def test_who_may_vouch(database: Database, cast: Cast, detail: Posted) -> None:
    with at(database, cast.millbrook, ENDS) as work:
        crew = list(_crew(work, cast, detail).values())
        assert stopped_by(work, cast.millbrook, cast.alvarez, crew) is None
        assert stopped_by(work, cast.millbrook, cast.diaz, crew) == "not_there"


def test_it_is_never_his_own_check_out_and_his_own_word_replaces_it(
    database: Database, cast: Cast, detail: Posted
) -> None:
    assert _vouches(database, cast, detail, cast.alvarez, cast.chen, minutes=-30) == "vouched"
    assert _vouches(database, cast, detail, cast.brooks, cast.chen) == "already"
    with at(database, cast.millbrook, ENDS + timedelta(minutes=30), by_text(cast.chen)) as work:
        held = _crew(work, cast, detail)[cast.chen.id].assignment_id
        written = written_check_out(work, cast.millbrook.id, held)
        assert written is not None
        assert (written.vouched_by_id, written.by_person_id) == (cast.alvarez.id, cast.alvarez.person_id)
        assert check_out(work, cast.chen, held).outcome == "done"
        assert checked_out_at(work, cast.millbrook.id, held) == ENDS + timedelta(minutes=30)
        both = sa.text("select count(*) from attendance where assignment_id = :a and kind = 'check_out'")
        assert work.conn.execute(both, {"a": held}).scalar_one() == 2
        assert check_out(work, cast.chen, held).outcome == "already"
    with at(database, cast.millbrook) as work:
        told = work.conn.execute(sa.text("select reason from hand_off")).scalars().all()
    assert list(told) == ["vouching_contradicted"]


@pytest.mark.parametrize("attempt", range(4))
def test_he_checks_out_while_he_is_vouched_for(database: Database, cast: Cast, detail: Posted, attempt: int) -> None:
    """Whoever is first, one check-out counts in the end, and it is his own."""

    def his_own() -> str:
        with at(database, cast.millbrook, ENDS + timedelta(minutes=20), by_text(cast.chen)) as work:
            lock_persons(work, [cast.chen.person_id])
            return check_out(work, cast.chen, _crew(work, cast, detail)[cast.chen.id].assignment_id).outcome

    own, vouched = race([his_own, lambda: _vouches(database, cast, detail, cast.alvarez, cast.chen)])
    assert own == "done"
    assert vouched in ("vouched", "already")
    with at(database, cast.millbrook) as work:
        held = _crew(work, cast, detail)[cast.chen.id].assignment_id
        written = written_check_out(work, cast.millbrook.id, held)
        assert written is not None
        assert written.vouched_by_id is None
