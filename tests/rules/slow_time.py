"""
Rules about time from their definitions, slowly: an officer's time is sets of half hours, and every window there is gets
counted. It shares no code with the rules. Times must lie on half hours.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from models.rules.facts import AwardFacts, OfficerFacts, OpeningFacts

HALF_HOUR = 1800
TOURS = {"duty", "overtime", "court", "training"}


class Piece:
    """A stretch of time with what the rules ask of it."""

    def __init__(self, starts_at: datetime, ends_at: datetime, kind: str, **about: Any) -> None:
        self.blocks = set(range(int(starts_at.timestamp()) // HALF_HOUR, int(ends_at.timestamp()) // HALF_HOUR))
        self.first, self.last = min(self.blocks), max(self.blocks)
        self.kind = kind
        self.about = about

    def is_of(self, names: Any) -> bool:
        group = "details" if self.kind == "details" else "tours" if self.kind in TOURS else "leave"
        return self.kind in names or group in names


def may_take(facts: AwardFacts, officer: OfficerFacts, opening: OpeningFacts) -> bool:
    """Whether the officer's time allows the opening, by every rule that binds at the award."""
    pieces = [
        Piece(each.starts_at, each.ends_at, _leave(each.leave_kind) if each.kind == "leave" else each.kind)
        for each in facts.tours
        if each.officer_id == officer.id
    ]
    pieces.extend(_held(facts, each) for each in facts.commitments if each.officer_id == officer.id)
    wanted = Piece(opening.starts_at, opening.ends_at, "details", pool=opening.pool, work=opening.work,
                   site=opening.site, area=opening.area)  # fmt: skip
    blocking = [each for each in pieces if facts.handbook.eligibility.leave_blocks or not _is_leave(each)]
    if any(each.blocks & wanted.blocks for each in blocking):
        return False
    rules = [
        (facts.handbook.travel, _travels),
        *((rest, _rests) for rest in facts.handbook.rest),
        *((limit, _LIMITS[limit.kind]) for limit in facts.handbook.limits),
    ]
    return all(
        check(rule, wanted, pieces, facts)
        for rule, check in rules
        if rule.binds_from != "never" and _concerns(rule.only, officer, opening)
    )


def _leave(kind: str | None) -> str:
    return f"{kind}_leave" if kind else "leave"


def _held(facts: AwardFacts, each: Any) -> Piece:
    is_actual = facts.handbook.eligibility.hours_counted == "actual"
    starts_at = max(each.starts_at, each.came_at) if is_actual and each.came_at else each.starts_at
    ends_at = each.left_at if is_actual and each.left_at else each.ends_at
    return Piece(starts_at, ends_at, "details", pool=each.pool, work=each.work, site=each.site, area=each.area)


def _is_leave(piece: Piece) -> bool:
    return piece.is_of({"leave"})


def _concerns(only: Any, officer: OfficerFacts, opening: OpeningFacts) -> bool:
    asked = [
        (only.ranks, officer.rank),
        (only.statuses, officer.status),
        (only.units, officer.unit),
        (only.pools, opening.pool),
        (only.kinds, opening.work),
    ]
    return all(not names or value in names for names, value in asked)


def _travels(travel: Any, wanted: Piece, pieces: list[Piece], _facts: AwardFacts) -> bool:
    for piece in pieces:
        if _is_leave(piece) or piece.blocks & wanted.blocks:
            continue
        gap = 30 * (max(piece.first, wanted.first) - min(piece.last, wanted.last) - 1)
        pair = "details" if piece.kind == "details" else "tours"
        if pair in travel.between and gap < _way(travel, wanted.about, piece.about):
            return False
    return True


def _way(travel: Any, one: dict[str, Any], other: dict[str, Any]) -> int:
    if one.get("site") and one.get("site") == other.get("site"):
        return 0
    for name, ways in (("site", travel.sites), ("area", travel.areas)):
        for way in ways:
            if sorted(way.between) == sorted((one.get(name) or "", other.get(name) or "")):
                return way.minutes
    return travel.minutes


def _rests(rest: Any, wanted: Piece, pieces: list[Piece], facts: AwardFacts) -> bool:
    if rest.after_hours is not None:
        return _rests_after_stretches(rest, wanted, pieces)
    if rest.until_tour is not None:
        return _is_back(rest, wanted, pieces)
    pieces = [each for each in pieces if _is_meant(rest.tours_starting, each, facts)]
    if rest.shifts is not None:
        return all(_keeps_shifts_free(rest, wanted, each, facts) for each in pieces)
    for piece in pieces:
        for earlier, later in ((wanted, piece), (piece, wanted)):
            gap = 30 * (later.first - earlier.last - 1)
            if earlier.is_of(rest.after) and later.is_of(rest.before) and 0 <= gap < rest.least_minutes:
                return False
    return True


