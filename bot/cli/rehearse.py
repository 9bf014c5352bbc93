"""`dutyline rehearse`: plays transcripts and says what went differently."""

from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli.stages.in_process import in_process
from bot.config import var_folder
from bot.transcripts.parsing import parse
from bot.transcripts.playing import Played, StageError, play
from bot.transcripts.script import TranscriptError
from bot.transcripts.writing import rewrite
from models.bundle.problems import BundleErrors


@click.command("rehearse")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
@click.option("--update", is_flag=True, help="Write each file anew with what really came.")
@click.pass_context
def rehearse(ctx: click.Context, files: tuple[Path, ...], update: bool) -> None:
    """Play transcript files in a scratch database and print what differs.

    Each file gets a database of its own, with the departments its head names, the real dialog and the real
    workers; no process and no carrier is involved. The format is in docs/transcripts.md.

    Exit status 0 when everything went as written, 1 when something differed, 2 when a file cannot be played.
    """
    worst = 0
    for file in files:
        worst = max(worst, _rehearse(file, update=update))
    ctx.exit(worst)


def play_file(file: Path, home: Path) -> Played:
    """Play one transcript in a scratch database below `home`.

    Raises TranscriptError, StageError, BundleErrors, ServerError when it cannot be played at all.
    """
    transcript = parse(file.read_text(encoding="utf-8"), str(file))
    with in_process(transcript, file.parent, home) as stage:
        return play(transcript, stage)


def _rehearse(file: Path, *, update: bool) -> int:
    try:
        played = play_file(file, var_folder() / "rehearse")
    except (TranscriptError, StageError, BundleErrors, UnicodeDecodeError) as error:
        for line in _said(file, error):
            click.echo(line, err=True)
        return 2
    for difference in played.differences:
        click.echo(difference)
    if update and not played.went_well:
        file.write_text(rewrite(played), encoding="utf-8")
    outcome = "as written" if played.went_well else f"{len(played.differences)} differences"
    click.echo(f"{file}: {outcome}{', written anew' if update and not played.went_well else ''}", err=True)
    return int(not played.went_well)


def _said(file: Path, error: Exception) -> Iterator[str]:
    """What cannot be played, with its file where the message itself does not name one."""
    named = isinstance(error, TranscriptError | BundleErrors)
    yield from str(error).splitlines() if named else [f"{file}: {error}"]
