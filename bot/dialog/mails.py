"""What is told by mail: a subject line and a text, in the officer's language, by the department's clock.

The first line of a prompt's `email` words is the subject; below it comes what follows there, or else the text's own
words, so that a mail tells what the text tells and no more. A prompt without such words is not mailed.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.events import Line
from bot.dialog.rendering import render, render_prompt, voice_for
from models.line.mail_out import Letter

UTC = ZoneInfo("UTC")


def letter_of(prompt: str, values: Mapping[str, Any], language: str, zone: ZoneInfo) -> Letter | None:
    """The prompt as a mail; None where it is not mailed."""
    voice = voice_for(language, zone, "email")
    if not voice.prompts.is_mailed(prompt):
        return None
    letter = _letter(render_prompt(prompt, values, voice))
    return letter if letter.body else Letter(letter.title, render([Line(prompt, values)], voice_for(language, zone)))


def letter_instead(text: str, language: str) -> Letter:
    """A text that did not arrive, as a mail."""
    return _letter(render_prompt("mail.instead", {"text": text}, voice_for(language, UTC, "email")))


def whole_body(body: str, language: str, department: str, line: str, stop_link: str) -> str:
    """The text with what stands below every mail: how it is answered, and how it ends."""
    values = {"department": department, "line": line, "stop_link": stop_link}
    return f"{body}\n\n{render_prompt('mail.footer', values, voice_for(language, UTC, 'email'))}\n"


def _letter(text: str) -> Letter:
    title, _, body = text.strip().partition("\n")
    return Letter(title.strip(), body.strip())
