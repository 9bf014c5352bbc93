"""Officers are called where the handbook says so; what came of a call decides what is done next, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award
from models.line.outbound_call import Heard, note_heard
from models.line.outbound_call_status import CallStatus, record_call_status
from models.people.call_choice import choose_calls
from models.people.department import department
from models.people.officer import Officer
from models.rules.asking.calling import CallChoice
from models.rules.clauses.calls import Calls
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import assignment
from tests.cast import MONDAY, Cast, assemble, assigns, at, post_detail
from tests.workers.duties.doing import carried, do, handed_off, planned, said, state_of, without_phone
from workers.reminding import call_instead

STARTS = MONDAY + timedelta(days=3)
SOON = timedelta(minutes=1)


def _rules(**calls: Any) -> Handbook:
    return Handbook.model_validate({"calls": calls})


def _calls(database: Database, cast: Cast, who: Officer | None = None) -> list[Any]:
    with at(database, cast.millbrook) as work:
        query = "select * from outbound_call where :o is null or officer_id = :o order by id"
        return list(work.conn.execute(sa.text(query.replace(":o is", "cast(:o as bigint) is")), {"o": who and who.id}))


def _ends(database: Database, cast: Cast, now: Any, status: CallStatus, heard: Heard = "nothing") -> None:
    """The latest call ends so; what follows is done."""
    call = _calls(database, cast)[-1]
    with at(database, cast.millbrook, now) as work:
        note_heard(work, cast.millbrook.id, call.id, heard)
        record_call_status(work, cast.millbrook.id, call.id, f"CA{call.department_id}x{call.id}", status)
    do(database, cast.millbrook, now, "call_ended", call.id)


def _contacts(database: Database, cast: Cast, who: Officer) -> list[tuple[str, str]]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select outcome, channel from contact where officer_id = :o order by id"), {"o": who.id}
        )
        return [(row.outcome, row.channel) for row in rows]


def _award(database: Database, cast: Cast) -> int:
    """Alvarez is awarded the only slot, and told."""
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS), "awarded")
    do(database, cast.millbrook, MONDAY, "tell_award", held)
    return held


def _text_fails(database: Database, cast: Cast, who: Officer) -> None:
    with at(database, cast.millbrook) as work:
        work.conn.execute(
            sa.text("update message_out set state = 'undelivered', attempts = 1 where person_id = :p"),
            {"p": who.person_id},
        )


def test_nobody_is_called_where_the_handbook_says_nothing_of_calls(database: Database, cast: Cast) -> None:
    held = _award(database, cast)
    assert planned(database, cast.millbrook, "call_award") == []
    _text_fails(database, cast, cast.alvarez)
    do(database, cast.millbrook, MONDAY, "award_unreachable", held)
    assert (state_of(database, cast.millbrook, "assignment", held), _calls(database, cast)) == ("unreachable", [])


def test_an_award_that_is_not_answered_is_told_by_a_call(database: Database) -> None:
    cast = assemble(database, _rules(unanswered_award_after_minutes=60))
    held = _award(database, cast)
    hour = MONDAY + timedelta(hours=1)
    assert planned(database, cast.millbrook, "call_award") == [(held, hour)]
    do(database, cast.millbrook, hour, "call_award", held)
    [call] = _calls(database, cast)
    assert (call.why, call.subject_id, call.to_number, call.due_at) == ("award", held, call.to_number, hour)
    assert call.until_at == MONDAY + timedelta(minutes=240), "not after his time to answer"


def test_who_has_answered_meanwhile_is_not_called(database: Database) -> None:
    cast = assemble(database, _rules(unanswered_award_after_minutes=60))
    held = _award(database, cast)
    with at(database, cast.millbrook) as work:
        assert accept_award(work, cast.millbrook, held)
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "call_award", held)
    assert _calls(database, cast) == []


def test_an_award_lapses_after_calls_as_after_silence_and_not_while_a_phone_rings(database: Database) -> None:
    cast = assemble(database, _rules(unanswered_award_after_minutes=60, tries=1))
    held = _award(database, cast)
    carried(database, cast.millbrook, cast.alvarez, MONDAY)
    due = MONDAY + timedelta(minutes=240)
    do(database, cast.millbrook, due - SOON, "call_award", held)
    do(database, cast.millbrook, due, "lapse_award", held)
    assert state_of(database, cast.millbrook, "assignment", held) == "awarded", "he may be pressing a key just now"
    assert planned(database, cast.millbrook, "lapse_award")[1:] == [(held, due + timedelta(minutes=240))]
    _ends(database, cast, due + SOON, "completed", "matter")
    assert (held, due + SOON) in planned(database, cast.millbrook, "lapse_award"), "looked at as soon as it is over"
    do(database, cast.millbrook, due + 2 * SOON, "lapse_award", held)
    assert state_of(database, cast.millbrook, "assignment", held) == "lapsed"
    assert _contacts(database, cast, cast.alvarez)[-1][0] == "heard_and_hung_up"


def test_whom_a_text_has_reached_keeps_his_time_though_he_does_not_pick_up(database: Database) -> None:
    cast = assemble(database, _rules(unanswered_award_after_minutes=60, tries=1))
    held = _award(database, cast)
    carried(database, cast.millbrook, cast.alvarez, MONDAY)
    hour = MONDAY + timedelta(hours=1)
    do(database, cast.millbrook, hour, "call_award", held)
    _ends(database, cast, hour + SOON, "no_answer")
    assert planned(database, cast.millbrook, "award_unreachable") == []
    assert state_of(database, cast.millbrook, "assignment", held) == "awarded"


def test_whom_the_text_did_not_reach_is_called_and_has_his_time_from_the_call(database: Database) -> None:
    cast = assemble(database, _rules(when_texts_fail=True))
    held = _award(database, cast)
    _text_fails(database, cast, cast.alvarez)
    later = MONDAY + timedelta(minutes=10)
    do(database, cast.millbrook, later, "award_unreachable", held)
    assert state_of(database, cast.millbrook, "assignment", held) == "awarded"
    _ends(database, cast, later + SOON, "completed", "message")
    do(database, cast.millbrook, later + timedelta(minutes=239), "award_unreachable", held, "another report")
    assert state_of(database, cast.millbrook, "assignment", held) == "awarded", "he was told to call back"
    do(database, cast.millbrook, later + timedelta(minutes=240), "lapse_award", held)
    assert state_of(database, cast.millbrook, "assignment", held) == "lapsed"
    assert _contacts(database, cast, cast.alvarez)[-1] == ("left_message", "voice")


def test_whom_neither_text_nor_calls_reach_is_passed_over_and_keeps_his_place(database: Database) -> None:
    cast = assemble(database, _rules(when_texts_fail=True, tries=2, minutes_between=5))
    held = _award(database, cast)
    _text_fails(database, cast, cast.alvarez)
    do(database, cast.millbrook, MONDAY, "award_unreachable", held)
    _ends(database, cast, MONDAY + SOON, "busy")
    first, second = _calls(database, cast)
    assert (first.outcome, second.due_at) == ("busy", MONDAY + SOON + timedelta(minutes=5))
    _ends(database, cast, MONDAY + timedelta(minutes=7), "busy")
    do(database, cast.millbrook, MONDAY + timedelta(minutes=7), "award_unreachable", held, f"call {second.id}")
    assert state_of(database, cast.millbrook, "assignment", held) == "unreachable"
    assert _contacts(database, cast, cast.alvarez)[-1][0] == "busy"


def test_who_cannot_be_texted_at_all_is_called_on_his_landline(database: Database) -> None:
    cast = assemble(database, _rules(when_texts_fail=True))
    with at(database, cast.millbrook) as work:
        work.conn.execute(
            sa.text("update phone set state = 'landline' where person_id = :p"), {"p": cast.alvarez.person_id}
        )
    held = _award(database, cast)
    do(database, cast.millbrook, MONDAY, "award_unreachable", held, "no number")
    assert [call.why for call in _calls(database, cast, cast.alvarez)] == ["award"]


def test_who_has_no_number_that_can_be_called_is_passed_over(database: Database) -> None:
    cast = assemble(database, _rules(when_texts_fail=True))
    without_phone(database, cast.millbrook, cast.alvarez)
    held = _award(database, cast)
    do(database, cast.millbrook, MONDAY, "award_unreachable", held, "no number")
    assert (state_of(database, cast.millbrook, "assignment", held), _calls(database, cast)) == ("unreachable", [])


def _confirmed(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS), "awarded")
        assert accept_award(work, cast.millbrook, held)
        return held


def test_who_wants_no_texts_and_works_tomorrow_is_called(database: Database) -> None:
    cast = assemble(database, _rules(when_texts_fail=True, tries=1))
    held, evening = _confirmed(database, cast), STARTS - timedelta(hours=14)
    do(database, cast.millbrook, evening, "remind_night_before", held)
    _text_fails(database, cast, cast.alvarez)
    with at(database, cast.millbrook) as work:
        text_id = work.conn.execute(sa.text("select max(id) from message_out")).scalar_one()
    do(database, cast.millbrook, evening, "reminder_unreachable", held, str(text_id))
    [call] = _calls(database, cast)
    assert (call.why, call.fence, call.until_at) == ("reminder", "reminder.night_before", STARTS)
    _ends(database, cast, evening + SOON, "no_answer")
    assert handed_off(database, cast.millbrook) == ["officer_cannot_be_reached"]


def test_an_officer_who_is_late_is_called_at_any_hour_until_he_counts_as_missing(database: Database) -> None:
    cast = assemble(database, _rules(late=True, hours={"begin": "20:00", "end": "21:00"}, any_hour_within_hours=0))
    held, late = _confirmed(database, cast), STARTS + timedelta(minutes=5)
    do(database, cast.millbrook, late, "alarm_late", held)
    [call] = _calls(database, cast)
    assert (call.why, call.due_at, call.until_at) == ("late", late, STARTS + timedelta(minutes=60))
    assert (said(database, cast.millbrook, cast.alvarez), call.rings_from) == (["watch.late"], None)
    _ends(database, cast, late + SOON, "no_answer")
    assert len(_calls(database, cast)) == 2
    assert handed_off(database, cast.millbrook) == ["officer_late"]


LADDER = {"steps": [{"by": "voice", "answer_minutes": 5}, {"answer_minutes": 10}], "order": ["seniority"]}


def _by_phone(**calls: Any) -> Handbook:
    bands = [{"name": "any", "method": "phone_tree", "ladder": LADDER}]
    return Handbook.model_validate({"notice": {"bands": bands}, "calls": calls})


def _ladder(database: Database, cast: Cast, now: Any = MONDAY) -> int:
    """Alvarez is the first to be asked; returns her offer."""
    with at(database, cast.millbrook, now) as work:
        about = post_detail(work, cast.millbrook, STARTS, band="any")
    do(database, cast.millbrook, now, "fill_slot", about.slot_id)
    [(offer_id, _)] = planned(database, cast.millbrook, "tell_offer")
    do(database, cast.millbrook, now, "tell_offer", offer_id)
    return offer_id


def test_a_step_by_voice_is_a_call_and_after_it_there_is_time_to_call_back(database: Database) -> None:
    cast = assemble(database, _by_phone(tries=1))
    offer_id = _ladder(database, cast)
    [call] = _calls(database, cast, cast.alvarez)
    assert (call.why, call.subject_id, said(database, cast.millbrook, cast.alvarez)) == ("offer", offer_id, [])
    do(database, cast.millbrook, MONDAY + timedelta(minutes=5), "expire_offer", offer_id)
    assert _calls(database, cast)[-1].id == call.id, "the line's pace may be slow: he has not been called yet"
    _ends(database, cast, MONDAY + timedelta(minutes=6), "no_answer")
    do(database, cast.millbrook, MONDAY + timedelta(minutes=11), "expire_offer", offer_id)
    do(database, cast.millbrook, MONDAY + timedelta(minutes=11), "tell_offer", offer_id, "step 1")
    assert said(database, cast.millbrook, cast.alvarez) == ["offer.again"]


def test_after_a_busy_line_the_next_step_comes_at_once(database: Database) -> None:
    cast = assemble(database, _by_phone(tries=1))
    offer_id = _ladder(database, cast)
    _ends(database, cast, MONDAY + SOON, "busy")
    assert [subject for subject, _ in planned(database, cast.millbrook, "offer_unreachable")] == [offer_id]
    do(database, cast.millbrook, MONDAY + SOON, "offer_unreachable", offer_id)
    with at(database, cast.millbrook) as work:
        assert work.conn.execute(sa.text("select step from offer where id = :i"), {"i": offer_id}).scalar_one() == 1


def test_what_the_last_step_came_to_is_what_the_handbook_prices(database: Database) -> None:
    bands = [{"name": "any", "method": "phone_tree"}]
    cast = assemble(database, Handbook.model_validate({"notice": {"bands": bands}, "calls": {"tries": 1}}))
    offer_id = _ladder(database, cast)
    _ends(database, cast, MONDAY + SOON, "completed", "matter")
    do(database, cast.millbrook, MONDAY + timedelta(minutes=6), "expire_offer", offer_id)
    assert state_of(database, cast.millbrook, "offer", offer_id) == "expired"
    assert _contacts(database, cast, cast.alvarez) == [("heard_and_hung_up", "voice")]


def test_a_call_that_failed_is_no_refusal(database: Database) -> None:
    bands = [{"name": "any", "method": "phone_tree"}]
    cast = assemble(database, Handbook.model_validate({"notice": {"bands": bands}}))
    offer_id = _ladder(database, cast)
    _ends(database, cast, MONDAY + SOON, "failed")
    do(database, cast.millbrook, MONDAY + SOON, "offer_unreachable", offer_id)
    assert state_of(database, cast.millbrook, "offer", offer_id) == "unreachable"
    assert _contacts(database, cast, cast.alvarez) == [("unreachable", "voice")]


def test_at_night_the_list_waits_for_the_morning(database: Database) -> None:
    cast = assemble(database, _by_phone())
    night = MONDAY.replace(hour=3) + timedelta(days=1)  # eleven in the evening in New York
    offer_id = _ladder(database, cast, night)
    morning = night.replace(hour=12)
    [call] = _calls(database, cast)
    assert (call.due_at, call.rings_from, call.rings_until) == (morning, 8 * 60, 21 * 60)
    assert [due for _, due in planned(database, cast.millbrook, "expire_offer")] == [morning + timedelta(minutes=5)]
    assert state_of(database, cast.millbrook, "offer", offer_id) == "open"


@pytest.mark.parametrize("outcome", ["busy", "no_answer"])
def test_who_was_not_told_is_called_again_before_the_next_step(database: Database, outcome: CallStatus) -> None:
    cast = assemble(database, _by_phone(tries=2, minutes_between=3))
    offer_id = _ladder(database, cast)
    _ends(database, cast, MONDAY + SOON, outcome)
    assert [call.due_at for call in _calls(database, cast)] == [MONDAY, MONDAY + SOON + timedelta(minutes=3)]
    assert planned(database, cast.millbrook, "offer_unreachable") == []
    assert state_of(database, cast.millbrook, "offer", offer_id) == "open"


def _chooses(database: Database, cast: Cast, choice: CallChoice, **calls: Any) -> None:
    with at(database, cast.millbrook) as work:
        assert choose_calls(work, cast.alvarez, choice, Calls(**calls))


def test_a_step_by_voice_goes_by_text_to_who_wants_no_calls(database: Database) -> None:
    cast = assemble(database, _by_phone(tries=1))
    _chooses(database, cast, "none")
    offer_id = _ladder(database, cast)
    assert (_calls(database, cast), said(database, cast.millbrook, cast.alvarez)) == ([], ["offer.made"])
    assert [due for _, due in planned(database, cast.millbrook, "expire_offer")] == [MONDAY + timedelta(minutes=5)]
    assert state_of(database, cast.millbrook, "offer", offer_id) == "open"


def test_who_wants_urgent_calls_only_is_called_when_it_starts_soon(database: Database) -> None:
    cast = assemble(database, _by_phone(tries=1))
    _chooses(database, cast, "urgent")
    _ladder(database, cast)
    assert _calls(database, cast) == []
    soon = assemble(database, _by_phone(tries=1))
    _chooses(database, soon, "urgent")
    _ladder(database, soon, STARTS - timedelta(hours=6))
    assert [call.why for call in _calls(database, soon)] == ["offer"]


def test_who_says_so_before_his_phone_rings_is_asked_by_text(database: Database) -> None:
    cast = assemble(database, _by_phone(tries=2))
    offer_id = _ladder(database, cast)
    _chooses(database, cast, "none")
    [call] = _calls(database, cast)
    assert (call.state, call.outcome, call.failure) == ("ended", "not_attempted", "no_calls_wanted")
    do(database, cast.millbrook, MONDAY, "call_ended", call.id)
    do(database, cast.millbrook, MONDAY, "tell_offer", offer_id, f"call {call.id}")
    assert said(database, cast.millbrook, cast.alvarez) == ["offer.made"]
    assert (len(_calls(database, cast)), _contacts(database, cast, cast.alvarez)) == (1, [])


@pytest.mark.parametrize(("despite", "rings"), [((), []), (("late",), ["late"])])
def test_a_late_alarm_rings_for_who_wants_no_calls_only_where_the_handbook_says_so(
    database: Database, despite: tuple[str, ...], rings: list[str]
) -> None:
    cast = assemble(database, _rules(late=True, despite_choice=despite))
    _chooses(database, cast, "none")
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS), "confirmed")
    do(database, cast.millbrook, STARTS, "alarm_late", held)
    assert [call.why for call in _calls(database, cast)] == rings
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.late"]


@pytest.mark.parametrize(("despite", "rings"), [((), []), (("orders",), ["reminder"])])
def test_an_order_that_no_text_brought_is_called_only_where_the_handbook_says_so(
    database: Database, despite: tuple[str, ...], rings: list[str]
) -> None:
    cast = assemble(database, _rules(when_texts_fail=True, despite_choice=despite))
    _chooses(database, cast, "none")
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS), "confirmed")
        where = department(work, cast.millbrook.id)
        called = call_instead(work, where, assignment(work, where.id, held), cast.alvarez, "award.ordered_in")
    assert ([call.why for call in _calls(database, cast)], called) == (rings, bool(rings))
