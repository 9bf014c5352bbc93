"""The guide to going live names only what there is, and leaves out nothing that doctor may find."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from flask import Flask

from bot.cli.main import main
from bot.config import NAMES, NEEDED
from bot.pages.samples import samples
from bot.pocket_phone.carrier_words import HELP, OUT
from models.people.roster import read_roster
from tests.going_live.test_roster import RANKS, TODAY

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "going-live.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"^dutyline .+$|(?<=`)dutyline [^`]+(?=`)", GUIDE, re.MULTILINE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_is_there_with_its_options(command: str) -> None:
    words, node = shlex.split(command)[1:], main
    context = click.Context(main)
    while words and isinstance(node, click.Group):
        found = node.get_command(context, words[0])
        assert found is not None, f"{words[0]} of: {command}"
        node, words = found, words[1:]
    known = {option for parameter in node.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_guide_has_commands() -> None:
    assert len(COMMANDS) > 8


def test_every_needed_setting_is_written_down_and_none_is_made_up() -> None:
    told = set(re.findall(r"^([A-Z_]{5,})=", GUIDE, re.MULTILINE))
    assert {name.upper() for name in NEEDED} <= told
    assert told <= set(NAMES)
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)", GUIDE))
    assert named <= set(NAMES)


def test_the_samples_are_what_the_line_says() -> None:
    written = GUIDE.partition("<!-- samples -->\n```\n")[2].partition("\n```\n<!-- end -->")[0]
    assert written.splitlines() == samples("en", ZoneInfo("America/New_York"))


def test_the_roster_of_the_guide_can_be_imported() -> None:
    written = re.search(r"```\n(Badge #.+?)```", GUIDE, re.DOTALL)
    assert written is not None
    assert read_roster(written[1].encode(), RANKS, TODAY).problems == ()


def test_keywords_are_the_carriers_own() -> None:
    said = dict(re.findall(r"^\| (Opt-out|Help) keywords \| ([A-Z, ]+) \|$", GUIDE, re.MULTILINE))
    assert set(said["Opt-out"].split(", ")) == OUT
    assert set(said["Help"].split(", ")) == HELP


def test_every_page_that_the_guide_names_is_served(app: Flask) -> None:
    served = {rule.rule for rule in app.url_map.iter_rules()}
    named = set(re.findall(r"https://line\.example\.org(/[\w/-]+)", GUIDE))
    named |= set(re.findall(r"PUBLIC_URL(/[\w/-]+)", GUIDE))
    assert {"/terms", "/privacy", "/opt-in", "/healthz"} <= named <= served


def findings() -> Iterator[str]:
    for path in (ROOT / "bot" / "cli" / "examination").glob("*.py"):
        yield from re.findall(r"\bbad\(\s*\"([a-z ]+)\"", path.read_text("utf-8"))
    yield from re.findall(r"\bbad\(\s*\"([a-z ]+)\"", (ROOT / "bot/cli/doctor.py").read_text("utf-8"))


def test_the_guide_names_everything_that_doctor_may_find() -> None:
    told = GUIDE.partition("## What doctor finds")[2].partition("\n## ")[0]
    found = set(findings()) | {"address"}
    assert len(found) > 12
    assert {
        name for cell in re.findall(r"^\| (`.+?) \|", told, re.MULTILINE) for name in re.findall("`(.+?)`", cell)
    } == found
