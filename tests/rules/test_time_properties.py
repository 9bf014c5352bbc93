"""Rules about time against their definitions, and the sieve against the same question asked one by one."""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.awarding.sieve import Sieve
from models.rules.awarding.taking import Taking, officers_by_opening
from models.rules.eligibility import Eligibility
from models.rules.facts import (
    AwardFacts,
    BarFacts,
    CommitmentFacts,
    ExclusionFacts,
    OfficerFacts,
    OpeningFacts,
    QualificationFacts,
    StatusFacts,
    TourFacts,
)
from models.rules.handbook import Handbook
from tests.rules.slow_time import may_take

# `make chaos` thinks up ten times as many.
EXAMPLES = 1000 if os.environ.get("DUTYLINE_CHAOS") else 100
# A plain week, the night that has 25 hours, the night that has 23.
_STARTS = (datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 3, 6, tzinfo=UTC))
_HOURS = st.sampled_from((4, 6, 8, 9.5, 12, 16))
_COUNTS = st.sampled_from((["details"], ["details", "tours"], ["details", "duty", "court"], ["details", "leave"]))
_ONLY = st.sampled_from(({}, {}, {}, {}, {}, {}, {"ranks": ["Officer"]}, {"pools": ["road"]}, {"kinds": ["bar"]},
                         {"statuses": ["probation"]}, {"units": ["A"]}))  # fmt: skip


@st.composite
def _limits(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(("rolling", "calendar", "calendar", "consecutive", "days_in_a_row", "shifts_in_a_row")))
    limit: dict[str, Any] = {"kind": kind, "counts": draw(_COUNTS), "only": draw(_ONLY)}
    limit["binds_from"] = draw(st.sampled_from(("signup", "signup", "award", "award", "award", "never")))
    if kind == "days_in_a_row":
        return {**limit, "days": draw(st.integers(1, 4)), "split": draw(st.sampled_from(("by_minute", "to_start")))}
    if kind == "shifts_in_a_row":
        return {**limit, "shifts": draw(st.integers(1, 3)), "least_minutes": draw(st.sampled_from((1, 60, 90)))}
    measure = draw(st.sampled_from(("hours", "hours", "details", "both")))
    if measure != "details":
        limit["hours"] = draw(_HOURS)
    if measure != "hours":
        limit["details"] = draw(st.integers(1, 3))
    limit["counts_pools"] = draw(st.sampled_from(([], [], [], ["road"])))
    limit["counts_kinds"] = draw(st.sampled_from(([], [], [], ["bar"])))
    if kind == "rolling":
        return {**limit, "in_hours": draw(st.sampled_from((8, 12, 24, 48)))}
    if kind == "consecutive":
        measured = draw(st.sampled_from(("worked", "elapsed")))
        return {**limit, "without_hours_off": draw(st.sampled_from((0.5, 2, 8))), "measured": measured}
    return {**limit, **draw(_calendars("hours" in limit, limit["counts"], limit.get("hours", 0)))}


@st.composite
def _calendars(draw: st.DrawFn, has_hours: bool, counts: list[str], hours: float) -> dict[str, Any]:
    shape = draw(
        st.sampled_from(
            (
                {"period": "day"},
                {"period": "day", "begins_at": "07:00"},
                {"period": "week", "week_starts": "sunday"},
                {"period": "28_days", "anchor_on": "2026-03-08"},
                {"period": "days", "days_long": 3, "anchor_on": "2026-10-31", "begins_at": "23:00"},
                {"period": "week"},
                {"period": "month"},
            )
        )
    )
    more: dict[str, Any] = {"split": draw(st.sampled_from(("by_minute", "to_start")))}
    extra = draw(st.sampled_from(("none", "raised", "long", "long"))) if has_hours else "none"
    if extra == "raised" and "leave" not in counts:
        more |= (
            {"raised_by": ["leave"]}
            if draw(st.booleans())
            else {"raised_by": ["vacation_leave"], "raised_to_hours": 14}
        )
    if extra == "long":
        days, times = draw(st.sampled_from((7, 28))), draw(st.integers(1, 2))
        more["long"] = {"hours": hours + 4, "times": times, "in_days": days, "anchor_on": "2026-03-01"}
    return {**shape, **more}


@st.composite
def _rests(draw: st.DrawFn) -> dict[str, Any]:
    kinds = st.sampled_from((["details"], ["tours"], ["details", "tours"], ["duty", "details"]))
    rest = {"hours": draw(st.sampled_from((1, 4, 8))), "after": draw(kinds), "before": draw(kinds), "only": draw(_ONLY)}
    starting = {"from_time": "22:00", "until_time": "02:00"}
    if draw(st.booleans()):
        rest |= draw(st.sampled_from(({}, {"tours_starting": starting})))
        return rest | draw(st.sampled_from(({}, {"hours": None, "shifts": 1}, {"hours": None, "shifts": 2})))
    if draw(st.booleans()):
        until = draw(st.sampled_from(("begun", "finished")))
        return {"until_tour": until, "after": ["leave"], "only": rest["only"]}
    if draw(st.booleans()):
        rest["after_hours"] = draw(st.sampled_from((6, 10, 16)))
        rest["stretch_ends_after_hours"] = draw(st.sampled_from((None, 0.5, 2, 10)))
    return rest


