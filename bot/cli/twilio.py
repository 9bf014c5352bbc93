"""`dutyline twilio`: the carrier's side of our numbers, looked at and set up."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import click

from bot.cli.office import records
from bot.config import Config
from bot.delivery.account import AccountError, TwilioAccount
from bot.delivery.setup import Change, Difference, Seen, apply, differences, look
from models.line.line import numbers


@click.group("twilio")
def twilio() -> None:
    """Compare the account at the carrier with what Dutyline needs, and set it so.

    Looks at the account, at each line of the database, and at the messaging service, if one is set.
    """


@twilio.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one JSON object.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Say what differs at the carrier and what to do about it. Changes nothing.

    Exit status 1 when something differs without which texts do not flow as they should.
    """
    config = Config.load().require()
    with _account(config) as account:
        seen = look(account, _lines(), config.twilio_messaging_service_sid)
    found = differences(seen, config.public_url or "")
    if as_json:
        click.echo(json.dumps(_as_data(seen, found)))
    else:
        _say(seen, found)
    ctx.exit(1 if _matters(seen, found) else 0)


@twilio.command("setup")
@click.option("--yes", is_flag=True, help="Change it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print what was changed as one JSON object; needs --yes.")
@click.pass_context
def setup(ctx: click.Context, yes: bool, as_json: bool) -> None:
    """Point our numbers and the messaging service at PUBLIC_URL.

    Shows what would change, before and after, and asks. A second time there is nothing left to change. Exit status 1
    when something remains that only a person can mend.
    """
    if as_json and not yes:
        raise click.UsageError("--json does not ask, so it needs --yes.")
    config = Config.load().require()
    with _account(config) as account:
        lines = _lines()
        found = differences(look(account, lines, config.twilio_messaging_service_sid), config.public_url or "")
        changes = [each.change for each in found if each.change is not None]
        if not as_json:
            _show(changes)
        if changes and not yes:
            click.confirm("Change this at the carrier?", abort=True)
        apply(account, found)
        seen = look(account, lines, config.twilio_messaging_service_sid)
    left = differences(seen, config.public_url or "")
    if as_json:
        click.echo(json.dumps({"changed": [asdict(change) for change in changes], **_as_data(seen, left)}))
    else:
        _say(seen, left)
    ctx.exit(1 if _matters(seen, left) else 0)


@contextmanager
def _account(config: Config) -> Iterator[TwilioAccount]:
    account = TwilioAccount(
        config.twilio_account_sid or "", config.twilio_auth_token or "", config.twilio_api_base, config.api_key
    )
    try:
        yield account
    except AccountError as error:
        raise click.ClickException(str(error)) from None
    finally:
        account.close()


def _lines() -> list[str]:
    with records() as database, database.engine.connect() as connection:
        return numbers(connection)


def _matters(seen: Seen, found: Sequence[Difference]) -> bool:
    return not seen.numbers or any(each.is_needed for each in found)


def _show(changes: Sequence[Change]) -> None:
    for change in changes:
        click.echo(f"{change.whose}: {change.setting}")
        click.echo(f"  before: {_value(change.before)}\n  after:  {_value(change.after)}")
    if not changes:
        click.echo("Nothing to change.")


def _value(value: object) -> str:
    return "empty" if value in (None, "") else str(value)


def _say(seen: Seen, found: Sequence[Difference]) -> None:
    click.echo(f"Account {seen.account.name}: {seen.account.status}, {seen.account.type}.")
    if not seen.numbers:
        click.echo("There is no line yet: dutyline department create makes one.")
    for each in found:
        click.echo(f"{'BAD ' if each.is_needed else 'NOTE'} {each.what}\n     {each.why}\n     To do: {each.remedy}")
    if not found and seen.numbers:
        count = len(seen.numbers)
        click.echo(f"{count} line{'s are' if count > 1 else ' is'} set up as needed.")


def _as_data(seen: Seen, found: Sequence[Difference]) -> dict[str, object]:
    return {
        "is_well": not _matters(seen, found),
        "account": asdict(seen.account),
        "lines": {line: number is not None for line, number in seen.numbers.items()},
        "differences": [asdict(each) for each in found],
    }
