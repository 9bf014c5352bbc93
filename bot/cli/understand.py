"""`dutyline understand`: what the line understands, one utterance a line; no database and no network."""

import json
import sys
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from bot.dialog.understanding.asked import KINDS, Asked, read_asked
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.utterance import Speaker, understand_utterance

ZONE = "America/New_York"


@click.command("understand")
@click.option("--as", "who", type=click.Choice(["officer", "contractor"]), default="officer", help="Who speaks.")
@click.option(
    "--channel", type=click.Choice(["sms", "speech"]), default="sms", help="Written, or heard by a recogniser."
)
@click.option("--ask", type=click.Choice(KINDS), help="Read an answer to a question of this kind, not a fresh message.")
@click.option("--options", default="", help='With --ask choice or choices: the options, "sent home early|other".')
@click.option(
    "--lang", type=click.Choice(["en", "es"]), default="en", help="The speaker's language; both are understood."
)
@click.option(
    "--at", "at", default="", help="The moment it is said, ISO 8601; without an offset on the department's clock."
)
@click.option("--zone", default=ZONE, show_default=True, help="The department's time zone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def understand(
    who: str, channel: str, ask: str | None, options: str, lang: str, at: str, zone: str, *, as_json: bool
) -> None:
    """Read utterances from standard input, one a line, and write what is understood of each, in the same order."""
    clock = _clock(at, zone)
    spoken = channel == "speech"
    if ask:
        if (ask in ("choice", "choices")) != bool(options):
            raise click.UsageError('--ask choice and choices take --options "a|b|c", and nothing else does.')
        asked = Asked(ask, clock, tuple(option.strip() for option in options.split("|")) if options else (), spoken)
    speaker = Speaker(clock, contractor=who == "contractor", spoken=spoken, language=lang)
    for line in sys.stdin.buffer:
        text = line.rstrip(b"\r\n").decode("utf-8", "replace")
        found = _answer(text, asked) if ask else understand_utterance(text, speaker)
        _write(sys.stdout.buffer, json.dumps(found) if as_json else _readable(found))
    sys.stdout.buffer.flush()


def _clock(at: str, zone_name: str) -> Clock:
    """The clock that was named, else the real one. A moment in UTC is moved to the department's zone; another offset
    is taken for the department's own."""
    try:
        zone = ZoneInfo(zone_name)
        said = datetime.fromisoformat(at) if at else datetime.now(zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise click.UsageError(f"--at or --zone cannot be read: {error}") from None
    local = said.replace(tzinfo=zone) if said.tzinfo is None else said.astimezone(zone)
    return Clock(local, near=bool(at))


def _answer(text: str, asked: Asked) -> dict[str, object]:
    value = read_asked(text, asked)
    return {"text": text, "understood": value is not None, "value": value}


def _readable(found: dict[str, object]) -> str:
    said = {
        name: value
        for name, value in found.items()
        if name not in ("text", "understood") and value not in (None, {}, "")
    }
    shown = " ".join(f"{name}={value}" for name, value in said.items())
    return f"{str(found['text'])[:60]!r}: {shown if found['understood'] else f'not understood {shown}'.strip()}"


def _write(out: BinaryIO, line: str) -> None:
    out.write(line.encode("utf-8", "replace") + b"\n")
