"""Limits of every kind, travel and rest after stretches: a line a case, with what stops the officer and the figures."""

from typing import Any

import pytest

from models.rules.eligibility import advice, verdict
from models.rules.facts import AwardFacts, CommitmentFacts
from models.rules.handbook import Handbook
from tests.rules.cast import NOW, ZONE, at, officer, opening, span, tour
from tests.rules.sources import ILLUSTRATIVE, OFF_DUTY_70, ORDER_12_1_6_8

TUESDAY = "2026-11-10 08:00 - 16:00"
Expected = tuple[str, dict[str, Any]] | None


def judge(handbook: dict[str, Any], tours: Any, held: Any, when: str, stage: Any = "award", **what: Any) -> Any:
    """The verdict on officer 1; tours as `kind when`, held details as `when` or `when @site`."""
    facts, who, wanted = _facts(handbook, tours, held, when, **what)
    return verdict(who, wanted, facts, stage)


def _facts(handbook: dict[str, Any], tours: Any, held: Any, when: str, **what: Any) -> Any:
    who, wanted = officer(1), opening(1, when, **what)
    facts = AwardFacts(
        Handbook.model_validate(handbook),
        ZONE,
        NOW,
        (who,),
        (wanted,),
        tours=tuple(_tour(each) for each in tours),
        commitments=tuple(_held(each) for each in held),
    )
    return facts, who, wanted


def _tour(text: str) -> Any:
    kind, when = text.split(" ", 1)
    return tour(1, when, kind)


def _held(text: str) -> CommitmentFacts:
    when, _, site = text.partition(" @")
    return CommitmentFacts(1, *span(when), 99, "old", pool="details", site=site or None)


def _limit(kind: str, **more: Any) -> dict[str, Any]:
    return {"limits": [{"kind": kind, **more}]}


def _calendar(period: str, **more: Any) -> dict[str, Any]:
    return _limit("calendar", period=period, **more)


DETAILS = ["details"]
PAY_PERIOD = _calendar("days", days_long=14, anchor_on="2026-11-02", hours=40, counts=DETAILS)
EXTRA_24 = _calendar("week", hours=24, counts=DETAILS, raised_by=["leave"], raised_to_hours=40)
LONG_WEEK = _calendar("week", hours=24, counts=DETAILS, long={"hours": 40, "anchor_on": "2026-11-02"})
SIXTEEN_WITHOUT_EIGHT = _limit("consecutive", hours=16, without_hours_off=8)
SIX_DAYS = _limit("days_in_a_row", days=6)
AFTER_SIXTEEN = {"rest": [{"hours": 10, "after_hours": 16, "stretch_ends_after_hours": 4}]}
TO_START = _calendar("week", hours=8, counts=DETAILS, split="to_start")
MORNINGS = [f"2026-11-0{day} 08:00 - 16:00" for day in (2, 3, 4)]

