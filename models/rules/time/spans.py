"""Stretches of an officer's time, in minutes since 1970, and what stands in the way of a wanted one."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from models.rules.clauses.eligibility import LeaveBlocks
from models.rules.facts import CommitmentFacts, OpeningFacts, TourFacts
from models.rules.reasons import Figures, Reason
from models.rules.time.windows import minute_of, moment_of
from models.rules.verdict import ELIGIBLE, Verdict

_DUTY = frozenset({"duty", "overtime", "court", "training"})


class Span(NamedTuple):
    """A stretch of time: from `start` up to but not including `end`. `kind` is `details` or what a tour is."""

    start: int
    end: int
    kind: str
    detail: str = ""
    is_elsewhere: bool = False
    pool: str = ""
    work: str = ""
    site: str = ""
    area: str = ""
    may_be_called: bool = False
    is_ordered: bool = False

    @property
    def group(self) -> Literal["details", "tours", "leave", "away"]:
        """What people call it."""
        if self.kind == "details":
            return "details"
        if self.kind == "away":
            return "away"
        return "tours" if self.kind in _DUTY else "leave"


def of_tour(tour: TourFacts) -> Span:
    """A tour or leave as a stretch of time."""
    kind = f"{tour.leave_kind}_leave" if tour.kind == "leave" and tour.leave_kind else tour.kind
    return Span(minute_of(tour.starts_at), minute_of(tour.ends_at), kind, may_be_called=tour.may_be_called)


def of_commitment(held: CommitmentFacts, is_actual: bool = False) -> Span:
    """
    A live assignment as a stretch of time: as planned, or as it was worked as far as that is known. Who came early
    has worked from the planned start.
    """
    start, end = minute_of(held.starts_at), minute_of(held.ends_at)
    if is_actual:
        start = max(start, minute_of(held.came_at)) if held.came_at else start
        end = minute_of(held.left_at) if held.left_at else end
    return Span(
        start,
        max(start, end),
        "details",
        held.detail,
        held.is_elsewhere,
        held.pool or "",
        held.work or "",
        held.site or "",
        held.area or "",
        is_ordered=held.is_ordered,
    )


def of_opening(opening: OpeningFacts) -> Span:
    """A detail as a stretch of time."""
    return Span(
        minute_of(opening.starts_at),
        minute_of(opening.ends_at),
        "details",
        opening.detail,
        False,
        opening.pool,
        opening.work or "",
        opening.site or "",
        opening.area or "",
    )


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a minute; one may begin when the other ends."""
    return one.start < other.end and other.start < one.end


def overlap_verdict(wanted: Span, taken: Iterable[Span], leave_blocks: LeaveBlocks) -> Verdict:
    """Whether the officer is somewhere else then."""
    for span in taken:
        if overlap(wanted, span) and _blocks(span, leave_blocks):
            return _somewhere_else(span)
    return ELIGIBLE


def _blocks(span: Span, leave_blocks: LeaveBlocks) -> bool:
    if span.group != "leave":
        return True
    return not span.may_be_called if leave_blocks == "unless_available" else leave_blocks


def _somewhere_else(span: Span) -> Verdict:
    if span.is_elsewhere:
        return Verdict(Reason.COMMITTED_ELSEWHERE)
    figures: Figures = {"starts_at": moment_of(span.start), "ends_at": moment_of(span.end)}
    if span.kind == "details":
        return Verdict(Reason.OVERLAPS_ASSIGNMENT, {"detail": span.detail, **figures})
    return Verdict(_TAKEN[span.group], figures)


_TAKEN = {"leave": Reason.ON_LEAVE, "tours": Reason.OVERLAPS_TOUR, "away": Reason.AWAY}
