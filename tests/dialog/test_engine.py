"""The engine on toy flows: what it says, what it remembers, and where each mishap leads."""

import json

import pytest

from bot.dialog.conversation import Conversation, to_json
from bot.dialog.engine import advance
from bot.dialog.events import Silence, Started, TimedOut, VerbEnded, Waiting
from bot.dialog.walk import EngineError
from tests.dialog.toy import CATALOGUE, NOON, Phone, Shop


def test_a_list_is_asked_and_answered_by_numbers_in_the_order_said():
    phone = Phone()
    assert phone.text("cakes") == "Which?\n1 4001 Cake 1\n2 4002 Cake 2\n3 4003 Cake 3 MORE"
    assert phone.text("3 1") == "Sold 4003 and 4001."
    assert phone.shop.sold == ["4003", "4001"]
    assert phone.conversation.frames == ()


@pytest.mark.parametrize("said", ["b 2", "BUY 2", "#2", "2.", "4002", "2 2"])
def test_one_pick_may_be_said_in_many_ways(said):
    phone = Phone()
    phone.text("cakes")
    assert phone.text(said) == "Sold 4002."


def test_a_long_list_is_paged_and_numbers_go_on():
    phone = Phone()
    phone.text("cakes")
    assert phone.text("more") == "Which?\n4 4004 Cake 4\n5 4005 Cake 5\n6 4006 Cake 6 MORE"
    assert phone.text("MORE") == "Which?\n7 4007 Cake 7\n8 4008 Cake 8"
    assert phone.text("1 8") == "Sold 4001 and 4008."


def test_a_number_not_shown_yet_is_not_taken():
    phone = Phone()
    phone.text("cakes")
    assert phone.text("7").startswith("Pardon?")


def test_nonsense_is_reprompted_twice_in_other_words_and_then_reaches_a_person():
    phone = Phone()
    phone.text("order")
    assert phone.text("hm") == "Pardon? Size? 1 small 2 big"
    assert phone.text("hmm") == "Sorry, what? Size? 1 small 2 big"
    assert phone.text("hmmm") == "A person comes."
    assert [one.reason for one in phone.hand_offs] == ["lost_in_form"]
    assert phone.conversation.frames == ()


def test_misses_are_forgotten_at_the_next_question():
    phone = Phone()
    for said in ("order", "x", "x", "big", "x"):
        answer = phone.text(said)
    assert answer == "Pardon? Candles?"


def test_silence_has_words_of_its_own_and_ends_with_a_person():
    phone = Phone()
    phone.text("order")
    assert phone.event(Silence()) == "Hello? Size? 1 small 2 big"
    assert phone.event(Silence()) == "Still there? Size? 1 small 2 big"
    assert phone.event(Silence()) == "A person comes."


def test_every_kind_of_answer_is_remembered():
    phone = Phone()
    for said in ("order", "large", "12", "at 4:30 pm"):
        phone.text(said)
    assert phone.text("Happy birthday!") == "big 12 4:30pm HAPPY BIRTHDAY"


def test_a_number_out_of_bounds_is_nonsense():
    phone = Phone()
    for said in ("order", "1"):
        phone.text(said)
    assert phone.text("121") == "Pardon? Candles?"


def test_a_destructive_act_says_its_price_and_is_confirmed_by_its_code():
    phone = Phone()
    assert phone.text("return 4002") == "Return 4002 for $12.50? K4002"
    assert phone.shop.returned == []
    assert phone.text("k4002!") == "Returned 4002."
    assert phone.shop.returned == ["4002"]


def test_a_bare_yes_does_not_confirm_what_needs_its_code():
    phone = Phone()
    phone.text("R4002")
    assert phone.text("yes") == "I need the code. Return 4002 for $12.50? K4002"
    assert phone.text("no") == "Kept 4002."
    assert phone.shop.returned == []


def test_another_code_is_not_taken_for_the_one_asked_about():
    phone = Phone()
    phone.text("R4002")
    assert phone.text("K4003").startswith("Pardon?")
    assert phone.shop.returned == []


def test_a_command_replaces_the_open_question():
    phone = Phone()
    phone.text("R4002")
    assert phone.text("order") == "Size? 1 small 2 big"
    assert phone.text("K4002").startswith("Pardon?")
    assert phone.shop.returned == []


def test_a_digression_returns_to_the_question_over_a_bridge():
    phone = Phone()
    phone.text("R4002")
    assert phone.text("menu") == "Menu. Back to what I asked. Return 4002 for $12.50? K4002"
    assert phone.text("K4002") == "Returned 4002."


def test_a_call_for_help_is_answered_alone_in_any_state_and_leaves_the_question_standing():
    phone = Phone()
    phone.text("R4002")
    assert phone.text("10-13 officer down").startswith("This line is NOT watched")
    assert (phone.hand_offs[0].reason, phone.hand_offs[0].flow, phone.hand_offs[0].step) == (
        "emergency",
        "return",
        "confirm",
    )
    assert phone.text("K4002") == "Returned 4002."


def test_a_carrier_word_is_an_aside_without_words():
    phone = Phone()
    phone.text("order")
    assert phone.text("STOP") == ""
    assert phone.text("1") == "Candles?"


def test_repeat_says_the_question_again_and_back_returns_to_the_one_before():
    phone = Phone()
    phone.text("order")
    phone.text("1")
    assert phone.text("repeat") == "Candles?"
    assert phone.text("back") == "Size? 1 small 2 big"
    assert phone.text("back") == "There is nothing to go back to. Size? 1 small 2 big"
    phone.text("2")
    assert phone.text("9") == "When?"


