"""Small departments for property tests: few officers, details close together, often on a night the clocks change."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from models.rules.facts import (
    AwardFacts,
    CommitmentFacts,
    CounterFacts,
    OfficerFacts,
    OpeningFacts,
    QualificationFacts,
    SignupFacts,
    SlotFacts,
    TourFacts,
)
from models.rules.handbook import Handbook

# The middle of a week, the night the clocks go back, and the night they go forward, in America/New_York.
_STARTS = (
    datetime(2026, 6, 30, 20, tzinfo=UTC),
    datetime(2026, 10, 31, 22, tzinfo=UTC),
    datetime(2026, 3, 7, 23, tzinfo=UTC),
)
_RESTS = (
    [],
    [{"hours": 8}],
    [{"hours": 4, "after": ["tours"]}],
    [{"hours": 6, "after": ["details"], "before": ["tours"]}],
)
_LIMITS: tuple[dict[str, Any], ...] = (
    {"kind": "rolling", "hours": 8, "in_hours": 24},
    {"kind": "rolling", "hours": 6, "minutes": 30, "in_hours": 12, "counts": ["details"]},
    {"kind": "calendar", "period": "day", "hours": 6},
    {"kind": "calendar", "period": "week", "week_starts": "sunday", "hours": 9},
    {"kind": "calendar", "period": "month", "hours": 7, "counts": ["details"]},
    {"kind": "calendar", "period": "28_days", "anchor_on": "2026-03-08", "hours": 10},
)
STATIC: tuple[Any, ...] = (
    ["seniority"],
    ["rank", "seniority", {"key": "badge", "direction": "down"}],
    [{"key": "seniority", "direction": "down"}],
    ["lottery"],
    ["rank", "lottery"],
    ["date_in_rank"],
    ["job_class", "name"],
    {"by_rank": [["Officer", ["name"]]], "order": ["seniority"]},
)
BY_SLOT: tuple[Any, ...] = (
    ["own_unit", "seniority"],
    ["preference", "seniority"],
    ["first_come"],
    ["own_unit", "preference", "lottery"],
    ["points", "seniority"],
    [{"key": "points", "direction": "down"}],
    {"by_rank": [["Officer", ["first_come"]], ["Sergeant", ["own_unit"]]], "order": ["badge"]},
)
CHANGING: tuple[Any, ...] = (
    ["rotation"],
    ["fewest_hours", "seniority"],
    ["rank", "fewest_hours"],
    ["rotation", "seniority"],
    ["own_unit", "rotation"],
    ["preference", "fewest_hours", "first_come"],
    ["fewest_turns", "seniority"],
    ["points", "rotation"],
    {"by_rank": [["Sergeant", ["seniority"]]], "order": ["rotation"]},
)
CAPS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"details": 1},
    {"details": 2},
    {"hours": 6},
    {"details": 1, "period": "month"},
    {"hours": 7, "period": "month"},
    {"details": 1, "period": "week", "week_starts": "sunday"},
    {"hours": 6, "period": "28_days", "anchor_on": "2026-03-08"},
)
ONE_EACH: tuple[dict[str, Any], ...] = ({"details": 1},)
_TIMES: tuple[dict[str, Any], ...] = (
    {},
    {},
    {},
    {"until_hours_before": 6},
    {"from_hours_before": 8},
    {"from_days_before": 1, "from_at": "17:00"},
    {"until_days_before": 0, "until_at": "02:00"},
    {"from_on": {"day": "saturday", "at": "16:30", "weeks_before": 0}},
    {"until_on": {"day": "wednesday", "at": "00:00", "weeks_before": 0}},
)
_WHO: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"units": ["A"]},
    {"own_unit": True},
    {"ranks": ["Sergeant"]},
    {"job_classes": ["K9", "Patrol"], "ranks": ["Sergeant"], "match": "any"},
    {"any_qualification": ["flagger", "radar"]},
    {"qualifications": ["flagger"], "statuses": ["active"]},
)


def order_of(order: Any) -> dict[str, Any]:
    """A round's order: a list of keys, or keys and those of some ranks."""
    if isinstance(order, list):
        return {"order": order}
    groups = [{"ranks": [rank], "order": keys} for rank, keys in order["by_rank"]]
    return {"order": order["order"], "order_by_rank": groups}


