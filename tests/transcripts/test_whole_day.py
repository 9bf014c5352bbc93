"""Ten people's messy texting through a whole weekend comes to the records of the tidy one, and to nothing else."""

from pathlib import Path

from bot.cli.stages.in_process import in_process
from bot.servers.scratch import Scratch
from bot.transcripts.parsing import parse
from bot.transcripts.playing import play
from tests.conftest import TEST_HOME
from tests.demo.digest import digest

HERE = Path(__file__).parent
SPOKEN = {"texts in", "texts out", "turns"}
"""What was said on the way differs, and should: everything that came of it does not."""


def records_of(name: str) -> dict[str, list[str]]:
    transcript = parse((HERE / f"{name}.txt").read_text(encoding="utf-8"), name)
    with in_process(transcript, HERE, TEST_HOME) as stage:
        assert [str(one) for one in play(transcript, stage).differences] == []
        found = digest(stage.database.engine.url.render_as_string(hide_password=False))
    return {kind: lines for kind, lines in found.items() if kind not in SPOKEN}


def test_messy_texting_ends_in_the_same_records(scratch_servers: Scratch) -> None:
    """And the day is a whole one: ten people, sign-ups, awards, a refusal, a lapse, a drop with its replacement, five
    of them in and out."""
    tidy, messy = records_of("whole_day_tidy"), records_of("whole_day_messy")
    assert set(tidy) == set(messy)
    for kind, lines in tidy.items():
        assert messy[kind] == lines, kind
    assert (len(tidy["attendance"]), len(tidy["drops"]), len(tidy["assignments"])) == (10, 1, 8)
    assert not tidy["hand-offs"]
