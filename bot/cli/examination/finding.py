"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and, where it is not well, why it matters and what to do.

    `is_needed`: no real text flows as it should without it; otherwise it is only worth knowing.
    """

    name: str
    is_well: bool
    sentence: str
    is_needed: bool = True
    why: str = ""
    remedy: str = ""


def well(name: str, sentence: str) -> Finding:
    """Something that is as it should be."""
    return Finding(name, True, sentence)


def bad(name: str, sentence: str, why: str, remedy: str, *, is_needed: bool = True) -> Finding:
    """Something that is not."""
    return Finding(name, False, sentence, is_needed, why, remedy)
