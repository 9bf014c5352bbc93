"""What bringing tours came to, for whoever brought them: in lines, and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.tours.bringing import Brought, TourChange
from models.tours.conflicts import Conflict


def in_words(brought: Brought, zone: ZoneInfo) -> Iterator[str]:
    """A line for each change and each conflict, and how many there were."""
    for change in brought.changes:
        yield f"{'+' if change.change == 'added' else '-'} {change.badge}: {change.kind} {_hours(change, zone)}"
    for conflict in brought.conflicts:
        yield f"CONFLICT {conflict.badge}: {_conflict(conflict, zone)}"
    added, removed = brought.count("added"), brought.count("removed")
    yield f"{added} added, {removed} removed, {brought.unchanged} as they were; {len(brought.conflicts)} conflicts."
    if brought.conflicts:
        yield "Each conflict was put before a person: which of the two gives way is the department's to say."
    if brought.unknown:
        yield f"No officers of the department, passed over: {', '.join(brought.unknown)}."
    if brought.passed_over:
        yield f"No time taken: {', '.join(f'{count} {what}' for what, count in brought.passed_over)}."


def as_json(brought: Brought, zone: ZoneInfo) -> dict[str, Any]:
    """The same for a program; times are local with their offset."""
    return {
        "added": [_change(each, zone) for each in brought.changes if each.change == "added"],
        "removed": [_change(each, zone) for each in brought.changes if each.change == "removed"],
        "unchanged": brought.unchanged,
        "conflicts": [
            {
                "officer": each.badge,
                "code": each.opening.code,
                "starts_at": _local(each.opening.starts_at, zone),
                "ends_at": _local(each.opening.ends_at, zone),
                "reason": str(each.verdict.reason),
                "figures": {name: _plain(value, zone) for name, value in each.verdict.figures.items()},
            }
            for each in brought.conflicts
        ],
        "unknown": list(brought.unknown),
        "passed_over": dict(brought.passed_over),
    }


def _change(change: TourChange, zone: ZoneInfo) -> dict[str, str]:
    return {
        "officer": change.badge,
        "kind": change.kind,
        "starts_at": _local(change.starts_at, zone),
        "ends_at": _local(change.ends_at, zone),
    }


def _hours(change: TourChange, zone: ZoneInfo) -> str:
    return (
        f"{change.starts_at.astimezone(zone):%a %Y-%m-%d %H:%M} to {change.ends_at.astimezone(zone):%a %Y-%m-%d %H:%M}"
    )


def _conflict(conflict: Conflict, zone: ZoneInfo) -> str:
    about, why = conflict.opening, str(conflict.verdict.reason).replace("_", " ")
    figures = ", ".join(f"{name} {_plain(value, zone)}" for name, value in conflict.verdict.figures.items())
    when = f"{about.starts_at.astimezone(zone):%a %Y-%m-%d %H:%M} to {about.ends_at.astimezone(zone):%H:%M}"
    return f"detail {about.code}, {when}: {why} ({figures})"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes")


def _plain(value: Any, zone: ZoneInfo) -> Any:
    return _local(value, zone) if isinstance(value, datetime) else value
