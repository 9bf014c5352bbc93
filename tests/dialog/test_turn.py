"""A text through the real dialog and the real records: who is meant, what is written, and at what cost."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.dialog.timing_out import time_out
from bot.dialog.understanding.understood import Understood
from models.awarding.signing_up.undo import undo_latest
from models.line import message_delivery, message_out
from tests.cast import assigns, at, offers, phone_number, post_detail
from tests.dialog.street import Street, now

MOST_STATEMENTS = 12


def soon(hours: float = 72) -> datetime:
    return (now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)


def test_a_sign_up_by_text_is_answered_and_recorded(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        code = post_detail(work, cast.millbrook, soon()).opening.code
    answer = street.text(cast.alvarez, f"s {code}")
    assert answer is not None
    assert answer.startswith(f"You are signed up for {code}, ")
    assert "officer_signed_up" in street.rows(cast.millbrook, "select name from event where department_id = :d")
    assert street.rows(cast.millbrook, "select understood ->> 'command' from turn where department_id = :d") == [
        "signup"
    ]


def test_an_ordinary_turn_makes_few_statements(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        posted = [post_detail(work, cast.millbrook, soon(72 + 24 * n)) for n in range(3)]
        held = post_detail(work, cast.millbrook, soon(240))
        assigns(work, cast.millbrook, cast.alvarez, held)
        waiting = [post_detail(work, cast.millbrook, soon(288 + 24 * n)) for n in range(2)]
        for one in waiting:
            assigns(work, cast.millbrook, cast.alvarez, one, state="awarded")
        begun = post_detail(work, cast.millbrook, now() + timedelta(minutes=30), hours=2)
        assigns(work, cast.millbrook, cast.alvarez, begun)
    street.text(cast.alvarez, "menu")
    made = {}
    for body in (
        "LIST",
        "1",
        "MINE",
        f"S{posted[1].opening.code}",
        f"W{posted[1].opening.code}",
        f"WHY {held.opening.code}",
        f"A{waiting[0].opening.code}",
        f"N{waiting[1].opening.code}",
        f"DROP {held.opening.code}",
        f"D{held.opening.code}",
        "IN",
        "UNDO",
        "OUT",
        "Y",
        "RANK",
        "ESPANOL",
        "AA",
    ):
        street.text(cast.alvarez, body)
        made[body] = len(street.statements)
    assert max(made.values()) <= MOST_STATEMENTS, made


def test_the_same_person_in_two_departments_on_one_line_is_asked_which(street: Street):
    cast = street.cast
    street.share()
    with at(street.database, cast.harbor, now()) as work:
        post_detail(work, cast.harbor, soon())
    grant, line = cast.grant_in_millbrook, cast.millbrook
    asked = street.text(grant, "LIST", line)
    assert asked is not None
    assert asked.startswith("For which department?\n1 Millbrook\n2 Harbor")
    listed = street.text(grant, "2", line)
    assert listed is not None
    assert listed.startswith("Open to you:\n1 ")
    signed = street.text(grant, "1", line)
    assert signed is not None
    assert signed.startswith("You are signed up for ")
    assert ": signed up, award " in (street.text(grant, "mine", line) or "")


def test_a_code_names_its_department_on_a_shared_line(street: Street):
    cast = street.cast
    street.share()
    with at(street.database, [cast.millbrook, cast.harbor], now()) as work:
        here, there = post_detail(work, cast.millbrook, soon()), None
        while there is None or there.opening.code == here.opening.code:
            there = post_detail(work, cast.harbor, soon())
    answer = street.text(cast.grant_in_harbor, f"S{there.opening.code}", cast.millbrook)
    assert answer is not None
    assert answer.startswith(f"You are signed up for {there.opening.code}")


def test_a_code_of_another_department_says_nothing_of_it(street: Street):
    cast = street.cast
    with at(street.database, [cast.millbrook, cast.harbor], now()) as work:
        there = post_detail(work, cast.harbor, soon())
    answer = street.text(cast.alvarez, f"S{there.opening.code}")
    assert answer is not None
    assert answer.startswith(f"I know no detail {there.opening.code} here")


def test_one_open_thing_takes_a_bare_yes_and_two_are_asked_back(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        first, second = (post_detail(work, cast.millbrook, soon(72 + 24 * n)) for n in range(2))
        offers(work, cast.millbrook, cast.brooks, first)
        offers(work, cast.millbrook, cast.brooks, second)
    asked = street.text(cast.brooks, "yes")
    assert asked is not None
    assert asked.startswith("2 wait for your answer")
    assert asked.endswith(f"Reply A{first.opening.code}, A{second.opening.code}, or AA for all.")
    assert street.text(cast.brooks, f"N{first.opening.code}").startswith(f"Declined: {first.opening.code}")
    assert street.text(cast.brooks, "ok").startswith(f"Accepted: {second.opening.code}")


def test_a_drop_nobody_confirmed_in_time_is_not_done_and_said_so(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        held = post_detail(work, cast.millbrook, soon())
        assigns(work, cast.millbrook, cast.alvarez, held)
    assert "Reply D" in street.text(cast.alvarez, "drop")
    due = street.rows(
        cast.millbrook, "select subject_id || ':' || fence from duty where department_id = :d and kind like 'conv%'"
    )
    conversation_id, turn = (int(part) for part in due[0].split(":"))
    before = street.last_out(cast.millbrook)
    with at(street.database, cast.millbrook, now()) as work:
        time_out(work, cast.millbrook.id, conversation_id, turn)
        time_out(work, cast.millbrook.id, conversation_id, turn)
    said = street.rows(cast.millbrook, "select body from message_out where department_id = :d and id > :b", b=before)
    assert [text.split(":")[0] for text in said] == ["Nothing was dropped"]


def test_a_question_about_another_department_of_the_line_times_out_aloud_too(street: Street):
    cast = street.cast
    street.share()
    with at(street.database, cast.harbor, now()) as work:
        held = post_detail(work, cast.harbor, soon())
        assigns(work, cast.harbor, cast.grant_in_harbor, held)
    asked = street.text(cast.grant_in_harbor, f"DROP {held.opening.code}", cast.millbrook)
    assert "Reply D" in (asked or "")
    due = street.rows(
        cast.millbrook, "select subject_id || ':' || fence from duty where department_id = :d and kind like 'conv%'"
    )
    conversation_id, turn = (int(part) for part in due[0].split(":"))
    before = street.last_out(cast.millbrook)
    with at(street.database, cast.millbrook, now()) as work:
        time_out(work, cast.millbrook.id, conversation_id, turn)
    said = street.rows(cast.millbrook, "select body from message_out where department_id = :d and id > :b", b=before)
    assert [text.split(":")[0] for text in said] == ["Nothing was dropped"]


def test_help_names_every_department_of_the_line_that_he_works_for(street: Street):
    street.share()
    line = street.cast.millbrook
    assert (street.text(street.cast.alvarez, "HELP") or "").startswith("Millbrook, police details by text.")
    answer = street.text(street.cast.grant_in_harbor, "HELP", line)
    assert (answer or "").startswith("Millbrook and Harbor, police details by text.")


def test_start_renews_the_consent_in_every_department_of_the_line_that_stop_ended(street: Street):
    street.share()
    cast, line = street.cast, street.cast.millbrook
    for body in ("STOP", "START"):
        street.text(cast.grant_in_harbor, body, line)
    with at(street.database, [cast.millbrook, cast.harbor]) as work:
        held = work.conn.execute(
            sa.text("select department_id from consent where person_id = :p and withdrawn_at is null"),
            {"p": cast.grant_in_harbor.person_id},
        )
        assert sorted(held.scalars()) == sorted([cast.millbrook.id, cast.harbor.id])


def test_a_stranger_is_told_so_and_not_for_ever(street: Street):
    number = phone_number()
    answers = [street.text(number, "hello?") for _ in range(5)]
    assert [answer is not None for answer in answers] == [True, True, True, False, False]


def test_a_foremans_text_reaches_a_person_and_no_chat_does(street: Street):
    where = street.cast.millbrook
    for body in ("happy birthday grandma", "hello", "the officer never showed"):
        street.text(phone_number(), body, where)
    assert street.hand_offs(where) == ["contractor_writes"]


def test_a_strangers_call_for_help_reaches_a_person(street: Street):
    answer = street.text(phone_number(), "officer down at the bridge")
    assert answer is not None
    assert answer.startswith("This line is NOT watched")
    assert street.hand_offs(street.cast.millbrook) == ["emergency"]


def test_stop_is_silent_and_who_holds_work_is_called(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        assigns(work, cast.millbrook, cast.chen, post_detail(work, cast.millbrook, soon()))
    assert street.text(cast.chen, "CANCEL") is None
    assert street.hand_offs(cast.millbrook) == ["opted_out_with_work"]
    assert street.text(cast.chen, "yes").startswith("You get texts from this line again")


def test_what_the_carrier_answered_is_not_answered_twice(street: Street):
    assert street.text(street.cast.diaz, "STOP", opt_out_type="STOP") is None
    assert street.text(street.cast.diaz, "help", opt_out_type="HELP") is None


def test_a_person_is_asked_for_with_what_was_being_done(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, soon()))
    street.text(cast.alvarez, "drop")
    street.text(cast.alvarez, "agent")
    found = street.rows(
        cast.millbrook, "select data ->> 'flow' from event where department_id = :d and name = 'handed_off'"
    )
    assert found == ["drop"]


def test_ten_thousand_characters_and_an_empty_text_are_answered(street: Street):
    assert street.text(street.cast.diaz, "x" * 10_000).startswith("I could not follow")
    assert street.text(street.cast.diaz, "").startswith("I did not understand")


def test_no_more_texts_in_any_wording_is_confirmed_once_and_then_silent(
    street: Street, monkeypatch: pytest.MonkeyPatch
):
    """However the reading comes to it; the carrier's own words it has answered itself, and we do not."""
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, soon()))
    monkeypatch.setattr("bot.dialog.turn.understand", lambda text, _: Understood("command", text, command="opt_out"))
    assert street.text(cast.alvarez, "take me off this").startswith("Done: no more texts to this number. What you hold")
    assert street.text(cast.alvarez, "I said take me off") is None
    assert street.text(cast.brooks, "leave me alone") == (
        "Done: no more texts to this number. Reply START to get them again."
    )
    assert street.text(cast.chen, "Stop.") is None
    assert street.hand_offs(cast.millbrook) == ["opted_out_with_work", "opted_out_with_work"]


