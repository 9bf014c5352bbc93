"""Writes docs/keywords.md from the flows, so that it cannot tell other words than the line knows.

`python -m tests.structure.keywords` writes it anew; a test compares.
"""

from importlib import import_module
from pathlib import Path

from bot.dialog.understanding.words import carrier_words, emergency_words
from flows.catalogue import FLOWS
from flows.steps import Command, Flow
from flows.system import NAVIGATION

PAGE = Path(__file__).parents[2] / "docs" / "keywords.md"

HEAD = """\
# What an officer may text

Made from the flows by `python -m tests.structure.keywords`; do not edit it by hand. Capitals do not matter. A code is
the number of a detail, like 4821; several words on a line mean the same.

| text | in Spanish | short | takes | what it does | flow |
|---|---|---|---|---|---|
"""

ENGINE = {"back": "goes back one question", "repeat": "says the open question again"}


def page() -> str:
    """The whole page."""
    rows = [_row(flow, command) for flow in FLOWS for command in flow.commands if command.words]
    asides = [_navigation(command) for command in NAVIGATION]
    return HEAD + "\n".join([*rows, *asides]) + "\n" + _foot()


def _row(flow: Flow, command: Command) -> str:
    short = f"{command.letter} and the code" if command.letter else ""
    does = (import_module(f"flows.{flow.name}").__doc__ or "").strip().splitlines()[0]
    takes = ", ".join(command.slots)
    return f"| {_words(command)} | {_words(command, 'es')} | {short} | {takes} | {does} | `flows/{flow.name}.py` |"


def _navigation(command: Command) -> str:
    return f"| {_words(command)} | {_words(command, 'es')} | | | {ENGINE[command.name]} | `bot/dialog/engine.py` |"


def _words(command: Command, language: str = "en") -> str:
    return ", ".join(command.words.get(language, ()))


def _foot() -> str:
    bare = {command.bare: command.name for flow in FLOWS for command in flow.commands if command.bare}
    carrier = ", ".join(sorted(word.upper() for word in carrier_words().commands))
    return (
        f"\nA bare yes means {bare['yes']} and a bare no means {bare['no']}, when exactly one thing is open.\n"
        f"\nThese belong to the carrier when they stand alone, and no command of ours may use them: {carrier}.\n"
        f"\nCalls for help ({_calls_for_help()} and more, in\n"
        "`bot/dialog/understanding/words/emergency.yaml`) are answered at once and never read as a command.\n"
    )


def _calls_for_help() -> str:
    return ", ".join(f'"{phrase}"' for phrase in emergency_words().anywhere[:3])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
