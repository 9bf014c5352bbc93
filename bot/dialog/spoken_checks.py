"""What is wrong with the words said on a call: looked for in every language, and told with what to add or change.

Who listens cannot look back: what he can press comes early, after what it does, in the order of the keys, and every key
that is told is one the question takes.
"""

import re
from collections.abc import Iterator, Mapping

from bot.dialog.call_hearing import UNRECORDED
from bot.dialog.outbound import CALLED
from bot.dialog.prompt_checks import PromptProblem, fields_of
from bot.dialog.rendering import COMPOSERS, Field, RenderError
from bot.dialog.speakable import is_speakable, seconds_to_say, without_tongues
from bot.dialog.spoken import SPOKEN
from bot.dialog.spoken_samples import MOST_CHOICES, said_with_samples
from flows.answers import Choice, Number, Time, YesNo
from flows.loading import Catalogue
from flows.steps import Ask, Flow, HandOff, Say
from ivr_prompts import Prompts

MOST_WORDS = 25
"""Before the first choice: what a listener can keep in mind."""
MOST_SECONDS_AHEAD = 8
"""Before the first choice: longer than that, and people press 0."""
EVERYWHERE = frozenset("089")
"""Keys that mean the same at every question: a person, more of a list, once more. They need not be taken by it."""
TOLD_OTHERWISE = frozenset({"address", "code", "left_minutes", "number", "time"})
"""What a call may leave out of what the text tells: day and time tell it already, the caller has just said it, or
nobody could follow it by ear, as an e-mail address."""
TEXTS_ONLY = frozenset(
    {
        "temporary.texted",
        "pin.by_text",
        "pin.texted",
        "pin.told_set",
        "pin.told_one_time",
        "pin.told_cleared",
        "pin.told_locked",
    }
)
"""Texts and never said on a call, though a flow names them or how their keys begin."""
SPOKEN_AS = {
    **dict.fromkeys(("code", "badge", "detail", "callback"), "code"),
    **dict.fromkeys(("line", "contact_number"), "phone"),
    "place": "address",
}
"""The format that a value of this name needs to be said rightly."""
PLACES_IN_LINE = ("verdicts.", "waiting.")
"""Where a place is one in a line and no address."""

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_PRESS = re.compile(r"\b(?:press|oprima|marque)\s+(?:el\s+)?(\d)(?:\s+(?:or|o)\s+(\d))?", re.IGNORECASE)
_PRESS_SILENT = re.compile(r"^(?:To|For|Para|Por|Si)\b[^.?!]*,\s+(\d)[.;]")
_POUND = re.compile(r"\b(?:pound|numeral)\b")
_KEY_FIRST = re.compile(r"^(?:press|oprima|marque)\s+(?:el\s+)?[1-7]\b", re.IGNORECASE)
_TEXT_TALK = {
    "en": re.compile(r"(?i:\breply\b|\btype\b|\bsend\b)|\b[Tt]ext (?:[A-Z]\w*|\{)"),
    "es": re.compile(r"(?i:\bescriba\b|\bmande\b|\benv[ií]e\b)|\b[Rr]esponda (?:[A-Z]+\b|[A-Z]?\{\w*code)"),
}
_CAPITALS = re.compile(r"\b(?!(?:PIN|AM|PM)\b)[A-ZÑ]{2,}\b|\b[A-Z]\{")


def problems_on_calls(
    languages: Mapping[str, Prompts], catalogue: Catalogue, said_by_flows: frozenset[str]
) -> list[PromptProblem]:
    """Everything wrong with what is said on calls. `said_by_flows` are the keys, and beginnings of keys, in flows."""
    found: list[PromptProblem] = []
    for language, prompts in sorted(languages.items()):
        english = languages["en"]
        told = [*_missing(prompts, english, said_by_flows)]
        for key in sorted(key for key in prompts.texts if prompts.text(key, "voice") is not None):
            told += [(key, what) for what in _wrong(key, prompts, english)]
        told += _wrong_keys(prompts, catalogue)
        found += [PromptProblem(language, key, what) for key, what in dict.fromkeys(told)]
    return found


# What must be there


def _missing(prompts: Prompts, english: Prompts, said: frozenset[str]) -> Iterator[tuple[str, str]]:
    for key in sorted(needed_on_calls(english, said)):
        if key in english.texts and prompts.text(key, "voice") is None:
            yield key, f"has no words for a call: {_what_to_add(key, prompts.language, english)}"