_TRAVELS = st.sampled_from(
    (
        {},
        {},
        {"minutes": 30},
        {
            "minutes": 60,
            "between": ["details"],
            "sites": [{"between": ["quay", "mall"], "minutes": 120}],
            "areas": [{"between": ["north", "north"], "minutes": 0}, {"between": ["north", "south"], "minutes": 90}],
        },
    )
)


@st.composite
def departments(draw: st.DrawFn, has_doubtful: bool = False) -> AwardFacts:
    """An officer or two, what they have, and openings, over some days."""
    start = draw(st.sampled_from(_STARTS))
    officers = tuple(_officer(draw, number, start.date(), has_doubtful) for number in range(draw(st.integers(1, 2))))
    tours = st.lists(st.builds(lambda *about: about, st.sampled_from(("duty", "duty", "court", "leave")),
                               st.integers(0, 200), st.integers(1, 24)), max_size=6)  # fmt: skip
    handbook = {
        "ranks": ["Sergeant", "Officer"],
        "pools": ["road", "double"],
        "shifts": draw(st.sampled_from((["07:00", "15:00", "23:00"], ["06:30", "18:30"]))),
        "eligibility": {
            "statuses": ["active", "probation"],
            "leave_blocks": draw(st.booleans()),
            "hours_counted": draw(st.sampled_from(("actual", "planned"))),
            "also_statuses": [{"status": "light_duty", "pools": ["double"]}],
            "opt_in_pools": ["double"] if has_doubtful and draw(st.booleans()) else [],
            "bars_judged_by": draw(st.sampled_from(("award", "detail_start"))),
        },
        "travel": draw(_TRAVELS),
        "rest": draw(st.lists(_rests(), max_size=1)),
        "limits": [{**each, "name": "lifted"} for each in draw(st.lists(_limits(), max_size=2))],
        "awarding": {
            "rounds": [
                {
                    "name": "all",
                    "lifts": draw(st.sampled_from(([], ["lifted"]))),
                    "who": draw(st.sampled_from(({}, {"ranks": ["Sergeant"]}))),
                    "until_hours_before": draw(st.sampled_from((None, 40))),
                }
            ]
        },
    }
    return AwardFacts(
        handbook=Handbook.model_validate(handbook),
        zone="America/New_York",
        now=start,
        officers=officers,
        openings=tuple(_opening(draw, number, start, has_doubtful) for number in range(draw(st.integers(1, 5)))),
        tours=tuple(_tour(draw, each.id, start, *about) for each in officers for about in draw(tours)),
        commitments=tuple(_held(draw, each.id, start) for each in officers for _ in range(draw(st.integers(0, 3)))),
        bars=tuple(_bar(draw, each.id, start) for each in officers if has_doubtful and draw(st.booleans())),
        exclusions=tuple(_exclusion(draw, each.id, start) for each in officers if has_doubtful and draw(st.booleans())),
    )


def _tour(draw: st.DrawFn, officer_id: int, start: datetime, kind: Any, first: int, length: int) -> TourFacts:
    leave = draw(st.sampled_from((None, "vacation"))) if kind == "leave" else None
    return TourFacts(officer_id, *_during(start, first, length), kind, leave)


def _during(start: datetime, first: int, length: int) -> tuple[datetime, datetime]:
    return start + timedelta(minutes=30 * first), start + timedelta(minutes=30 * (first + length))


def _officer(draw: st.DrawFn, number: int, start: date, has_doubtful: bool) -> OfficerFacts:
    about: dict[str, Any] = {"status": draw(st.sampled_from(("active", "probation")))}
    if has_doubtful:
        expires_on = draw(st.sampled_from((None, start, start + timedelta(days=1))))
        about["qualifications"] = draw(st.sampled_from(((), (QualificationFacts("flagger", expires_on),))))
        about["pools"] = draw(st.sampled_from(((), ("double",))))
        dated = (StatusFacts("light_duty", start, start + timedelta(days=1)), StatusFacts("active", start))
        about["statuses"] = draw(st.sampled_from(((), dated, dated[:1])))
    rank = draw(st.sampled_from(("Sergeant", "Officer")))
    return OfficerFacts(number, str(number), rank, date(2010, 1, 1), draw(st.sampled_from("AB")), **about)


def _about(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "work": draw(st.sampled_from((None, "bar", "traffic"))),
        "site": draw(st.sampled_from((None, "quay", "mall"))),
        "area": draw(st.sampled_from((None, "north", "south"))),
    }


