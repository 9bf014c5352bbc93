"""Watching over an assignment: reminders before it, the alarm if nobody comes, the check-out that is missing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.session import Database
from models.working.attendance import check_in, check_out
from tests.cast import MONDAY, Cast, assigns, at, by_text, post_detail
from tests.dialog.street import Street, now
from tests.workers.duties.doing import do, handed_off, planned, said, state_of, texts

STARTS = MONDAY + timedelta(days=3)
ENDS = STARTS + timedelta(hours=8)


@pytest.fixture
def street(database: Database, cast: Cast) -> Street:
    """The cast with phones in their hands."""
    return Street(database, cast)


@pytest.fixture
def held(database: Database, cast: Cast) -> int:
    """Alvarez was awarded it and accepted."""
    with at(database, cast.millbrook) as work:
        awarded = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS), "awarded")
        assert accept_award(work, cast.millbrook, awarded)
        return awarded


def _check_in(database: Database, cast: Cast, held: int) -> None:
    with at(database, cast.millbrook, STARTS, by_text(cast.alvarez)) as work:
        assert check_in(work, cast.alvarez, held).outcome == "done"


def test_accepting_plans_everything_that_is_watched(database: Database, cast: Cast, held: int) -> None:
    evening = (STARTS - timedelta(days=1)).replace(hour=0) + timedelta(days=1)  # eight in the evening in New York
    assert planned(database, cast.millbrook, "remind_night_before") == [(held, evening)]
    assert planned(database, cast.millbrook, "remind_hour_before") == [(held, STARTS - timedelta(hours=1))]
    assert planned(database, cast.millbrook, "alarm_late") == [(held, STARTS + timedelta(minutes=5))]
    assert planned(database, cast.millbrook, "call_no_show") == [(held, STARTS + timedelta(minutes=60))]
    assert planned(database, cast.millbrook, "nudge_check_out") == [(held, ENDS + timedelta(minutes=15))]


def test_reminders_whose_time_has_passed_are_left_out(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook, STARTS - timedelta(minutes=30)) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        assert accept_award(work, cast.millbrook, assigns(work, cast.millbrook, cast.brooks, about, "awarded"))
    assert planned(database, cast.millbrook, "remind_night_before") == []
    assert planned(database, cast.millbrook, "remind_hour_before") == []
    assert len(planned(database, cast.millbrook, "alarm_late")) == 1


@pytest.mark.parametrize("kind", ["remind_night_before", "remind_hour_before"])
def test_a_reminder_goes_to_who_still_holds_it(database: Database, cast: Cast, held: int, kind: str) -> None:
    do(database, cast.millbrook, STARTS - timedelta(hours=1), kind, held)
    assert said(database, cast.millbrook, cast.alvarez) == [kind.replace("remind_", "reminder.")]
    with at(database, cast.millbrook) as work:
        end_award(work, cast.millbrook, held, "drop")
    do(database, cast.millbrook, STARTS - timedelta(hours=1), kind, held)
    assert len(texts(database, cast.millbrook, cast.alvarez)) == 1


def test_who_has_not_come_is_asked_and_put_before_a_person(database: Database, cast: Cast, held: int) -> None:
    do(database, cast.millbrook, STARTS + timedelta(minutes=5), "alarm_late", held)
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.late"]
    assert handed_off(database, cast.millbrook) == ["officer_late"]


def test_who_has_come_hears_no_alarm_and_is_no_no_show(database: Database, cast: Cast, held: int) -> None:
    _check_in(database, cast, held)
    do(database, cast.millbrook, STARTS + timedelta(minutes=5), "alarm_late", held)
    do(database, cast.millbrook, STARTS + timedelta(minutes=60), "call_no_show", held)
    assert said(database, cast.millbrook, cast.alvarez) == []
    assert handed_off(database, cast.millbrook) == []
    assert state_of(database, cast.millbrook, "assignment", held) == "checked_in"


def test_a_no_show_is_written_down_barred_told_and_put_before_a_person_once(
    database: Database, cast: Cast, held: int
) -> None:
    for _ in range(2):
        do(database, cast.millbrook, STARTS + timedelta(minutes=60), "call_no_show", held)
    assert state_of(database, cast.millbrook, "assignment", held) == "no_show"
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.no_show"]
    assert handed_off(database, cast.millbrook) == ["officer_did_not_show"]
    with at(database, cast.millbrook) as work:
        [bar] = work.conn.execute(sa.text("select kind, until_at from penalty where officer_id = :o"),
                                  {"o": cast.alvarez.id})  # fmt: skip
    assert bar.kind == "no_show"
    assert bar.until_at == (STARTS + timedelta(days=61)).replace(hour=4)  # the midnight that ends sixty whole days
    assert len(planned(database, cast.millbrook, "fill_slot")) == 1, "the rest of the detail may still be filled"


def test_a_missing_check_out_is_nudged_as_often_as_the_handbook_says_and_then_is_a_persons(
    database: Database, cast: Cast, held: int
) -> None:
    _check_in(database, cast, held)
    now, fence = ENDS + timedelta(minutes=15), ""
    for nudge in range(1, 6):
        do(database, cast.millbrook, now, "nudge_check_out", held, fence)
        now, fence = now + timedelta(minutes=30), str(nudge)
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.check_out_missing"] * 4
    assert handed_off(database, cast.millbrook) == ["check_out_missing"]


def test_nobody_is_asked_for_a_check_out_while_its_reason_is_being_asked(street: Street) -> None:
    """He said that he left early; the question why stands, and its time-out writes the check-out."""
    cast, database = street.cast, street.database
    began = now() - timedelta(hours=4)
    with at(database, cast.millbrook, began, by_text(cast.alvarez)) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, began, hours=4))
        assert check_in(work, cast.alvarez, held).outcome == "done"
    left = (now() - timedelta(hours=1)).astimezone(cast.millbrook.zone)
    assert "Reply why" in (street.text(cast.alvarez, f"OUT {left:%-I:%M%p}") or "")
    do(database, cast.millbrook, now(), "nudge_check_out", held, "1")
    assert said(database, cast.millbrook, cast.alvarez) == ["check_out.confirm"]
    [(_, due_at)] = planned(database, cast.millbrook, "nudge_check_out")
    assert due_at > now() + timedelta(minutes=15), "and again only after the question's own time"
    street.text(cast.alvarez, "no")
    do(database, cast.millbrook, now(), "nudge_check_out", held, f"1 {due_at.isoformat()}")
    assert said(database, cast.millbrook, cast.alvarez)[-1] == "watch.check_out_missing"


def test_who_has_checked_out_is_not_nudged(database: Database, cast: Cast, held: int) -> None:
    _check_in(database, cast, held)
    with at(database, cast.millbrook, ENDS, by_text(cast.alvarez)) as work:
        assert check_out(work, cast.alvarez, held).outcome == "done"
    do(database, cast.millbrook, ENDS + timedelta(minutes=15), "nudge_check_out", held)
    assert said(database, cast.millbrook, cast.alvarez) == []
