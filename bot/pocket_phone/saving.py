"""What was texted from the page, kept as a transcript: another command of ours writes it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

LONGEST_SECONDS = 300


class Saver(Protocol):
    """Whoever can write down what was texted."""

    def save(self) -> dict[str, str]:
        """Write it; `file` is where, `said` what differed when it was played again. SavingError if it cannot be."""


class SavingError(Exception):
    """It could not be saved; the text is why."""


class NoSaver:
    """Outside a demonstration there is nothing to save."""

    def save(self) -> dict[str, str]:
        raise SavingError("There is no demonstration here to save.")


class CommandSaver:
    """Saves by `dutyline transcript`, into `folder`."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._command = command
        self._folder = folder

    def save(self) -> dict[str, str]:
        file = self._folder / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}.txt"
        # A command of ours with a path of ours; no shell reads them.
        command = [*self._command, "transcript", str(file)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS)  # noqa: S603 - our own command
        except subprocess.TimeoutExpired:
            raise SavingError("It took too long to play what was texted again.") from None
        said = done.stderr.strip().splitlines()
        if not file.exists():
            raise SavingError(said[-1] if said else "Nothing was written.")
        return {"file": str(file), "said": "\n".join(said[1:])}