def needed_on_calls(english: Prompts, said: frozenset[str]) -> set[str]:
    """Every prompt that a call can come to: what flows name, every reason, and what our own calls say."""
    beginnings = tuple(name for name in said if name.endswith((".", "_")))
    of_flows = {key for key in english.texts if key in said or key.startswith(("verdicts.", *beginnings))}
    return (of_flows - TEXTS_ONLY) | set(CALLED.values())


def _what_to_add(key: str, language: str, english: Prompts) -> str:
    conversation, name = key.split(".", 1)
    fields = sorted(_named(key, "sms", english) | _named(key, "voice", english))
    told = " ".join(f"{{{field}}}" for field in fields)
    filled = f" that tells {told}" if told else ""
    return f'add a line `voice: "..."`{filled} under {name} in ivr_prompts/{language}/{conversation}.yaml'


# What is wrong with a wording


def _wrong(key: str, prompts: Prompts, english: Prompts) -> Iterator[str]:
    text = prompts.text(key, "voice") or ""
    wrong = [*_wrong_fields(key, fields_of(prompts, key, "voice"), prompts)]
    yield from wrong
    yield from _differing(key, prompts, english)
    yield from _text_talk(text, prompts.language)
    if wrong:
        return
    try:
        said = without_tongues(said_with_samples(key, prompts))
        yield from _heard(said)
        yield from _too_long_ahead(said, prompts)
    except RenderError as error:
        yield f"cannot be said: {error}"


def _wrong_fields(key: str, fields: list[Field], prompts: Prompts) -> Iterator[str]:
    for field in fields:
        is_in_line = field.name == "place" and key.startswith(PLACES_IN_LINE)
        needed = None if is_in_line else SPOKEN_AS.get(field.name)
        if field.format in COMPOSERS:
            mute = (named for named in field.extra.split() if prompts.text(named, "voice") is None)
            yield from (f"says {named}, which has no words for a call: give it some" for named in mute)
        elif field.format not in SPOKEN:
            yield f"{{{field.name}:{field.format}}} is no format for a call"
        elif needed not in (None, field.format):
            yield f"must say {{{field.name}}} as {{{field.name}:{needed}}}"


def _differing(key: str, prompts: Prompts, english: Prompts) -> Iterator[str]:
    here, there = _named(key, "voice", prompts), _named(key, "voice", english)
    if english.text(key, "voice") is not None and here != there:
        yield f"has other fields on a call than in English: {', '.join(sorted(here ^ there))}"
    source = next((text for text, call in CALLED.items() if call == key), key)
    if prompts.text(source) is None:
        return
    text = _named(source, "sms", prompts)
    if here - text:
        yield f"tells on a call what its text does not have: {', '.join(sorted(here - text))}"
    if text - here - TOLD_OTHERWISE:
        yield f"leaves out on a call what its text tells: {', '.join(sorted(text - here - TOLD_OTHERWISE))}"


def _text_talk(text: str, language: str) -> Iterator[str]:
    found = _TEXT_TALK[language].search(text) if language in _TEXT_TALK else None
    found = found or _CAPITALS.search(text)
    if found:
        yield f'talks as a text does: "{found[0]}". On a call people press keys or say words, like say drop'


def _heard(said: str) -> Iterator[str]:
    """What is wrong with it as it is heard."""
    odd = sorted({each for each in said if not is_speakable(each)})
    if odd:
        yield f"has what no voice says: {' '.join(odd)}"
    sentences = _SENTENCES.split(said)
    if any(map(_KEY_FIRST.search, sentences)):
        yield "names a key before what it does: say what it does, then the key, like to drop it, press 1"
    keys = [key for key in keys_named(said) if key not in EVERYWHERE]
    if len(set(keys)) < len(keys):
        yield f"names a key twice: {', '.join(keys)}"
    elif keys != sorted(keys):
        yield f"names its keys out of order: {', '.join(keys)}"
    if len(set(keys)) > MOST_CHOICES:
        yield f"has {len(set(keys))} choices; a listener keeps {MOST_CHOICES}"