@st.composite
def worlds(
    draw: st.DrawFn,
    orders: tuple[Any, ...],
    rounds: int = 2,
    caps: tuple[dict[str, Any], ...] = CAPS,
    most_openings: int = 6,
    orders_in: bool = False,
) -> AwardFacts:
    """
    A department, its details and its signups, with a handbook of one round or more in the given orders. The last round
    may lift rests and limits, and may order in.
    """
    now = draw(st.sampled_from(_STARTS))
    # Half of the departments let everybody work, so that orders and preferences decide rather than eligibility.
    strict = draw(st.booleans())
    officers = draw(st.integers(1, min(5, most_openings)))
    openings = tuple(_opening(draw, number, now, strict) for number in range(draw(st.integers(1, most_openings))))
    counts = [draw(st.sampled_from((1, 1, 1, 2, 0))) for _ in openings]
    return AwardFacts(
        handbook=_handbook(draw, orders, rounds, strict, caps, orders_in),
        zone="America/New_York",
        now=now,
        officers=tuple(_officer(draw, number, strict) for number in range(officers)),
        openings=openings,
        slots=tuple(
            SlotFacts(10 * each.id + n, each.id, n)
            for each, count in zip(openings, counts, strict=True)
            for n in range(count)
        ),
        signups=_signups(draw, officers, len(openings), now),
        tours=tuple(_tour(draw, officers, now) for _ in range(draw(st.integers(0, 3)) if strict else 0)),
        commitments=tuple(_commitment(draw, officers, now) for _ in range(draw(st.integers(0, 1)) if strict else 0)),
        counters=tuple(_counters(draw, officers)),
        has_everybody=True,
        seed=draw(st.integers(0, 2**53 - 1)),
    )


def _handbook(
    draw: st.DrawFn,
    orders: tuple[Any, ...],
    most_rounds: int,
    strict: bool,
    caps: tuple[dict[str, Any], ...],
    orders_in: bool,
) -> Handbook:
    rounds = [_round(draw, number, orders, caps) for number in range(draw(st.integers(1, most_rounds)))]
    rests = draw(st.sampled_from(_RESTS)) if strict else []
    limits = draw(st.lists(st.sampled_from(_LIMITS), max_size=2)) if strict else []
    named = [{**each, "name": f"rule {number}"} for number, each in enumerate((*rests, *limits))]
    lifted = [each["name"] for each in named if draw(st.integers(0, 2)) == 2]
    rounds[-1] = {**rounds[-1], "lifts": lifted}
    if orders_in and draw(st.booleans()):
        spares = draw(st.sampled_from(((), ("leave_days",), ("leave_days", "days_off"))))
        rounds[-1] = {**rounds[-1], "kind": "order_in", "spares": spares}
    return Handbook.model_validate(
        {
            "ranks": ["Sergeant", "Officer"],
            "pools": ["road", "double"],
            "job_classes": ["K9", "Patrol"],
            "rest": named[: len(rests)],
            "limits": named[len(rests) :],
            "awarding": {"rounds": rounds},
        }
    )


