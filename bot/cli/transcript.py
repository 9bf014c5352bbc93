"""`dutyline transcript`: what was texted and said in a demonstration becomes a transcript that can be played."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from bot.cli.office import records
from bot.cli.stages.bundles import read_bundles
from bot.cli.stages.in_process import in_process
from bot.cli.stages.listening import Listening
from bot.cli.stages.retelling import received, retell
from bot.cli.stepping import NoClock, clock_of
from bot.config import var_folder
from bot.transcripts.parsing import parse
from bot.transcripts.playing import StageError, play
from bot.transcripts.script import TranscriptError
from bot.transcripts.writing import rewrite, write
from models.bundle.problems import BundleErrors
from models.bundle.schema import Bundle
from models.session import Database

DEMONSTRATION = Path(__file__).parent / "demonstration"
USUAL = (DEMONSTRATION / "millbrook.yaml", DEMONSTRATION / "harbor.yaml")


@click.command("transcript")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--bundle",
    "bundles",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The departments as they were imported at the beginning; those of the demonstration, if unsaid.",
)
@click.option("--title", default="What happened in a demonstration", help="What the transcript shows.")
@click.pass_context
def transcript(ctx: click.Context, file: Path, bundles: tuple[Path, ...], title: str) -> None:
    """Save all that was texted and telephoned in this demonstration, from its beginning, as a transcript in FILE.

    Whatever came in by the page of the pocket phone or by `dutyline say` is in it, and where the clock stood. It is
    played once in a scratch database, and what came of it there is what stands in FILE; exit status 1 when phones had
    got other texts. What was done from the command line beside it (awards by hand, an officer who leaves) is not told.
    """
    try:
        off = _save(file, bundles or USUAL, title)
    except (StageError, TranscriptError, BundleErrors, NoClock) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{file}: play it with dutyline rehearse {file}", err=True)
    for line in off:
        click.echo(line, err=True)
    ctx.exit(1 if off else 0)


def _save(file: Path, bundles: tuple[Path, ...], title: str) -> list[str]:
    """Write the file; what differed when it was played, a line each."""
    file.parent.mkdir(parents=True, exist_ok=True)
    named = {os.path.relpath(path, file.parent): path for path in bundles}
    read = dict(zip(named, read_bundles([str(path) for path in named.values()], Path()).values(), strict=True))
    with records() as database:
        clock_of(database)
        _check(database, read)
        retold = retell(database, read, title, file.name)
    draft = parse(write(retold.transcript), file.name)
    with in_process(draft, file.parent, var_folder() / "rehearse") as stage:
        listening = Listening(stage)
        played = play(draft, listening)
        heard = received(listening.heard, stage.codes())
    file.write_text(rewrite(played), encoding="utf-8")
    return list(_differing(Counter(retold.received), Counter(heard)))


def _check(database: Database, bundles: Mapping[str, Bundle]) -> None:
    with database.begin([]) as work:
        slugs = set(work.conn.exec_driver_sql("select slug from department").scalars())
    missing = slugs - {bundle.department.slug for bundle in bundles.values()}
    if missing:
        raise StageError(
            f"give the bundles of {', '.join(sorted(missing))} with --bundle, as they were at the beginning"
        )


def _differing(had: Counter[tuple[str, str]], came: Counter[tuple[str, str]]) -> Iterator[str]:
    for number, body in sorted((had - came).elements()):
        yield f"{number} had got this, and not when it was played again: {body}"
    for number, body in sorted((came - had).elements()):
        yield f"{number} got this only when it was played again: {body}"
