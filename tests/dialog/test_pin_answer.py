"""Secret digits: taken from a keypad only, known to the verbs of one turn, and in nothing that is kept."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.dialog.conversation import Conversation, to_json
from bot.dialog.events import Heard, Started
from bot.dialog.questions import asks_for_pin, question_of
from bot.dialog.runner import take_turn
from bot.dialog.understanding.reading import Hearing, understand
from flows.answers import Pin, Secret, YesNo
from flows.checking import FlowError
from flows.loading import Catalogue, load
from flows.steps import Ask, Do, Flow, HandOff, Outcome, Say, verb
from tests.dialog.toy import EXITS, NOON, PROMPTS

ASK = Ask("toy.confirm", (Pin("pin", "look"),))


@verb("right", "wrong")
def look(caller: Any, memory: Mapping[str, Any]) -> Outcome:
    caller.append(memory["pin"].digits)
    return Outcome("right" if memory["pin"] == Secret("583914") else "wrong")


FLOW = Flow(
    "door",
    "ask",
    {
        "ask": ASK,
        "look": Do(look, {"right": "sure", "wrong": "ask"}),
        "sure": Ask("toy.size", (YesNo("in", "in"),)),
        "in": Say("toy.done"),
        "gave_up": Say("toy.kept"),
        "person": HandOff("lost", "toy.person"),
    },
    exits=EXITS,
)


@pytest.fixture(scope="module")
def door() -> Catalogue:
    return load([FLOW], PROMPTS.text)


@pytest.fixture
def asked(door: Catalogue) -> Conversation:
    return take_turn(door, Conversation(), Started("door"), NOON, [], _never).conversation


@pytest.mark.parametrize("keyed", ["583914", "583914#", "5839", "58391406"])
def test_keyed_figures_are_a_secret_that_what_was_understood_does_not_repeat(
    door: Catalogue, asked: Conversation, keyed: str
) -> None:
    heard = understand(keyed, Hearing(door, question_of(door, asked, NOON), keyed=True))
    assert heard.kind == "answer"
    assert heard.value == Secret(keyed.strip("#"))
    assert "58" not in repr(heard)


@pytest.mark.parametrize(("said", "keyed"), [("583914", False), ("583", True), ("583914067", True), ("5839*14", True)])
def test_what_was_said_or_texted_is_no_pin_nor_are_other_figures(
    door: Catalogue, asked: Conversation, said: str, keyed: bool
) -> None:
    heard = understand(said, Hearing(door, question_of(door, asked, NOON), keyed=keyed))
    assert heard.kind != "answer"


def test_the_verbs_of_the_turn_know_it_and_nothing_of_it_is_kept(door: Catalogue, asked: Conversation) -> None:
    seen: list[str] = []
    question = question_of(door, asked, NOON)
    assert asks_for_pin(question)
    heard = understand("583914", Hearing(door, question, keyed=True))
    turn = take_turn(door, asked, Heard(heard), NOON, seen, _never)
    assert seen == ["583914"]
    assert turn.waiting is not None
    assert not asks_for_pin(question_of(door, turn.conversation, NOON))
    assert "5839" not in str(to_json(turn.conversation))
    assert "5839" not in repr(turn)


def test_a_question_for_a_pin_takes_no_other_answer() -> None:
    both = Ask("toy.confirm", (Pin("pin", "look"), YesNo("in", "in")))
    with pytest.raises(FlowError, match="must be the only one"):
        load([Flow("door", "ask", {**FLOW.steps, "ask": both}, exits=EXITS)], PROMPTS.text)


def _never(body: str, conversation: Conversation) -> Any:
    raise AssertionError(body)
