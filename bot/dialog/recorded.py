"""Which of what is said in a turn is recorded: those sentences are played, the others spoken."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.dialog.speakable import sentences
from ivr_prompts import load
from ivr_prompts.audio import audio_for, folders, has_recordings, recordings_in


def recorded_parts(said: str, language: str, department: str = "") -> list[tuple[str, Path | None]]:
    """What is said, in its order, cut at what is recorded: the words, and the file that says exactly those.

    The words themselves are looked for, so nothing is ever played that says anything else. `department` is the slug of
    whose recordings go before the installation's; no other department's are looked at.
    """
    parts: list[tuple[str, Path | None]] = [(said, None)] if said else []
    for words, path in _recorded(language, department).items() if has_recordings(department) else ():
        parts = [piece for part in parts for piece in (_cut(part[0], words, path) if part[1] is None else [part])]
    return parts


def _recorded(language: str, department: str) -> Mapping[str, Path]:
    """The recordings that hold, by their words, the longest first: what is part of a longer one comes behind it.

    Two prompts may say the same words: whoever's folder comes first is heard.
    """
    found: dict[str, Path] = {}
    for folder in folders(department):
        for one in recordings_in(folder):
            wording = load(language).text(one.prompt, "voice") if one.language == language else None
            path = audio_for(one.prompt, language, wording, department) if wording else None
            if wording and path and "{" not in wording:
                found.setdefault(_heard(wording), path)
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


@cache
def _heard(wording: str) -> str:
    return sentences([wording])


def _cut(said: str, words: str, path: Path) -> list[tuple[str, Path | None]]:
    """At every place where these words are whole sentences."""
    parts: list[tuple[str, Path | None]] = []
    rest = said
    while words and (place := _place(rest, words)) >= 0:
        parts += [(rest[:place].strip(), None), (words, path)]
        rest = rest[place + len(words) :].strip()
    return [part for part in (*parts, (rest, None)) if part[0]]


def _place(said: str, words: str) -> int:
    """Where the words begin a sentence and end one; -1 where they do not."""
    place = said.find(words)
    while place >= 0:
        before, after = said[:place].rstrip(), said[place + len(words) :]
        if (not before or before[-1] in ".?!]") and (not after or after[0] in " ["):
            return place
        place = said.find(words, place + 1)
    return -1
