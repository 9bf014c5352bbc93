"""What a schedule does to the records: the difference and nothing else, all or nothing; who hears of a collision."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.rules.handbook import Handbook
from models.session import Database
from models.tours.bringing import TourErrors
from tests.cast import MONDAY, Cast, add_detail, assemble, assigns, at, post_detail, signs_up
from tests.tours.conftest import Bring, bring_to

DAY = MONDAY + timedelta(days=1)  # Tuesday, 8 in the morning


def sheet(*tours: tuple[str, str, str]) -> str:
    return "Badge,Start,End\n" + "\n".join(",".join(each) for each in tours)


def rows(database: Database, cast: Cast, query: str) -> list[tuple]:
    with at(database, cast.millbrook) as work:
        return [tuple(row) for row in work.conn.execute(sa.text(query), {"d": cast.millbrook.id})]


TUESDAY, WEDNESDAY = ("2026-06-02 08:00", "2026-06-02 16:00"), ("2026-06-03 08:00", "2026-06-03 16:00")


def test_the_same_file_again_changes_nothing(bring: Bring, cast: Cast, database: Database) -> None:
    text = sheet((cast.brooks.badge, *TUESDAY), (cast.chen.badge, *TUESDAY))
    assert (bring(text).count("added"), bring(text).changes) == (2, ())
    events = rows(database, cast, "select name from event where department_id = :d and name = 'tours_brought'")
    assert len(events) == 1


def test_what_the_source_no_longer_says_goes_and_nothing_else(bring: Bring, cast: Cast) -> None:
    brooks, chen = cast.brooks.badge, cast.chen.badge
    bring(sheet((chen, *TUESDAY)), source="court list")
    bring(sheet((brooks, *TUESDAY), (brooks, *WEDNESDAY), (cast.diaz.badge, *TUESDAY)))
    again = bring(sheet((brooks, *WEDNESDAY), (brooks, "2026-06-02 12:00", "2026-06-02 20:00")))
    assert [(each.badge, each.change, each.starts_at.hour) for each in again.changes] == [
        (brooks, "removed", 12),
        (brooks, "added", 16),
    ]
    assert again.unchanged == 1


def test_what_has_ended_stays_because_it_was_worked(bring: Bring, cast: Cast) -> None:
    bring(sheet((cast.brooks.badge, "2026-05-30 08:00", "2026-05-30 16:00"), (cast.brooks.badge, *TUESDAY)))
    again = bring(sheet((cast.brooks.badge, "2026-05-30 09:00", "2026-05-30 16:00"), (cast.brooks.badge, *TUESDAY)))
    assert (again.count("removed"), again.count("added")) == (0, 1)


def test_a_badge_nobody_has_refuses_the_whole_file_with_its_line(bring: Bring, cast: Cast, database: Database) -> None:
    with pytest.raises(TourErrors) as refused:
        bring(sheet((cast.brooks.badge, *TUESDAY), ("nobody", *TUESDAY)))
    assert str(refused.value) == "line 3: the department has no officer with badge nobody"
    assert rows(database, cast, "select 1 from tour where department_id = :d") == []


def test_people_who_are_no_officers_may_be_passed_over_by_mapping(bring: Bring, cast: Cast) -> None:
    found = bring(sheet((cast.brooks.badge, *TUESDAY), ("D-12", *TUESDAY)), unknown_badges="pass_over")
    assert (found.count("added"), found.unknown) == (1, ("D-12",))


def test_another_departments_officer_is_a_stranger(bring: Bring, cast: Cast) -> None:
    with pytest.raises(TourErrors, match="has no officer with badge"):
        bring(sheet((cast.evans.badge, *TUESDAY)))


def test_a_tour_that_runs_into_a_confirmed_assignment_is_reported_and_a_person_is_told(
    bring: Bring, cast: Cast, database: Database
) -> None:
    with at(database, cast.millbrook) as work:
        detail = add_detail(work, cast.millbrook, DAY)
        assignment_id = assigns(work, cast.millbrook, cast.brooks, detail)
        other = add_detail(work, cast.millbrook, DAY)
        assigns(work, cast.millbrook, cast.chen, other)
    found = bring(sheet((cast.brooks.badge, "2026-06-02 15:00", "2026-06-02 23:00"), (cast.chen.badge, *WEDNESDAY)))
    (conflict,) = found.conflicts
    assert (conflict.assignment_id, str(conflict.verdict.reason)) == (assignment_id, "overlaps_tour")
    assert rows(database, cast, "select reason, urgent from hand_off where department_id = :d") == [
        ("tour_conflict", False)
    ]
    assert rows(
        database, cast, "select subject_id from event where department_id = :d and name = 'tour_conflict_found'"
    ) == [(assignment_id,)]
    assert bring(sheet((cast.brooks.badge, "2026-06-02 15:00", "2026-06-02 23:00"))).conflicts == ()


def test_rest_that_a_new_tour_takes_away_is_a_conflict_too(database: Database) -> None:
    cast = assemble(database, Handbook.model_validate({"rest": [{"hours": 8}]}))
    with at(database, cast.millbrook) as work:
        detail = add_detail(work, cast.millbrook, DAY)
        assigns(work, cast.millbrook, cast.brooks, detail)
    with at(database, cast.millbrook) as work:
        text = sheet((cast.brooks.badge, "2026-06-01 20:00", "2026-06-02 04:00"))
        (conflict,) = bring_to(work, cast, text, "file", None).conflicts
    assert str(conflict.verdict.reason) == "rest_after_tour"
    assert conflict.verdict.figures["rest_minutes"] == 240


def test_a_sign_up_sees_the_new_tour_at_once(bring: Bring, cast: Cast, database: Database) -> None:
    bring(sheet((cast.brooks.badge, *TUESDAY)))
    with at(database, cast.millbrook) as work:
        assert signs_up(work, cast.millbrook, cast.brooks, post_detail(work, cast.millbrook, DAY)) == ["ineligible"]