def _too_long_ahead(said: str, prompts: Prompts) -> Iterator[str]:
    count = words_before_choice(said, prompts)
    if count > MOST_WORDS:
        yield f"has {count} words before the first choice; at most {MOST_WORDS}: {said}"
    seconds = seconds_to_say(ahead_of_choice(said))
    if seconds > MOST_SECONDS_AHEAD:
        yield f"takes {seconds:.1f} seconds to the first choice; at most {MOST_SECONDS_AHEAD}: {said}"


def keys_named(said: str) -> list[str]:
    """The digits it tells people to press, in the order in which they are said."""
    found: list[str] = []
    for sentence in _SENTENCES.split(said):
        keys = [key for pair in _PRESS.findall(sentence) for key in pair if key]
        found += keys or _PRESS_SILENT.findall(sentence)
    return found


def words_before_choice(said: str, prompts: Prompts) -> int:
    """How many words are heard before the sentence of the first choice; 0 when it has none.

    "AM", or whatever the language calls the parts of the day, counts as one.
    """
    ahead = ahead_of_choice(said)
    for _, part in prompts.words["voice"]["parts_of_day"]:
        ahead = ahead.replace(part, "half")
    return len(ahead.split())


def ahead_of_choice(said: str) -> str:
    """What is heard before the sentence of the first choice; nothing where there is no choice."""
    heard = _SENTENCES.split(said)
    choices = (
        place
        for place, sentence in enumerate(heard)
        if set(keys_named(sentence)) - EVERYWHERE or _POUND.search(sentence)
    )
    return " ".join(heard[: next(choices, 0)])


# Keys against questions


def _wrong_keys(prompts: Prompts, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    asks = [(flow, step) for flow in catalogue.flows.values() for step in flow.steps.values() if isinstance(step, Ask)]
    for flow, ask in asks:
        for key in dict.fromkeys((ask.prompt, *_re_prompts(flow, ask, repeats=False))):
            yield from ((key, what) for what in _unlike_question(key, ask, prompts))
    ahead = {key for flow, ask in asks for key in _re_prompts(flow, ask, repeats=True)}
    for key in sorted((_only_said(catalogue) | ahead) - {ask.prompt for _, ask in asks}):
        # A greeting may say how to object to being recorded, which can be done at whatever question follows.
        named = set(keys_named(_try(key, prompts))) - EVERYWHERE - {UNRECORDED}
        if named:
            yield key, f"names key {', '.join(sorted(named))}, and asks nothing"


def _re_prompts(flow: Flow, ask: Ask, repeats: bool) -> tuple[str, ...]:
    """What is said on a miss. Where the question `repeats` behind it, it names no keys itself."""
    exits = flow.exits_of(ask)
    return (*exits.nonsense, *exits.silence) if exits and exits.repeats is repeats else ()


def _only_said(catalogue: Catalogue) -> set[str]:
    steps = [step for flow in catalogue.flows.values() for step in flow.steps.values()]
    return {step.prompt for step in steps if isinstance(step, Say | HandOff) and step.prompt}


def _unlike_question(key: str, ask: Ask, prompts: Prompts) -> Iterator[str]:
    said = _try(key, prompts)
    named, taken = set(keys_named(said)) - EVERYWHERE, _keys_taken(ask)
    if not said:
        return
    if any(isinstance(answer, Choice) and answer.listed for answer in ask.answers):
        if "1" not in named:
            yield "does not name the keys of its list: its item needs press {number}"
    elif taken is not None and named != taken:
        add, drop = (", ".join(sorted(keys)) or "none" for keys in (taken - named, named - taken))
        yield f"names other keys than its question takes: add {add}, leave out {drop}"
    if any(isinstance(answer, Time | Number) for answer in ask.answers) and not _POUND.search(said):
        yield "asks for something to key and does not say: then pound"


def _keys_taken(ask: Ask) -> set[str] | None:
    """The digits that are choices; None where what is keyed is no choice."""
    digits = {option.digit for answer in ask.answers if isinstance(answer, Choice) for option in answer.options}
    if digits:
        return digits
    return {"1", "2"} if any(isinstance(answer, YesNo) for answer in ask.answers) else None


def _try(key: str, prompts: Prompts) -> str:
    """As it is said; nothing where it cannot be, which is told elsewhere."""
    try:
        return without_tongues(said_with_samples(key, prompts)) if prompts.text(key, "voice") is not None else ""
    except RenderError:
        return ""


def _named(key: str, channel: str, prompts: Prompts) -> set[str]:
    return {field.name for field in fields_of(prompts, key, channel)}
