"""Processor time by process, read from Linux's /proc: how busy the machine is besides moves it little.

Latency on a busy machine tells of its neighbours; what a text costs each process tells what limits.
"""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(roots: Mapping[str, int]) -> Counter[str]:
    """Processor seconds used so far by each named process and all below it, those that have ended included."""
    found: Counter[str] = Counter()
    parents, times = _table()
    named = {pid: name for name, pid in roots.items()}
    for pid, seconds in times.items():
        name = _name_of(pid, named, parents)
        if name is not None:
            found[name] += seconds
    return found


def root_pids(folder: Path) -> dict[str, int]:
    """The processes whose pid files stand in `folder`, by the files' names."""
    return {path.stem: int(path.read_text(encoding="ascii").split()[0]) for path in folder.glob("*.pid")}


def _table() -> tuple[dict[int, int], dict[int, float]]:
    """Every process's parent, and its own seconds with those of its children that have ended."""
    parents, times = {}, {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended just now
        parents[int(entry.name)] = int(fields[1])
        times[int(entry.name)] = sum(int(field) for field in fields[11:15]) / _TICKS
    return parents, times


def _name_of(pid: int, named: Mapping[int, str], parents: Mapping[int, int]) -> str | None:
    """The nearest named process at or above `pid`."""
    at: int | None = pid
    while at is not None and at not in named:
        at = parents.get(at)
    return named[at] if at is not None else None
