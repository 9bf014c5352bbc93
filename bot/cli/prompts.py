"""`dutyline prompts`: the words of the line, checked."""

import json
from dataclasses import asdict

import click

import ivr_prompts
from bot.cli.prompt_sound import audio, record
from bot.config import Config
from bot.dialog.mail_checks import problems_of_mails
from bot.dialog.prompt_checks import PromptProblem, problems, unused
from bot.dialog.prompt_uses import HOUSE, SPEAKERS, said_in
from bot.dialog.spoken_checks import problems_on_calls
from flows.catalogue import catalogue
from ivr_prompts.audio import HOUSE_RECORDINGS, folders_of_departments, wrong_recordings


@click.group("prompts")
def prompts() -> None:
    """The words of the line."""


prompts.add_command(record)
prompts.add_command(audio)


@prompts.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: prompts, languages, problems.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Look for words that cannot be sent, or that nobody could follow on a call, in every language.

    Every prompt is in every language with the same fields, and something says it. A text is GSM-7; takes two parts at
    most with long names; names no word of the carrier's; tells people only words that are understood. What a call says
    tells what its text tells; has at most 25 words, and takes 8 seconds, before the first choice; names the keys that
    its question takes, each after what it does; and can be read out by a voice. No recording, of the
    installation or of a department of its own, is of words that have changed since.

    Exit status 0 when nothing is wrong, 1 when something is.
    """
    languages = {language: ivr_prompts.load(language) for language in ivr_prompts.languages()}
    said = said_in(HOUSE / speaker for speaker in SPEAKERS)
    on_calls = problems_on_calls(languages, catalogue(), said_in([HOUSE / "flows"]))
    found = [
        *problems(languages, catalogue()),
        *problems_of_mails(languages),
        *on_calls,
        *unused(languages["en"], said),
        *_stale(languages),
    ]
    count = len(languages["en"].texts)
    if as_json:
        told = {"prompts": count, "languages": sorted(languages), "problems": [asdict(one) for one in found]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for one in found:
            click.echo(one)
        click.echo(f"{count} prompts in {', '.join(sorted(languages))}: {len(found)} problems", err=True)
    ctx.exit(1 if found else 0)


def _stale(languages: dict[str, ivr_prompts.Prompts]) -> list[PromptProblem]:
    installation = Config.load().audio_folders
    whose = dict.fromkeys((*installation, HOUSE_RECORDINGS), "") | folders_of_departments(installation)
    return [
        PromptProblem(one.language, one.prompt, f"{why} [{slug}]" if slug else why)
        for folder, slug in whose.items()
        for one, why in wrong_recordings(folder, languages)
    ]
