"""What was texted in a demonstration is saved as a transcript, which `dutyline rehearse` plays with the same texts."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import transcript as command
from bot.cli.demo import DAY
from bot.cli.rehearse import play_file
from bot.cli.say import one_turn
from bot.cli.stages.in_process import InProcessStage, in_process
from bot.servers.scratch import Scratch
from bot.transcripts.parsing import parse
from bot.transcripts.playing import play
from bot.transcripts.script import Calls, HangsUp, PicksUp, Says
from tests.conftest import TEST_HOME
from tests.production import GOOD

HERE = Path(__file__).parent
# Faults, moves, a shared line, requests to join, pictures, another language: what a file may have to tell.
TOLD = ("enrolment", "pictures", "shared_line", "spanish_day", "unreachable_passed_on", "drop_late_replaced")
SAMPLE = ("shared_line", "spanish_day", "voice_wrong_pin", "voice_waits_for_a_person")
# Badge and PIN, a first PIN, the queue and a message, a machine that rings back, speech, somebody who does not answer.
CALLS = (
    "voice_wrong_pin", "voice_first_pin", "voice_waits_for_a_person", "called_machine_and_rings_back",
    "voice_check_in_by_speech", "called_busy_then_text", "voice_spanish_day",
)  # fmt: skip
IS_LONG = bool(os.environ.get("DUTYLINE_CHAOS"))


@pytest.fixture
def save(scratch_servers: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Saves what happened on a stage, as whoever sits before it would."""
    monkeypatch.setattr(command, "var_folder", lambda: TEST_HOME)
    # The test's servers run already; the command's own would be others.
    monkeypatch.setattr(command, "in_process", lambda draft, folder, _: in_process(draft, folder, TEST_HOME))
    for name, value in (GOOD | {"DUTYLINE_MODE": "demo", "REDIS_URL": scratch_servers.redis_url}).items():
        monkeypatch.setenv(name, value)

    def run(stage: InProcessStage, *bundles: str) -> tuple[Result, Path]:
        monkeypatch.setenv("DATABASE_URL", stage.database.engine.url.render_as_string(hide_password=False))
        file = tmp_path / "kept" / "saved.txt"
        words = [word for name in bundles for word in ("--bundle", str(HERE / name))]
        return CliRunner().invoke(command.transcript, [str(file), *words]), file

    return run


@pytest.mark.parametrize("name", TOLD + CALLS if IS_LONG else SAMPLE)
def test_a_conversation_that_was_had_is_saved_and_played_again(save, name: str) -> None:
    script = parse((HERE / f"{name}.txt").read_text(encoding="utf-8"), name)
    with in_process(script, HERE, TEST_HOME) as stage:
        play(script, stage)
        result, file = save(stage, *script.bundles)
    assert (result.exit_code, result.output) == (0, f"{file}: play it with dutyline rehearse {file}\n")
    assert [str(one) for one in play_file(file, TEST_HOME).differences] == []
    assert telephoned(file.read_text(encoding="utf-8")) == telephoned((HERE / f"{name}.txt").read_text("utf-8"))


def telephoned(transcript: str) -> list[tuple[str, str]]:
    """Who called, was called, spoke and hung up, in order; how long he was silent in a queue is not told."""
    steps = parse(transcript, "x").steps
    return [(type(one).__name__, one.who) for one in steps if isinstance(one, Calls | PicksUp | Says | HangsUp)]


@pytest.mark.skipif(not IS_LONG, reason="plays a whole day twice: make chaos")
def test_the_demonstrations_own_day_is_saved_with_its_own_bundles(save) -> None:
    script = parse(DAY.read_text(encoding="utf-8"), "day")
    with in_process(script, DAY.parent, TEST_HOME) as stage:
        play(script, stage)
        result, file = save(stage)
    assert (result.exit_code, result.output) == (0, f"{file}: play it with dutyline rehearse {file}\n")
    assert "Alvarez texts: S{main-sat}" in file.read_text()


def test_what_was_said_at_the_terminal_is_in_it_with_its_answer(save) -> None:
    script = parse("Title: x\nBundle: cast.yaml\nClock: Mon Nov 23 2026 8:00 AM\n", "x")
    with in_process(script, HERE, TEST_HOME) as stage:
        line, code = stage.line_of("", "Alvarez"), stage.codes()["main-sat"]
        one_turn(stage.database, stage.number_of("Alvarez"), line, f"s {code}\n\nplease")
        stage.settle()
        result, file = save(stage, "cast.yaml")
    assert result.exit_code == 0, result.output
    assert (
        "Alvarez texts: s {main-sat}\n    please\nAlvarez gets: You are signed up for {main-sat}," in file.read_text()
    )


def test_a_department_whose_bundle_was_not_given_is_named(save) -> None:
    script = parse("Title: x\nBundle: cast.yaml, cast_harbor.yaml\nClock: Mon Nov 23 2026 8:00 AM\n", "x")
    with in_process(script, HERE, TEST_HOME) as stage:
        result, file = save(stage, "cast.yaml")
    assert (result.exit_code, "give the bundles of harbor with --bundle" in result.output) == (1, True)
    assert not file.exists()
