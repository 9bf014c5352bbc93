"""`dutyline up`: every process of the Procfile, and whatever servers are not provided from outside."""

import os

import click

from bot.cli.house import house
from bot.config import Config, var_folder
from bot.servers.folders import own_folder
from bot.servers.plan import make_plan


@click.command("up")
@click.option("--embedded", is_flag=True, help="Run PostgreSQL and Redis of our own where no URL is set.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the web server. Default: PORT, or 8000.")
@click.option("--host", help="Address of the web server. Default: 0.0.0.0, in a demo 127.0.0.1.")
@click.option("--quiet", is_flag=True, help="Leave the processes' output to var/log.")
def up(embedded: bool, port: int | None, host: str | None, quiet: bool) -> None:
    """Start everything and keep it running until Ctrl-C.

    First the release step (migrations), then the workers, the clock and the web server of the Procfile;
    each that dies is started again. Where DATABASE_URL or REDIS_URL is not set, a demo (DUTYLINE_MODE=demo)
    runs an embedded server below var/, and production does so with --embedded. A demo also runs the pocket
    phone, which stands in for the carrier, and notes its settings in var/env.

    Logs are in var/log. Only one can run in a checkout.
    """
    var = own_folder(var_folder(), 0o755)
    with house(var, lambda: make_plan(var, os.environ, embedded=embedded, port=port, host=host), echo=not quiet) as (
        supervisor,
        plan,
    ):
        supervisor.say(f"Dutyline runs at {Config.load(plan.environment).public_url}; Ctrl-C ends it.")
        supervisor.watch()
