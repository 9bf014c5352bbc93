"""Whatever dies while the demonstration plays: nothing is lost and nothing happens twice."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli.demo import DAY
from bot.config import ROOT

SHORT = Path(__file__).parent / "short.txt"

# Which process dies when which words are told; each in another kind of work than in the other plans.
PLANS = {
    "in turn": {
        "worker": "Thursday December 3 2026, 5:00 PM",
        "web": "Fox texts | N4823",
        "redis": "Thursday December 3 2026, 6:00 PM",
        "postgres": "Garcia texts | d4823",
        "clock": "Friday December 4 2026, 8:00 PM",
    },
    "in another order": {
        "postgres": "Thursday December 3 2026, 5:00 PM",
        "redis": "Fox texts | N4823",
        "web": "Thursday December 3 2026, 7:00 PM",
        "clock": "Friday December 4 2026, 8:00 AM",
        "worker": "Garcia texts | d4823",
    },
}

chaos = pytest.mark.skipif(not os.environ.get("DUTYLINE_CHAOS"), reason="takes minutes: make chaos")


def test_a_short_day_goes_as_written_though_worker_and_web_are_killed(tmp_path: Path):
    """Over HTTP: the pocket phone signs, the web takes in, workers carry out, the supervisor starts again."""
    outcome = _play(tmp_path, SHORT, {"worker": "Monday November 23 2026, 7:00 AM", "web": "Alvarez texts | N"})
    assert outcome["differences"] == []
    assert sorted(outcome["killed"]) == ["web", "worker"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the records come to when nothing dies."""
    return _play(tmp_path_factory.mktemp("undisturbed"), DAY, {})


@chaos
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_killing_each_process_once_loses_and_repeats_nothing(
    plan: dict[str, str], undisturbed: dict[str, Any], tmp_path: Path
):
    outcome = _play(tmp_path, DAY, plan)
    assert (outcome["differences"], outcome["not_killed"]) == ([], [])
    for kind, lines in undisturbed["records"].items():
        assert outcome["records"][kind] == lines, kind


@chaos
def test_a_demonstration_that_was_killed_begins_afresh(undisturbed: dict[str, Any], tmp_path: Path):
    """The supervisor itself dies, and everything with it; the next run finds what it left and starts all the same."""
    with _driver(tmp_path, DAY, {}) as first:
        assert first.stderr is not None
        for line in first.stderr:
            if "Garcia texts" in line:
                break
        first.kill()
        first.stderr.close()
    assert _play(tmp_path, DAY, {})["records"] == undisturbed["records"]


def _play(folder: Path, day: Path, plan: dict[str, str]) -> dict[str, Any]:
    with _driver(folder, day, plan) as driver:
        said, told = driver.communicate(timeout=600)
    outcome: dict[str, Any] = json.loads(said.splitlines()[-1]) if said else {}
    assert outcome, told[-4000:]
    assert "failure" not in outcome, outcome["failure"]
    return outcome


def _driver(folder: Path, day: Path, plan: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.demo.driver",
            str(folder),
            str(day),
            *(f"{name}={text}" for name, text in plan.items()),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
