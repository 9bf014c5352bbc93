"""Exact words, codes and digits, as phones really send them."""

from typing import Any

import pytest

from bot.dialog.understanding.reading import Hearing, understand
from tests.dialog.toy import CATALOGUE


def read(text: str, **hearing: Any) -> tuple[str, str, dict[str, Any]]:
    understood = understand(text, Hearing(CATALOGUE, **hearing))
    return understood.kind, understood.command, dict(understood.slots)


@pytest.mark.parametrize(
    ("text", "command", "codes"),
    [
        ("A4821", "accept", ["4821"]),
        ("a4821!", "accept", ["4821"]),
        ("A 4821", "accept", ["4821"]),
        (" a  4821 ", "accept", ["4821"]),
        ("A-4821", "accept", ["4821"]),
        ("A#4821.", "accept", ["4821"]),
        ("“A4821”", "accept", ["4821"]),
        ("A4821\n", "accept", ["4821"]),
        ("a\u00a04821", "accept", ["4821"]),
        ("\uff21\uff14\uff18\uff12\uff11", "accept", ["4821"]),
        ("A4821 \U0001f44d", "accept", ["4821"]),
        ("n4821", "decline", ["4821"]),
        ("S 4821 5170", "signup", ["4821", "5170"]),
        ("s4821, 5170", "signup", ["4821", "5170"]),
        ("S4821 S5170", "signup", ["4821", "5170"]),
        ("S 5170 and 4821", "signup", ["5170", "4821"]),
        ("S 4821 then 5170 then 4821", "signup", ["4821", "5170"]),
        ("sign up 4821", "signup", ["4821"]),
        ("Signup for 4821 and 5170", "signup", ["4821", "5170"]),
        ("sign up S4821", "signup", ["4821"]),
        ("return 482", "return", ["482"]),
        ("give back 482193", "return", ["482193"]),
        ("accept 4821 please", "accept", ["4821"]),
        ("ACCEPT detail number 4821.", "accept", ["4821"]),
    ],
)
def test_codes_with_their_verb(text: str, command: str, codes: list[str]):
    assert read(text) == ("command", command, {"codes": codes})


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("OUT", {}),
        ("out.", {}),
        ("check out", {}),
        ("out 1:30", {"time": "1:30"}),
        ("out 1330", {"time": "1:30pm", "maybe_code": "1330"}),
        ("out 0130", {"time": "1:30am", "maybe_code": "0130"}),
        ("out 130", {"time": "1:30", "maybe_code": "130"}),
        ("out at 1:30pm", {"time": "1:30pm"}),
        ("out at 1:30 p.m.", {"time": "1:30pm"}),
        ("OUT 2 PM", {"time": "2:00pm"}),
        ("out 2", {"time": "2:00"}),
        ("out 1330 hrs", {"time": "1:30pm"}),
        ("out 4821", {"codes": ["4821"]}),
        ("out 4821 1:30pm", {"time": "1:30pm", "codes": ["4821"]}),
        ("out 12am", {"time": "12:00am"}),
        ("out 12 pm", {"time": "12:00pm"}),
        ("out 12:30", {"time": "12:30"}),
    ],
)
def test_going_out_takes_a_time_and_a_code(text: str, slots: dict[str, Any]):
    assert read(text) == ("command", "check_out", slots)


@pytest.mark.parametrize(
    "text",
    [
        "out of office until monday",
        "accept my apologies",
        "return to sender",
        "A4821 N5170",
        "4821",
        "Z4821",
        "A48",
        "A4821930",
        "out 25:00 for me",
        "orders",
        "menus please",
        "sign up my cousin",
        "hello",
        "who is this",
    ],
)
def test_what_is_not_a_command_does_not_become_one(text: str):
    assert read(text)[0] == "nothing"


def test_numbers_from_a_list_may_follow_sign_up():
    assert read("sign up 1 and 3") == ("command", "signup", {"numbers": [1, 3]})


@pytest.mark.parametrize("text", ["yes", "Y", "OK", "ok.", "Yep!", "sure", "10-4", "“Yes”"])
def test_a_bare_yes_is_the_command_that_claims_it(text: str):
    assert read(text) == ("command", "accept", {})


@pytest.mark.parametrize("text", ["no", "N", "nope", "No thanks."])
def test_a_bare_no_is_the_command_that_claims_it(text: str):
    assert read(text) == ("command", "decline", {})


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("STOP", "opt_out"),
        ("Stop.", "opt_out"),
        ("stop all", "opt_out"),
        ("cancel", "opt_out"),
        ("END", "opt_out"),
        ("quit", "opt_out"),
        ("OptOut", "opt_out"),
        ("start", "opt_in"),
        ("unstop", "opt_in"),
        ("help", "help"),
        ("INFO", "help"),
    ],
)
def test_words_of_the_carrier_alone_are_the_carriers(text: str, command: str):
    assert read(text) == ("command", command, {})


def test_carrier_words_inside_a_sentence_are_not():
    assert read("please cancel saturday")[0] == "nothing"


def test_yes_opts_in_only_who_is_out():
    assert read("YES", opted_out=True)[1] == "opt_in"
    assert read("YES")[1] == "accept"


def test_what_the_carrier_did_already_is_not_read_as_anything_else():
    assert read("no more texts", opt_out_type="STOP") == ("command", "opt_out", {"carrier_answered": True})


@pytest.mark.parametrize(
    "text",
    [
        "officer down",
        "OFFICER DOWN!!! main st",
        "shots fired at the harbor",
        "need backup",
        "we need backup now",
        "10-13",
        "call 911",
        "911",
        "I\u2019m hit",
        "shots",
        "necesito refuerzos",
        "oficial caído",
        "A4821 officer down",
        "im hurt bad",
        "guy collapsed at my post",
        "a truck plowed into the crew",
        "tiros tiros main y 4ta",
        "ayuda está armado",
        "hay un arma",
        "chocaron a un trabajador",
        "se desmayó un obrero",
    ],
)
def test_a_call_for_help_is_never_read_as_anything_else(text: str):
    understood = understand(text, Hearing(CATALOGUE))
    assert (understood.command, understood.urgent) == ("emergency", True)


@pytest.mark.parametrize(
    "text",
    [
        "the 9110 bus",
        "flu shots at the clinic",
        "S9110",
        "my backup plan",
        "me chocaron el carro ayer",
        "my back hurts bad",
    ],
)
def test_what_only_looks_like_a_call_for_help_is_not_one(text: str):
    assert understand(text, Hearing(CATALOGUE)).urgent is False


@pytest.mark.parametrize("text", ["", " ", "\U0001f600", "!!!", "\x00\x01", "\u200b\u200d"])
def test_a_text_without_words_is_empty(text: str):
    assert read(text)[0] == "empty"


def test_ten_thousand_characters_are_too_long():
    assert read("x" * 10_000)[0] == "too_long"