def _round(draw: st.DrawFn, number: int, orders: tuple[Any, ...], caps: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    who = draw(st.sampled_from(_WHO))
    ordered = order_of(draw(st.sampled_from(orders)))
    keys = str(ordered)
    stands = not any(each in keys for each in ("rotation", "fewest", "preference", "first_come", "lottery"))
    entry = draw(st.sampled_from((None, None, 1))) if stands else None
    return {
        "name": f"round {number}",
        **ordered,
        "entry_minutes_apart": entry,
        "who": who,
        "at_most": draw(st.sampled_from(caps)),
        **draw(st.sampled_from(_TIMES)),
    }


def _half_hours(draw: st.DrawFn, least: int, most: int) -> timedelta:
    return timedelta(minutes=30 * draw(st.integers(least, most)))


def _officer(draw: st.DrawFn, number: int, strict: bool) -> OfficerFacts:
    held = draw(
        st.sampled_from(((), (QualificationFacts("flagger"),), (QualificationFacts("flagger", date(2026, 6, 30)),)))
    )
    return OfficerFacts(
        id=number,
        badge=str(100 - number),
        rank=draw(st.sampled_from(("Sergeant", "Officer"))),
        seniority_on=date(2000 + draw(st.integers(0, 2)), 1, 1),
        unit=draw(st.sampled_from(("A", "B", None))),
        status="sick" if strict and draw(st.integers(0, 7)) == 7 else "active",
        qualifications=held,
        rank_on=draw(st.sampled_from((None, date(1999, 1, 1), date(2010, 1, 1)))),
        job_class=draw(st.sampled_from((None, "Patrol", "K9"))),
        name_place=draw(st.integers(1, 3)),
    )


def _opening(draw: st.DrawFn, number: int, now: datetime, strict: bool) -> OpeningFacts:
    starts_at = now + _half_hours(draw, 1, 30)
    return OpeningFacts(
        id=number,
        detail=f"detail-{number}",
        starts_at=starts_at,
        ends_at=starts_at + _half_hours(draw, 1, 12),
        posted_at=now - timedelta(minutes=draw(st.sampled_from((0, 2, 1440)))),
        pool=draw(st.sampled_from(("road", "double"))),
        ranks=draw(st.sampled_from(((), (), ("Sergeant",)))) if strict else (),
        qualifications=draw(st.sampled_from(((), (), ("flagger",)))) if strict else (),
        unit=draw(st.sampled_from(("A", "B", None))),
    )


def _signups(draw: st.DrawFn, officers: int, openings: int, now: datetime) -> tuple[SignupFacts, ...]:
    pairs = [(officer, opening) for officer in range(officers) for opening in range(openings)]
    chosen = draw(st.permutations(pairs))[: draw(st.integers(len(pairs) // 2, len(pairs)))]
    return tuple(
        SignupFacts(*pair, now - timedelta(minutes=draw(st.integers(0, 2))), draw(st.sampled_from((None, 1, 2, 3, 4))))
        for pair in chosen
    )


def _tour(draw: st.DrawFn, officers: int, now: datetime) -> TourFacts:
    starts_at = now + _half_hours(draw, -20, 60)
    kind = draw(st.sampled_from(("duty", "duty", "training", "leave")))
    return TourFacts(draw(st.integers(0, officers - 1)), starts_at, starts_at + _half_hours(draw, 1, 16), kind)


def _commitment(draw: st.DrawFn, officers: int, now: datetime) -> CommitmentFacts:
    starts_at = now + _half_hours(draw, -20, 60)
    return CommitmentFacts(
        draw(st.integers(0, officers - 1)), starts_at, starts_at + _half_hours(draw, 1, 8), 99, "old", pool="road"
    )


def _counters(draw: st.DrawFn, officers: int) -> list[CounterFacts]:
    return [
        CounterFacts(
            officer,
            pool,
            30 * draw(st.integers(0, 6)),
            draw(st.sampled_from((None, 1 + officer, 20 - officer))),
            draw(st.integers(0, 2)),
            draw(st.integers(-1, 2)),
        )
        for officer in range(officers)
        for pool in ("road", "double")
    ]


@st.composite
def crowds(draw: st.DrawFn, orders: tuple[Any, ...], caps: tuple[dict[str, Any], ...], most: int) -> AwardFacts:
    """Everybody may work and wants nearly everything, details overlap, and slots are few: orders decide alone."""
    now = _STARTS[0]
    officers, openings = draw(st.integers(2, most)), draw(st.integers(2, most))
    return AwardFacts(
        handbook=Handbook.model_validate(
            {
                "ranks": ["Sergeant", "Officer"],
                "pools": ["road", "double"],
                "rest": draw(st.sampled_from(([], [], [{"hours": 1}]))),
                "limits": draw(st.sampled_from(([], [], [_LIMITS[2]]))),
                "awarding": {
                    "rounds": [
                        {
                            "name": "all",
                            **order_of(draw(st.sampled_from(orders))),
                            "at_most": draw(st.sampled_from(caps)),
                        }
                    ]
                },
            }
        ),
        zone="America/New_York",
        now=now,
        officers=tuple(_officer(draw, number, False) for number in range(officers)),
        openings=tuple(_crowded_opening(draw, number, now) for number in range(openings)),
        slots=tuple(SlotFacts(number, number) for number in range(openings)),
        signups=_crowded_signups(draw, officers, openings, now),
        counters=tuple(_counters(draw, officers)),
        seed=draw(st.integers(0, 2**53 - 1)),
    )


def _crowded_opening(draw: st.DrawFn, number: int, now: datetime) -> OpeningFacts:
    starts_at = now + _half_hours(draw, 1, 8)
    ends_at = starts_at + _half_hours(draw, 1, 6)
    return OpeningFacts(number, f"detail-{number}", starts_at, ends_at, now, "road", unit=draw(st.sampled_from("AB")))


def _crowded_signups(draw: st.DrawFn, officers: int, openings: int, now: datetime) -> tuple[SignupFacts, ...]:
    """Each officer numbers what he wants in an order of his own."""
    return tuple(
        SignupFacts(officer, opening, now - timedelta(minutes=draw(st.integers(0, 90))), number)
        for officer in range(officers)
        for number, opening in enumerate(
            draw(st.permutations(range(openings)))[: draw(st.integers(openings - 1, openings))], start=1
        )
    )
