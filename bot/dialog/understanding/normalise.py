"""One spelling for what phones and thumbs do to a text."""

import re
import unicodedata

LONGEST_READ = 1_600
"""Twilio's own limit for a text. What is longer is not read as an answer, only searched for a call for help."""

TRANSLATED = str.maketrans("\u2018\u2019\u201b`\u201c\u201d\u2013\u2014\u2212", "''''\"\"---")
"""Curly quotes and long dashes, as phones put them in by themselves."""
_EDGES = " .,;:!?\"'()[]{}<>*_~-+=/\\|#&@"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[^A-Z0-9:-]+")


def normalise(text: str) -> str:
    """Upper case, plain quotes and dashes, single spaces, no emoji, no punctuation at the edges."""
    composed = unicodedata.normalize("NFKC", text).translate(TRANSLATED).upper()
    if not composed.isascii():
        composed = "".join(_read_as(character) for character in composed)
    kept = _CONTROL.sub(" ", composed)
    return _SPACE.sub(" ", kept).strip(_EDGES)


def plain(text: str) -> str:
    """Further: accents and apostrophes gone, every mark but a hyphen or colon between words a space."""
    stripped = "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
    return _MARKS.sub(" ", stripped.replace("'", "")).strip(" :-")


def _read_as(character: str) -> str:
    """Letters, marks and punctuation stay, figures of any script become ours, emoji and private characters a space."""
    if character.isascii():
        return character
    figure = unicodedata.decimal(character, None)
    if figure is not None:
        return str(figure)
    return character if unicodedata.category(character)[0] in "LMPZ" else " "
