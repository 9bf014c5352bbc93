"""Swaps by the desk: what is asked for waits for a person, is judged at the grant, and goes on as any swap does."""

from datetime import timedelta

import pytest

from models.people.officer import Officer
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import assignment
from models.working.penalty import Decision, impose
from models.working.swap_request import ask_for_swap, grant, open_requests, refuse
from tests.cast import MONDAY, Cast, assemble, assigns, at, post_detail
from tests.workers.duties.doing import do, handed_off, planned, said

BY_DESK = {"swaps": {"allowed": "by_desk", "until_hours_before": 12}}
STARTS = MONDAY + timedelta(days=3)
CHIEF = Decision("Chief Hale", "both asked for it")


@pytest.fixture
def desk(database: Database) -> Cast:
    """Departments whose desk decides on swaps."""
    return assemble(database, Handbook.model_validate(BY_DESK))


def _asks(database: Database, cast: Cast, colleague: Officer) -> tuple[int, int]:
    """Alvarez asks that the colleague take her detail; the ids of her assignment and of the request."""
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS))
        assert ask_for_swap(work, cast.millbrook, cast.alvarez, held, colleague) == "by_desk"
        assert ask_for_swap(work, cast.millbrook, cast.alvarez, held, colleague) == "waiting"
        (found,) = open_requests(work, cast.millbrook.id)
        assert (found["badge"], found["colleague"]) == (cast.alvarez.badge, colleague.badge)
        return held, found["id"]


def test_what_is_granted_is_put_to_the_colleague_and_both_are_told(database: Database, desk: Cast) -> None:
    held, request = _asks(database, desk, desk.brooks)
    assert "swap_wants_desk" in handed_off(database, desk.millbrook)
    with at(database, desk.millbrook) as work:
        assert grant(work, desk.millbrook, request, CHIEF) == "granted"
        assert grant(work, desk.millbrook, request, CHIEF) == "none"
        assert not refuse(work, desk.millbrook.id, request, CHIEF)
        assert assignment(work, desk.millbrook.id, held).drop_id is not None
    do(database, desk.millbrook, MONDAY, "tell_swap_decided", request)
    ((offer_id, _),) = planned(database, desk.millbrook, "tell_offer")
    do(database, desk.millbrook, MONDAY, "tell_offer", offer_id)
    assert said(database, desk.millbrook, desk.alvarez) == ["swap.desk_granted"]
    assert said(database, desk.millbrook, desk.brooks) == ["offer.swap"]


def test_what_is_refused_leaves_the_detail_where_it_is(database: Database, desk: Cast) -> None:
    held, request = _asks(database, desk, desk.brooks)
    with at(database, desk.millbrook) as work:
        assert refuse(work, desk.millbrook.id, request, CHIEF)
        assert open_requests(work, desk.millbrook.id) == []
        assert assignment(work, desk.millbrook.id, held).drop_id is None
    do(database, desk.millbrook, MONDAY, "tell_swap_decided", request)
    assert said(database, desk.millbrook, desk.alvarez) == ["swap.desk_refused"]
    assert said(database, desk.millbrook, desk.brooks) == []


def test_the_rules_of_the_moment_decide_at_the_grant(database: Database, desk: Cast) -> None:
    _, request = _asks(database, desk, desk.brooks)
    with at(database, desk.millbrook) as work:
        impose(work, desk.millbrook, desk.brooks, 30, CHIEF)
    with at(database, desk.millbrook) as work:
        assert grant(work, desk.millbrook, request, CHIEF) == "cannot"
        assert [row["id"] for row in open_requests(work, desk.millbrook.id)] == [request]
    with at(database, desk.millbrook, STARTS - timedelta(hours=11)) as work:
        assert grant(work, desk.millbrook, request, CHIEF) == "too_late"
