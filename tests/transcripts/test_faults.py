"""The carrier misbehaves and nobody notices: every transcript comes to the same records and the same texts.

Brought twice, turned away, failed with or without having taken the text, reports lost, doubled, late and out of order:
each fault that does no harm is on for every text of a whole conversation, on top of those that the transcript asks for.
`make test` plays a sample, `make chaos` every transcript under every fault.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from bot.cli.stages.in_process import in_process
from bot.cli.stages.listening import Listening
from bot.pocket_phone.faults import KINDS
from bot.servers.scratch import Scratch
from bot.transcripts.parsing import parse
from bot.transcripts.playing import play
from bot.transcripts.script import Fault
from tests.conftest import TEST_HOME
from tests.demo.digest import digest

HERE = Path(__file__).parent
# Those in which the carrier already does what the transcript is about would be about something else.
FILES = sorted(file for file in HERE.glob("*.txt") if "\ncarrier: " not in file.read_text(encoding="utf-8"))

# The fault, and how many texts it strikes; what fails for ever is no fault that does no harm.
HARMLESS: dict[str, int | None] = {
    "duplicate": None,
    "429": 5,
    "500": 5,
    "answer lost": None,
    "callback lost": None,
    "callback twice": None,
    "out of order": None,
    "late": None,
}
SAMPLE = ("drop_late_replaced",)
PAIRS = [(file, kind) for file in FILES for kind in HARMLESS]
CHOSEN = PAIRS if os.environ.get("DUTYLINE_CHAOS") else [pair for pair in PAIRS if pair[0].stem in SAMPLE]


@pytest.mark.parametrize(("file", "kind"), CHOSEN, ids=[f"{file.stem}-{kind}" for file, kind in CHOSEN])
def test_a_fault_of_the_carrier_changes_neither_records_nor_texts(
    file: Path, kind: str, scratch_servers: Scratch
) -> None:
    differences, sent, records = _played(file, kind)
    undisturbed_sent, undisturbed = _undisturbed(file)
    assert differences == []
    assert sorted(sent) == sorted(undisturbed_sent)
    for name, lines in undisturbed.items():
        assert records[name] == lines, name


def test_every_fault_that_does_no_harm_is_played(scratch_servers: Scratch) -> None:
    """What is left out fails a text for good, which is a transcript's own matter."""
    left_out = {kind.replace("_", " ") for kind in KINDS} - set(HARMLESS)
    assert left_out == {"undelivered", "failed"}
    assert set(SAMPLE) <= {file.stem for file in FILES}


def _played(file: Path, kind: str | None) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """What differs from the script, the texts that phones received, and what the records came to."""
    transcript = parse(file.read_text(encoding="utf-8"), file.name)
    with in_process(transcript, file.parent, TEST_HOME) as stage:
        listening = Listening(stage)
        if kind is not None:
            stage.fault(Fault(0, kind, None, 0, HARMLESS[kind], "", "", ""))
        differences = [str(one) for one in play(transcript, listening).differences]
        records = digest(stage.database.engine.url.render_as_string(hide_password=False))
    # A report that got lost leaves the text where it was; what phones received says that it arrived.
    records["texts out"] = sorted(line.replace("'delivered'", "'accepted'") for line in records["texts out"])
    return differences, [f"{one.to} {one.body}" for one in listening.heard], records


@cache
def _undisturbed(file: Path) -> tuple[list[str], dict[str, list[str]]]:
    _, sent, records = _played(file, None)
    return sent, records
