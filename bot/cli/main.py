"""The command `dutyline`: finds each command in the file named after it, and loads no other.

So that `--help` is quick, and a part that cannot be loaded takes only its own command down.
"""

import importlib
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from bot.config import ConfigError
from bot.servers.folders import ServerError

COMMANDS = {
    "up": "Start everything: database, web, workers, clock.",
    "demo": "Play a whole day with made-up departments, then go on serving.",
    "doctor": "Say what is missing or wrong.",
    "db": "The database: bring it up to date.",
    "detail": "Order more or fewer officers for a detail.",
    "department": "Departments: begin one, bring its roster, import and export.",
    "twilio": "Check and set up the carrier's side of our numbers.",
    "officer": "An officer leaves; his detail ends later or earlier.",
    "retention": "How long what people wrote is kept.",
    "mail": "An e-mail to an officer came back.",
    "tours": "Import officers' regular duty hours.",
    "say": "One text message through the real engine.",
    "transcript": "Save what was texted in a demonstration as a transcript.",
    "rehearse": "Run transcript files and say what differs.",
    "emergency": "Declare, end and show emergencies.",
    "award": "Preview, run and replay awards.",
    "bypass": "Find officers who were passed over, and owe them a detail.",
    "desk": "Callers who wait for a person, and the telephones that ring for them.",
    "recording": "What was recorded of calls, and deleting it before its time.",
    "penalty": "List, impose and lift bars from details.",
    "swap": "Grant or refuse swaps that wait for a person.",
    "handbook": "Check and rehearse a department's rules.",
    "pay": "What a detail pays and costs.",
    "flows": "Check and draw the conversations.",
    "prompts": "Check the words of the line.",
    "understand": "What the line understands, a line of input at a time.",
    "backup": "Write every record to a file.",
    "restore": "Bring every record back from a backup.",
    "audit": "Verify the record of events.",
    "clock": "Show and advance the demo's clock.",
    "worker": "Work on queues (started by up).",
    "cron": "Ring for what is due (started by up).",
    "pocket-phone": "Stand in for the carrier in a demo (started by up).",
}


class CommandsByName(click.Group):
    """A group whose commands are files beside this one, imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands there are, in the order of the table."""
        return [name for name in COMMANDS if _file(name).is_file()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command `cmd_name`, imported now; None if there is no such file."""
        if cmd_name not in COMMANDS or not _file(cmd_name).is_file():
            return None
        return _load(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what an operator can mend is said in plain words instead of a traceback."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException("\n".join(["dutyline does not start:", *error.problems])) from None
        except ServerError as error:
            raise click.ClickException(str(error)) from None


def _load(name: str) -> click.Command:
    try:
        module = importlib.import_module(_module(name))
    except ImportError as error:
        raise click.ClickException(f"The command {name} cannot be loaded: {error}.") from error
    for value in vars(module).values():
        if isinstance(value, click.Command) and value.name == name:
            return value
    raise click.ClickException(f"{_module(name)} holds no command named {name}.")


def _module(name: str) -> str:
    return f"bot.cli.{name.replace('-', '_')}"


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name.replace('-', '_')}.py")


def _version() -> str:
    try:
        return version("dutyline")
    except PackageNotFoundError:
        return "(not installed)"


@click.group(cls=CommandsByName, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="dutyline")
def main() -> None:
    """The phone and text line for off-duty police details.

    Settings come from the environment, and in a checkout from var/env where the environment is silent;
    `dutyline doctor` says which are missing. Every command has its own --help.
    """


if __name__ == "__main__":
    sys.exit(main())