def _is_back(rest: Any, wanted: Piece, pieces: list[Piece]) -> bool:
    """Every such leave that is over by then has a tour behind it that began, or ended, before the detail begins."""
    absent = [each for each in pieces if _is_leave(each)]
    tours = [each for each in pieces if each.kind == "duty" and not any(each.blocks & off.blocks for off in absent)]
    return all(
        any(
            leave.last < tour.first
            and (tour.first <= wanted.first if rest.until_tour == "begun" else tour.last < wanted.first)
            for tour in tours
        )
        for leave in absent
        if leave.is_of(rest.after) and leave.last < wanted.first
    )


def _is_meant(starting: Any, piece: Piece, facts: AwardFacts) -> bool:
    """Of tours, half hour by half hour of the day, only those that start in the stretch of the day that is said."""
    if starting is None or piece.kind not in TOURS:
        return True
    at, meant = starting.from_time.hour * 2, set()
    while at % 48 != starting.until_time.hour * 2:
        meant.add(at % 48)
        at += 1
    wall = _wall(piece.first, facts)
    return wall.hour * 2 + wall.minute // 30 in meant


def _wall(block: int, facts: AwardFacts) -> datetime:
    return datetime.fromtimestamp(block * HALF_HOUR, ZoneInfo(facts.zone))


def _changes(facts: AwardFacts, near: int) -> list[int]:
    """The half hours about a half hour at which a shift begins: the first of a day that shows such a time."""
    days = 21
    blocks = range(near - 48 * days, near + 48 * days)
    return [block for block in blocks if _wall(block, facts).time() in facts.handbook.shifts]


def _keeps_shifts_free(rest: Any, wanted: Piece, piece: Piece, facts: AwardFacts) -> bool:
    if wanted.first > piece.last and piece.is_of(rest.after) and "details" in rest.before:
        end = piece.last + 1
        changes = _changes(facts, end)
        nearest = min(changes, key=lambda each: (abs(each - end), each))
        return wanted.first >= changes[changes.index(nearest) + rest.shifts]
    if wanted.last < piece.first and piece.is_of(rest.before) and "details" in rest.after:
        changes = _changes(facts, piece.first)
        nearest = min(changes, key=lambda each: (abs(each - piece.first), each))
        return wanted.last < changes[changes.index(nearest) - rest.shifts]
    return True


def _shifts_in_a_row(limit: Any, wanted: Piece, pieces: list[Piece], facts: AwardFacts) -> bool:
    counting = [each for each in [*pieces, wanted] if each.is_of(limit.counts)]
    if not wanted.is_of(limit.counts):
        return True
    changes = _changes(facts, wanted.first)
    covered = set().union(*(each.blocks for each in counting))
    shifts = [set(range(first, last)) for first, last in pairwise(changes)]
    row, has_wanted = 0, False
    for shift in shifts:
        if 30 * len(shift & covered) < limit.least_minutes:
            row, has_wanted = 0, False
            continue
        row, has_wanted = row + 1, has_wanted or bool(shift & wanted.blocks)
        if row > limit.shifts and has_wanted:
            return False
    return True


def _rests_after_stretches(rest: Any, wanted: Piece, pieces: list[Piece]) -> bool:
    """Walk back from the start of whatever rest is owed before, half hour by half hour, until the stretch is over."""
    everything = [*pieces, wanted]
    for later in everything:
        before = set().union(*(each.blocks for each in everything if each.is_of(rest.after) and each is not later))
        before = {block for block in before if block < later.first}
        if not later.is_of(rest.before) or not before:
            continue
        last, at = max(before), max(before)
        worked, idle, has_wanted = 0, 0, later is wanted
        while idle * 30 < rest.break_minutes and at >= min(before):
            has_wanted = has_wanted or (at in wanted.blocks and wanted.is_of(rest.after))
            worked, idle = (worked + 1, 0) if at in before else (worked, idle + 1)
            at -= 1
        too_soon = 30 * (later.first - last - 1) < rest.least_minutes
        if has_wanted and too_soon and 30 * worked >= 60 * rest.after_hours:
            return False
    return True


def _counting(limit: Any, wanted: Piece, pieces: list[Piece]) -> list[Piece]:
    """What counts, the wanted detail among it; nothing where that does not count itself."""

    def counts(piece: Piece) -> bool:
        pools, works = getattr(limit, "counts_pools", ()), getattr(limit, "counts_kinds", ())
        is_named = (not pools or piece.about.get("pool") in pools) and (not works or piece.about.get("work") in works)
        return piece.is_of(limit.counts) and (piece.kind != "details" or is_named)

    return [each for each in (*pieces, wanted) if counts(each)] if counts(wanted) else []


def _fits(limit: Any, blocks: int, details: int) -> bool:
    fits_hours = limit.most_minutes is None or blocks * 30 <= limit.most_minutes
    return fits_hours and (limit.details is None or details <= limit.details)


