"""docs/operations.md is true: its commands, settings, metrics, fields and days are the product's own."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import metrics
from bot.cli.main import main
from bot.servers.procfile import read_procfile
from models.line.retention import KINDS
from workers import counts

GUIDE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
OPTIONS = ("--department", "--on", "--force", "--by-hand")


def _commands() -> list[tuple[str, ...]]:
    """Each command the guide names, down to the subcommand."""
    found = set()
    for words in re.findall(r"dutyline ((?:[a-z-]+ ?){1,2})", GUIDE):
        first, *rest = words.split()
        command = main.get_command(None, first)  # type: ignore[arg-type]  # the context is not looked at
        if command is not None:
            found.add((first, *(rest[:1] if hasattr(command, "commands") else ())))
    return sorted(found)


def test_the_guide_names_the_commands_it_is_about() -> None:
    named = {("backup",), ("restore",), ("db", "upgrade"), ("doctor",), ("worker",), ("cron",), ("audit", "verify")}
    assert named | {("officer", "leave"), ("retention", "show"), ("retention", "set")} <= set(_commands())


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
def test_each_command_of_the_guide_is_there(command: tuple[str, ...]) -> None:
    assert CliRunner().invoke(main, [*command, "--help"]).exit_code == 0


def test_each_option_of_the_guide_is_there() -> None:
    told = "".join(CliRunner().invoke(main, [*command, "--help"]).output for command in _commands())
    for option in OPTIONS:
        assert option in GUIDE
        assert option in told


def test_the_processes_are_those_of_the_procfile() -> None:
    commands = read_procfile()
    for name in ("worker", "clock", "release"):
        assert " ".join(commands[name]) in GUIDE
    for word in commands["web"]:
        assert word in GUIDE


def test_each_metric_of_the_guide_is_counted_and_each_counted_is_in_the_guide() -> None:
    counted = {
        sample.name
        for each in (*vars(metrics).values(), *vars(counts).values())
        if hasattr(each, "describe") and not isinstance(each, type)
        for sample in each.describe()
    }
    named = {name.removesuffix("_total") for name in re.findall(r"dutyline_[a-z_]+", GUIDE)}
    assert named == {name for name in counted if name.startswith("dutyline_")}


def test_the_table_of_what_is_kept_is_the_products() -> None:
    for kind, kept in KINDS.items():
        assert f"| `{kind}` | {kept.days} | {kept.then} | {kept.why} |" in GUIDE
