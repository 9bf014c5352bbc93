"""Ten people's messy texting through a whole weekend comes to the records of the tidy one, and to nothing else."""

from functools import cache
from pathlib import Path

import pytest

from bot.cli.stages.in_process import in_process
from bot.servers.scratch import Scratch
from bot.transcripts.parsing import parse
from bot.transcripts.playing import play
from tests.conftest import TEST_HOME
from tests.demo.digest import digest

HERE = Path(__file__).parent
SPOKEN = {"texts in", "texts out", "turns"}
"""What was said on the way differs, and should: everything that came of it does not."""


@cache
def records_of(name: str) -> dict[str, list[str]]:
    transcript = parse((HERE / f"{name}.txt").read_text(encoding="utf-8"), name)
    with in_process(transcript, HERE, TEST_HOME) as stage:
        assert [str(one) for one in play(transcript, stage).differences] == []
        found = digest(stage.database.engine.url.render_as_string(hide_password=False))
    return {kind: lines for kind, lines in found.items() if kind not in SPOKEN}


@pytest.mark.parametrize(
    "kind",
    ["signups", "verdicts", "assignments", "offers", "drops", "penalties", "attendance", "rotation", "hours",
     "hand-offs", "events"],
)  # fmt: skip
def test_messy_texting_ends_in_the_same_records(kind: str, scratch_servers: Scratch) -> None:
    tidy, messy = records_of("whole_day_tidy"), records_of("whole_day_messy")
    assert messy[kind] == tidy[kind]
    assert set(tidy) == set(messy)


def test_the_day_is_a_whole_one(scratch_servers: Scratch) -> None:
    """Ten people, sign-ups, awards, a refusal, a lapse, a drop with its replacement, five of them in and out."""
    tidy = records_of("whole_day_tidy")
    assert len(tidy["attendance"]) == 10
    assert len(tidy["drops"]) == 1
    assert len(tidy["assignments"]) == 8
    assert not tidy["hand-offs"]
