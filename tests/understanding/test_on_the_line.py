"""Sentences as the line itself reads them: against the real flows and the open question."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.events import Question
from bot.dialog.understanding.asked import KINDS, Asked, read_asked
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.reading import Hearing, understand
from bot.dialog.understanding.utterance import Speaker, understand_utterance
from flows.answers import Choice, Text, Time, YesNo
from flows.catalogue import catalogue
from flows.steps import Ask

CLOCK = Clock(datetime(2000, 1, 1, tzinfo=UTC))


def heard(text: str, question: Question | None = None) -> tuple[str, str, dict[str, Any], Any]:
    understood = understand(text, Hearing(catalogue(), question))
    return understood.kind, understood.command, dict(understood.slots), understood.value


def asking(*answers: Any) -> Question:
    return Question(Ask("any", answers), {}, 0)


@pytest.mark.parametrize(
    ("text", "command", "slots"),
    [
        ("hey can you put me down for 4821 please", "signup", {"codes": ["4821"]}),
        ("I can't make it to 4821", "drop", {"codes": ["4821"]}),
        ("check me out at one thirty pm", "check_out", {"time": "1:30pm"}),
        ("quiero el 4821", "signup", {"codes": ["4821"]}),
        ("can you text me in spanish", "language", {"language": "es"}),
        ("dont text me between 10pm and 6am", "quiet", {"rest": "10:00PM-6:00AM"}),
        ("no me escriban entre las 10pm y las 6am", "quiet", {"rest": "10:00PM-6:00AM"}),
        ("dont text me between 10 and 6", "quiet", {}),
        ("just one text a day at 6pm", "digest", {"rest": "6:00PM"}),
    ],
)
def test_a_sentence_starts_the_flow_with_what_was_said(text: str, command: str, slots: dict[str, Any]):
    assert heard(text)[:3] == ("command", command, slots)


@pytest.mark.parametrize(("text", "command"), [("no thanks on 4821", "decline"), ("take my name off 4821", "withdraw")])
def test_what_loses_something_at_once_is_not_done_from_a_sentence(text: str, command: str):
    assert heard(text)[1] == f"sure_{command}"


@pytest.mark.parametrize("text", ["N4821", "decline 4821", "W4821", "withdraw 4821"])
def test_its_exact_form_is_done(text: str):
    assert heard(text)[1] in ("decline", "withdraw")


def test_a_sentence_answers_the_open_question():
    assert heard("yeah thats fine", asking(YesNo("yes", "no")))[3] is True
    assert heard("it was half past one", asking(Time("time", "next")))[3] == "1:30"


OPENINGS = [
    {"code": "4821", "place": "Mill River Bridge"},
    {"code": "5170", "place": "Stadium"},
    {"code": "6230", "place": "High School"},
]


def picked(text: str, *, several: bool) -> Any:
    choice = Choice(then="next", into="codes", listed="openings", value="code", several=several)
    return understand(text, Hearing(catalogue(), Question(Ask("any", (choice,)), {"openings": OPENINGS}, 0))).value


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1 and 3", ["4821", "6230"]),
        ("first and last", ["4821", "6230"]),
        ("all of em", ["4821", "5170", "6230"]),
        ("the last two", ["5170", "6230"]),
        ("all but the stadium", ["4821", "6230"]),
        ("the bridge and the school", ["4821", "6230"]),
        ("1 or 2", None),
        ("thats all", None),
    ],
)
def test_several_of_a_list_are_picked_in_plain_words(text: str, codes: list[str] | None):
    assert picked(text, several=True) == codes


def test_where_one_is_asked_for_several_are_none():
    assert picked("all of em", several=False) is None


@pytest.mark.parametrize(("text", "command"), [("\U0001f44d", "courtesy"), ("\U0001f44d 4821", "accept")])
def test_a_thumb_is_a_yes_beside_a_code_and_thanks_alone(text: str, command: str):
    assert heard(text)[1] == command


@pytest.mark.parametrize(
    "text", ["Liked \u201c9570 is free. Reply A9570 or N9570\u201d", "Disliked \u201cReply D9570 to drop.\u201d"]
)
def test_a_reaction_quotes_us_and_is_no_answer(text: str):
    assert heard(text)[:2] == ("command", "courtesy")


@pytest.mark.parametrize(("text", "near"), [("who is this", "help"), ("wrong number", "help")])
def test_who_asks_whose_number_this_is_hears_it_and_how_to_stop(text: str, near: str):
    understood = understand(text, Hearing(catalogue()))
    assert (understood.kind, understood.nearest) == ("nothing", near)


def test_a_swap_in_a_sentence_names_the_code_and_the_badge_as_the_word_does():
    assert heard("can i swap 4821 with 117")[1:3] == ("swap", {"codes": ["4821", "117"]})


def test_where_any_words_are_an_answer_no_command_is_looked_for_in_them():
    assert heard("my kid is sick, cant make it", asking(Text("why", "next")))[0] == "answer"


def test_a_code_in_the_sentence_makes_it_a_command_all_the_same():
    assert heard("actually sign me up for 4821", asking(YesNo("yes", "no")))[1] == "signup"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.booleans())
def test_any_text_is_read_without_an_error(text: str, contractor: bool):
    understand_utterance(text, Speaker(CLOCK, contractor=contractor))
    for kind in KINDS:
        read_asked(text, Asked(kind, CLOCK, ("red", "blue")))


WORDS = (
    "drop 4821 2 to 7 am pm at quarter half past the de la y media menos 28th nov saturday next in an hour and 1:30 "
    "11/28 no not"
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "?", ",", "-", "10-", "0", "31", "99999999999"]), max_size=10))
def test_any_order_of_figures_days_and_times_is_read_without_an_error(words: list[str]):
    text = " ".join(words)
    understand_utterance(text, Speaker(CLOCK))
    for kind in KINDS:
        read_asked(text, Asked(kind, CLOCK, ("red", "blue")))
