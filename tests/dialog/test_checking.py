"""A flow with a gap in it does not load, and the error names the flow and the step."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from flows.answers import Choice, Option, Text, YesNo
from flows.checking import FlowError
from flows.loading import load
from flows.steps import Ask, Command, Do, Exits, Flow, HandOff, Jump, Outcome, Say, Wait, verb
from tests.dialog.toy import EXITS, PROMPTS


@verb("good", "bad")
def work(caller: Any, memory: Mapping[str, Any]) -> Outcome:
    return Outcome("good")


STEPS = {
    "ask": Ask("toy.confirm", (YesNo("say", "say"),)),
    "say": Say("toy.done"),
    "gave_up": Say("toy.kept"),
    "person": HandOff("lost", "toy.person"),
}
GOOD = Flow("good", "ask", STEPS, (Command("good", {"en": ("GOOD",)}, letter="G"),), EXITS)


def changed(step: str, to: Any) -> Flow:
    return replace(GOOD, steps={**STEPS, step: to})


def named(*words: str, **rest: Any) -> Flow:
    return replace(GOOD, commands=(Command("good", {"en": words}, **rest),))


ASK = STEPS["ask"]
CASES: list[tuple[str, Callable[[], Flow]]] = [
    ("asks without exits", lambda: replace(GOOD, exits=None)),
    ("takes no answer", lambda: changed("ask", Ask("toy.confirm", ()))),
    ("prompt toy.nowhere is missing", lambda: changed("say", Say("toy.nowhere"))),
    ("leads to nowhere", lambda: changed("say", Say("toy.done", "nowhere"))),
    ("starts here", lambda: replace(GOOD, start="nowhere")),
    ("nothing leads here", lambda: replace(GOOD, steps={**STEPS, "attic": Say("toy.done")})),
    ("what follows when .*work ends bad", lambda: changed("say", Do(work, {"good": "end"}))),
    ("which .*work never ends with", lambda: changed("say", Do(work, {"good": "end", "bad": "end", "ugly": "end"}))),
    ("does not reach a person", lambda: changed("person", Say("toy.done"))),
    ("without a reason", lambda: changed("person", HandOff(""))),
    ("no flow", lambda: changed("say", Jump("nowhere"))),
    (
        "expires before",
        lambda: changed("ask", Ask("toy.confirm", (YesNo("say", "say"),), Wait(expires=Wait().time_out))),
    ),
    (
        "worded alike",
        lambda: replace(GOOD, exits=replace(EXITS, nonsense=("toy.again_1", "toy.again_1"))),
    ),
    (
        "digit 1 stands for two",
        lambda: changed("ask", Ask("toy.size", (Choice("say", "x", (Option("a", "1"), Option("b", "1"))),))),
    ),
    ("either its own options or a list", lambda: changed("ask", Ask("toy.size", (Choice("say", "x"),)))),
    ("which key is its value", lambda: changed("ask", Ask("toy.size", (Choice("say", "x", listed="all"),)))),
    (
        "shadowed by the command",
        lambda: changed("ask", Ask("toy.size", (Choice("say", "x", (Option("a", "1", {"en": ("GOOD",)}),)),))),
    ),
    ("any text before", lambda: changed("ask", Ask("toy.size", (Text("x", "say"), YesNo("say", "say"))))),
    ("CANCEL belongs to the carrier", lambda: named("CANCEL")),
    ("YES belongs to the carrier", lambda: named("YES")),
    ("BACK already belongs to system", lambda: named("BACK")),
    ("GOOD already belongs to good", lambda: named("GOOD", "GOOD")),
]


def test_a_whole_flow_loads():
    assert load([GOOD], PROMPTS.text).flow_for("good") is GOOD


@pytest.mark.parametrize(("problem", "broken"), CASES)
def test_a_gap_is_refused_by_name(problem: str, broken: Callable[[], Flow]):
    with pytest.raises(FlowError, match=problem) as refusal:
        load([broken()], PROMPTS.text)
    assert refusal.value.flow in {"good", "system"}


def test_two_flows_cannot_share_a_letter_a_word_or_a_name():
    twin = replace(GOOD, name="twin", commands=(Command("twin", {"en": ("OTHER",)}, letter="G"),))
    with pytest.raises(FlowError, match="G already belongs to good"):
        load([GOOD, twin], PROMPTS.text)
    with pytest.raises(FlowError, match="two flows"):
        load([GOOD, GOOD], PROMPTS.text)


def test_exits_written_at_the_question_override_the_flows():
    own = Exits(("toy.again_2", "toy.again_1"), ("toy.silent_1", "toy.silent_2"), "gave_up", "person")
    flow = replace(changed("ask", replace(ASK, exits=own)), exits=None)
    assert load([flow], PROMPTS.text).flows["good"].exits_of(flow.steps["ask"]) == own
