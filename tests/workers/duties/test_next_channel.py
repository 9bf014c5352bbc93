"""A text that fails for good: another number of his, then mail, as he chose; and what his silence counts as then."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.line.mail_choice import Wanted, confirm_address
from models.line.mail_out import LIFECYCLE
from models.line.message_status import record_status
from models.people.phone import text_first
from models.session import Database
from tests.cast import MONDAY, Cast, at, phone_number, post_detail, signs_up
from tests.workers.duties.doing import do, handed_off, planned, state_of, texts
from workers.telling import tell

STARTS = MONDAY + timedelta(days=3)
CLOSES = MONDAY + timedelta(hours=1)
DUE = CLOSES + timedelta(minutes=240)
FAILED_AT = CLOSES + timedelta(minutes=5)


@pytest.fixture
def awarded(database: Database, cast: Cast) -> int:
    """Alvarez was awarded the only slot and texted so at CLOSES; the text is still on its way."""
    database.mails = True
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    [(assignment_id, _)] = planned(database, cast.millbrook, "tell_award")
    do(database, cast.millbrook, CLOSES, "tell_award", assignment_id)
    return assignment_id


def _fails(database: Database, cast: Cast, assignment_id: int, failure: str, code: int) -> None:
    """The carrier gives the latest text about the award up, and what follows from that is done."""
    failed = max(each.id for each in texts(database, cast.millbrook, cast.alvarez))
    with at(database, cast.millbrook, FAILED_AT) as work:
        work.conn.execute(sa.text("update message_out set attempts = 1 where id = :id"), {"id": failed})
        record_status(work, cast.millbrook.id, failed, f"SM{failed}", "undelivered", code, failure)
    do(database, cast.millbrook, FAILED_AT, "award_unreachable", assignment_id, str(failed))


def _mails(database: Database, cast: Cast) -> list[tuple[str, str]]:
    with at(database, cast.millbrook) as work:
        return [tuple(row) for row in work.conn.execute(sa.text("select prompt, body from mail_out order by id"))]


def _chooses(database: Database, cast: Cast, wanted: Wanted) -> None:
    with at(database, cast.millbrook) as work:
        confirm_address(work, cast.alvarez, "rosa@example.org", wanted, "text")


def test_a_bad_number_is_marked_and_the_next_of_his_is_texted_the_same(
    database: Database, cast: Cast, awarded: int
) -> None:
    [first] = texts(database, cast.millbrook, cast.alvarez)
    other = phone_number()
    with at(database, cast.millbrook) as work:
        text_first(work, cast.alvarez.person_id, other)
        text_first(work, cast.alvarez.person_id, first.to_number)
    _fails(database, cast, awarded, "unknown_number", 30005)
    again = texts(database, cast.millbrook, cast.alvarez)[-1]
    assert (again.to_number, again.body, again.subject_id) == (other, first.body, awarded)
    assert handed_off(database, cast.millbrook) == ["phone_cannot_be_texted"]
    assert state_of(database, cast.millbrook, "assignment", awarded) == "awarded"
    _fails(database, cast, awarded, "unknown_number", 30005)
    assert state_of(database, cast.millbrook, "assignment", awarded) == "unreachable"


@pytest.mark.parametrize("wanted", ["backup", "news"])
def test_who_wants_mails_has_his_time_to_answer_and_his_silence_then_is_no_refusal(
    database: Database, cast: Cast, awarded: int, wanted: Wanted
) -> None:
    _chooses(database, cast, wanted)
    _fails(database, cast, awarded, "blocked", 30004)
    [(prompt, body)] = _mails(database, cast)
    assert prompt == "award.awarded"
    assert texts(database, cast.millbrook, cast.alvarez)[0].body in body
    assert state_of(database, cast.millbrook, "assignment", awarded) == "awarded"
    with at(database, cast.millbrook, FAILED_AT) as work:
        found = work.conn.execute(sa.text("update mail_out set attempts = 1 returning id")).scalars().all()
        LIFECYCLE.move(work, cast.millbrook.id, [*found], "accept", accepted_at=work.now)
    do(database, cast.millbrook, DUE, "lapse_award", awarded)
    assert state_of(database, cast.millbrook, "assignment", awarded) == "awarded"
    do(database, cast.millbrook, DUE + timedelta(minutes=6), "lapse_award", awarded)
    assert state_of(database, cast.millbrook, "assignment", awarded) == "unreachable"


def test_a_mail_that_is_refused_too_passes_the_award_on(database: Database, cast: Cast, awarded: int) -> None:
    _chooses(database, cast, "backup")
    _fails(database, cast, awarded, "blocked", 30004)
    with at(database, cast.millbrook, FAILED_AT) as work:
        work.conn.execute(sa.text("update mail_out set state = 'failed', attempts = 1"))
    do(database, cast.millbrook, FAILED_AT, "award_unreachable", awarded, "mail 1")
    assert state_of(database, cast.millbrook, "assignment", awarded) == "unreachable"


def test_who_wants_none_is_passed_over_as_before(database: Database, cast: Cast, awarded: int) -> None:
    _chooses(database, cast, "nothing")
    _fails(database, cast, awarded, "blocked", 30004)
    assert _mails(database, cast) == []
    assert state_of(database, cast.millbrook, "assignment", awarded) == "unreachable"


def test_news_that_no_text_could_bring_are_mailed(database: Database, cast: Cast) -> None:
    database.mails = True
    _chooses(database, cast, "backup")
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
    do(database, cast.millbrook, MONDAY, "announce_posting", about.posting_id or 0)
    failed = texts(database, cast.millbrook, cast.alvarez)[-1]
    with at(database, cast.millbrook, FAILED_AT) as work:
        record_status(work, cast.millbrook.id, failed.id, f"SM{failed.id}", "undelivered", 30004, "blocked")
    assert planned(database, cast.millbrook, "text_failed") == [(failed.id, FAILED_AT)]
    do(database, cast.millbrook, FAILED_AT, "text_failed", failed.id)
    [(prompt, body)] = _mails(database, cast)
    assert prompt == "posting.new"
    assert failed.body in body


def test_whatever_he_was_told_goes_on_by_mail_once_and_what_was_mailed_beside_does_not(
    database: Database, cast: Cast, awarded: int
) -> None:
    with at(database, cast.millbrook) as work:
        where = cast.millbrook
        for wanted in ("backup", "all"):
            confirm_address(work, cast.alvarez, "rosa@example.org", wanted, "text")
            tell(work, where, cast.alvarez, "penalty.lifted", {"is_barred": False})
            work.now += timedelta(minutes=1)
    beside, failed = _mails(database, cast), texts(database, cast.millbrook, cast.alvarez)[-2:]
    assert [prompt for prompt, _ in beside] == ["penalty.lifted"]
    for each in failed:
        with at(database, cast.millbrook, FAILED_AT) as work:
            record_status(work, cast.millbrook.id, each.id, f"SM{each.id}", "undelivered", 30004, "blocked")
        do(database, cast.millbrook, FAILED_AT, "text_failed", each.id)
    assert len(_mails(database, cast)) == 2
