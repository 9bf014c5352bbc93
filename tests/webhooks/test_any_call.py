"""Whatever is keyed, said or not said in a call: an answer that can be carried out, and never an error of ours."""

import random
import string

import pytest

from tests.webhooks.phone_line import PIN

KEYS = (*"0123456789*#", "12#", "21#", "130#", "1330#", "99999#", "0#", "*#", f"101*{PIN}#", "101*1#", "**", "1*2*3#")
WORDS = (
    "my details", "what is open", "the first one", "saturday", "drop it", "drop the one on saturday", "yes", "no",
    "accept", "decline", "withdraw", "sign me up", "check in", "I'm here", "check out", "out at one thirty", "undo",
    "repeat", "go back", "more", "menu", "help", "where am I in line", "why", "why didn't I get it", "habla espanol",
    "mis servicios", "no puedo el sabado", "soltar", "english please", "stop texting me", "quiet ten pm to six am",
    "accept all", "both", "two", "uno", "thank you", "", "...", "AUTO TRAFFIC", "swap with Brooks", "language",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_a_call_goes_on_whatever_comes_until_a_person_or_the_end(line, seed):
    dice = random.Random(seed)
    caller = line.identified()
    for _ in range(30):
        if caller.call != "listening":
            caller = line.identified()
        said = _act(caller, dice)
        assert "went wrong on our side" not in caller.heard, said
        assert caller.heard


def _act(caller, dice):
    way = dice.random()
    if way < 0.4:
        keys = dice.choice(KEYS)
        return caller.press(keys) and keys
    if way < 0.8:
        words = dice.choice(WORDS) or "".join(dice.choices(string.printable, k=dice.randrange(1, 40)))
        return caller.say(words, dice.choice((0.0, 0.3, 0.7, 0.95))) and words
    return caller.stay_silent() and "silence"
