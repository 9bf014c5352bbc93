"""`dutyline pocket-phone`: our stand-in for Twilio's side, for demonstrations."""

import sys
from pathlib import Path

import click

from bot.config import Config, var_folder
from bot.pocket_phone.clock import CommandClock
from bot.pocket_phone.saving import CommandSaver
from bot.pocket_phone.server import serve
from bot.pocket_phone.settings import OutsideDemo, settings_from


@click.command("pocket-phone")
@click.option("--port", type=int, required=True, help="Port to listen on.")
@click.option("--fd", type=int, help="An open socket at that port, by its descriptor (up holds it open).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--state",
    type=click.Path(dir_okay=False),
    help="File that keeps messages, opt-outs and what is still on its way (default: var/pocket_phone.sqlite).",
)
@click.option("--webhook-base", help="Where the lines' webhooks go if not to PUBLIC_URL.")
@click.option(
    "--calls-per-second",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="How many calls the account begins a second; more wait their turn. 0 is no limit.",
)
@click.option("--mail-fd", type=int, help="An open socket at which mails are taken, by its descriptor.")
def command(
    port: int,
    fd: int | None,
    host: str,
    state: str | None,
    webhook_base: str | None,
    calls_per_second: float,
    mail_fd: int | None,
) -> None:
    """Stand in for Twilio: its REST API, signed webhooks, and a page with phones to text and call from; and for a mail
    server.

    Only with DUTYLINE_MODE=demo. No real text is ever sent, and nobody is really called.
    """
    try:
        settings = settings_from(
            Config.load(),
            state=state or _usual_state(),
            webhook_base=webhook_base,
            calls_per_second=calls_per_second,
            mail_fd=mail_fd,
        )
    except OutsideDemo as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Pocket phone on http://{host}:{port}/", err=True)
    dutyline = [str(Path(sys.executable).with_name("dutyline"))]
    saver = CommandSaver(dutyline, var_folder() / "transcripts")
    serve(settings, host=host, port=port, fd=fd, clock=CommandClock(dutyline), saver=saver)


def _usual_state() -> str:
    return str(var_folder() / "pocket_phone.sqlite")
