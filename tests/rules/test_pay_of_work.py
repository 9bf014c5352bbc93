"""Pay by rank of man or slot, work that is raised to more, premiums for worked time alone, terms by kind of work."""

from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from bot.cli.main import main
from models.rules.checking import check
from models.rules.clauses.pay import Pay
from models.rules.handbook import Handbook
from models.rules.pay.pay import NoRate, cents_at_start
from tests.rules.policy import POLICIES
from tests.rules.sources import ILLUSTRATIVE, MEDFIELD_A2, ROSTER_15_1, SUNNY_ISLES_18
from tests.rules.test_pay import DAY, hours, paid, work

RATES = [{"rank": "Sergeant", "cents_per_hour": 7000}, {"rank": "Officer", "cents_per_hour": 6000}]
SERGEANTS_PREMIUM = {"name": "stripes", "add_cents_per_hour": 500, "ranks": ["Sergeant"]}

# clause, rate_of, rank, the slot's, premiums, cents for an hour, the rule of the rate
BY_RANK: list[tuple[str, str, str, str | None, list[Any], int, str]] = [
    (ILLUSTRATIVE, "officer", "Sergeant", "Officer", [], 7000, "pay.rates[0]"),
    # Supervisors who work regular off-duty jobs are compensated at the officer's rate.
    (SUNNY_ISLES_18, "slot", "Sergeant", "Officer", [], 6000, "pay.rates[1] of his slot (pay.rate_of)"),
    (SUNNY_ISLES_18, "slot", "Sergeant", None, [], 7000, "pay.rates[0]"),
    (ILLUSTRATIVE, "slot", "Officer", "Sergeant", [], 7000, "pay.rates[0] of his slot (pay.rate_of)"),
    (ILLUSTRATIVE, "higher", "Officer", "Sergeant", [], 7000, "pay.rates[0] of his slot (pay.rate_of)"),
    (ILLUSTRATIVE, "higher", "Sergeant", "Officer", [], 7000, "pay.rates[0]"),
    # A premium for a rank goes by the same rank as the rate.
    (ILLUSTRATIVE, "slot", "Sergeant", "Officer", [SERGEANTS_PREMIUM], 6000, "pay.rates[1] of his slot (pay.rate_of)"),
    (ILLUSTRATIVE, "officer", "Sergeant", "Officer", [SERGEANTS_PREMIUM], 7500,
     "pay.rates[0] + pay.premiums[0] stripes"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "rate_of", "rank", "slot", "premiums", "cents", "rule"), BY_RANK)
def test_the_rate_is_the_mans_or_that_of_his_slot(
    clause: str, rate_of: str, rank: str, slot: str | None, premiums: list[Any], cents: int, rule: str
) -> None:
    said = {"rates": RATES, "rate_of": rate_of, "minimum_hours": 0, "premiums": premiums}
    found = paid(said, "2026-11-10 07:00 - 08:00", rank=rank, slot_rank=slot)
    assert ([each.rule for each in found.lines], found.officer_cents) == ([rule], cents), clause
    told = work(DAY, rank=rank, slot_rank=slot)
    assert cents_at_start(Pay.model_validate(said), told) == cents, clause


def test_a_slot_without_a_rate_is_not_paid_as_another() -> None:
    with pytest.raises(NoRate, match="Officer"):
        paid({"rates": RATES[:1], "rate_of": "slot"}, DAY, rank="Sergeant", slot_rank="Officer")


def test_the_details_own_rate_goes_before_all_ranks() -> None:
    (line,) = paid({"rates": RATES, "rate_of": "slot"}, DAY, rank="Sergeant", slot_rank="Officer",
                   rate_cents=5000).lines  # fmt: skip
    assert (line.rate_cents, line.rule) == (5000, "the detail's own rate")


HALF, OVER_FOUR = {"over_percent": 50}, {"over_hours": 4, "to": 8}

# clause, the settings, when the work ended (planned from 7 to 15), hours by kind, the rule of what is guaranteed
RAISED: list[tuple[str, dict[str, Any], str, dict[str, float], list[str]]] = [
    (ILLUSTRATIVE, {"raised": [HALF]}, "11:00", {"worked": 4}, []),
    (ILLUSTRATIVE, {"raised": [HALF]}, "11:01", {"worked": 241 / 60, "guaranteed": 239 / 60}, ["pay.raised[0]"]),
    (ILLUSTRATIVE, {"raised": [{**HALF, "or_exactly": True}]}, "11:00", {"worked": 4, "guaranteed": 4},
     ["pay.raised[0]"]),
    (ILLUSTRATIVE, {"raised": [HALF]}, "09:00", {"worked": 2, "guaranteed": 2}, ["pay.minimum_hours"]),
    # It holds beside "as worked" too, which only takes minimum and blocks away.
    (ILLUSTRATIVE, {"raised": [HALF], "ended_early": "worked"}, "12:00", {"worked": 5, "guaranteed": 3},
     ["pay.raised[0]"]),
    (ILLUSTRATIVE, {"raised": [HALF], "ended_early": "worked"}, "10:00", {"worked": 3}, []),
    # More than four hours and less than eight: eight.
    (ROSTER_15_1, {"raised": [OVER_FOUR]}, "11:00", {"worked": 4}, []),
    (ROSTER_15_1, {"raised": [OVER_FOUR]}, "11:30", {"worked": 4.5, "guaranteed": 3.5}, ["pay.raised[0]"]),
    (ROSTER_15_1, {"raised": [OVER_FOUR]}, "16:00", {"worked": 9}, []),
    # Of several the one that pays most.
    (ILLUSTRATIVE, {"raised": [{"over_hours": 4, "to": 6}, HALF]}, "12:00", {"worked": 5, "guaranteed": 3},
     ["pay.raised[1]"]),
    (ILLUSTRATIVE, {"raised": [{"over_hours": 5, "over_percent": 50, "to": 7}]}, "12:00", {"worked": 5}, []),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "said", "left", "kinds", "rules"), RAISED)
