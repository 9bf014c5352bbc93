"""What is wrong with the words of the line: looked for in every language, and told by prompt.

A text that names a carrier's word, does not fit two parts, or suggests a word that nobody would understand must not
reach a phone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.dialog.formats import FORMATS
from bot.dialog.prompt_samples import Samples
from bot.dialog.rendering import COMPOSERS, Field, RenderError, Voice, pieces_of, render_prompt
from bot.dialog.understanding.words import words_of
from flows.loading import Catalogue
from flows.system import CARRIER_WORDS
from ivr_prompts import CHANNELS, Prompts
from models.line.segments import encoding_of, segments
from models.rules.reasons import Reason

MOST_SEGMENTS = 2
# Prompts in which a word of the carrier's has to be told.
MAY_NAME_STOP = frozenset({"opt_out.help", "opt_out.confirmed", "opt_out.confirmed_with_work", "enrol.enrolled"})
# Said in capitals and no word to send.
NOT_WORDS = {"en": frozenset({"AM", "PM", "NOT", "NO"}), "es": frozenset({"AM", "PM", "NO"})}
# Understood after a command only: AUTO OFF ALL, AUTO SAT, TEMP … UNTIL FRI 6PM, AWAY NOV 28, POOL ON,
# EMAIL NEWS.
AFTER_WORDS = {
    "en": frozenset({"OFF", "ALL", "UNTIL", "FRI", "ON", "NOV", "SAT", "NEWS", "BACKUP"}),
    "es": frozenset({"OFF", "TODO", "SAB", "HASTA", "VIE", "SI", "NOV", "NOVEDADES", "RESPALDO"}),
}

_CAPITALS = re.compile(r"\b[A-ZÑ]{2,}\b")
_BRACED = re.compile(r"\{[^}]*\}")
_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class PromptProblem:
    """Something wrong with a prompt in a language."""

    language: str
    prompt: str
    problem: str

    def __str__(self) -> str:
        return f"{self.language} {self.prompt}: {self.problem}"


def problems(languages: Mapping[str, Prompts], catalogue: Catalogue) -> list[PromptProblem]:
    """Everything that is wrong, by language and prompt; empty when all can be sent. Others must match English."""
    found: list[PromptProblem] = []
    for language, prompts in sorted(languages.items()):
        found += [PromptProblem(language, key, what) for key, what in _gaps(prompts, languages["en"])]
        for key in sorted(prompts.texts):
            found += [
                PromptProblem(language, key, what) for what in _problems(key, prompts, languages["en"], catalogue)
            ]
    return found


def unused(prompts: Prompts, said: frozenset[str]) -> list[PromptProblem]:
    """Prompts nothing says. `said` are keys and beginnings of keys (ending in a dot or underscore) that code names."""
    beginnings = tuple(name for name in said if name.endswith((".", "_")))
    channels = [(key, channel) for key in prompts.texts for channel in CHANNELS]
    named = said | {field.extra for key, channel in channels for field in _composed(prompts, key, channel)}
    named |= {key for field_keys in named for key in field_keys.split()}
    return [
        PromptProblem(prompts.language, key, "nothing says it")
        for key in sorted(prompts.texts)
        if key not in named and not key.startswith(("verdicts.", *beginnings))
    ]


def _gaps(prompts: Prompts, english: Prompts) -> Iterator[tuple[str, str]]:
    yield from ((key, "is missing") for key in sorted(set(english.texts) - set(prompts.texts)))
    yield from ((key, "is not there in English") for key in sorted(set(prompts.texts) - set(english.texts)))
    needed = (f"verdicts.{reason}" for reason in Reason)
    yield from ((key, "a reason of the rules has no sentence") for key in needed if key not in english.texts)


def _problems(key: str, prompts: Prompts, english: Prompts, catalogue: Catalogue) -> Iterator[str]:
    if prompts.text(key) is None:
        if english.text(key) is not None:
            yield "has no words for a text"
        return  # Said on calls only.
    fields = fields_of(prompts, key)
    wrong = [what for field in fields for what in _wrong_field(field, prompts)]
    yield from wrong
    if english.text(key) is not None and _names(fields) != _names(fields_of(english, key)):
        yield f"has other fields than in English: {_differing(fields, fields_of(english, key))}"
    yield from _unsendable(key, prompts.text(key) or "", prompts.language, catalogue)
    if not wrong and not key.startswith("verdicts."):
        yield from _too_long(key, prompts)


def fields_of(prompts: Prompts, key: str, channel: str = "sms") -> list[Field]:
    """The places in a prompt that values fill."""
    return [piece for piece in pieces_of(prompts.text(key, channel) or "") if isinstance(piece, Field)]


def _composed(prompts: Prompts, key: str, channel: str) -> list[Field]:
    return [field for field in fields_of(prompts, key, channel) if field.format in COMPOSERS]


def _wrong_field(field: Field, prompts: Prompts) -> Iterator[str]:
    if field.format in COMPOSERS:
        yield from (f"says {named}, which is no prompt" for named in field.extra.split() if not prompts.text(named))
    elif field.format not in FORMATS:
        yield f"{{{field.name}:{field.format}}} is no format"


def _names(fields: list[Field]) -> set[str]:
    return {field.name for field in fields}


def _differing(fields: list[Field], others: list[Field]) -> str:
    return ", ".join(sorted(_names(fields) ^ _names(others)))


def _unsendable(key: str, text: str, language: str, catalogue: Catalogue) -> Iterator[str]:
    words = _BRACED.sub("", text)
    if encoding_of(words.replace("\n", " ")) != "GSM-7":
        odd = sorted({character for character in words if encoding_of(character) != "GSM-7"})
        yield f"has characters that are not in GSM-7: {' '.join(odd)}"
    told = set(_CAPITALS.findall(words))
    allowed = {"STOP", "START", "HELP"} if key in MAY_NAME_STOP else set()
    yield from (f"names {word}, which belongs to the carrier" for word in sorted(told & (CARRIER_WORDS - allowed)))
    known = _known(catalogue, language) | CARRIER_WORDS
    yield from (f"tells people to send {word}, which is not understood" for word in sorted(told - known))


def _known(catalogue: Catalogue, language: str) -> set[str]:
    """Every word of every command, its short letter, and what may be answered to any question."""
    commands = catalogue.commands.values()
    worded = {part for command in commands for word in command.words.get(language, ()) for part in word.split()}
    return (
        worded
        | {command.letter for command in commands}
        | NOT_WORDS[language]
        | AFTER_WORDS[language]
        | words_of(language).more
    )


def _too_long(key: str, prompts: Prompts) -> Iterator[str]:
    try:
        text = render_prompt(key, Samples(), Voice(prompts, _ZONE))
    except RenderError as error:
        yield f"cannot be said: {error}"
        return
    if segments(text) > MOST_SEGMENTS:
        yield f"takes {segments(text)} parts with long names: {text}"
