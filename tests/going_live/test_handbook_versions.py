"""A coordinator changes the rules himself: shows them, edits, checks, compares, publishes, and looks back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import Result

Dutyline = Callable[..., Result]

TODAY = datetime.now(UTC).date()
NEXT_WEEK = str(TODAY + timedelta(days=7))


def _file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "rules.yaml"
    file.write_text(text)
    return file


def test_what_is_shown_can_be_edited_compared_and_published(dutyline: Dutyline, millbrook: str, tmp_path: Path) -> None:
    shown = dutyline("handbook", "show", millbrook).stdout
    assert "  # A drop that was not free bars from details for 30 days. (default)\n  late_drop_bar_days: 30\n" in shown
    file = _file(tmp_path, shown.replace("late_drop_bar_days: 30", "late_drop_bar_days: 14"))
    differs = dutyline("handbook", "diff", millbrook, file)
    assert differs.stdout == (
        "drops.late_drop_bar_days\n"
        "  was: A drop that was not free bars from details for 30 days.\n"
        "  now: A drop that was not free bars from details for 14 days.\n"
    )
    published = dutyline("handbook", "publish", millbrook, file, "--from", NEXT_WEEK)
    assert (published.exit_code, published.stderr.splitlines()[-1]) == (
        0,
        f"millbrook: version 2 holds from {NEXT_WEEK} on.",
    )
    assert "late_drop_bar_days: 30" in dutyline("handbook", "show", millbrook).stdout
    assert "late_drop_bar_days: 14" in dutyline("handbook", "show", millbrook, "--on", NEXT_WEEK).stdout
    assert "late_drop_bar_days: 14" in dutyline("handbook", "show", millbrook, "--version", "2").stdout
    assert dutyline("handbook", "diff", f"{millbrook}@2", file).stdout == "They say the same.\n"
    history = json.loads(dutyline("handbook", "history", millbrook, "--json").stdout)["versions"]
    assert [(each["version"], each["from"] == NEXT_WEEK, each["holds"]) for each in history] == [
        (1, False, True),
        (2, True, False),
    ]
    assert "version 1: from" in dutyline("handbook", "history", millbrook).stdout


def test_rounds_are_known_again_by_their_names(dutyline: Dutyline, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("awarding: {rounds: [{name: monthly, at_most: {details: 3}}, {name: open}]}")
    new.write_text("awarding: {rounds: [{name: own, who: {own_unit: true}}, {name: monthly, at_most: {details: 2}}]}")
    said = json.loads(dutyline("handbook", "diff", old, new, "--json").stdout)["changes"]
    assert {"place": "awarding.rounds[monthly].at_most.details", "old": 3, "new": 2} in said
    assert {"place": "awarding.rounds", "old": ["monthly", "open"], "new": ["own", "monthly"]} in said
    assert {"place": "awarding.rounds[own].who.own_unit", "old": None, "new": True} in said
    assert {"place": "awarding.rounds[open].name", "old": "open", "new": None} in said


def test_what_cannot_hold_or_comes_too_late_is_not_published(
    dutyline: Dutyline, millbrook: str, tmp_path: Path
) -> None:
    def refused(text: str, day: Any) -> str:
        result = dutyline("handbook", "publish", millbrook, _file(tmp_path, text), "--from", day)
        assert result.exit_code == 1
        return result.stderr

    assert "cannot hold as it stands" in refused("limits: [{kind: rolling, hours: 0, in_hours: 24}]", NEXT_WEEK)
    assert "did you mean ranks?" in refused("rank: [Officer]", NEXT_WEEK)
    assert "is past. What was awarded stands" in refused("ranks: [Officer]", TODAY - timedelta(days=3))
    assert "the newest version says the same" in refused("{}", NEXT_WEEK)
    assert "has no version 2" in dutyline("handbook", "show", millbrook, "--version", "2").stderr
    assert "had no handbook yet" in dutyline("handbook", "show", millbrook, "--on", "1999-01-01").stderr
    assert "neither a file nor a version" in dutyline("handbook", "diff", "millbrook@x", millbrook).stderr


def test_names_are_checked_against_the_officers_of_a_department(
    dutyline: Dutyline, millbrook: str, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("badge,name,rank,seniority,phone\n101,Rosa Alvarez,Officer,5/1/2004,203-555-0142\n")
    assert dutyline("department", "roster", roster, "--department", millbrook, "--consent", "forms").exit_code == 0
    file = _file(tmp_path, "ranks: [Sergeant]\neligibility: {qualifications: [radar]}")
    alone = dutyline("handbook", "check", file)
    beside = dutyline("handbook", "check", file, "--department", millbrook)
    assert (alone.exit_code, beside.exit_code) == (0, 1)
    assert "nobody may work: no officer holds 'radar'; there are none" in beside.stderr
    assert "officers have the rank 'Officer', which is not among ranks" in beside.stderr
