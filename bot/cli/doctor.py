"""`dutyline doctor`: what is missing or wrong until a real text can flow, in plain words."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from bot.cli.examination.carrier import examine_address, examine_carrier
from bot.cli.examination.finding import Finding, bad, well
from bot.cli.examination.house import examine_database, examine_redis
from bot.cli.examination.people import examine_people, examine_recordings
from bot.cli.examination.post import examine_mail
from bot.config import Config


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what is missing or wrong, why it matters and what to do, in plain words.

    Looks at the settings, the database, Redis, workers and clock; in production also at the departments, at whether
    PUBLIC_URL answers, at the account at the carrier, and at the mail server. Exit status 1 when something that is
    needed is missing or wrong, else 0. Changes nothing.
    """
    config = Config.load()
    findings = list(examine(config))
    is_well = all(finding.is_well for finding in findings if finding.is_needed)
    if as_json:
        click.echo(json.dumps(_as_data(config, findings, is_well=is_well), indent=2))
    else:
        _say(config, findings, is_well=is_well)
    ctx.exit(0 if is_well else 1)


def examine(config: Config) -> Iterator[Finding]:
    """Look at everything, from the inside to the outside; a demo has its departments and its carrier in its pocket."""
    yield from _settings(config)
    yield from examine_database(config.database_url)
    yield from examine_redis(config.redis_url)
    if config.is_demo:
        return
    yield from examine_recordings(config.database_url, config.audio_folders)
    yield from examine_people(config.database_url, has_service=config.twilio_messaging_service_sid is not None)
    yield from examine_address(config)
    yield from examine_carrier(config)
    yield from examine_mail(config)


def _settings(config: Config) -> Iterator[Finding]:
    problems = config.problems()
    if not problems:
        yield well("settings", "Every needed setting is there and none is weak.")
    for problem in problems:
        yield bad(
            "settings", problem, "Production does not start so.", "docs/going-live.md says where each comes from."
        )


def _as_data(config: Config, findings: list[Finding], *, is_well: bool) -> dict[str, object]:
    return {
        "mode": config.mode,
        "is_well": is_well,
        "findings": [asdict(finding) for finding in findings],
        "features": [asdict(feature) for feature in config.features()],
    }


def _say(config: Config, findings: list[Finding], *, is_well: bool) -> None:
    click.echo(f"Mode: {config.mode}. Address: {config.public_url or 'not set'}.")
    for finding in findings:
        click.echo(f"{_mark(finding)} {finding.sentence}")
        if not finding.is_well:
            click.echo(f"     Why:   {finding.why}\n     To do: {finding.remedy}")
    click.echo("Switched on by optional settings:")
    for feature in config.features():
        click.echo(f"  {'on ' if feature.is_on else 'off'} {feature.name} ({', '.join(feature.settings)})")
    click.echo("Everything needed is in order." if is_well else "Something needed is missing or wrong: see BAD above.")


def _mark(finding: Finding) -> str:
    if finding.is_well:
        return "ok "
    return "BAD" if finding.is_needed else "-- "
