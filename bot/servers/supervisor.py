"""Starts processes in order, restarts each one that dies, and stops them in the opposite order.

One thread, one loop: the kernel ties each child to the life of the thread that started it, so that nothing
outlives a supervisor that was killed. Elsewhere than on Linux the servers' pid files serve for that.
"""

import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.servers.folders import ServerError
from bot.servers.output import Output
from bot.servers.server import leashed

LIVED_LONG_SECONDS = 10.0
SAME_REQUEST_SECONDS = 1.0
RESTART_PAUSES_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Process:
    """What the supervisor is to keep running.

    `prepare` runs before every start and may raise ServerError; `started` is told the process id;
    `is_ready` lets the next process wait for this one. `patience_seconds` is how long it may take to stop
    before it is killed.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    prepare: Callable[[], None] | None = None
    started: Callable[[int], None] | None = None
    is_ready: Callable[[], bool] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience_seconds: float = 15.0
    pass_fds: tuple[int, ...] = ()
    is_leashed: bool = False  # the command already carries its leash


class Supervisor:
    """Keeps processes running until it is told to stop by SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, log_folder: Path, *, echo: bool = True) -> None:
        self._log_folder = log_folder
        self._echo = echo
        self._own_output = Output("up", log_folder, echo=echo)
        self._selector = selectors.DefaultSelector()
        self._minded: list[_Minded] = []
        self._stops_asked = 0
        self._asked_at = -SAME_REQUEST_SECONDS
        self._ear, self._mouth = socket.socketpair()
        self._listen_for_signals()

    @property
    def must_stop(self) -> bool:
        """Whether somebody asked for the end."""
        return self._stops_asked > 0

    def say(self, sentence: str) -> None:
        """Tell the operator something, on the terminal and in up.log."""
        self._own_output.write(f"{sentence}\n".encode())

    def start(self, process: Process, patience_seconds: float = 60.0) -> None:
        """Start `process`, wait until it is ready if it can tell, and mind it from now on.

        Raises ServerError when it does not get ready, or when a stop was asked for meanwhile.
        """
        minded = _Minded(process, Output(process.name, self._log_folder, echo=self._echo))
        self._minded.append(minded)
        self._launch(minded)
        deadline = time.monotonic() + patience_seconds
        while process.is_ready is not None and not process.is_ready():
            if self.must_stop:
                raise ServerError("Stopped while starting.")
            if time.monotonic() > deadline:
                raise ServerError(f"{process.name} does not get ready; see {self._log_folder / process.name}.log.")
            self._turn(0.05)

    def run(self, process: Process) -> int:
        """Run `process` to its end, once; returns its exit status."""
        minded = _Minded(process, Output(process.name, self._log_folder, echo=self._echo))
        self._launch(minded)
        told_to_stop = False
        while minded.is_running():
            if self.must_stop and not told_to_stop:
                minded.signal(process.stop_signal)
                told_to_stop = True
            self._turn(0.05)
        self._drain()
        return minded.status()

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Mind the processes until a stop is asked for, or `until` says so."""
        while not self.must_stop and not until():
            self._turn(0.5)

    def stop(self) -> None:
        """Stop everything, last started first, each one gone before the next; a second request makes it
        quick.
        """
        for minded in reversed(self._minded):
            self._stop_one(minded)
        self._minded.clear()
        self._drain()
        self._own_output.close()

    def _launch(self, minded: "_Minded") -> None:
        pipe = minded.launch()
        os.set_blocking(pipe.fileno(), False)
        self._selector.register(pipe, selectors.EVENT_READ, minded.output)

    def _turn(self, longest_seconds: float) -> None:
        self._read(longest_seconds)
        for minded in self._minded:
            if minded.has_ended():
                self.say(f"{minded.process.name} {_fate(minded.status())}; it is started again.")
                minded.failed()
            if minded.is_due():
                self._launch_again(minded)

    def _launch_again(self, minded: "_Minded") -> None:
        try:
            self._launch(minded)
        except ServerError as error:
            self.say(str(error))
            minded.failed()

    def _read(self, longest_seconds: float) -> None:
        for key, _ in self._selector.select(longest_seconds):
            if key.fileobj is self._ear:
                self._ear.recv(4096)
            else:
                self._take(key)

    def _take(self, key: selectors.SelectorKey) -> None:
        chunk = os.read(key.fd, 65536)
        key.data.write(chunk)
        if not chunk:
            key.data.close()
            self._selector.unregister(key.fileobj)
            if not isinstance(key.fileobj, int):
                key.fileobj.close()  # type: ignore[attr-defined]  # selectors only promises a fileno

    def _drain(self) -> None:
        """Read what ended processes still had to say."""
        while any(key.fileobj is not self._ear for key, _ in self._selector.select(0)):
            self._read(0)

    def _stop_one(self, minded: "_Minded") -> None:
        deadline = time.monotonic() + minded.process.patience_seconds
        minded.signal(minded.process.stop_signal)
        while minded.is_running():
            if time.monotonic() > deadline or self._stops_asked > 1:
                minded.kill()
            self._read(0.05)
        minded.kill_group()

    def _listen_for_signals(self) -> None:
        self._ear.setblocking(False)
        self._mouth.setblocking(False)
        self._selector.register(self._ear, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, *_: object) -> None:
        # Ctrl-C reaches the whole foreground group, and who started us may pass it on once more: one request.
        now = time.monotonic()
        if now - self._asked_at > SAME_REQUEST_SECONDS:
            self._stops_asked += 1
        self._asked_at = now


class _Minded:
    """A process with its past: how often it failed lately and when it is to be started again."""

    def __init__(self, process: Process, output: Output) -> None:
        self.process = process
        self.output = output
        self._child: subprocess.Popen[bytes] | None = None
        self._launched_at = 0.0
        self._failures = 0
        self._due_at: float | None = None

    def launch(self) -> IO[bytes]:
        """Start it; returns the pipe with its output."""
        self._due_at = None
        self._launched_at = time.monotonic()
        if self.process.prepare is not None:
            self.process.prepare()
        command = self.process.command
        self._child = subprocess.Popen(  # noqa: S603 - the commands are the Procfile's and our own
            command if self.process.is_leashed else leashed(command, self.process.stop_signal),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(self.process.environment),
            pass_fds=self.process.pass_fds,
            start_new_session=True,
        )
        if self.process.started is not None:
            self.process.started(self._child.pid)
        assert self._child.stdout is not None  # noqa: S101 - a pipe was asked for, which mypy cannot see
        return self._child.stdout

    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def has_ended(self) -> bool:
        return self._child is not None and self._child.poll() is not None

    def status(self) -> int:
        return 1 if self._child is None or self._child.returncode is None else self._child.returncode

    def failed(self) -> None:
        """Plan the next start: at once the first time, later and later while it does not stay up."""
        lived = time.monotonic() - self._launched_at
        self._failures = 0 if lived > LIVED_LONG_SECONDS else self._failures
        pause = RESTART_PAUSES_SECONDS[min(self._failures, len(RESTART_PAUSES_SECONDS) - 1)]
        self._failures += 1
        self._child = None
        self._due_at = time.monotonic() + pause

    def is_due(self) -> bool:
        return self._due_at is not None and time.monotonic() >= self._due_at

    def signal(self, number: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(number)

    def kill(self) -> None:
        if self._child is not None:
            self._child.kill()

    def kill_group(self) -> None:
        """End what the process itself left behind: a killed web server's own workers."""
        if self._child is not None:
            try:
                os.killpg(self._child.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return


def _fate(status: int) -> str:
    return f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
