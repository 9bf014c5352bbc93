"""Something found in a handbook, and what a check may know of the department beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Path = tuple[str | int, ...]

#: error: it cannot hold as it stands. warning: probably not what was meant. note: so it is, and worth knowing.
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found, at a place in the handbook: what is wrong, and what would mend it."""

    severity: Severity
    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """
    The department a handbook is for: the units, ranks and qualifications that its officers have; and the names of the
    other departments of the installation, where that is known.
    """

    units: frozenset[str] = field(default_factory=frozenset)
    ranks: frozenset[str] = field(default_factory=frozenset)
    qualifications: frozenset[str] = field(default_factory=frozenset)
    departments: frozenset[str] | None = None


Findings = Iterator[Finding]


def error(path: Path, message: str) -> Finding:
    """It cannot hold as it stands."""
    return Finding("error", path, message)


def warning(path: Path, message: str) -> Finding:
    """It can hold, and is probably not what was meant."""
    return Finding("warning", path, message)


def note(path: Path, message: str) -> Finding:
    """Worth knowing."""
    return Finding("note", path, message)


def figure(number: float) -> str:
    """A number as people write it: 24, 7.5."""
    return f"{number:g}"
