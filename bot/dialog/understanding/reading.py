"""Understanding in layers: exact words and codes, digits, sentences.

In this order: a call for help, the carrier's words, an answer to the open question, a command, the tolerant reading of
a sentence, and last an open question that takes any text. Every layer fills the same `Understood`.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.dialog.events import Question
from bot.dialog.understanding.answers import has_more, read_answer, read_pin, read_text, takes_yes_or_no
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.commands import read_command
from bot.dialog.understanding.emergency import is_call_for_help
from bot.dialog.understanding.meant import meant_instead
from bot.dialog.understanding.normalise import LONGEST_READ, normalise, plain
from bot.dialog.understanding.signs import is_reaction, is_thanks, lone_sign, written_out
from bot.dialog.understanding.tolerant import read_nearest, read_tolerant_answer, read_tolerant_command, takes_text
from bot.dialog.understanding.understood import INSTEAD, Understood
from bot.dialog.understanding.words import carrier_words, words_of
from flows.another_words import told_of_another
from flows.answers import YesNo
from flows.clock_times import read_clock_time
from flows.loading import Catalogue

OPT_OUT_TYPES = {"STOP": "opt_out", "START": "opt_in", "HELP": "help"}
"""What Twilio's Advanced Opt-Out has done already by the time it tells us."""

_ANSWERS = ("accept", "decline", "sure_decline")
_LONE_CODE = re.compile(r"#?(\d{4,6})")
_STRAY_NUMBERS = re.compile(r"#?\d{1,2}(?:[\s,]+\d{1,2})*")


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a text is read against. `opt_out_type` is the carrier's own word for what it did, if it did anything."""

    catalogue: Catalogue
    question: Question | None = None
    language: str = "en"
    opted_out: bool = False
    opt_out_type: str = ""
    now: datetime | None = None
    """Aware, in the department's zone; without it no day is heard ("saturday")."""
    spoken: bool = False
    """Said in a call: numbers come as words, and a lone STOP or HELP is no word to the carrier."""
    keyed: bool = False
    """On the keypad of a call: a PIN is taken no other way, so that nobody says or texts one."""


def understand(text: str, hearing: Hearing) -> Understood:
    """Reads one utterance. Never raises, whatever the text."""
    text = written_out(text)
    heard = normalise(text[: 8 * LONGEST_READ])
    bare = plain(heard)
    return (
        _emergency(heard, bare)
        or _carrier(heard, bare, hearing)
        or _signed(text, heard, hearing)
        or _unreadable(text, heard)
        or _answer(heard, bare, hearing)
        or _command(heard, bare, hearing)
        or _of_another(bare, hearing)
        or _corrected(text, heard, hearing)
        or _named_only(heard, bare, hearing)
        or _tolerant(text, heard, hearing)
        or _last_resort(text, heard, hearing)
    )


def _emergency(heard: str, bare: str) -> Understood | None:
    if is_call_for_help(heard, bare):
        return Understood("command", heard, command="emergency", urgent=True)
    return None


def _carrier(heard: str, bare: str, hearing: Hearing) -> Understood | None:
    told = OPT_OUT_TYPES.get(hearing.opt_out_type.upper())
    if told:
        return Understood("command", heard, command=told, slots={"carrier_answered": True})
    words = carrier_words()
    if hearing.opted_out and bare in words.opt_in_if_out:
        return Understood("command", heard, command="opt_in")
    command = "" if hearing.spoken else words.commands.get(bare)
    return Understood("command", heard, command=command) if command else None


def _signed(text: str, heard: str, hearing: Hearing) -> Understood | None:
    """A lone thumb answers an open yes or no and nothing else; where none is open it is taken as thanks."""
    question = hearing.question
    if question is not None and question.open and is_thanks(text):
        said = lone_sign(text)
        for place, answer in enumerate(question.ask.answers):
            if said and isinstance(answer, YesNo):
                then = answer.yes if said == "yes" else answer.no
                return Understood("answer", heard, answer=place, value=said == "yes", then=then, certain=False)
        return None
    if "courtesy" in hearing.catalogue.commands and (is_thanks(text) or is_reaction(text)):
        return Understood("command", heard, command="courtesy", slots={"is_sign": True}, certain=False)
    return None


def _corrected(text: str, heard: str, hearing: Hearing) -> Understood | None:
    """What is meant instead of the turn before, which only the conversation knows."""
    slots = meant_instead(text, Clock(hearing.now, near=True) if hearing.now else None)
    return Understood("nothing", heard, nearest=INSTEAD, slots=slots) if slots else None


def _named_only(heard: str, bare: str, hearing: Hearing) -> Understood | None:
    """A code alone asks what it is; where a question is open it may be meant as its answer."""
    asked = hearing.question is not None and hearing.question.open
    found = None if asked or "about" not in hearing.catalogue.commands else _LONE_CODE.fullmatch(bare)
    return Understood("command", heard, command="about", slots={"codes": [found[1]]}) if found else None


def _unreadable(text: str, heard: str) -> Understood | None:
    if len(text) > LONGEST_READ:
        return Understood("too_long", heard[:LONGEST_READ])
    return Understood("empty", heard) if not heard else None


def _answer(heard: str, bare: str, hearing: Hearing) -> Understood | None:
    if hearing.question is None or not hearing.question.open:
        return None
    words = words_of(hearing.language)
    if hearing.keyed and (pin := read_pin(heard, hearing.question)):
        return pin
    if bare in words.more and has_more(hearing.question):
        return Understood("more", heard)
    return read_answer(heard, bare, hearing.question, hearing.language)


def _command(heard: str, bare: str, hearing: Hearing) -> Understood | None:
    words = words_of(hearing.language)
    said = "yes" if bare in words.yes else "no" if bare in words.no else ""
    if said and said in hearing.catalogue.bare:
        if hearing.question is not None and takes_yes_or_no(hearing.question):
            return Understood("nothing", heard)
        return Understood("command", heard, command=hearing.catalogue.bare[said])
    return read_command(heard, bare, hearing.catalogue, hearing.language)


def _of_another(bare: str, hearing: Hearing) -> Understood | None:
    """When a colleague left ("Chen left at 11:15"), which must never be taken for the speaker's own check-out."""
    rest = told_of_another(bare) if "vouch" in hearing.catalogue.commands else ""
    return Understood("command", bare, command="vouch", slots={"rest": rest}) if rest else None


def _tolerant(text: str, heard: str, hearing: Hearing) -> Understood | None:
    """A sentence. With a code it is a command first, else an answer; nothing where any text at all is an answer."""
    question = hearing.question if hearing.question and hearing.question.open else None
    command = read_tolerant_command(text, heard, hearing.catalogue, hearing.now, spoken=hearing.spoken)
    if question and command and command.command in _ANSWERS and not command.slots and takes_yes_or_no(question):
        command = None  # "bet" to a question is its answer or none; it accepts nothing else.
    if question is None or (command and ("codes" in command.slots or command.command == "opt_out")):
        return command
    if takes_text(question):
        return None
    return read_tolerant_answer(text, heard, question, hearing.now, spoken=hearing.spoken) or command


def _last_resort(text: str, heard: str, hearing: Hearing) -> Understood:
    taken = read_text(heard, hearing.question) if hearing.question and hearing.question.open else None
    if taken is not None:
        return taken
    stray = _STRAY_NUMBERS.fullmatch(heard) or read_clock_time(heard)
    if stray:
        return Understood("stray", heard)
    nearest, slots = read_nearest(text, hearing.now)
    return Understood("nothing", heard, nearest=nearest, slots=slots)