def test_the_confirmation_of_an_opt_out_is_the_last_text_that_is_sent(street: Street, monkeypatch: pytest.MonkeyPatch):
    cast = street.cast
    monkeypatch.setattr("bot.dialog.turn.understand", lambda text, _: Understood("command", text, command="opt_out"))
    street.text(cast.alvarez, "no more of these")
    line_id = street.rows(cast.millbrook, "select id from line where department_id = :d")[0]
    with at(street.database, cast.millbrook, now()) as work:
        message_out.write(
            work, cast.millbrook.id, line_id, street.phone(cast.alvarez), "x", prompt="menu.text", person_id=None
        )
    with at(street.database, cast.millbrook, now()) as work:
        claimed = message_delivery.claim(work, cast.millbrook.id, line_id, 10)
    assert [text.body[:5] for text in claimed.due] == ["Done:"]


@pytest.mark.parametrize("badge", ["101", "99999"])
def test_a_stranger_who_asks_to_join_hears_the_same_whatever_badge_he_says(street: Street, badge: str):
    where = street.cast.millbrook
    answer = street.text(phone_number(), f"JOIN Rosa Alvarez {badge}", where)
    assert answer is not None
    assert answer.startswith("Thank you. A person checks this")
    assert street.hand_offs(where) == ["number_asks_to_join"]


def test_undo_takes_back_nothing_older_than_two_minutes_and_nothing_before_the_latest_act(street: Street):
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        posted = post_detail(work, cast.millbrook, soon())
        waiting = post_detail(work, cast.millbrook, soon(120))
        assigns(work, cast.millbrook, cast.alvarez, waiting, state="awarded")
    street.text(cast.alvarez, f"S{posted.opening.code}")
    street.text(cast.alvarez, f"A{waiting.opening.code}")
    assert street.text(cast.alvarez, "UNDO").startswith("There is nothing")
    street.text(cast.alvarez, f"W{posted.opening.code}")
    with at(street.database, cast.millbrook, now() + timedelta(minutes=3)) as work:
        assert undo_latest(work, cast.alvarez) is None
    assert street.text(cast.alvarez, "UNDO") == f"Undone: you are signed up for {posted.opening.code} again, as before."
    assert street.text(cast.alvarez, "UNDO").startswith("There is nothing")
