"""The real flows: checked in every language, and drawn as docs/flows.md shows them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.dialog.drawing import diagram, page
from flows.catalogue import FLOWS
from flows.checking import untold
from tests.dialog.toy import FORM

PAGE = Path(__file__).parents[2] / "docs" / "flows.md"


def test_flows_check_finds_nothing_wrong():
    result = CliRunner().invoke(main, ["flows", "check", "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["problems"] == []
    assert told["languages"] == ["en", "es"]
    assert told["flows"] == [flow.name for flow in FLOWS]


def test_flows_check_names_each_gap_once_and_ends_with_1(monkeypatch: pytest.MonkeyPatch):
    broken = tuple(replace(flow, start="nowhere") if flow.name == "menu" else flow for flow in FLOWS)
    monkeypatch.setattr("bot.cli.flows.FLOWS", broken)
    result = CliRunner().invoke(main, ["flows", "check"])
    assert result.exit_code == 1
    assert result.stdout == "flow menu, step nowhere: the flow starts here but there is no such step\n"


def test_a_command_without_a_word_in_a_language_is_told():
    assert [str(gap) for gap in untold([FORM], ["en", "es"])] == ["flow form: order has no word in es"]


def test_the_page_of_flows_shows_what_they_are():
    assert PAGE.read_text("utf-8") == page(FLOWS), "write it anew: dutyline flows draw > docs/flows.md"


def test_flows_draw_prints_the_page_or_one_flow():
    assert CliRunner().invoke(main, ["flows", "draw"]).stdout == page(FLOWS)
    assert CliRunner().invoke(main, ["flows", "draw", "menu"]).stdout.startswith("flowchart TD\n")
    unknown = CliRunner().invoke(main, ["flows", "draw", "nowhere"])
    assert unknown.exit_code == 1
    assert "There is no flow nowhere" in unknown.stderr


def test_a_drawing_has_every_step_every_answer_and_every_exit():
    drawn = diagram(FORM)
    for name in FORM.steps:
        assert f"step_{name}" in drawn
    for label in ("third miss", "no answer in time", "a number", "a time", "any text"):
        assert f'|"{label}"|' in drawn
