"""`dutyline prompts record` and `prompts audio`: the line to listen to, and a department's own recordings of it."""

import json
from pathlib import Path

import click

import ivr_prompts
from bot.config import Config
from bot.dialog.spoken_checks import MOST_SECONDS_AHEAD
from bot.reports.listening_set import Heard, NoSpeechError, record_set
from ivr_prompts.audio import (
    HOUSE_RECORDINGS,
    RecordingError,
    is_slug,
    keep_recording,
    recordings_in,
    use_folders,
    wrong_recordings,
)

LANGUAGE = click.option(
    "--language", "language", type=click.Choice(sorted(ivr_prompts.languages())), help="This one only."
)


DEPARTMENT = click.option("--department", metavar="SLUG", help="Of this department of a shared installation.")


@click.command("record")
@click.argument("prompts", nargs=-1)
@LANGUAGE
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/listening"),
    show_default=True,
    help="The folder that files, page and playlist go to.",
)
@DEPARTMENT
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a prompt.")
def record(prompts: tuple[str, ...], language: str | None, into: Path, department: str | None, as_json: bool) -> None:
    """Read every prompt aloud into a file, with a page and a playlist, so that one can hear the whole line.

    PROMPTS are keys, like drop.confirm, or conversations, like drop; all if there are none. Needs espeak-ng. What takes
    longer than 8 seconds to its first choice is told. With --department, what it or the installation has recorded is
    taken instead, as its callers hear it.
    """
    spoken = [ivr_prompts.load(one) for one in ([language] if language else sorted(ivr_prompts.languages()))]
    try:
        heard = record_set(into, spoken, prompts, _callers_of(department) if department else None)
    except NoSpeechError as error:
        raise click.ClickException(str(error)) from error
    if not heard:
        raise click.ClickException("No such prompt is said on a call.")
    for one in heard:
        _tell(one, as_json)
    total = sum(one.seconds for one in heard)
    click.echo(f"{len(heard)} prompts, {total / 60:.0f} minutes: {into / 'index.html'}", err=True)


def _callers_of(department: str) -> str:
    """The slug, with the installation's folders at hand in which its own stands."""
    use_folders(Config.load().audio_folders)
    return _slug(department)


def _slug(department: str) -> str:
    if not is_slug(department):
        raise click.ClickException(f"{department} is no department's slug: small letters, digits and hyphens.")
    return department


def _tell(one: Heard, as_json: bool) -> None:
    if as_json:
        told = {"prompt": one.prompt, "language": one.language, "file": one.file, "said": one.said, "by": one.by}
        click.echo(json.dumps({**told, "seconds": one.seconds, "seconds_ahead": one.ahead}, ensure_ascii=False))
    elif one.is_long:
        late = f"{one.ahead} s to the first choice, more than {MOST_SECONDS_AHEAD}"
        click.echo(f"{one.language} {one.prompt}: {late}: {one.said}")


@click.group("audio")
def audio() -> None:
    """Recordings of prompts that say the same every time; what changed since is spoken, never played."""


FOLDER = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Your folder of recordings; PROMPT_AUDIO if not given, and without it the one that comes with the line.",
)


@audio.command("add")
@click.argument("prompt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--language", type=click.Choice(sorted(ivr_prompts.languages())), default="en", show_default=True, help="Read in."
)
@FOLDER
@DEPARTMENT
def add(prompt: str, file: Path, language: str, folder: Path | None, department: str | None) -> None:
    """Keep FILE as the recording of PROMPT: it is played from now on, as long as the prompt says these words.

    With --department only that department's callers hear it, before the installation's own.
    """
    where = _folder(folder, department)
    try:
        kept = keep_recording(where, prompt, file, ivr_prompts.load(language))
    except RecordingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{kept.file} kept in {where}.", err=True)


@audio.command("list")
@FOLDER
@DEPARTMENT
@click.pass_context
def list_recordings(ctx: click.Context, folder: Path | None, department: str | None) -> None:
    """What is recorded, and what of it is not played any more and why. Exit status 1 when there is such."""
    languages = {language: ivr_prompts.load(language) for language in ivr_prompts.languages()}
    where = _folder(folder, department)
    wrong = {(one.prompt, one.language): why for one, why in wrong_recordings(where, languages)}
    for one in recordings_in(where):
        click.echo(f"{one.language} {one.prompt}: {wrong.get((one.prompt, one.language), one.file)}")
    ctx.exit(1 if wrong else 0)


def _folder(given: Path | None, department: str | None) -> Path:
    """An installation's folder, or within it the department's. What comes with the line is nobody's own."""
    installation = given or next(iter(Config.load().audio_folders), None)
    if department is None:
        return installation or HOUSE_RECORDINGS
    if installation is None:
        raise click.ClickException("Name the installation's folder of recordings: --folder, or PROMPT_AUDIO.")
    return installation / _slug(department)