def test_who_has_worked_more_than_so_much_is_paid_more_of_it(
    clause: str, said: dict[str, Any], left: str, kinds: dict[str, float], rules: list[str]
) -> None:
    found = paid(said, DAY, left=f"2026-11-10 {left}")
    assert hours(found) == pytest.approx(kinds), clause
    assert [each.rule for each in found.lines[1:]] == [f"pay.rates[0] + {rule}" for rule in rules], clause


EVENING = {"name": "evening", "factor": 1.5, "from_time": "16:00", "until_time": "23:00"}
SHORT = {"name": "short notice", "factor": 2, "ordered_under_hours": 2}

# from 16 to 18 in the evening, four hours paid: the settings, cents for what was worked and what was guaranteed
ON_GUARANTEED: list[tuple[dict[str, Any], tuple[int, int]]] = [
    ({"premiums": [EVENING]}, (18000, 18000)),
    ({"premiums": [{**EVENING, "guaranteed": False}]}, (18000, 12000)),
    ({"premiums": [EVENING], "guaranteed_premiums": False}, (18000, 12000)),
    ({"premiums": [{**EVENING, "guaranteed": True}], "guaranteed_premiums": False}, (18000, 18000)),
    # One for worked time alone beside one for all that is paid.
    ({"premiums": [{**EVENING, "guaranteed": False}, SHORT], "combine": "add"}, (30000, 24000)),
    ({"premiums": [{**SHORT, "guaranteed": False}]}, (24000, 12000)),
]  # fmt: skip


@pytest.mark.parametrize(("said", "cents"), ON_GUARANTEED)
def test_each_premium_says_whether_guaranteed_time_has_it(said: dict[str, Any], cents: tuple[int, int]) -> None:
    found = paid(said, "2026-11-10 16:00 - 18:00", ordered="2026-11-10 15:00")
    by_kind = {what: sum(each.amount_cents for each in found.lines if each.what == what) for what in hours(found)}
    assert (by_kind["worked"], by_kind["guaranteed"]) == cents


TOWN = {"kinds": ["town"], "minimum_hours": 3, "step_minutes": 1}
ROAD = {"kinds": ["road", "utility"], "blocks": [4, 8], "ended_early": "all",
        "cancellation": [{"under_hours": 24, "hours": 4}]}  # fmt: skip
GENERAL = {"minimum_hours": 4, "step_minutes": 240, "cancellation": {"bands": [{"under_hours": 2, "hours": 2}]}}

# clause, kind of work, when it is from 7, what else is known, hours paid, the rules of what was not worked
BY_KIND: list[tuple[str, str | None, str, dict[str, Any], float, list[str]]] = [
    (MEDFIELD_A2, None, "09:00", {}, 4, ["pay.minimum_hours"]),
    (MEDFIELD_A2, None, "11:30", {}, 8, ["pay.step_minutes"]),
    (MEDFIELD_A2, "town", "09:00", {}, 3, ["pay.for_work[0].minimum_hours"]),
    (MEDFIELD_A2, "town", "11:30", {}, 4.5, []),
    (ILLUSTRATIVE, "road", "12:00", {}, 8, ["pay.for_work[1].blocks"]),
    (ILLUSTRATIVE, "utility", "15:00", {"left": "2026-11-10 08:00"}, 8, ["pay.for_work[1].ended_early"]),
    (ILLUSTRATIVE, "road", "15:00", {"cancelled": "2026-11-09 08:00"}, 4, ["pay.for_work[1].cancellation[0]"]),
    (ILLUSTRATIVE, "town", "15:00", {"cancelled": "2026-11-09 08:00"}, 0, []),
    (ILLUSTRATIVE, "town", "15:00", {"cancelled": "2026-11-10 06:00"}, 2, ["pay.cancellation.bands[0]"]),
]


