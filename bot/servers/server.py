"""What the embedded servers have in common: one home, one owner at a time, started on a leash and stopped
cleanly.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, ClassVar

from bot.servers.folders import ServerError, drop_socket_folder, own_folder
from bot.servers.installation import Identity
from bot.servers.leftovers import end_leftover, write_pid_file

ATTEMPTS = 5
ATTEMPT_PAUSE_SECONDS = 0.5
LEASH = Path(__file__).with_name("leash.py")


def leashed(command: list[str], death_signal: signal.Signals, identity: Identity | None = None) -> list[str]:
    """`command` as one that receives `death_signal` when this process (strictly: the calling thread) dies."""
    uid, gid = ("-", "-") if identity is None else (str(identity.uid), str(identity.gid))
    return [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(death_signal)), uid, gid, *command]


class Lock:
    """An exclusive hold on a file, given up by the kernel when its holder dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def acquire(self, patience_seconds: float = 0.0) -> bool:
        """Take the lock, waiting up to `patience_seconds`; taking it twice is the same as once."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("ab")
        deadline = time.monotonic() + patience_seconds
        while not _flocked(file):
            if time.monotonic() >= deadline:
                file.close()
                return False
            time.sleep(0.05)
        self._file = file
        return True

    @property
    def is_held(self) -> bool:
        """Whether the lock is ours now."""
        return self._file is not None

    def release(self) -> None:
        """Give the lock up; nothing if it was not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


class EmbeddedServer(ABC):
    """A server of our own below one home folder.

    `start` and `stop` run it as a child of this process. A supervisor that minds the child itself uses
    `prepare`, `command` and `is_ready` instead, and `release` at the end.
    """

    name: ClassVar[str]
    socket_name: ClassVar[str]
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()
        self._lock = Lock(self.home / "lock")
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, patience_seconds: float = 30.0) -> str:
        """Start the server and wait until it answers; returns its URL. Raises ServerError."""
        try:
            self._insist(time.monotonic() + patience_seconds)
        except ServerError:
            self.release()
            raise
        return self.url()

    def stop(self) -> None:
        """Stop the server cleanly, for good if it does not listen, and give its home up."""
        self._end_child()
        self.release()

    def prepare(self) -> None:
        """Make all ready for `command`: the home taken, leftovers ended, files in place. Raises ServerError.

        Called before every start, the first or the tenth.
        """
        self.make_home()
        if not self._lock.acquire(patience_seconds=20.0):
            raise ServerError(f"Another process is running {self.name} in {self.home}.")
        self.set_up(end_leftover(self.home / "pid", self.stop_signal))

    def remember(self, pid: int) -> None:
        """Note the running server's process, for a later run to find should we die."""
        write_pid_file(self.home / "pid", pid)

    def release(self) -> None:
        """Give the home up to whoever comes next; nothing if it was never ours."""
        if self._lock.is_held:
            (self.home / "pid").unlink(missing_ok=True)
            drop_socket_folder(self.home, self.socket_name)
            self._lock.release()

    def environment(self) -> dict[str, str]:
        """The few variables a server is started with; none of ours, which hold secrets."""
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

    def make_home(self) -> None:
        """Make the home folder, closed to others."""
        own_folder(self.home)

    @abstractmethod
    def set_up(self, gone: int | None) -> None:
        """Put the server's files in place; the home is ours alone meanwhile.

        `gone` is the process id of the run before: whoever carries it now is not our server.
        """

    @abstractmethod
    def command(self) -> list[str]:
        """The command line, leashed to this process, that runs the server in the foreground."""

    @abstractmethod
    def url(self) -> str:
        """Where clients connect."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server answers by now."""

    def _insist(self, deadline: float) -> None:
        for _ in range(ATTEMPTS):
            if self._try_to_start(deadline):
                return
            # The last processes of a server that was killed may need a moment to notice.
            time.sleep(ATTEMPT_PAUSE_SECONDS)
        raise ServerError(f"{self.name} did not start: {self._last_words()}")

    def _try_to_start(self, deadline: float) -> bool:
        self.prepare()
        self._child = self._spawn()
        self.remember(self._child.pid)
        while not self.is_ready():
            if self._child.poll() is not None or time.monotonic() > deadline:
                self._end_child()
                return False
            time.sleep(0.02)
        return True

    def _spawn(self) -> subprocess.Popen[bytes]:
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - the command line is ours
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                start_new_session=True,
            )

    def _end_child(self) -> None:
        if self._child is None:
            return
        self._child.send_signal(self.stop_signal)
        try:
            self._child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def _last_words(self) -> str:
        lines = (self.home / "log").read_text(encoding="utf-8", errors="replace").splitlines()
        return " / ".join(lines[-3:]) or "it said nothing."


def _flocked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