# clause, handbook, tours, details held, the detail, reason and figures (None: he may)
SHIFTS = {"shifts": ["07:00", "15:00", "23:00"]}
SHIFT_AFTER = {**SHIFTS, "rest": [{"shifts": 1, "after": ["tours"], "before": DETAILS}]}
SHIFT_BEFORE = {**SHIFTS, "rest": [{"shifts": 1, "after": DETAILS, "before": ["tours"]}]}
MIDNIGHTS = {"tours_starting": {"from_time": "22:00", "until_time": "02:00"}}
AFTER_MIDNIGHTS = {"rest": [{"hours": 6, "after": ["tours"], "before": DETAILS, **MIDNIGHTS}]}
TWO_SHIFTS = {**SHIFTS, **_limit("shifts_in_a_row", shifts=2)}
NO_DOUBLES_RUNNING = _limit("rolling", in_hours=48, hours=24)
LIMITS: list[tuple[str, dict[str, Any], list[str], list[str], str, Expected]] = [
    # No two doubles on end, where shifts are of eight hours: the day after one is for the tour alone.
    (ILLUSTRATIVE, NO_DOUBLES_RUNNING, ["duty 2026-11-02 08:00 - 16:00", "duty 2026-11-03 08:00 - 16:00"],
     ["2026-11-02 16:00 - 2026-11-03 00:00"], "2026-11-03 16:00 - 23:00", ("limit_rolling", {"limit_minutes": 1440})),
    (ILLUSTRATIVE, NO_DOUBLES_RUNNING, ["duty 2026-11-02 08:00 - 16:00", "duty 2026-11-03 08:00 - 16:00"],
     [], "2026-11-03 16:00 - 2026-11-04 00:00", None),
    # A pay period of 14 days, from Monday 2 to Sunday 15 November.
    (ILLUSTRATIVE, PAY_PERIOD, [], [*MORNINGS, "2026-11-12 08:00 - 16:00"], TUESDAY, None),
    (ILLUSTRATIVE, PAY_PERIOD, [], [*MORNINGS, "2026-11-12 08:00 - 16:01"], TUESDAY,
     ("limit_period", {"would_be_minutes": 2401, "limit_minutes": 2400, "period_days": 14,
                       "starts_at": at("2026-11-02 00:00")})),
    (ILLUSTRATIVE, PAY_PERIOD, [], [*MORNINGS, "2026-11-16 08:00 - 23:00"], TUESDAY, None),
    # Leave raises the week's limit hour for hour, up to forty.
    (ILLUSTRATIVE, EXTRA_24, [], MORNINGS, "2026-11-05 08:00 - 12:00", ("limit_week", {"limit_minutes": 1440})),
    (ILLUSTRATIVE, EXTRA_24, ["leave 2026-11-06 08:00 - 12:00"], MORNINGS, "2026-11-05 08:00 - 12:00", None),
    (ILLUSTRATIVE, EXTRA_24, ["leave 2026-11-06 08:00 - 2026-11-09 08:00"], MORNINGS, "2026-11-05 06:00 - 23:00",
     ("limit_week", {"limit_minutes": 2400, "raised_minutes": 960, "would_be_minutes": 2460})),
    # One week of the four from 2 November may have forty hours.
    (ILLUSTRATIVE, LONG_WEEK, [], MORNINGS, "2026-11-05 08:00 - 16:00", None),
    (ILLUSTRATIVE, LONG_WEEK, [], MORNINGS, "2026-11-05 06:00 - 22:01",
     ("limit_week", {"limit_minutes": 2400, "would_be_minutes": 2401})),
    (ILLUSTRATIVE, LONG_WEEK, [], [*MORNINGS, "2026-11-05 08:00 - 09:00", "2026-11-16 00:00 - 2026-11-16 23:00"],
     "2026-11-18 08:00 - 10:00", ("limit_long_used", {"long_times": 1, "period_days": 28, "limit_minutes": 1440})),
    (ILLUSTRATIVE, LONG_WEEK, [], [*MORNINGS, "2026-11-05 08:00 - 09:00", "2026-11-30 00:00 - 2026-11-30 23:00"],
     "2026-12-02 08:00 - 10:00", None),
    # From Sunday 22:00 to Monday 06:00: eight hours of the week that ends, if it counts where it starts.
    (ILLUSTRATIVE, TO_START, [], ["2026-11-10 08:00 - 16:00"], "2026-11-08 22:00 - 2026-11-09 06:00", None),
    (ILLUSTRATIVE, TO_START, [], ["2026-11-03 08:00 - 09:00"], "2026-11-08 22:00 - 2026-11-09 06:00",
     ("limit_week", {"would_be_minutes": 540})),
    # A day that begins at seven.
    (ILLUSTRATIVE, _calendar("day", hours=8, begins_at="07:00"), [], ["2026-11-11 02:00 - 06:00"],
     "2026-11-10 08:00 - 13:00", ("limit_day", {"would_be_minutes": 540, "starts_at": at("2026-11-10 07:00")})),
    # Sixteen hours without eight off.
    (ILLUSTRATIVE, SIXTEEN_WITHOUT_EIGHT, ["duty 2026-11-10 00:00 - 08:00"], [], TUESDAY, None),
    (ILLUSTRATIVE, SIXTEEN_WITHOUT_EIGHT, ["duty 2026-11-10 00:00 - 08:00"], ["2026-11-10 23:59 - 2026-11-11 01:00"],
     TUESDAY, ("limit_consecutive", {"would_be_minutes": 1021, "limit_minutes": 960, "break_minutes": 480})),
    (ILLUSTRATIVE, SIXTEEN_WITHOUT_EIGHT, ["duty 2026-11-10 00:00 - 08:00"], ["2026-11-11 00:00 - 08:00"],
     TUESDAY, None),
    (ILLUSTRATIVE, _limit("consecutive", hours=12, without_hours_off=8, measured="elapsed"),
     ["duty 2026-11-10 01:00 - 02:00"], [], TUESDAY, ("limit_consecutive", {"would_be_minutes": 900})),
    (ILLUSTRATIVE, SIX_DAYS, [f"duty 2026-11-0{day} 08:00 - 16:00" for day in range(4, 10)], [], TUESDAY,
     ("limit_days_in_a_row", {"would_be_days": 7, "limit_days": 6, "starts_at": at("2026-11-04 00:00")})),
    (ILLUSTRATIVE, SIX_DAYS, [f"duty 2026-11-0{day} 08:00 - 16:00" for day in (4, 5, 7, 8, 9)], [], TUESDAY, None),
    # A tour that ends a minute past midnight makes the next day a day worked.
    (ILLUSTRATIVE, _limit("days_in_a_row", days=1), ["duty 2026-11-08 16:00 - 2026-11-09 00:00"], [], TUESDAY, None),
    (ILLUSTRATIVE, _limit("days_in_a_row", days=1), ["duty 2026-11-08 16:00 - 2026-11-09 00:01"], [], TUESDAY,
     ("limit_days_in_a_row", {"would_be_days": 3})),
    # Details by number: two a day, two in any 24 hours.
    (ILLUSTRATIVE, _calendar("day", details=2), [], ["2026-11-10 00:00 - 02:00", "2026-11-10 20:00 - 21:00"], TUESDAY,
     ("limit_details", {"would_be_details": 3, "limit_details": 2})),
    (ILLUSTRATIVE, _calendar("day", details=2), [], ["2026-11-10 00:00 - 02:00", "2026-11-11 00:00 - 01:00"], TUESDAY,
     None),
    (ILLUSTRATIVE, _limit("rolling", details=2, in_hours=24), [],
     ["2026-11-10 02:00 - 04:00", "2026-11-11 03:58 - 05:00"], TUESDAY, ("limit_details", {"would_be_details": 3})),
    (ILLUSTRATIVE, _limit("rolling", details=2, in_hours=24), [],
     ["2026-11-10 02:00 - 04:00", "2026-11-11 03:59 - 05:00"], TUESDAY, None),
    # What counts: court does, training does not; details of another pool do not.
    (ORDER_12_1_6_8, _limit("rolling", hours=10, in_hours=24, counts=["details", "court"]),
     ["court 2026-11-10 17:00 - 20:00"], [], TUESDAY, ("limit_rolling", {"would_be_minutes": 660})),
    (ORDER_12_1_6_8, _limit("rolling", hours=10, in_hours=24, counts=["details", "court"]),
     ["training 2026-11-10 17:00 - 20:00"], [], TUESDAY, None),
    (ILLUSTRATIVE, _limit("rolling", hours=10, in_hours=24, counts_pools=["details"]), [],
     ["2026-11-10 17:00 - 20:00"], TUESDAY, ("limit_rolling", {"would_be_minutes": 660})),
    (ILLUSTRATIVE, _limit("rolling", hours=10, in_hours=24, counts_pools=["road"]), [],
     ["2026-11-10 17:00 - 20:00"], TUESDAY, None),
    (ILLUSTRATIVE, _limit("rolling", hours=6, in_hours=24, only={"ranks": ["Sergeant"]}), [], [], TUESDAY, None),
    # After sixteen hours in one stretch, which four hours off end, ten hours of rest.
    (ILLUSTRATIVE, AFTER_SIXTEEN, ["duty 2026-11-09 08:00 - 2026-11-10 00:00"], [], TUESDAY,
     ("rest_after_stretch", {"stretch_minutes": 960, "rest_minutes": 480, "needed_minutes": 600})),
    (ILLUSTRATIVE, AFTER_SIXTEEN, ["duty 2026-11-09 08:00 - 23:59"], [], TUESDAY, None),
    (ILLUSTRATIVE, AFTER_SIXTEEN, ["duty 2026-11-10 00:00 - 08:00", "duty 2026-11-11 01:59 - 08:00"], [], TUESDAY,
     ("rest_after_stretch", {"stretch_minutes": 960, "rest_minutes": 599, "ends_at": at("2026-11-10 16:00")})),
    (ILLUSTRATIVE, AFTER_SIXTEEN, ["duty 2026-11-10 00:00 - 08:00", "duty 2026-11-11 02:00 - 08:00"], [], TUESDAY,
     None),
    # Rest owed only before a tour.
    (OFF_DUTY_70, {"rest": [{"hours": 8, "after": ["details"], "before": ["tours"]}]},
     ["duty 2026-11-10 07:00 - 08:00", "duty 2026-11-10 23:59 - 2026-11-11 07:00"], [], TUESDAY,
     ("rest_before_tour", {"rest_minutes": 479})),
    # No detail in the shift directly after one's tour; its roll call runs a quarter of an hour over.
    (ILLUSTRATIVE, SHIFT_AFTER, ["duty 2026-11-10 06:45 - 15:15"], [], "2026-11-10 22:59 - 2026-11-11 03:00",
     ("shift_after_tour", {"shifts": 1, "free_at": at("2026-11-10 23:00"), "ends_at": at("2026-11-10 15:15")})),
    (ILLUSTRATIVE, SHIFT_AFTER, ["duty 2026-11-10 06:45 - 15:15"], [], "2026-11-10 23:00 - 2026-11-11 03:00", None),
    (ILLUSTRATIVE, SHIFT_AFTER, ["duty 2026-11-10 23:00 - 2026-11-11 07:00"], [], TUESDAY, None),
    # Nor in the shift directly before it, not by its last minute.
    (ILLUSTRATIVE, SHIFT_BEFORE, ["duty 2026-11-10 22:45 - 2026-11-11 07:15"], [], "2026-11-10 09:00 - 15:01",
     ("shift_before_tour", {"shifts": 1, "free_at": at("2026-11-10 15:00"), "starts_at": at("2026-11-10 22:45")})),
    (ILLUSTRATIVE, SHIFT_BEFORE, ["duty 2026-11-10 22:45 - 2026-11-11 07:15"], [], "2026-11-10 09:00 - 15:00", None),
    (ILLUSTRATIVE, SHIFT_BEFORE, ["duty 2026-11-10 00:00 - 07:00"], [], TUESDAY, None),
    # No detail that begins within six hours after a midnight tour; after a day tour it may.
    (ILLUSTRATIVE, AFTER_MIDNIGHTS, ["duty 2026-11-09 23:00 - 2026-11-10 07:00"], [], "2026-11-10 12:59 - 18:00",
     ("rest_after_tour", {"rest_minutes": 359, "needed_minutes": 360})),
    (ILLUSTRATIVE, AFTER_MIDNIGHTS, ["duty 2026-11-09 23:00 - 2026-11-10 07:00"], [], "2026-11-10 13:00 - 18:00", None),
    (ILLUSTRATIVE, AFTER_MIDNIGHTS, ["duty 2026-11-10 02:00 - 08:00"], [], TUESDAY, None),
    # No more than two shifts in a row; three quarters of an hour into a third are no shift.
    (ILLUSTRATIVE, TWO_SHIFTS, ["duty 2026-11-09 23:00 - 2026-11-10 07:00"], [], "2026-11-10 07:00 - 15:45", None),
    (ILLUSTRATIVE, TWO_SHIFTS, ["duty 2026-11-09 23:00 - 2026-11-10 07:00"], [], "2026-11-10 07:00 - 16:00",
     ("limit_shifts_in_a_row", {"would_be_shifts": 3, "limit_shifts": 2, "starts_at": at("2026-11-09 23:00")})),
    (ILLUSTRATIVE, TWO_SHIFTS, ["duty 2026-11-09 15:00 - 23:00"], [], TUESDAY, None),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "handbook", "tours", "held", "when", "expected"), LIMITS)
