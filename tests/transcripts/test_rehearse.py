"""`dutyline rehearse`: what it says of files that differ, and of files it cannot play."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import rehearse as command
from bot.servers.scratch import Scratch
from tests.conftest import TEST_HOME

CAST = Path(__file__).parent / "cast.yaml"
HEAD = f"Title: x\nBundle: {CAST}\nClock: Mon Nov 23 2026 8:00 AM\n\n"


@pytest.fixture
def rehearse(scratch_servers: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Rehearses a text on the servers that run already."""
    play_file = command.play_file
    monkeypatch.setattr(command, "play_file", lambda file, _home: play_file(file, TEST_HOME))

    def run(text: str, *options: str) -> tuple[Result, Path]:
        file = tmp_path / "one.txt"
        file.write_text(text)
        return CliRunner().invoke(command.rehearse, [*options, str(file)]), file

    return run


def test_a_file_that_goes_as_written_ends_well(rehearse):
    outcome, _ = rehearse(f"{HEAD}Alvarez texts: MENU\nAlvarez gets: LIST open details. ...\n")
    assert (outcome.exit_code, outcome.stdout) == (0, "")


def test_a_difference_is_printed_with_its_place(rehearse):
    outcome, file = rehearse(f"{HEAD}Alvarez texts: MENU\nAlvarez gets: Hello.\nrecord: no text of Alvarez\n")
    assert outcome.exit_code == 1
    assert f"{file}:6\n  expected: Hello.\n  found:    LIST open details." in outcome.stdout
    assert f"{file}:7\n  expected: record: no text of Alvarez\n  found:    there is one: delivered" in outcome.stdout


def test_with_update_the_file_says_what_came(rehearse):
    outcome, file = rehearse(f"{HEAD}Alvarez texts: MENU\n", "--update")
    assert outcome.exit_code == 1
    assert "Alvarez gets: LIST open details." in file.read_text()
    assert rehearse(file.read_text())[0].exit_code == 0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Alvarez says hello", "one.txt:5: not understood"),
        ("Alvarez texts MENU", "one.txt:5: not understood"),
    ],
)
def test_a_line_nobody_understands_ends_it_before_it_begins(rehearse, line: str, problem: str):
    outcome, _ = rehearse(f"{HEAD}{line}\n")
    assert (outcome.exit_code, problem in outcome.stderr) == (2, True)


def test_a_bundle_that_is_not_there_or_is_wrong_is_named(rehearse, tmp_path: Path):
    assert "nowhere.yaml cannot be read" in rehearse(HEAD.replace(str(CAST), "nowhere.yaml"))[0].stderr
    (tmp_path / "wrong.yaml").write_text("department:\n  slug: x\n  nmae: X\n  timezone: UTC\n")
    outcome, _ = rehearse(HEAD.replace(str(CAST), "wrong.yaml"))
    assert outcome.exit_code == 2
    assert "wrong.yaml: department.nmae, line 3: is not known here" in outcome.stderr


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("record: marriage of Alvarez is live", "there is no kind of record 'marriage'"),
        ("record: slot of Alvarez is open", "a slot is nobody's"),
        ("record: hand-off for {main-sat} is emergency", "a hand-off is for no detail"),
        ("record: signup of Nobody is live", "nobody here is called Nobody"),
        ("record: signup for {nowhere} is live", "no detail here is called nowhere"),
        ("record: slot for {main-sat} is held", "open"),
        ("Alvarez texts Boston: LIST", "there is no department Boston"),
        ("carrier: gone fishing", "nothing goes wrong by the name 'gone fishing'"),
        ("carrier: undelivered 12345", "12345 is no delivery error"),
    ],
)
def test_what_a_line_speaks_of_must_exist(rehearse, line: str, found: str):
    outcome, _ = rehearse(f"{HEAD}{line}\n")
    assert outcome.exit_code == 1
    assert found in outcome.stdout
