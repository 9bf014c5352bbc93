"""Names and addresses as a voice can say them: "Main St & 4th" is "Main Street and 4th", "#" is a word or nothing.

What is short for what stands in the language's words (`ivr_prompts/<language>/words.yaml`, under `voice`). The result
is plain text, readable in a transcript and the same for every voice.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Words = Mapping[str, Any]

_PIECES = re.compile(r"[\w']+(?:-[\w']+)*\.?|[^\w\s]")
_PARTS = re.compile(r"\s*(?:&|\+|@|/|\band\b|\bat\b|,)\s*")
_ROUTE = re.compile(r"\b([A-Z]{1,2})-(?=\d)")
_HOUSE_NUMBER = re.compile(r"[1-9]\d(?!00)\d\d")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_SPOKEN_MARKS = ".,;:?!'-"
_NO_STREET_BEFORE = re.compile(r"\d*")


def speakable(text: str, words: Words) -> str:
    """A name, or what a person wrote, without what a voice would stumble over; titles and firms in full."""
    return _joined([_word(piece, words["short"], words) for piece in _PIECES.findall(_marked(text))])


def address(text: str, words: Words) -> str:
    """A place: streets in full, house numbers in twos, corners joined by a word."""
    marked = _ROUTE.sub(r"\1 ", _marked(text))
    spoken, end = "", 0
    for joint in _PARTS.finditer(marked):
        spoken += _street(marked[end : joint.start()], words) + _joint(joint[0].strip(), words)
        end = joint.end()
    return (spoken + _street(marked[end:], words)).strip(" ,")


def code(text: str) -> str:
    """Digits in twos, "48 21"; one by one where a zero leads or their number is odd: "4 8 2 1 3" is no "48 2 13"."""
    if not text.isdigit() or len(text) < _LEAST_IN_TWOS:
        return text
    if len(text) % 2:
        return " ".join(text)
    pairs = [text[place : place + 2] for place in range(0, len(text), 2)]
    return " ".join(" ".join(pair) if pair.startswith("0") else pair for pair in pairs)


_LEAST_IN_TWOS = 3


def digits(text: str) -> str:
    """A number as dialled, digit by digit and grouped: "9 7 8, 5 5 5, 0 1 4 2"."""
    bare = re.sub(r"\D", "", text.removeprefix("+1"))
    if len(bare) != _DIGITS_AT_HOME:
        return " ".join(bare)
    return ", ".join(" ".join(group) for group in (bare[:3], bare[3:6], bare[6:]))


_DIGITS_AT_HOME = 10


def sentences(parts: Iterable[str]) -> str:
    """What is said behind each other, as one line with each sentence's first letter large."""
    line = " ".join(" ".join(parts).split())
    return _SENTENCE_STARTS.sub(lambda start: start[0].upper(), line)


_SENTENCE_STARTS = re.compile(r"(?:^|(?<=[.?!] ))[^\W\d_]")


def without_tongues(said: str) -> str:
    """What is said without the marks that give a part to another voice: "[es]Para español, oprima 2.[/es]"."""
    return _TONGUES.sub("", said)


_TONGUES = re.compile(r"\[/?[a-z]{2}\]")


def is_speakable(text: str) -> bool:
    """Letters, digits, spaces and the marks that make a pause: nothing a voice reads out by its name or not at all."""
    return all(
        each.isalnum() or each.isspace() or each in _SPOKEN_MARKS + "¿¡" or unicodedata.combining(each) for each in text
    )


def _marked(text: str) -> str:
    """Curly quotes and dashes straightened, accents kept whole."""
    straight = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return re.sub(r"\s-+\s", ", ", straight)


_STRAIGHT = {0x2018: "'", 0x2019: "'", 0x201C: "", 0x201D: "", 0x22: "", 0x2013: "-", 0x2014: " - ", 0x2026: "."}


def _joint(mark: str, words: Words) -> str:
    if mark == ",":
        return ", "
    return f" {words['at'] if mark in ('@', 'at') else words['corner']} "


def _street(part: str, words: Words) -> str:
    pieces = _PIECES.findall(part)
    spoken: list[str] = []
    for place, piece in enumerate(pieces):
        before, after = "".join(pieces[:place]), pieces[place + 1 : place + 2]
        spoken.append(_street_word(piece, before, after[0] if after else "", words))
    return _joined(spoken)


def _street_word(piece: str, before: str, after: str, words: Words) -> str:
    bare = piece.rstrip(".")
    if not before and _HOUSE_NUMBER.fullmatch(bare) and after:
        return code(bare)
    if bare in words["before_names"] and after[:1].isupper() and _NO_STREET_BEFORE.fullmatch(before):
        return str(words["before_names"][bare])  # "St Mary's" is a saint, "Mary St" a street.
    counted = _ORDINAL.fullmatch(bare)
    if counted:
        return _counted(int(counted[1]), bare, words)
    return _word(piece, {**words["short"], **words["streets"]}, words)


def _counted(number: int, written: str, words: Words) -> str:
    """ "4th" as it is where the language's voices read it so, else as a word."""
    named = words["street_numbers"]
    return str(named[number - 1]) if 0 < number <= len(named) else written if not named else str(number)


def _word(piece: str, short: Mapping[str, str], words: Words) -> str:
    bare = piece.rstrip(".")
    if bare in short:
        return str(short[bare])
    if piece in words["marks"]:
        return str(words["marks"][piece])
    if len(bare) == 1:
        return bare if is_speakable(bare) else ""
    return piece if is_speakable(piece) else ""


def _joined(pieces: list[str]) -> str:
    text = " ".join(filter(None, pieces))
    return re.sub(r"\s+([.,;:?!])", r"\1", text).strip()


def seconds_to_say(said: str) -> float:
    """About how long a voice takes to say this, at a calm pace; within half a second for what fits into ten.

    Fitted to what espeak-ng takes at 165 words a minute for every prompt of both languages that offers a choice, so
    that a wording which is too long shows where nothing can read it aloud.
    """
    letters, digits = len(_SOUNDED.findall(said)), len(_DIGIT.findall(said))
    ends, pauses = len(_END.findall(said)), len(_PAUSE.findall(said))
    return 0.069 * letters + 0.29 * digits + 0.46 * ends + 0.3 * pauses


_SOUNDED, _DIGIT = re.compile(r"\w"), re.compile(r"\d")
_END, _PAUSE = re.compile(r"[.?!](?=\s|$)"), re.compile(r"[,:;]")
