"""Prompts and values into the one text a turn sends or says: in the department's zone and the person's language.

In a prompt, `{code}` is a value as it is, `{starts_at:day}` a formatted one (`bot/dialog/formats.py`; on a call
`bot/dialog/spoken.py`). A text comes out in GSM-7, what is said as sentences behind each other. And:

    {page:each list.item}        every item of a list by another prompt, a line each; `numbered` counts them from 1
    {results:prompts}            every item by the prompt it names itself, a line each
    {parts:phrases}              the same, with commas between
    {codes:join}                 4821, 5170 - also `and`, `or`; with a prompt's key each item is said by that prompt
    {more:if list.more}          another prompt, when the value is there and true; `unless` for when it is not
    {n:plural list.one list.many}
    {verdict:verdict}            a verdict's reason as a sentence, from verdicts.yaml, with its figures
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.events import Line
from bot.dialog.formats import FORMATS, Format, FormatError, Words
from bot.dialog.speakable import sentences
from bot.dialog.spoken import SPOKEN
from ivr_prompts import Prompts, languages, load
from models.line.segments import encoding_of

_FIELD = re.compile(r"\{(\w+)(?::(\w+)(?: ([^{}]*))?)?\}")


class RenderError(Exception):
    """A prompt that cannot be said with these values; the message names the prompt and the value."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words and whose clock: the language's prompts, the department's zone, and the channel."""

    prompts: Prompts
    zone: ZoneInfo
    channel: str = "sms"

    @property
    def is_spoken(self) -> bool:
        """Whether this is for the ear."""
        return self.channel == "voice"

    @property
    def formats(self) -> Mapping[str, Format]:
        """How values are told on this channel."""
        return SPOKEN if self.is_spoken else FORMATS

    @property
    def words(self) -> Words:
        """The language's own words, of days and the like, for this channel."""
        words: Words = self.prompts.words["voice"] if self.is_spoken else self.prompts.words
        return words

    @property
    def between(self) -> str:
        """What stands between the items of a list."""
        return " " if self.is_spoken else "\n"


def voice_for(language: str, zone: ZoneInfo, channel: str = "sms") -> Voice:
    """The voice for somebody who speaks `language`; English where there are no prompts in it yet."""
    return Voice(load(language if language in languages() else "en"), zone, channel)


@dataclass(frozen=True, slots=True)
class Field:
    """A place in a prompt that a value fills."""

    name: str
    format: str
    extra: str


def render(lines: Iterable[Line], voice: Voice) -> str:
    """One text out of all that a turn says; empty when it says nothing."""
    parts = [render_prompt(line.prompt, line.values, voice) for line in lines]
    if voice.is_spoken:
        return sentences(parts)
    text = ""
    for part in filter(None, parts):
        glue = "\n" if "\n" in text or "\n" in part else " "
        text = f"{text}{glue}{part}" if text else part
    return to_gsm7(text)


def render_prompt(key: str, values: Mapping[str, Any], voice: Voice) -> str:
    """One prompt with its values; raises `RenderError`."""
    text = voice.prompts.text(key, voice.channel)
    if text is None:
        raise RenderError(f"there is no prompt {key} for {voice.channel} in {voice.prompts.language}")
    return "".join(piece if isinstance(piece, str) else _fill(key, piece, values, voice) for piece in pieces_of(text))


@cache
def pieces_of(text: str) -> tuple[str | Field, ...]:
    """A prompt taken apart into its words and its fields."""
    pieces: list[str | Field] = []
    end = 0
    for found in _FIELD.finditer(text):
        pieces.append(text[end : found.start()])
        pieces.append(Field(found[1], found[2] or "text", (found[3] or "").strip()))
        end = found.end()
    pieces.append(text[end:])
    return tuple(piece for piece in pieces if piece)


def to_gsm7(text: str) -> str:
    """The text in GSM-7: accents it lacks are dropped, quotes and dashes straightened, the rest becomes "?"."""
    if encoding_of(text) == "GSM-7":
        return text
    return "".join(_gsm7_of(character) for character in text)


def _gsm7_of(character: str) -> str:
    if encoding_of(character) == "GSM-7":
        return character
    straight = _STRAIGHTENED.get(character)
    if straight is not None:
        return straight
    bare = unicodedata.normalize("NFKD", character)
    kept = "".join(each for each in bare if encoding_of(each) == "GSM-7")
    return kept if kept or unicodedata.combining(character) else "?"


_STRAIGHTENED = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u00a0": " ",
    "\u200b": "",
    "\u200d": "",
    "\ufe0f": "",
    "\t": " ",
}


def _fill(key: str, field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    composer = COMPOSERS.get(field.format)
    try:
        if composer is not None:
            return composer(field, values, voice)
        return voice.formats[field.format](values[field.name], voice.zone, voice.words, field.extra)
    except (KeyError, FormatError, ValueError, TypeError, AttributeError) as error:
        raise RenderError(f"prompt {key}: {{{field.name}:{field.format}}} cannot be filled: {error}") from error


def _numbered(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    return voice.between.join(
        render_prompt(field.extra, {**values, **item, "number": place}, voice)
        for place, item in enumerate(values[field.name], start=1)
    )


def _prompts(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    return voice.between.join(render_prompt(item["prompt"], {**values, **item}, voice) for item in values[field.name])


def _phrases(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    return ", ".join(render_prompt(item["prompt"], {**values, **item}, voice) for item in values[field.name])


def _each(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    return voice.between.join(_items(field, values, voice))


def _joined(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    items = _items(field, values, voice)
    if field.format == "join" or len(items) < 2:
        return ", ".join(items)
    return ", ".join(items[:-1]) + str(voice.words[field.format]) + items[-1]


def _items(field: Field, values: Mapping[str, Any], voice: Voice) -> list[str]:
    items = values[field.name]
    if not field.extra:
        return [voice.formats["text"](str(item), voice.zone, voice.words, "") for item in items]
    return [
        render_prompt(field.extra, {**values, **(item if isinstance(item, Mapping) else {"item": item})}, voice)
        for item in items
    ]


def _if(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    wanted = field.format == "if"
    return render_prompt(field.extra, values, voice) if bool(values.get(field.name)) is wanted else ""


def _plural(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    one, many = field.extra.split()
    return render_prompt(one if values[field.name] == 1 else many, values, voice)


def _verdict(field: Field, values: Mapping[str, Any], voice: Voice) -> str:
    verdict = values[field.name]
    return render_prompt(f"verdicts.{verdict['reason']}", {**values, **verdict["figures"]}, voice)


COMPOSERS: Mapping[str, Callable[[Field, Mapping[str, Any], Voice], str]] = {
    "each": _each,
    "numbered": _numbered,
    "prompts": _prompts,
    "phrases": _phrases,
    "join": _joined,
    "and": _joined,
    "or": _joined,
    "if": _if,
    "unless": _if,
    "plural": _plural,
    "verdict": _verdict,
}
