"""People and details for the rule tables: times are written as the wall in New York shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.rules.facts import (
    AwardFacts,
    CounterFacts,
    OfficerFacts,
    OpeningFacts,
    SignupFacts,
    SlotFacts,
    TourFacts,
)
from models.rules.handbook import Handbook

ZONE = "America/New_York"
NOW = datetime(2026, 10, 1, 12, tzinfo=ZoneInfo(ZONE))


def at(text: str) -> datetime:
    """`2026-11-02 07:00` on the wall; `2026-11-01 01:30 again` is the second time the wall shows it."""
    again = text.endswith(" again")
    return datetime.fromisoformat(text.removesuffix(" again")).replace(tzinfo=ZoneInfo(ZONE), fold=int(again))


def span(text: str) -> tuple[datetime, datetime]:
    """`2026-11-02 07:00 - 15:00`, or with a date on both sides."""
    first, last = text.split(" - ")
    return at(first), at(last if last[:4].isdigit() else f"{first[:10]} {last}")


def officer(number: int, **changes: Any) -> OfficerFacts:
    """Officer 1 is the most senior and has badge 101."""
    given = {"badge": str(100 + number), "rank": "Officer", "seniority_on": date(2000 + number, 1, 1), **changes}
    return OfficerFacts(id=number, **given)


def opening(number: int, when: str, **changes: Any) -> OpeningFacts:
    """Detail D1, D2, …"""
    starts_at, ends_at = span(when)
    given = {"detail": f"D{number}", "posted_at": NOW, "pool": "details", **changes}
    return OpeningFacts(id=number, starts_at=starts_at, ends_at=ends_at, **given)


def tour(officer_id: int, when: str, kind: Any = "duty") -> TourFacts:
    """A tour or leave."""
    return TourFacts(officer_id, *span(when), kind)


def department(
    handbook: dict[str, Any],
    officers: Sequence[OfficerFacts],
    openings: Sequence[OpeningFacts],
    wishes: dict[int, Sequence[int]],
    slots: dict[int, int] | None = None,
    hours: dict[int, float] | None = None,
    rotation: Sequence[int] = (),
    **more: Any,
) -> AwardFacts:
    """Facts for an award: what each officer wants, most wanted first; one slot an opening unless `slots` says so."""
    counts = {each.id: (slots or {}).get(each.id, 1) for each in openings}
    counted = sorted({*(hours or {}), *rotation})
    return AwardFacts(
        handbook=Handbook.model_validate({"ranks": ["Lieutenant", "Sergeant", "Officer"], **handbook}),
        zone=ZONE,
        now=NOW,
        officers=tuple(officers),
        openings=tuple(openings),
        slots=tuple(SlotFacts(100 * each + n, each, n) for each, count in counts.items() for n in range(1, count + 1)),
        signups=tuple(
            SignupFacts(who, what, NOW, place) for who, wanted in wishes.items() for place, what in enumerate(wanted, 1)
        ),
        counters=tuple(
            CounterFacts(
                each,
                "details",
                round((hours or {}).get(each, 0) * 60),
                list(rotation).index(each) + 1 if each in rotation else None,
            )
            for each in counted
        ),
        **more,
    )


def by(*order: Any, **more: Any) -> dict[str, Any]:
    """A handbook of one round in that order."""
    return {"awarding": {"rounds": [{"name": "all", "order": list(order), **more}]}}
