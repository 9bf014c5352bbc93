"""What is wrong with the words of mails: each tells no more than its text, in every language, under a short subject."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from bot.dialog.formats import FORMATS
from bot.dialog.prompt_checks import PromptProblem, fields_of
from bot.dialog.prompt_samples import Samples
from bot.dialog.rendering import COMPOSERS, RenderError, Voice, render_prompt
from ivr_prompts import Prompts

LONGEST_SUBJECT = 100
"""Mailboxes show about seventy characters of it; with the longest names it may be cut at its end."""

_ZONE = ZoneInfo("America/New_York")


def problems_of_mails(languages: Mapping[str, Prompts]) -> list[PromptProblem]:
    """Everything that is wrong, by language and prompt; others must match English."""
    english = languages["en"]
    return [
        PromptProblem(language, key, what)
        for language, prompts in sorted(languages.items())
        for key in sorted({*prompts.texts} & {*english.texts})
        if prompts.is_mailed(key) or english.is_mailed(key)
        for what in _problems(key, prompts, english)
    ]


def _problems(key: str, prompts: Prompts, english: Prompts) -> Iterator[str]:
    if prompts.is_mailed(key) != english.is_mailed(key):
        yield "is mailed in one language only"
        return
    fields = fields_of(prompts, key, "email")
    names = {field.name for field in fields}
    if names != {field.name for field in fields_of(english, key, "email")}:
        yield "has other fields in a mail than in English"
    texted = {field.name for field in fields_of(prompts, key)}
    if prompts.text(key) is not None and not names <= texted:
        yield f"tells in a mail what its text does not tell: {', '.join(sorted(names - texted))}"
    for field in fields:
        if field.format not in FORMATS and field.format not in COMPOSERS:
            yield f"{{{field.name}:{field.format}}} is no format"
            return
    try:
        title = render_prompt(key, Samples(), Voice(prompts, _ZONE, "email")).strip().partition("\n")[0]
    except RenderError as error:
        yield f"cannot be mailed: {error}"
        return
    if len(title) > LONGEST_SUBJECT:
        yield f"has a subject of {len(title)} characters with long names: {title}"