def _opening(draw: st.DrawFn, number: int, start: datetime, has_doubtful: bool) -> OpeningFacts:
    during = _during(start, draw(st.integers(20, 180)), draw(st.integers(1, 26)))
    return OpeningFacts(
        number,
        f"D{number}",
        *during,
        start,
        draw(st.sampled_from(("road", "double"))),
        contractor=draw(st.sampled_from(("Harbor", "Fair"))),
        qualifications=draw(st.sampled_from(((), (), ("flagger",)))) if has_doubtful else (),
        ranks=draw(st.sampled_from(((), (), ("Sergeant",)))) if has_doubtful else (),
        **_about(draw),
    )


def _held(draw: st.DrawFn, officer_id: int, start: datetime) -> CommitmentFacts:
    starts_at, ends_at = _during(start, draw(st.integers(0, 190)), draw(st.integers(2, 20)))
    half = timedelta(minutes=30)
    came_at, left_at = ((starts_at, starts_at - half, starts_at + half, None), (ends_at, ends_at + 3 * half, None))
    return CommitmentFacts(
        officer_id,
        starts_at,
        ends_at,
        pool=draw(st.sampled_from(("road", "double"))),
        came_at=draw(st.sampled_from(came_at)),
        left_at=draw(st.sampled_from(left_at)),
        **_about(draw),
    )


def _bar(draw: st.DrawFn, officer_id: int, start: datetime) -> BarFacts:
    starts_at, ends_at = _during(start, draw(st.integers(-20, 100)), draw(st.integers(1, 60)))
    return BarFacts(officer_id, draw(st.sampled_from(("late_drop", "same_day"))), starts_at, ends_at)


def _exclusion(draw: st.DrawFn, officer_id: int, start: datetime) -> ExclusionFacts:
    from_on = start.date() + timedelta(days=draw(st.integers(-1, 3)))
    until_on = draw(st.sampled_from((None, from_on, from_on + timedelta(days=1))))
    contractor, site = draw(st.sampled_from((("Harbor", None), (None, "quay"), ("Fair", "mall"))))
    return ExclusionFacts(officer_id, draw(st.sampled_from(("officer", "contractor"))), from_on, until_on,
                          contractor, site)  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(departments())
def test_every_rule_about_time_says_what_its_definition_says(facts: AwardFacts) -> None:
    judge = Eligibility(facts)
    for officer in facts.officers:
        for opening in facts.openings:
            if judge.standing.verdict(officer, opening).is_eligible:
                assert judge.verdict(officer, opening).is_eligible == may_take(facts, officer, opening)


@settings(max_examples=EXAMPLES, deadline=None)
@given(departments(has_doubtful=True), st.sampled_from(("signup", "award")))
def test_the_sieve_says_what_is_said_one_by_one(facts: AwardFacts, stage: Any) -> None:
    judge, sieve = Eligibility(facts, stage), Sieve(facts, stage)
    for officer in facts.officers:
        one_by_one = [each for each in facts.openings if judge.verdict(officer, each).is_eligible]
        assert sieve.openings_for(officer) == one_by_one


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(departments(has_doubtful=True))
def test_who_is_told_is_who_may_take_it_also_where_a_round_lifts_rules(facts: AwardFacts) -> None:
    judge = Taking(facts, "signup")
    told = officers_by_opening(facts, "signup", {each.id: facts.now for each in facts.openings})
    for opening in facts.openings:
        may = [each.id for each in facts.officers if judge.verdict(each, opening, facts.now).is_eligible]
        assert told[opening.id] == may


LONG_DAY = {
    "eligibility": {"leave_blocks": False},
    "limits": [
        {"kind": "calendar", "period": "day", "hours": 12, "counts": ["details", "leave"],
         "long": {"hours": 16, "times": 1, "in_days": 7, "anchor_on": "2026-03-01"}},
    ],
}  # fmt: skip


def test_a_detail_that_begins_on_leave_counts_the_shared_time_once_for_everybody_too() -> None:
    """Leave from 3 to 6:30 and a detail from 6 to 19 are sixteen hours, which one day in seven may have."""
    leave = TourFacts(1, datetime(2026, 6, 10, 7, tzinfo=UTC), datetime(2026, 6, 10, 10, 30, tzinfo=UTC), "leave")
    six, nineteen = datetime(2026, 6, 10, 10, tzinfo=UTC), datetime(2026, 6, 10, 23, tzinfo=UTC)
    # The shorter ones beside it are why it is not looked at by itself anyway.
    openings = tuple(
        OpeningFacts(
            number, f"D{number}", six, nineteen if number == 3 else six + timedelta(minutes=30), six, "details"
        )
        for number in range(4)
    )
    facts = AwardFacts(
        handbook=Handbook.model_validate(LONG_DAY),
        zone="America/New_York",
        now=datetime(2026, 6, 9, tzinfo=UTC),
        officers=(OfficerFacts(1, "1", "Officer", date(2010, 1, 1)),),
        openings=openings,
        slots=(),
        signups=(),
        tours=(leave,),
    )
    assert may_take(facts, facts.officers[0], openings[3])
    assert Sieve(facts, "signup").openings_for(facts.officers[0]) == list(openings)
