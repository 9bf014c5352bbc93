"""What an outcome costs: the first row that fits, by outcome, way of asking, round, notice and leave."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.rules.awarding.award import award
from models.rules.charging.charging import Circumstances, corrected_minutes, cost, credited_minutes
from models.rules.clauses.outcomes import ANSWERS, FREE, OutcomeCase, OutcomeName, Outcomes
from models.rules.clauses.pools import Credit
from models.rules.facts import CounterFacts
from models.rules.handbook import Handbook
from tests.rules.cast import by, department, officer, opening
from tests.rules.sources import EQUAL_BY_DIVISION, ILLUSTRATIVE, LOWEST_HOURS_3B, ROSTER_14_3, ROSTER_15_2

FREE_ROW = {"turn": "kept", "hours": "not_charged"}
CHARGED = {"turn": "spent", "hours": "charged"}

# Clause, handbook, outcome, circumstances (step, minutes of notice, round, leave, may be called): turn, hours.
ROWS: list[tuple[str, dict[str, Any], OutcomeName, tuple[Any, ...], tuple[str, str]]] = [
    (ROSTER_15_2, {}, "declined", ("award", 3000), ("spent", "not_charged")),
    (ROSTER_15_2, {}, "unreachable", ("award", 3000), ("kept", "not_charged")),
    (ROSTER_15_2, {}, "not_attempted", ("award", 3000), ("kept", "not_charged")),
    (ILLUSTRATIVE, {}, "declined", ("offer", 3000), ("kept", "not_charged")),
    (ILLUSTRATIVE, {}, "dropped", ("offer", 3000), ("spent", "not_charged")),
    (ROSTER_14_3, {"offers": "as_awards"}, "declined", ("offer", 3000), ("spent", "not_charged")),
    (ROSTER_14_3, {"offers": "as_awards"}, "busy", ("offer", 3000), ("kept", "not_charged")),
    # Who is called late and says no is not charged: under 24 hours nothing is owed.
    (
        LOWEST_HOURS_3B,
        {"declined": CHARGED, "cases": [{"on": ["declined"], "notice_under_hours": 24, **FREE_ROW}]},
        "declined",
        ("award", 24 * 60 - 1),
        ("kept", "not_charged"),
    ),
    (
        LOWEST_HOURS_3B,
        {"declined": CHARGED, "cases": [{"on": ["declined"], "notice_under_hours": 24, **FREE_ROW}]},
        "declined",
        ("award", 24 * 60),
        ("spent", "charged"),
    ),
    # Who is skipped because he is on vacation is charged as if he had refused; military leave costs nothing.
    (
        ILLUSTRATIVE,
        {"cases": [{"on": ["skipped"], "leave": ["vacation"], **CHARGED}]},
        "skipped",
        ("offer", 600, None, "vacation", False),
        ("spent", "charged"),
    ),
    (
        ILLUSTRATIVE,
        {"cases": [{"on": ["skipped"], "leave": ["vacation"], **CHARGED}]},
        "skipped",
        ("offer", 600, None, "military", False),
        ("kept", "not_charged"),
    ),
    # Who said that he may be called while on leave is charged like everybody.
    (
        EQUAL_BY_DIVISION,
        {"cases": [{"on": ["no_answer"], "may_be_called": True, **CHARGED}]},
        "no_answer",
        ("award", 600, None, "vacation", True),
        ("spent", "charged"),
    ),
    (
        EQUAL_BY_DIVISION,
        {"cases": [{"on": ["no_answer"], "may_be_called": False, **CHARGED}]},
        "no_answer",
        ("award", 600),
        ("kept", "not_charged"),
    ),
    (
        ILLUSTRATIVE,
        {"cases": [{"on": ["declined"], "rounds": ["open"], **FREE_ROW}]},
        "declined",
        ("award", 600, "monthly"),
        ("spent", "not_charged"),
    ),
    # Who gives it back is charged the time, unless somebody took it over.
    *(
        (
            LOWEST_HOURS_3B,
            {
                "dropped": CHARGED,
                "cases": [{"on": ["dropped"], "replaced": True, "turn": "spent", "hours": "not_charged"}],
            },
            "dropped",
            ("award", 600, None, None, False, replaced),
            ("spent", hours),
        )
        for replaced, hours in ((True, "not_charged"), (False, "charged"))
    ),
    (
        LOWEST_HOURS_3B,
        {"cases": [{"on": ["declined"], "bands": ["short"], **FREE_ROW}]},
        "declined",
        ("call_out", 600, None, None, False, False, "short"),
        ("kept", "not_charged"),
    ),
    (
        LOWEST_HOURS_3B,
        {"cases": [{"on": ["declined"], "bands": ["short"], **FREE_ROW}]},
        "declined",
        ("call_out", 600, None, None, False, False, "long"),
        ("spent", "not_charged"),
    ),
    # Of two rows that fit the first decides.
    (
        ILLUSTRATIVE,
        {"cases": [{"on": ["machine"], **CHARGED}, {"on": ["machine"], **FREE_ROW}]},
        "machine",
        ("award", 600),
        ("spent", "charged"),
    ),
]


@pytest.mark.parametrize(("clause", "outcomes", "name", "how", "expected"), ROWS)
def test_the_row_that_decides(
    clause: str, outcomes: dict[str, Any], name: OutcomeName, how: tuple[Any, ...], expected: tuple[str, str]
) -> None:
    found = cost(Outcomes.model_validate(outcomes), name, Circumstances(*how))
    assert (found.turn, found.hours) == expected, clause


_CASES = st.lists(
    st.builds(
        OutcomeCase,
        on=st.lists(st.sampled_from(get_args(OutcomeName)), min_size=1, max_size=4).map(tuple),
        turn=st.sampled_from(["spent", "kept"]),
        hours=st.sampled_from(["charged", "not_charged"]),
        steps=st.sampled_from([(), ("award",), ("offer",)]),
        notice_under_hours=st.none() | st.integers(1, 48),
        points=st.integers(-3, 3),
    ),
    max_size=4,
).map(tuple)


@given(
    cases=_CASES,
    name=st.sampled_from(get_args(OutcomeName)),
    step=st.sampled_from(["award", "offer"]),
    notice=st.integers(0, 3000),
)
def test_a_case_decides_only_what_it_names_and_only_if_no_earlier_one_did(
    cases: tuple[OutcomeCase, ...], name: OutcomeName, step: Any, notice: int
) -> None:
    found = cost(Outcomes(cases=cases), name, Circumstances(step, notice))
    fitting = [
        case
        for case in cases
        if name in case.on
        and (not case.steps or step in case.steps)
        and (case.notice_under_hours is None or notice < case.notice_under_hours * 60)
    ]
    otherwise = FREE if step == "offer" and name in ANSWERS else Outcomes().row(name)
    assert found == (fitting[0] if fitting else otherwise)


def test_hours_refused_are_those_declined_unless_the_handbook_says_otherwise() -> None:
    plain = Outcomes.model_validate({"declined": CHARGED})
    assert plain.declined.refused
    assert not Outcomes.model_validate({"declined": {**CHARGED, "refused": False}}).declined.refused
    assert not plain.no_answer.refused


def test_a_row_that_can_never_fit_is_refused() -> None:
    case = {"on": ["declined"], "notice_over_hours": 24, "notice_under_hours": 24, **FREE_ROW}
    with pytest.raises(ValidationError, match="nothing fits"):
        Outcomes.model_validate({"cases": [case]})


@pytest.mark.parametrize(
    ("credit", "worked", "at_once", "corrected"),
    [
        ({}, 300, 240, 240),
        ({"minimum_hours": 5}, 300, 300, 300),
        ({"hours": "worked"}, 200, 240, 200),
        ({"hours": "worked", "minimum_hours": 4}, 200, 240, 240),
        ({"hours": "paid"}, 200, 240, 360),  # the detail pays six hours at least
        ({"hours": "paid"}, 400, 240, 400),
    ],
)
def test_hours_are_counted_as_scheduled_first_and_corrected_at_check_out(
    credit: dict[str, Any], worked: int, at_once: int, corrected: int
) -> None:
    clause = Credit.model_validate(credit)
    assert credited_minutes(clause, 240) == at_once
    assert corrected_minutes(clause, 240, worked, paid_at_least=360) == corrected


def test_a_pool_may_be_a_name_or_a_clause() -> None:
    handbook = Handbook.model_validate({"pools": ["details", {"name": "double", "counts": ["hours", "refused"]}]})
    assert handbook.pool_names == ("details", "double")
    assert handbook.pool("double").counts == ("hours", "refused")
    assert handbook.pool("gone").counts == ("hours",)
    with pytest.raises(ValidationError, match="same name twice"):
        Handbook.model_validate({"pools": ["details", {"name": "details"}]})


def test_fewest_hours_adds_up_what_the_pool_says() -> None:
    """By the overtime article hours refused are charged as if worked; by default they are kept apart."""
    counters = (CounterFacts(1, "details", 60, refused_minutes=480), CounterFacts(2, "details", 120))
    facts = department(
        by("fewest_hours"), [officer(1), officer(2)], [opening(1, "2026-11-02 07:00 - 15:00")], {1: [1], 2: [1]}
    )
    for counts, expected in ((["hours"], 1), (["hours", "refused"], 2), (["refused"], 2), (["offered"], 1)):
        handbook = Handbook.model_validate({**by("fewest_hours"), "pools": [{"name": "details", "counts": counts}]})
        found = award(replace(facts, handbook=handbook, counters=counters))
        assert found.awards[0].officer_id == expected, counts
