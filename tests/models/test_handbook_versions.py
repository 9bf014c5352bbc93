"""Versions of a handbook: each holds from its day on, and what was agreed stays as it was agreed."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award
from models.awarding.deciding.award import replay, run_award
from models.people.handbook_versions import AlreadyAwarded, known_people, publish_from, rules_of, today, versions
from models.rules.charging.drops import DropZone
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment_drop import Told, drop_assignment, drop_price
from tests.cast import MONDAY, Cast, assemble, at, handbook_of, post_detail, signs_up

STARTS_AT = MONDAY + timedelta(days=5)
AWARD_AT = MONDAY + timedelta(hours=1)
LATE = STARTS_AT - timedelta(hours=20)
MILD, HARSH = (
    Handbook.model_validate({"drops": {"free_until_hours_before": 24, "late_drop_bar_days": days}}) for days in (7, 90)
)


@pytest.fixture
def cast(database: Database) -> Cast:
    return assemble(database, MILD)


def _awarded(database: Database, cast: Cast, now: Any = MONDAY) -> int:
    """An assignment of Alvarez, awarded and accepted through the real verbs an hour later."""
    with at(database, cast.millbrook, now) as work:
        about = post_detail(work, cast.millbrook, now + (STARTS_AT - MONDAY))
        signs_up(work, cast.millbrook, cast.alvarez, about)
    with at(database, cast.millbrook, now + (AWARD_AT - MONDAY)) as work:
        award_id = run_award(work, cast.millbrook)
        assert award_id is not None
        assert replay(work, cast.millbrook.id, award_id) == []
        made: int = work.conn.execute(
            sa.text("select id from assignment where award_id = :a"), {"a": award_id}
        ).scalar_one()
        assert accept_award(work, cast.millbrook, made)
    return made


def test_an_assignment_keeps_the_version_it_was_made_under(database: Database, cast: Cast) -> None:
    before = _awarded(database, cast)
    tuesday = MONDAY + timedelta(days=1)
    with at(database, cast.millbrook, tuesday) as work:
        assert publish_from(work, cast.millbrook, HARSH, today(work, cast.millbrook)) == 2
        assert handbook_of(work, cast.millbrook).version == 2
    after = _awarded(database, cast, tuesday)
    with at(database, cast.millbrook, LATE) as work:
        agreed = drop_price(work, cast.millbrook, before)[0]
        outcome, cost = drop_assignment(work, cast.millbrook, cast.alvarez, before, Told(False, 7))
    with at(database, cast.millbrook, LATE + timedelta(days=1)) as work:
        by_the_new = drop_price(work, cast.millbrook, after)[0]
    assert (agreed.zone, agreed.bar_days, by_the_new.bar_days) == (DropZone.NEEDS_REPLACEMENT, 7, 90)
    assert (outcome, cost.bar_days) == ("looking", 7)


def test_a_version_holds_from_its_day_on_and_the_one_before_until_then(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        day = today(work, cast.millbrook) + timedelta(days=7)
        assert publish_from(work, cast.millbrook, HARSH, day) == 2
        assert handbook_of(work, cast.millbrook).version == 1
    with at(database, cast.millbrook, MONDAY + timedelta(days=7)) as work:
        assert handbook_of(work, cast.millbrook).rules == HARSH
        assert [(each.version, each.holds) for each in versions(work, cast.millbrook)] == [(1, False), (2, True)]


def test_it_never_holds_for_days_on_which_awards_were_made_unless_that_is_said(database: Database, cast: Cast) -> None:
    _awarded(database, cast)
    with at(database, cast.millbrook, AWARD_AT) as work:
        day = today(work, cast.millbrook)
        with pytest.raises(AlreadyAwarded) as caught:
            publish_from(work, cast.millbrook, HARSH, day)
        assert (caught.value.publication.awards_since, caught.value.publication.is_past) == (1, False)
        with pytest.raises(AlreadyAwarded):
            publish_from(work, cast.millbrook, HARSH, day - timedelta(days=3))
        assert publish_from(work, cast.millbrook, HARSH, day, although_awarded=True) == 2
    with at(database, cast.millbrook, AWARD_AT) as work:
        said = work.conn.execute(
            sa.text("select data from event where department_id = :d and name = 'handbook_published'"),
            {"d": cast.millbrook.id},
        ).scalar_one()
        counts = [(each.awards, each.assignments) for each in versions(work, cast.millbrook)]
    assert (said["awards_since"], said["from_on"], counts) == (1, day.isoformat(), [(1, 1), (0, 0)])


def test_the_same_again_is_no_new_version(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        assert publish_from(work, cast.millbrook, MILD, today(work, cast.millbrook)) is None
        assert (rules_of(work, cast.millbrook, 1), rules_of(work, cast.millbrook, 2)) == (MILD, None)


def test_a_handbook_is_checked_against_the_officers_there_are(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        known = known_people(work, cast.millbrook)
    assert known is not None
    assert known.ranks == {"Officer"}
