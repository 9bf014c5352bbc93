"""What every job of a worker process shares: made once by whoever starts the process, kept across jobs."""

from dataclasses import dataclass

from bot.bell import Bell
from bot.delivery.client import Carrier
from bot.delivery.mail import MailServer
from models.session import Database


@dataclass(frozen=True, slots=True)
class Tools:
    """The way to the records, to the other workers, to the carrier, and to the mail server where there is one."""

    database: Database
    bell: Bell
    carrier: Carrier
    mail: MailServer | None = None


class NoTools(Exception):
    """A job ran in a process that nobody prepared."""


_in_use: list[Tools] = []


def use(tools: Tools) -> None:
    """From now on jobs of this process work with `tools`."""
    _in_use[:] = [tools]


def tools() -> Tools:
    """What this process works with; NoTools when it was not prepared (see bot/cli/worker.py)."""
    if not _in_use:
        raise NoTools("start workers with `dutyline worker`")
    return _in_use[0]