def test_limits(clause: str, handbook: Any, tours: Any, held: Any, when: str, expected: Expected) -> None:
    found = judge(handbook, tours, held, when)
    assert found.reason == (expected[0] if expected else None), clause
    if expected:
        assert expected[1].items() <= found.figures.items(), clause


WAYS = {
    "travel": {
        "minutes": 30,
        "sites": [{"between": ["quay", "mall"], "minutes": 45}],
        "areas": [{"between": ["north", "south"], "minutes": 60}],
    }
}
# details held, tours, site and area of the detail, reason and figures
TRAVEL: list[tuple[list[str], list[str], dict[str, Any], Expected]] = [
    (["2026-11-10 16:44 - 20:00 @mall"], [], {"site": "quay"},
     ("travel_to_detail", {"gap_minutes": 44, "needed_minutes": 45, "detail": "old"})),
    (["2026-11-10 16:45 - 20:00 @mall"], [], {"site": "quay"}, None),
    (["2026-11-10 16:00 - 20:00 @quay"], [], {"site": "quay"}, None),
    (["2026-11-10 04:00 - 07:31 @fair"], [], {"site": "quay"}, ("travel_from_detail", {"needed_minutes": 30})),
    ([], ["duty 2026-11-10 00:00 - 07:31"], {"site": "quay"}, ("travel_from_tour", {"gap_minutes": 29})),
    ([], ["duty 2026-11-10 16:00 - 23:00"], {"site": "quay"}, ("travel_to_tour", {"gap_minutes": 0})),
    ([], ["leave 2026-11-10 16:00 - 23:00"], {"site": "quay"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("held", "tours", "what", "expected"), TRAVEL)
def test_travel(held: Any, tours: Any, what: Any, expected: Expected) -> None:
    found = judge(WAYS, tours, held, TUESDAY, **what)
    assert found.reason == (expected[0] if expected else None)
    if expected:
        assert expected[1].items() <= found.figures.items()


def test_between_details_only_no_way_counts_from_a_tour() -> None:
    details_only = {"travel": {"minutes": 30, "between": ["details"]}}
    assert judge(details_only, ["duty 2026-11-10 00:00 - 08:00"], [], TUESDAY).is_eligible
    assert judge(details_only, [], ["2026-11-10 00:00 - 08:00"], TUESDAY).reason == "travel_from_detail"


@pytest.mark.parametrize(
    ("binds_from", "at_signup", "at_award", "told"),
    [("signup", False, False, 0), ("award", True, False, 1), ("never", True, True, 1)],
)
def test_a_rule_may_be_told_before_it_binds(binds_from: str, at_signup: bool, at_award: bool, told: int) -> None:
    handbook = _limit("rolling", hours=6, in_hours=24, binds_from=binds_from)
    assert judge(handbook, [], [], TUESDAY, "signup").is_eligible == at_signup
    assert judge(handbook, [], [], TUESDAY, "award").is_eligible == at_award
    facts, who, wanted = _facts(handbook, [], [], TUESDAY)
    assert [found.reason for found in advice(who, wanted, facts, "signup")] == ["limit_rolling"] * told


def test_a_detail_counts_as_it_was_worked_once_that_is_known() -> None:
    """Worked until 18:00 instead of 16:00, and begun half an hour early, which does not count."""
    starts_at, ends_at = span("2026-11-09 08:00 - 16:00")
    held = CommitmentFacts(
        1, starts_at, ends_at, 99, "old", came_at=at("2026-11-09 07:30"), left_at=at("2026-11-09 18:00")
    )
    for counted, would_be in (("actual", 1080), ("planned", 960)):
        handbook = {"eligibility": {"hours_counted": counted}, **_calendar("week", hours=12)}
        facts, who, wanted = _facts(handbook, [], [], TUESDAY)
        found = verdict(who, wanted, AwardFacts(facts.handbook, ZONE, NOW, (who,), (wanted,), commitments=(held,)))
        assert found.figures["would_be_minutes"] == would_be


# The night of 1 November 2026 has 25 hours, that of 8 March 2026 has 23.
CLOCKS: list[tuple[str, dict[str, Any], list[str], str, Expected]] = [
    ("back: eight hours off between 22:00 and 05:00", SIXTEEN_WITHOUT_EIGHT, ["duty 2026-10-31 10:00 - 22:00"],
     "2026-11-01 05:00 - 13:00", None),
    ("forward: seven hours off between 22:00 and 06:00", SIXTEEN_WITHOUT_EIGHT, ["duty 2026-03-07 10:00 - 22:00"],
     "2026-03-08 06:00 - 14:00", ("limit_consecutive", {"would_be_minutes": 1200})),
    ("back: half an hour to the first 01:30", {"travel": {"minutes": 45}}, ["duty 2026-10-31 20:00 - 2026-11-01 01:00"],
     "2026-11-01 01:30 - 05:00", ("travel_from_tour", {"gap_minutes": 30})),
    ("back: an hour and a half to the second 01:30", {"travel": {"minutes": 45}},
     ["duty 2026-10-31 20:00 - 2026-11-01 01:00"], "2026-11-01 01:30 again - 2026-11-01 05:00", None),
    ("back: the midnight shift after the evening one has nine hours", SHIFT_AFTER,
     ["duty 2026-10-31 15:00 - 23:00"], "2026-11-01 06:59 - 12:00",
     ("shift_after_tour", {"free_at": at("2026-11-01 07:00")})),
    ("forward: a day that begins at three loses nothing", _calendar("day", hours=5, begins_at="03:00"), [],
     "2026-03-07 22:00 - 2026-03-08 04:00", None),
]  # fmt: skip


@pytest.mark.parametrize(("case", "handbook", "tours", "when", "expected"), CLOCKS)
def test_nights_on_which_the_clocks_change(case: str, handbook: Any, tours: Any, when: str, expected: Expected) -> None:
    found = judge(handbook, tours, [], when)
    assert found.reason == (expected[0] if expected else None), case
    if expected:
        assert expected[1].items() <= found.figures.items(), case
