"""Writes the README's conversation from the transcript that the tests play, so that it shows what the line really says.

`python -m tests.structure.readme` writes it anew; a test compares.
"""

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from models.rules.codes import spread_code

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TRANSCRIPT = ROOT / "tests" / "transcripts" / "readme_saturday.txt"

# The first code that a new department draws.
CODE = spread_code(1)
BLOCK = re.compile(r"(?<=tests\.structure\.readme -->\n).*?(?=<!-- end -->)", re.DOTALL)
SAID = re.compile(r"(?P<who>\w+) (?P<way>texts|gets): (?P<words>.*)")
WIDTH, COLUMN = 116, 20


def readme() -> str:
    """The README with its conversation as the transcript has it now."""
    block = "```\n" + "\n".join(conversation()) + "\n```\n"
    return BLOCK.sub(lambda _: block, README.read_text("utf-8"))


def conversation() -> Iterator[str]:
    """The transcript's lines as a reader wants them: a text that went to several at once is told once."""
    for (way, words), group in groupby(_happened(), key=lambda each: each[1:]):
        who = [each[0] for each in group]
        if way == "moment":
            yield f"\n{words}" if words != FIRST_MOMENT else words
        else:
            yield from _column(_speaker(way, who), words)


FIRST_MOMENT = "Mon Nov 23 2026 7:00 AM"


def _happened() -> Iterator[tuple[str, str, str]]:
    """Who, by which way, what."""
    for line in TRANSCRIPT.read_text("utf-8").splitlines():
        said = SAID.fullmatch(line)
        if said:
            yield said["who"], said["way"], said["words"].replace("{main-sat}", CODE)
        elif line.startswith("-- "):
            moment = line.removeprefix("-- ")
            yield "", "moment", FIRST_MOMENT if moment == "7:00 AM" else moment


def _speaker(way: str, who: list[str]) -> str:
    return f"{who[0]}:" if way == "texts" else f"Line to {_listed(who)}:"


def _listed(who: list[str]) -> str:
    return who[0] if len(who) == 1 else f"{len(who)} officers"


def _column(speaker: str, words: str) -> list[str]:
    lines = textwrap.wrap(words, WIDTH - COLUMN, break_on_hyphens=False)
    return [f"{speaker if not place else '':{COLUMN}}{line}".rstrip() for place, line in enumerate(lines)]


if __name__ == "__main__":
    README.write_text(readme(), "utf-8")
