"""The demonstration's clock as the page shows it; the time itself is kept elsewhere."""

import json
import subprocess
import threading
import time
from typing import Protocol


class ClockError(Exception):
    """The clock could not be read or moved; the text is what it said."""


class Clock(Protocol):
    """Whoever keeps the demonstration's time."""

    def show(self) -> str | None:
        """The time in ISO 8601 with its offset, None if there is no clock."""

    def advance(self, duration: str) -> None:
        """Move the clock on and return when all that fell due is done; ClockError if it would not."""


class NoClock:
    """Without a demonstration clock the page shows none."""

    def show(self) -> str | None:
        return None

    def advance(self, duration: str) -> None:
        raise ClockError(f"There is no clock here to advance by {duration}.")


class CommandClock:
    """The clock of `dutyline clock show --json`, which prints an object with `now`, and `dutyline clock advance`."""

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def show(self) -> str | None:
        return json.loads(self._run("show", "--json", timeout_seconds=20))["now"]

    def advance(self, duration: str) -> None:
        self._run("advance", duration)

    def _run(self, *words: str, timeout_seconds: float | None = None) -> str:
        # The words are a verb of ours and a duration in one argument; no shell reads them.
        command = [*self._command, "clock", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout_seconds)  # noqa: S603 - our own command
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["The clock did not answer."]
            raise ClockError(said[-1])
        return done.stdout


class ClockFace:
    """The last time read, so that a page that asks every second does not start a command every second."""

    def __init__(self, clock: Clock, *, keep_seconds: float = 15) -> None:
        self._clock = clock
        self._keep_seconds = keep_seconds
        self._lock = threading.Lock()
        self._now: str | None = None
        self._read_at = float("-inf")
        self._advancing = False
        self._trouble: str | None = None

    def tell(self, now: str) -> None:
        """Whoever moved the clock says what it shows, and saves us asking."""
        with self._lock:
            self._now, self._read_at = now, time.monotonic()

    @property
    def last_read(self) -> str | None:
        return self._now

    def show(self) -> dict[str, object]:
        """`now` (ISO 8601 or None), `advancing`, and `trouble`: why the clock last could not be read or moved."""
        with self._lock:
            if not self._advancing and time.monotonic() - self._read_at > self._keep_seconds:
                self._read()
            return {"now": self._now, "advancing": self._advancing, "trouble": self._trouble}

    def advance(self, duration: str) -> bool:
        """Begin to move the clock and return at once; False if it is already moving."""
        with self._lock:
            if self._advancing:
                return False
            self._advancing, self._trouble = True, None
        threading.Thread(target=self._advance, args=(duration,), name="clock", daemon=True).start()
        return True

    def _advance(self, duration: str) -> None:
        trouble = None
        try:
            self._clock.advance(duration)
        except (ClockError, OSError) as error:
            trouble = str(error)
        with self._lock:
            self._read()
            self._advancing, self._trouble = False, trouble or self._trouble

    def _read(self) -> None:
        self._read_at = time.monotonic()
        try:
            self._now, self._trouble = self._clock.show(), None
        except (ClockError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            self._trouble = str(error)
