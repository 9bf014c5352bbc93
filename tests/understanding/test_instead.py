"""Corrections of the turn before, a code alone, signs and thanks: what the line hears in them."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialog.conversation import Conversation
from bot.dialog.engine import advance
from bot.dialog.events import Heard, Question, RunVerb
from bot.dialog.strangers import is_about_an_order
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.meant import meant_instead
from bot.dialog.understanding.reading import Hearing, understand
from flows.answers import Code, YesNo
from flows.catalogue import catalogue
from flows.steps import Ask

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("no i meant 6135", {"codes": ["6135"]}),
        ("sorry, 6135", {"codes": ["6135"]}),
        ("*6135", {"codes": ["6135"]}),
        ("6135 not 7240", {"codes": ["6135"]}),
        ("quise decir el 6135", {"codes": ["6135"]}),
        ("no, el 6135", {"codes": ["6135"]}),
        ("i meant friday", {"date": "2026-11-27"}),
        ("quise decir el viernes", {"date": "2026-11-27"}),
        ("no 6135", None),  # refuses it
        ("6135", None),
        ("sorry i cant do 6135", None),
        ("i meant well", None),
    ],
)
def test_what_corrects_the_turn_before(text: str, slots: dict[str, object] | None):
    assert meant_instead(text, Clock(NOW, near=True)) == slots


def heard(text: str, *answers: YesNo | Code):
    question = Question(Ask("any", answers), {"code": "6135"}, 0) if answers else None
    return understand(text, Hearing(catalogue(), question, now=NOW))


@pytest.mark.parametrize(
    ("last", "text", "command", "codes"),
    [
        ("drop", "no i meant 6135", "drop", ["6135"]),
        ("why", "sorry, 6135", "why", ["6135"]),
        ("", "*6135", "about", ["6135"]),
        ("signup", "i meant friday", "signup", None),
    ],
)
def test_what_only_tells_or_asks_back_is_taken_again(last: str, text: str, command: str, codes: list[str] | None):
    took = advance(catalogue(), Conversation(last=last), Heard(heard(text)), NOW)
    assert isinstance(took.next, RunVerb)
    assert (took.next.memory["command"], took.next.memory.get("codes")) == (command, codes)


@pytest.mark.parametrize("last", ["signup", "accept", "decline", "withdraw"])
def test_what_acts_is_not_done_on_a_correction_but_told_with_its_exact_words(last: str):
    took = advance(catalogue(), Conversation(last=last), Heard(heard("no i meant 6135")), NOW)
    assert [line.prompt for line in took.says] == [f"nearest.{last}_code"]


def test_a_thumb_answers_a_yes_or_no_that_is_open_and_gives_nothing_back():
    asks, prices = YesNo("go", "stay"), Code("D", "code", "code", "drop")
    for sign, then in (("\U0001f44d", "go"), ("\U0001f44d\U0001f3fd", "go"), ("\U0001f44e", "stay")):
        assert (heard(sign, asks).kind, heard(sign, asks).then) == ("answer", then)
    assert heard("\U0001f44d", prices).kind == "empty"
    assert heard("\U0001f44d\U0001f44e", asks).kind == "empty"


@pytest.mark.parametrize("text", ["thanks", "appreciate it", "❤️", "muy amable", "Liked “9570 is free. Reply A9570”"])
def test_thanks_are_taken_as_such_whatever_they_are(text: str):
    assert heard(text).command == "courtesy"


def test_a_code_alone_asks_what_it_is_but_not_while_a_question_is_open():
    assert (heard("6135").command, heard("6135").slots) == ("about", {"codes": ["6135"]})
    assert heard("6135", YesNo("go", "stay")).command == ""


def test_the_last_command_is_kept_with_the_conversation():
    took = advance(catalogue(), replace(Conversation(), last="why"), Heard(heard("drop 6135")), NOW)
    assert took.conversation.last == "drop"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("can i get 2 officers tmrw 7-3", True),
        ("job got rained out, dont send anybody", True),
        ("where's my cop", True),
        ("nobody showed up", True),
        ("who do i call about an invoice", True),
        ("no ha llegado el oficial", True),
        ("happy birthday grandma", False),
        ("who is this", False),
        ("be home at 6", False),
        ("pick up bread", False),
    ],
)
def test_what_a_stranger_writes_about_an_order_is_told_from_chat(text: str, is_one: bool):
    assert is_about_an_order(text) == is_one
