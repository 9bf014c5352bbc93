"""What a round whose order changes has come to for an opening, and when a wait for a better one is over."""

from dataclasses import dataclass, field

from models.rules.verdict import Verdict


@dataclass(slots=True)
class Decision:
    """An opening's outcome: officers by id, best first. `stopped` are those ranked before the last winner."""

    opening_id: int
    winners: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    stopped: dict[int, Verdict] = field(default_factory=dict)


def settled_at(hopes: dict[int, list[int]]) -> dict[int, int]:
    """
    The index after which it is known whether a wait was in vain: the last opening hoped for, and where that one
    is itself passed over in hope of another, when that is known.
    """
    settled: dict[int, int] = {}
    for index in sorted(hopes, reverse=True):
        settled[index] = max((max(hope, settled[hope]) for hope in hopes[index]), default=index)
    return settled