@pytest.mark.parametrize(("clause", "kind", "until", "more", "expected", "rules"), BY_KIND)
def test_kinds_of_work_have_terms_of_their_own(
    clause: str, kind: str | None, until: str, more: dict[str, Any], expected: float, rules: list[str]
) -> None:
    found = paid({**GENERAL, "for_work": [TOWN, ROAD]}, f"2026-11-10 07:00 - {until}", kind=kind, **more)
    assert sum(hours(found).values()) == expected, clause
    unworked = [each.rule for each in found.lines if each.what != "worked"]
    assert unworked == [f"pay.rates[0] + {rule}" for rule in rules], clause


CRUISER = [
    {"name": "vehicle", "kinds": ["road"], "bands": [{"up_to_hours": 4, "cents": 5000}, {"cents": 9000}]},
    {"name": "vehicle", "cents_per_hour": 1000},
]


@pytest.mark.parametrize(
    ("kind", "until", "cents"), [("road", "11:00", 5000), ("road", "11:01", 9000), (None, "11:00", 4000)]
)
def test_hire_goes_by_kind_of_work_and_in_bands(kind: str | None, until: str, cents: int) -> None:
    found = paid({"equipment": CRUISER}, f"2026-11-10 07:00 - {until}", kind=kind, equipment=("vehicle",))
    assert [each.amount_cents for each in found.lines if each.what == "equipment"] == [cents]


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ({"raised": [{"to": 8}]}, "says neither over_hours nor over_percent"),
        ({"raised": [{"over_hours": 8, "to": 8}]}, "must be more than over_hours"),
        ({"for_work": [{"kinds": ["road"], "blocks": [8, 4]}]}, "blocks must rise"),
        ({"for_work": [{"kinds": []}]}, "at least 1 item"),
        ({"equipment": CRUISER[::-1]}, "twice for the same work"),
        ({"equipment": [{"name": "bike", "bands": [{"cents": 1}, {"cents": 2}]}]}, "only the last band"),
        ({"equipment": [{"name": "bike", "bands": [{"up_to_hours": 4, "cents": 1}] * 2}]}, "bands must rise"),
    ],
)
def test_what_cannot_be_meant_of_pay_is_no_clause(clause: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Pay.model_validate(clause)


# what is said, where something is found, its words
NEVER: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"for_work": [{"kinds": ["road"], "minimum_hours": 6}], "blocks": [4, 8]}, ("for_work", 0),
     "the minimum of 6 (pay.for_work[0].minimum_hours)"),
    ({"for_work": [{"kinds": ["road"], "blocks": [2, 4]}]}, ("for_work", 0, "blocks", 0), "(pay.minimum_hours)"),
    ({"for_work": [TOWN, {"kinds": ["road", "town"]}]}, ("for_work", 1, "kinds"), "no terms for 'town'"),
    ({"for_work": [{"kinds": ["road"], "cancellation": [{"under_hours": 2, "hours": 4}] * 2}]},
     ("for_work", 0, "cancellation", 1), "overlaps another band"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "path", "words"), NEVER)
def test_the_check_finds_terms_that_never_hold(said: dict[str, Any], path: Any, words: str) -> None:
    found = [each for each in check(Handbook.model_validate({"pay": said})) if each.path == ("pay", *path)]
    assert [(each.severity, words in each.message) for each in found] == [("error", True)]


def test_a_late_order_and_hire_in_percent_are_in_the_quote_of_a_crew() -> None:
    found = CliRunner().invoke(main, [
        "pay", "quote", "--handbook", str(next(each for each in POLICIES if each.stem == "belleville")),
        "--start", "2026-11-10T07:00", "--end", "2026-11-10T11:00", "--officers", "2", "--ordered", "2026-11-09T07:00",
    ])  # fmt: skip
    assert "      $75.00  for the late order, once  [pay.late_order]\n" in found.output
    assert "The contractor is charged $881.40.\n" in found.output


@pytest.mark.parametrize(
    ("premium", "message"),
    [({"holidays_too": True}, "goes with days"), ({"up_to_hours": 4, "beyond_hours": 4}, "more than beyond_hours")],
)
def test_a_premium_that_never_holds_is_none(premium: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Pay.model_validate({"premiums": [{"name": "x", "factor": 2, **premium}]})


def test_what_premiums_are_held_to_is_said_and_hire_in_percent_is_a_share() -> None:
    twice = [{"name": name, "factor": 2} for name in ("one", "other")]
    said = {"premiums": twice, "combine": "multiply", "most_factor": 3, "minimum_hours": 0,
            "equipment": [{"name": "vehicle", "percent": 25}]}  # fmt: skip
    worked, hired = paid(said, "2026-11-10 07:00 - 08:00", equipment=("vehicle",)).lines
    assert (worked.amount_cents, worked.rule) == (
        18000, "pay.rates[0] + pay.premiums[0] one + pay.premiums[1] other + pay.most_factor")  # fmt: skip
    assert (hired.rate_cents, float(hired.factor), hired.amount_cents) == (None, 0.25, 4500)
