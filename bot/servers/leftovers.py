"""Find and end what an earlier run left behind, and nothing else.

A process id alone is not enough: after a reboot or a busy week it belongs to somebody else. It counts as
ours only with the moment it was started, or with the data folder it works in.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PROC = Path("/proc")


def write_pid_file(path: Path, pid: int) -> None:
    """Remember process `pid`, so that `end_leftover` recognises it later."""
    path.write_text(f"{pid} {_started(pid)}\n", encoding="ascii")


def end_leftover(path: Path, gentle: signal.Signals, patience_seconds: float = 5.0) -> int | None:
    """End the process remembered in `path` if it still runs: first by `gentle`, then for good.

    Returns the id it had: whoever carries that number now is somebody else. None if nothing was remembered.
    """
    remembered = _remembered(path)
    path.unlink(missing_ok=True)
    if remembered is None:
        return None
    pid, started = remembered
    if started and _started(pid) == started:
        _end([pid], gentle, patience_seconds)
    return pid


def end_processes_in(folder: Path, gentle: signal.Signals, patience_seconds: float = 5.0) -> None:
    """End every process that works in `folder`: a server's, whose own pid file may be gone. Linux only."""
    pids = processes_in(folder)
    if pids:
        _end(pids, gentle, patience_seconds)


def processes_in(folder: Path) -> list[int]:
    """The processes whose current folder is `folder`; none where there is no /proc."""
    inside = (int(entry.name) for entry in _entries() if _works_in(entry, folder))
    return [pid for pid in inside if pid != os.getpid()]


def is_running(pid: int) -> bool:
    """Whether any process, whoever's, has the id `pid`."""
    return _started(pid) != ""


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether `is_so` came true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _remembered(path: Path) -> tuple[int, str] | None:
    try:
        pid, _, started = path.read_text(encoding="ascii").strip().partition(" ")
        return int(pid), started
    except (OSError, ValueError):
        return None


def _started(pid: int) -> str:
    """When `pid` was started, in the system's own words; empty for no such process."""
    if sys.platform == "linux":
        try:
            # The name in parentheses may itself hold spaces and parentheses; field 22 counts from the last
            # one.
            fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] == "Z" else fields[19]
    ps = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
    asked = subprocess.run(ps, capture_output=True, text=True, check=False)  # noqa: S603 - a number
    return asked.stdout.strip()


def _end(pids: list[int], gentle: signal.Signals, patience_seconds: float) -> None:
    started = {pid: _started(pid) for pid in pids}

    def living() -> list[int]:
        return [pid for pid in pids if started[pid] and _started(pid) == started[pid]]

    for number, patience in ((gentle, patience_seconds), (signal.SIGKILL, 2.0)):
        for pid in living():
            _signal(pid, number)
        if wait_until(lambda: not living(), patience):
            return


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _entries() -> list[Path]:
    return [entry for entry in _PROC.iterdir() if entry.name.isdigit()] if _PROC.is_dir() else []


def _works_in(entry: Path, folder: Path) -> bool:
    try:
        return (entry / "cwd").readlink() == folder
    except OSError:
        return False
