"""Every transcript beside this file, and the demonstration day, goes as written."""

from pathlib import Path

import pytest

from bot.cli.demo import DAY
from bot.cli.rehearse import play_file
from bot.servers.scratch import Scratch
from tests.conftest import TEST_HOME

HERE = Path(__file__).parent
# The two whole days are played, and compared, in test_whole_day.py.
FILES = [file for file in sorted(HERE.glob("*.txt")) if not file.stem.startswith("whole_day_")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_transcript(file: Path, scratch_servers: Scratch):
    """The servers are this worker's already; each transcript has a database of its own on them."""
    assert [str(one) for one in play_file(file, TEST_HOME).differences] == []


def test_the_demonstration_day_goes_as_written(scratch_servers: Scratch):
    assert [str(one) for one in play_file(DAY, TEST_HOME).differences] == []
