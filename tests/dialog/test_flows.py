"""The real flows: checked in every language, and drawn as docs/flows.md shows them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.dialog.drawing import diagram, page
from flows.answers import Choice
from flows.catalogue import FLOWS
from flows.checking import untold
from ivr_prompts import languages, load
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


# Menus that are cut where they are made, or short by the department's own list.
WHOLE = {"call_menu", "call_code", "vouch"}


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_list_is_read_out_three_at_a_time_and_says_how_to_hear_others(language: str) -> None:
    prompts = load(language)
    for flow in FLOWS:
        for step in flow.steps.values():
            lists = [one for one in getattr(step, "answers", ()) if isinstance(one, Choice) and one.listed]
            if lists and flow.name not in WHOLE and lists[0].listed != "reasons":
                said = prompts.text(step.prompt, "voice") or ""
                assert lists[0].per_page_spoken == 3, step.prompt
                assert "{page:each" in said, step.prompt
                assert "{more:if list.more}" in said, step.prompt
