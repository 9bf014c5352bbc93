"""What a person decides about officers at the command line: bars and owed details, each with its reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import Result

Dutyline = Callable[..., Result]

ROSTER = "badge,name,rank,seniority,phone\n101,Rosa Alvarez,Sergeant,5/1/2004,203-555-0142\n"
WHY = ("--reason", "he was in hospital")


@pytest.fixture
def begun(dutyline: Dutyline, millbrook: str, tmp_path: Path) -> str:
    """Millbrook with one officer."""
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    assert dutyline("department", "roster", file, "--department", millbrook, "--consent", "signed forms").exit_code == 0
    return millbrook


def test_a_bar_is_imposed_appealed_and_lifted_by_who_does_not_gain_by_it(dutyline: Dutyline, begun: str) -> None:
    assert dutyline("penalty", "impose", begun, "101", "--days", "10", *WHY, "--by", "Chief Hale").exit_code == 0
    shown = dutyline("penalty", "list", begun).stdout
    number = shown.split()[0]
    assert "101 Rosa Alvarez: by hand" in shown
    assert dutyline("penalty", "appeal", begun, number, *WHY).exit_code == 0
    refused = dutyline("penalty", "lift", begun, number, *WHY, "--by", "101")
    assert "nobody decides what he gains by (by_hand.own_benefit); in need, --break-glass" in refused.output
    assert dutyline("penalty", "lift", begun, number, *WHY, "--by", "Chief Hale").exit_code == 0
    assert dutyline("penalty", "uphold", begun, number, *WHY).exit_code == 1
    assert dutyline("penalty", "list", begun).stdout == ""
    assert "lifted" in dutyline("penalty", "list", begun, "--all").stdout


HANDBOOK = "by_hand: {ranks: [Captain]}\n"


@pytest.mark.parametrize("verb", ["impose", "uphold"])
def test_only_who_may_decide_by_hand_imposes_and_upholds(
    dutyline: Dutyline, begun: str, tmp_path: Path, verb: str
) -> None:
    assert dutyline("penalty", "impose", begun, "101", "--days", "10", *WHY).exit_code == 0
    number = dutyline("penalty", "list", begun).stdout.split()[0]
    assert dutyline("penalty", "appeal", begun, number, *WHY).exit_code == 0
    file = tmp_path / "handbook.yaml"
    file.write_text(HANDBOOK)
    published = dutyline("handbook", "publish", begun, file, "--from", date.today().isoformat())
    assert published.exit_code == 0, published.output
    what = ("101", "--days", "10") if verb == "impose" else (number,)
    refused = dutyline("penalty", verb, begun, *what, *WHY, "--by", "101")
    assert (refused.exit_code, "(by_hand.ranks)" in refused.output) == (1, True), refused.output
    assert dutyline("penalty", verb, begun, *what, *WHY, "--by", "101", "--break-glass").exit_code == 0


def test_an_exclusion_is_ended_with_a_reason_and_not_by_whom_it_keeps_away(
    dutyline: Dutyline, begun: str, tmp_path: Path
) -> None:
    file = tmp_path / "more.yaml"
    exported = yaml.safe_load(dutyline("department", "export", begun).stdout)
    exported["contractors"] = [{"ref": "fair", "name": "Fair"}]
    who = exported["officers"][0]["ref"]
    exported["exclusions"] = [{"officer": who, "contractor": "fair", "side": "contractor", "from_on": date(2026, 1, 5)}]
    file.write_text(yaml.safe_dump(exported))
    assert dutyline("department", "import", file).exit_code == 0
    where = ("officer", "exclusions", "101", "--department", begun)
    shown = dutyline(*where).stdout
    assert "for Fair, by the contractor, from 2026-01-05" in shown
    end = (*where, "--end", shown.split()[0])
    assert dutyline(*end).exit_code == 2
    assert "nobody decides what he gains by" in dutyline(*end, *WHY, "--by", "101").output
    assert dutyline(*end, *WHY, "--by", "Chief Hale").exit_code == 0
    assert dutyline(*where).stdout == ""
    assert "has no exclusion" in dutyline(*end, *WHY, "--by", "Chief Hale").output


def test_what_no_officer_asked_for_is_no_swap_to_grant(dutyline: Dutyline, begun: str) -> None:
    assert dutyline("swap", "list", begun).stdout == ""
    assert dutyline("swap", "list", begun, "--json").stdout == "[]\n"
    for verb in ("grant", "refuse"):
        assert "Nothing of that number waits" in dutyline("swap", verb, begun, "7", *WHY).output


def test_passed_over_is_found_from_corrections_and_nothing_unknown_is_owed(
    dutyline: Dutyline, begun: str, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text("- {badge: '101', rank: Lieutenant}\n")
    days = ("--from", "2026-11-01", "--to", "2026-11-30", "--correct", file)
    found = dutyline("bypass", "find", begun, *days, "--json")
    assert (found.exit_code, found.stdout) == (0, "[]\n"), found.output
    file.write_text("- {badge: '101'}\n")
    assert "names nothing that was wrong" in dutyline("bypass", "find", begun, *days).output
    assert "has no detail 4821" in dutyline("bypass", "owe", begun, "101", "--detail", "4821", *WHY).output
    assert dutyline("bypass", "list", begun).stdout == ""


def test_a_slot_is_given_by_hand_by_who_does_not_gain_by_it_and_only_of_a_detail_there_is(
    dutyline: Dutyline, begun: str, tmp_path: Path
) -> None:
    soon = datetime.now(UTC).replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=9)
    exported = yaml.safe_load(dutyline("department", "export", begun).stdout)
    exported["contractors"] = [{"ref": "fair", "name": "Fair"}]
    exported["sites"] = [{"ref": "gate", "contractor": "fair", "name": "Main gate"}]
    detail = {"ref": "fair-1", "site": "gate", "starts_at": soon, "ends_at": soon + timedelta(hours=8)}
    exported["details"] = [{**detail, "openings": [{"count": 1}]}]
    file = tmp_path / "fair.yaml"
    file.write_text(yaml.safe_dump(exported))
    brought = dutyline("department", "import", file)
    assert brought.exit_code == 0, brought.output
    code = yaml.safe_load(dutyline("department", "export", begun).stdout)["details"][0]["openings"][0]["code"]
    assert "has no detail 9999" in dutyline("award", "give", begun, "9999", "101", *WHY).output
    refused = dutyline("award", "give", begun, code, "101", *WHY, "--by", "101")
    assert "nobody decides what he gains by" in refused.output
    given = dutyline("award", "give", begun, code, "101", *WHY, "--by", "Chief Hale")
    assert (given.exit_code, "is Rosa Alvarez's, badge 101: award " in given.output) == (0, True), given.output
    number = given.output.split("award ")[1].split(".")[0]
    assert "comes out the same" in dutyline("award", "replay", number).output
    assert f"No slot of {code} is free." in dutyline("award", "give", begun, code, "101", *WHY).output
