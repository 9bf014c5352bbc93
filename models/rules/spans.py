"""Stretches of an officer's time, in minutes since 1970, and what rest and limits say of them together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.rules.clauses.eligibility import CalendarLimit, Limit, Rest, RollingLimit, TimeKind
from models.rules.facts import CommitmentFacts, OpeningFacts, TourFacts
from models.rules.reasons import Figures, Reason
from models.rules.verdict import ELIGIBLE, Verdict
from models.rules.windows import minute_of, moment_of, windows


class Span(NamedTuple):
    """A stretch of time: from `start` up to but not including `end`."""

    start: int
    end: int
    kind: TimeKind
    detail: str = ""
    is_elsewhere: bool = False


def of_tour(tour: TourFacts) -> Span:
    """A tour or leave as a stretch of time."""
    return Span(minute_of(tour.starts_at), minute_of(tour.ends_at), "leave" if tour.kind == "leave" else "tours")


def of_commitment(held: CommitmentFacts) -> Span:
    """A live assignment as a stretch of time."""
    return Span(minute_of(held.starts_at), minute_of(held.ends_at), "details", held.detail, held.is_elsewhere)


def of_opening(opening: OpeningFacts) -> Span:
    """A detail as a stretch of time."""
    return Span(minute_of(opening.starts_at), minute_of(opening.ends_at), "details", opening.detail)


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a minute; one may begin when the other ends."""
    return one.start < other.end and other.start < one.end


def overlap_verdict(wanted: Span, taken: Iterable[Span], leave_blocks: bool) -> Verdict:
    """Whether the officer is somewhere else then."""
    for span in taken:
        if overlap(wanted, span) and (leave_blocks or span.kind != "leave"):
            return _somewhere_else(span)
    return ELIGIBLE


def _somewhere_else(span: Span) -> Verdict:
    if span.is_elsewhere:
        return Verdict(Reason.COMMITTED_ELSEWHERE)
    figures: Figures = {"starts_at": moment_of(span.start), "ends_at": moment_of(span.end)}
    if span.kind == "details":
        return Verdict(Reason.OVERLAPS_ASSIGNMENT, {"detail": span.detail, **figures})
    return Verdict(Reason.ON_LEAVE if span.kind == "leave" else Reason.OVERLAPS_TOUR, figures)


def rest_verdict(wanted: Span, taken: Iterable[Span], clauses: Sequence[Rest]) -> Verdict:
    """Whether the rest owed lies between the wanted detail and everything before and after it."""
    longest = max((clause.least_minutes for clause in clauses), default=0)
    for span in taken:
        if span.end > wanted.start - longest and span.start < wanted.end + longest:
            for clause in clauses:
                verdict = _rest_between(wanted, span, clause)
                if not verdict.is_eligible:
                    return verdict
    return ELIGIBLE


_RESTS: dict[TimeKind, tuple[Reason, Reason]] = {
    "tours": (Reason.REST_AFTER_TOUR, Reason.REST_BEFORE_TOUR),
    "details": (Reason.REST_AFTER_DETAIL, Reason.REST_BEFORE_DETAIL),
    "leave": (Reason.REST_AFTER_LEAVE, Reason.REST_BEFORE_LEAVE),
}


def _rest_between(wanted: Span, span: Span, clause: Rest) -> Verdict:
    if span.end <= wanted.start and span.kind in clause.after and "details" in clause.before:
        return _enough_rest(wanted.start - span.end, span, clause, _RESTS[span.kind][0])
    if wanted.end <= span.start and "details" in clause.after and span.kind in clause.before:
        return _enough_rest(span.start - wanted.end, span, clause, _RESTS[span.kind][1])
    return ELIGIBLE


def _enough_rest(rest_minutes: int, span: Span, clause: Rest, reason: Reason) -> Verdict:
    if rest_minutes >= clause.least_minutes:
        return ELIGIBLE
    if span.is_elsewhere:
        return Verdict(Reason.COMMITTED_ELSEWHERE)
    figures: Figures = {
        "rest_minutes": rest_minutes,
        "needed_minutes": clause.least_minutes,
        "starts_at": moment_of(span.start),
        "ends_at": moment_of(span.end),
    }
    return Verdict(reason, {"detail": span.detail, **figures} if span.kind == "details" else figures)


def limits_verdict(wanted: Span, taken: Sequence[Span], limits: Sequence[Limit], zone: str) -> Verdict:
    """Whether every limit on hours holds with the wanted detail added. One that counts no details stops none."""
    for limit in limits:
        if "details" in limit.counts:
            found = _limit_verdict(wanted, taken, limit, zone)
            if not found.is_eligible:
                return found
    return ELIGIBLE


def _limit_verdict(wanted: Span, taken: Sequence[Span], limit: Limit, zone: str) -> Verdict:
    calendar = list(windows(limit, zone, wanted.start, wanted.end)) if isinstance(limit, CalendarLimit) else []
    first, last = _reach(wanted, limit, calendar)
    counted = [span for span in taken if span.start < last and span.end > first and span.kind in limit.counts]
    counted.append(wanted)
    if sum(span.end - span.start for span in counted) <= limit.most_minutes:
        return ELIGIBLE  # All there is within reach is not too much, so no window of it is.
    counted.sort()
    for start, end in calendar or _rolling_windows(limit, wanted, counted):
        would_be = _minutes_within(start, end, counted)
        if would_be > limit.most_minutes:
            return _over(limit, start, end, would_be)
    return ELIGIBLE


def _reach(wanted: Span, limit: Limit, calendar: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Everything that a window with the wanted detail in it could touch."""
    if isinstance(limit, RollingLimit):
        return wanted.start - limit.window_minutes, wanted.end + limit.window_minutes
    return calendar[0][0], calendar[-1][1]


def _rolling_windows(limit: Limit, wanted: Span, counted: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The fullest window begins where something begins or ends where something ends, so no others are tried."""
    length = limit.window_minutes if isinstance(limit, RollingLimit) else 0
    for span in counted:
        for start in (span.start, span.end - length):
            if start < wanted.end and wanted.start < start + length:
                yield start, start + length


def _minutes_within(start: int, end: int, spans: Sequence[Span]) -> int:
    """Minutes of a window that some stretch covers, of stretches in order; what is covered twice counts once."""
    total = 0
    for span in spans:
        if span.end <= start:
            continue
        if span.start >= end:
            break
        first, last = max(span.start, start), min(span.end, end)
        total += last - first
        start = last
    return total


_PERIODS = {
    "day": Reason.LIMIT_DAY,
    "week": Reason.LIMIT_WEEK,
    "28_days": Reason.LIMIT_28_DAYS,
    "month": Reason.LIMIT_MONTH,
}


def _over(limit: Limit, start: int, end: int, would_be: int) -> Verdict:
    figures: Figures = {
        "limit_minutes": limit.most_minutes,
        "would_be_minutes": would_be,
        "starts_at": moment_of(start),
        "ends_at": moment_of(end),
    }
    if isinstance(limit, CalendarLimit):
        return Verdict(_PERIODS[limit.period], figures)
    return Verdict(Reason.LIMIT_ROLLING, {"window_minutes": limit.window_minutes, **figures})
