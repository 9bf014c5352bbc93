"""`dutyline flows`: the conversations, checked and drawn from their own data."""

import json

import click

import ivr_prompts
from bot.dialog.drawing import diagram, page
from flows.catalogue import FLOWS
from flows.checking import FlowError, gaps, untold


@click.group("flows")
def flows() -> None:
    """The conversations of the line."""


@flows.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: flows, languages, problems.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Look for gaps in the conversations.

    Every step is reached and leads on; every question has its exits and ends with a person; every prompt is there in
    every language; no digit, letter or word stands for two things; no word of the carrier's is a command; every
    command has words in every language.

    Exit status 0 when nothing is wrong, 1 when something is.
    """
    languages = sorted(ivr_prompts.languages())
    found = _found(languages)
    if as_json:
        problems = [{"flow": one.flow, "step": one.step, "problem": str(one)} for one in found]
        told = {"flows": [flow.name for flow in FLOWS], "languages": languages, "problems": problems}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for one in found:
            click.echo(one)
        steps = sum(len(flow.steps) for flow in FLOWS)
        click.echo(f"{len(FLOWS)} flows, {steps} steps, in {', '.join(languages)}: {len(found)} problems", err=True)
    ctx.exit(1 if found else 0)


@flows.command("draw")
@click.argument("name", required=False)
def draw(name: str | None) -> None:
    """Print every conversation as a page of Mermaid flowcharts (docs/flows.md), or NAME's flowchart alone."""
    if name is None:
        click.echo(page(FLOWS), nl=False)
        return
    found = next((flow for flow in FLOWS if flow.name == name), None)
    if found is None:
        raise click.ClickException(f"There is no flow {name}; there are {', '.join(flow.name for flow in FLOWS)}.")
    click.echo(diagram(found))


def _found(languages: list[str]) -> list[FlowError]:
    """Every gap once, whichever languages it shows in."""
    by_language = [gap for language in languages for gap in gaps(FLOWS, ivr_prompts.load(language).wording)]
    return list({str(gap): gap for gap in [*by_language, *untold(FLOWS, languages)]}.values())