def test_nothing_can_be_taken_back_once_something_was_done():
    phone = Phone()
    phone.text("cakes")
    phone.text("1")
    assert phone.text("back") == "Menu."


def test_out_of_the_blue_nonsense_ends_with_a_person_too():
    phone = Phone()
    answers = [phone.text("my kid is sick") for _ in range(3)]
    assert len(set(answers)) == 3
    assert [one.reason for one in phone.hand_offs] == ["not_understood"]


def test_understanding_anything_forgets_earlier_nonsense():
    phone = Phone()
    for said in ("what", "what", "menu", "what"):
        answer = phone.text(said)
    assert answer.startswith("I did not understand")


@pytest.mark.parametrize("said", ["1", "1 3", "1:30", "#2"])
def test_a_bare_number_with_nothing_open_does_nothing_and_says_so(said):
    assert Phone().text(said).startswith("No question of mine is open")


def test_a_bare_yes_with_nothing_open_is_the_command_that_claims_it():
    assert Phone().text("ok") == "Said accept."


def test_an_answer_after_its_question_expired_is_refused_politely():
    phone = Phone()
    phone.text("R4002")
    phone.wait(hours=1)
    assert phone.text("hm").startswith("That question has closed")
    assert phone.conversation.frames == ()


def test_a_late_confirmation_does_nothing():
    phone = Phone()
    phone.text("R4002")
    phone.wait(hours=2)
    phone.text("K4002")
    assert phone.shop.returned == []


def test_a_late_command_is_a_command_all_the_same():
    phone = Phone()
    phone.text("R4002")
    phone.wait(hours=2)
    assert phone.text("order") == "Size? 1 small 2 big"


def test_time_out_says_something_and_closes():
    phone = Phone()
    phone.text("R4002")
    assert isinstance(phone.last.waiting, Waiting)
    assert phone.event(TimedOut(phone.last.waiting.turn)) == "Kept 4002."


def test_a_timer_whose_turn_has_passed_does_nothing():
    phone = Phone()
    phone.text("R4002")
    stale = TimedOut(phone.last.waiting.turn)
    phone.text("hm")
    before = phone.conversation
    assert phone.event(stale) == ""
    assert phone.conversation == before
    assert phone.last.waiting.turn == before.turn


def test_a_reply_that_raced_its_timer_needs_no_cancelling():
    phone = Phone()
    phone.text("R4002")
    stale = TimedOut(phone.last.waiting.turn)
    assert phone.text("K4002") == "Returned 4002."
    assert phone.event(stale) == ""


def test_a_flow_in_a_circle_is_stopped_and_a_person_takes_over():
    phone = Phone()
    assert phone.text("circle").endswith("A person will read it and get back to you.")
    assert phone.hand_offs[0].reason == "too_many_steps"


def test_a_conversation_in_a_circle_is_stopped_and_a_person_takes_over():
    phone = Phone()
    phone.text("order")
    for _ in range(80):
        if phone.hand_offs:
            break
        phone.text("repeat")
    assert phone.hand_offs[0].reason == "too_many_turns"
    assert phone.conversation.turns_open == 0


def test_ten_thousand_characters_are_a_named_failure_with_a_person_at_the_end():
    phone = Phone()
    assert phone.text("lorem " * 1700).startswith("I could not follow")
    assert phone.hand_offs[0].reason == "answer_too_long"


def test_a_call_for_help_is_heard_in_ten_thousand_characters():
    phone = Phone()
    phone.text("lorem " * 1700 + " officer down")
    assert phone.hand_offs[0].reason == "emergency"


@pytest.mark.parametrize("said", ["", "   ", "\U0001f44d\U0001f44d", "...", "\u200b"])
def test_a_text_without_words_is_nonsense_not_silence(said):
    phone = Phone()
    phone.text("order")
    assert phone.text(said) == "Pardon? Size? 1 small 2 big"


def test_a_department_once_chosen_is_remembered_and_the_text_is_read_again():
    phone = Phone()
    shops = [{"id": 7, "name": "North"}, {"id": 9, "name": "South"}]
    assert phone.event(Started("shop", {"shops": shops, "heard": "return 4002"})) == "Which shop?\n7 North\n9 South"
    assert phone.text("2") == "Return 4002 for $12.50? K4002"
    assert phone.conversation.department_at(phone.now) == 9
    phone.wait(hours=12)
    assert phone.conversation.department_at(phone.now) is None


def test_a_jump_takes_along_what_is_known():
    assert Phone().text("hop 4002") == "Return 4002 for $12.50? K4002"


def test_the_runner_cannot_report_a_verb_that_was_not_asked_for():
    with pytest.raises(EngineError):
        advance(CATALOGUE, Conversation(), VerbEnded("sold"), NOON)
    with pytest.raises(EngineError):
        advance(CATALOGUE, Conversation(), Started("nowhere"), NOON)


def test_silence_and_time_out_without_a_question_do_nothing():
    phone = Phone(shop=Shop(cakes=[]))
    assert phone.text("cakes") == "No cakes."
    assert phone.event(Silence()) == ""
    assert phone.event(TimedOut(phone.conversation.turn)) == ""


def test_the_kept_conversation_is_plain_json():
    phone = Phone()
    phone.text("R4002")
    json.dumps(to_json(phone.conversation))


def test_a_bare_no_to_a_question_that_closed_declines_nothing_else():
    phone = Phone()
    phone.text("R4002")
    phone.wait(hours=2)
    assert phone.text("no").startswith("That question has closed")


def test_a_bare_yes_after_an_expired_list_is_free_to_mean_something_else():
    phone = Phone()
    phone.text("cakes")
    phone.wait(hours=13)
    assert phone.text("yes") == "Said accept."
