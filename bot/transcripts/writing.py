"""Writes a transcript, so that one that was played can be saved as it went."""

from collections.abc import Iterable

from bot.transcripts.playing import Played
from bot.transcripts.script import (
    Fault,
    Gets,
    GetsNothing,
    Hears,
    MoreMessages,
    Moves,
    Note,
    OnPhone,
    Orders,
    Record,
    Settles,
    Step,
    Texts,
    Transcript,
)
from bot.transcripts.voice_lines import written


def write(transcript: Transcript) -> str:
    """The text of a transcript; parsing it gives the same steps."""
    return _written(transcript.heads, transcript.steps)


def rewrite(played: Played) -> str:
    """The text of a transcript with its expectations as life had them; what matched stays as it was written."""
    return _written(played.transcript.heads, played.steps)


def _written(heads: Iterable[str], steps: Iterable[Step]) -> str:
    return "\n".join([*heads, *(_line(step) for step in steps)]).rstrip() + "\n"


def _line(step: Step) -> str:
    if isinstance(step, Texts) and step.picture:
        lead = f"{step.who} sends a picture" + (f" to {step.department}" if step.department else "")
        return _said(lead, step.body) if step.body else lead
    if isinstance(step, Texts):
        return _said(f"{step.who} texts {step.department}".strip(), step.body)
    if isinstance(step, Gets):
        how = " mail" if step.by_mail else ""
        return _said(f"{step.who} gets{how}" + (f" from {step.department}" if step.department else ""), step.body)
    if isinstance(step, Hears):
        return _said(f"{step.who} hears", step.body)
    return _other(step)


def _other(step: Moves | Fault | Settles | Orders | GetsNothing | MoreMessages | Record | Note | OnPhone) -> str:
    if isinstance(step, OnPhone):
        return written(step)
    if isinstance(step, Moves):
        return f"-- {step.said}"
    if isinstance(step, Fault | Settles | Orders | Record):
        return step.said
    if isinstance(step, GetsNothing):
        return f"{step.who} gets nothing"
    if isinstance(step, Note):
        return step.text
    return f"and {step.count} more messages" if step.count is not None else "and more messages"


def _said(lead: str, body: str) -> str:
    first, *rest = body.split("\n")
    return "\n".join([f"{lead}: {first}".rstrip(), *(f"    {line}" for line in rest)])