def _rolling(limit: Any, wanted: Piece, pieces: list[Piece], _facts: AwardFacts) -> bool:
    counting = _counting(limit, wanted, pieces)
    covered = set().union(*(each.blocks for each in counting))
    length = limit.window_minutes // 30
    for start in range(wanted.first - length + 1, wanted.last + 1) if counting else ():
        if not _fits(limit, len(covered & set(range(start, start + length))), 0):
            return False
    # A window that begins in the middle of a half hour touches one more.
    for start in range(wanted.first - length, wanted.last + 1) if counting else ():
        window = set(range(start, start + length + 1))
        if not _fits(limit, 0, sum(bool(window & each.blocks) for each in counting if each.kind == "details")):
            return False
    return True


def _calendar(limit: Any, wanted: Piece, pieces: list[Piece], facts: AwardFacts) -> bool:
    counting = _counting(limit, wanted, pieces)
    period = _period_of(limit, facts.zone)
    used: dict[Any, set[int]] = {}
    details: dict[Any, int] = {}
    covered: set[int] = set()
    for each in sorted(counting, key=lambda each: (each.first, each.last)):
        for name in {period(each.first)} if limit.split == "to_start" else set(map(period, each.blocks)):
            details[name] = details.get(name, 0) + (each.kind == "details")
            new = each.blocks - covered
            mine = new if limit.split == "to_start" else {block for block in new if period(block) == name}
            used.setdefault(name, set()).update(mine)
        covered |= each.blocks
    touched = {period(wanted.first)} if limit.split == "to_start" else set(map(period, wanted.blocks))
    return all(_fits_window(limit, name, used, details, pieces, period) for name in touched if counting)


def _fits_window(limit: Any, name: Any, used: Any, details: Any, pieces: list[Piece], period: Any) -> bool:
    if limit.details is not None and details[name] > limit.details:
        return False
    if limit.most_minutes is None:
        return True
    minutes = 30 * len(used[name])
    raising = set().union(*(each.blocks for each in pieces if each.is_of(limit.raised_by)))
    raised = 30 * sum(period(block) == name for block in raising)
    if limit.raised_to_hours is not None:
        raised = max(min(raised, limit.raised_to_hours * 60 - limit.most_minutes), 0)
    if minutes <= limit.most_minutes + raised:
        return True
    if limit.long is None or minutes > limit.long.hours * 60:
        return False

    def longer(day: Any) -> int:
        return (day - limit.long.anchor_on).days // limit.long.in_days

    others = [
        each
        for each in used
        if each != name and longer(each) == longer(name) and 30 * len(used[each]) > limit.most_minutes
    ]
    return len(others) < limit.long.times


def _period_of(limit: Any, zone: str) -> Callable[[int], Any]:
    """The first day of the window in which a half hour lies."""
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    shift = timedelta(hours=limit.begins_at.hour, minutes=limit.begins_at.minute)

    def period(block: int) -> Any:
        day = (datetime.fromtimestamp(block * HALF_HOUR, ZoneInfo(zone)).replace(tzinfo=None) - shift).date()
        if limit.period == "week":
            return day - timedelta(days=(day.weekday() - weekdays.index(limit.week_starts)) % 7)
        if limit.period in ("28_days", "days"):
            return day - timedelta(days=(day - limit.anchor_on).days % (limit.days_long or 28))
        return day.replace(day=1) if limit.period == "month" else day

    return period


def _consecutive(limit: Any, wanted: Piece, pieces: list[Piece], _facts: AwardFacts) -> bool:
    counting = _counting(limit, wanted, pieces)
    if not counting:
        return True
    stretch = {wanted.first}
    covered = set().union(*(each.blocks for each in counting))
    longest_gap = -(-limit.break_minutes // 30)
    grown = True
    while grown:
        near = {block for block in covered if min(stretch) - longest_gap <= block <= max(stretch) + longest_gap}
        grown, stretch = bool(near - stretch), stretch | near
    blocks = max(stretch) - min(stretch) + 1 if limit.measured == "elapsed" else len(stretch)
    return _fits(limit, blocks, sum(each.kind == "details" and bool(each.blocks & stretch) for each in counting))


def _in_a_row(limit: Any, wanted: Piece, pieces: list[Piece], facts: AwardFacts) -> bool:
    zone = ZoneInfo(facts.zone)

    def days(piece: Piece) -> set[int]:
        blocks = {piece.first} if limit.split == "to_start" else piece.blocks
        return {datetime.fromtimestamp(block * HALF_HOUR, zone).date().toordinal() for block in blocks}

    counting = _counting(limit, wanted, pieces)
    worked = set().union(*map(days, counting))
    if not counting:
        return True
    row = days(wanted)
    while {min(row) - 1, max(row) + 1} & worked:
        row |= {min(row) - 1, max(row) + 1} & worked
    return len(row) <= limit.days


_LIMITS: dict[str, Callable[..., bool]] = {
    "rolling": _rolling,
    "calendar": _calendar,
    "consecutive": _consecutive,
    "days_in_a_row": _in_a_row,
    "shifts_in_a_row": _shifts_in_a_row,
}
