"""Where the output of supervised processes goes: a log file each, and the terminal with the name before
each line.
"""

import os
import sys
from pathlib import Path

from bot.servers.folders import own_folder

LARGEST_LOG_BYTES = 10_000_000


class Output:
    """Takes a process's output as it comes and passes it on line by line."""

    def __init__(self, name: str, folder: Path, *, echo: bool) -> None:
        self._path = folder / f"{name}.log"
        self._prefix = f"{name:8} | ".encode()
        self._echo = echo
        self._rest = b""
        own_folder(folder)

    def write(self, chunk: bytes) -> None:
        """Take `chunk`, which may end within a line."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self._pass_on(lines)

    def close(self) -> None:
        """Pass on what came without a line end."""
        if self._rest:
            self._pass_on([self._rest])
            self._rest = b""

    def _pass_on(self, lines: list[bytes]) -> None:
        if not lines:
            return
        self._turn_over()
        with self._path.open("ab") as log:
            log.writelines(line + b"\n" for line in lines)
        if self._echo:
            _to_terminal(b"".join(self._prefix + line + b"\n" for line in lines))

    def _turn_over(self) -> None:
        """Keep one old log beside the current one, so that a year of running does not fill the disk."""
        if self._path.exists() and self._path.stat().st_size > LARGEST_LOG_BYTES:
            self._path.replace(self._path.with_suffix(".log.1"))


def _to_terminal(text: bytes) -> None:
    try:
        os.write(sys.stderr.fileno(), text)
    except OSError:
        return  # a closed terminal must not stop the house
