"""`dutyline say`: one text through the real engine, without a carrier bringing it."""

import json
import secrets

import click
import phonenumbers
import sqlalchemy as sa

from bot.bell import Bell, redis_for_bells
from bot.config import Config
from bot.dialog.intake import Arrival, take_in
from models.line.line import numbers
from models.session import Actor, Database

OPERATOR = Actor("operator", "cli")


class Number(click.ParamType[str]):
    """A phone number as people write it."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number in E.164; fails on what is none."""
        try:
            number = phonenumbers.parse(str(value), "US")
        except phonenumbers.NumberParseException:
            self.fail(f"{value!r} is no phone number; write +19785550101.", param, ctx)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@click.command("say")
@click.option("--from", "sender", type=Number(), required=True, help="Whose phone the text comes from.")
@click.option("--to", "line", type=Number(), help="The line it goes to; needed where there is more than one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: outcome, replies.")
@click.argument("text")
def say(sender: str, line: str | None, as_json: bool, text: str) -> None:
    """Take TEXT in as if it had come from a phone, and print the reply.

    This is a real turn on the real records: what the text says is done, and with workers running the reply goes to
    the phone as well. Needs only DATABASE_URL; to try things out, rehearse a transcript instead.
    """
    config = Config.load()
    if config.database_url is None:
        raise click.ClickException("DATABASE_URL is not set.")
    bell = Bell(redis_for_bells(config.redis_url)) if config.redis_url else None
    database = Database(
        config.database_url,
        demo_clock=config.is_demo,
        ring=bell.ring if bell else None,
        pool_size=1,
        mails=config.mails,
    )
    try:
        outcome, replies = one_turn(database, sender, line or _only_line(database), text)
    except sa.exc.OperationalError as error:
        raise click.ClickException(f"The database does not answer: {error.orig}") from None
    finally:
        database.dispose()
    _print(outcome, replies, as_json=as_json)


def one_turn(database: Database, sender: str, line: str, text: str) -> tuple[str, list[str]]:
    """Take the text in; what became of it (see bot.dialog.intake.take_in), and the texts written to the sender."""
    before = _texts_to(database, sender, line, after=0)
    arrival = Arrival(
        sid=f"SM{secrets.token_hex(16)}", from_number=sender, to_number=line, body=text, raw={"brought": "dutyline say"}
    )
    outcome = take_in(database, arrival)
    written = _texts_to(database, sender, line, after=max(before, default=0))
    return outcome, list(written.values())


def _texts_to(database: Database, number: str, line: str, *, after: int) -> dict[int, str]:
    """Texts of the line's departments to the number, by id, in their order."""
    query = sa.text(
        "select id, body from message_out where department_id = any (:ds) and to_number = :number and id > :after"
        " order by id"
    )
    with database.begin_on_line(line, OPERATOR) as (work, found):
        if found is None:
            raise click.ClickException(f"{line} is no line of ours.")
        bound = {"ds": list(work.departments), "number": number, "after": after}
        return {row.id: row.body for row in work.conn.execute(query, bound)}


def _only_line(database: Database) -> str:
    with database.engine.connect() as conn:
        found = numbers(conn)
    if len(found) != 1:
        ours = ", ".join(found) or "none: import a department"
        raise click.ClickException(f"Say --to which line the text goes; there is {ours}.")
    return found[0]


def _print(outcome: str, replies: list[str], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"outcome": outcome, "replies": replies}))
        return
    for reply in replies:
        click.echo(reply)
    if not replies:
        click.echo(f"No reply ({outcome}).", err=True)
