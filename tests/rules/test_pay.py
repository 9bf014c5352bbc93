"""What a clause on pay comes to: guarantees, premiums, cancellations, lines; minute by minute where clocks change."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from models.rules.clauses.pay import Pay
from models.rules.handbook import Handbook
from models.rules.pay.facts import WorkFacts
from models.rules.pay.pay import NoRate, PayQuote, cents_at_start, deposit_cents, interest_cents, quote
from models.rules.time.named_days import holiday_dates
from tests.rules.cast import ZONE, at, span
from tests.rules.policy import text_of

FORMS = ("worked", "meal", "guaranteed", "cancellation")


def work(when: str, **more: Any) -> WorkFacts:
    """One officer's work: `left`, `cancelled`, `ordered`, `came` as times on the wall."""
    moments = {f"{name}_at": at(more.pop(name)) for name in ("left", "cancelled", "ordered", "came") if name in more}
    starts_at, ends_at = span(when)
    return WorkFacts(ZONE, starts_at, ends_at, **moments, **more)


def paid(pay: dict[str, Any], when: str, **more: Any) -> PayQuote:
    """What work is paid at 60 dollars an hour, unless the clause says otherwise."""
    return quote(Handbook.model_validate({"pay": {"rates": [{"cents_per_hour": 6000}], **pay}}).pay, work(when, **more))


def hours(found: PayQuote) -> dict[str, float]:
    return {form: found.minutes(form) / 60 for form in FORMS if found.minutes(form)}


# A Tuesday unless a table says otherwise.
DAY = "2026-11-10 07:00 - 15:00"


NIGHT = {"name": "night", "factor": 1.5, "from_time": "19:00", "until_time": "07:00"}
SMALL = {"name": "small hours", "factor": 2, "from_time": "01:00", "until_time": "02:00"}
WEEKEND = {"name": "weekend", "factor": 2, "days": ["saturday", "sunday"]}

# the clause, the work, what else is known, hours by kind, the officer's cents: illustrative
CLAUSES: list[tuple[dict[str, Any], str, dict[str, Any], dict[str, float], int]] = [
    ({}, "2026-11-10 07:00 - 09:00", {}, {"worked": 2, "guaranteed": 2}, 24000),
    ({}, DAY, {"rate_cents": 7000}, {"worked": 8}, 56000),
    ({}, DAY, {"came": "2026-11-10 08:00"}, {"worked": 7}, 42000),
    ({}, DAY, {"left": "2026-11-10 15:20"}, {"worked": 25 / 3}, 50000),
    ({"ended_early": "worked"}, DAY, {"left": "2026-11-10 08:00"}, {"worked": 1}, 6000),
    ({"meal": {"over_hours": 6, "minutes": 60, "is_paid": False}}, DAY, {}, {"worked": 7}, 42000),
    # The night the clocks go back has nine hours from ten to six, and one o'clock twice; in spring it is seven.
    ({}, "2026-10-31 22:00 - 2026-11-01 06:00", {}, {"worked": 9}, 54000),
    ({"premiums": [SMALL]}, "2026-10-31 22:00 - 2026-11-01 06:00", {}, {"worked": 9}, 54000 + 12000),
    ({}, "2026-03-07 22:00 - 2026-03-08 06:00", {}, {"worked": 7}, 42000),
    ({"premiums": [{**SMALL, "from_time": "02:00", "until_time": "03:00"}]}, "2026-03-07 22:00 - 2026-03-08 06:00", {},
     {"worked": 7}, 42000),
    ({"premiums": [{**SMALL, "beyond_hours": 4, "from_time": None, "until_time": None}]},
     "2026-03-07 22:00 - 2026-03-08 06:00", {}, {"worked": 7}, 42000 + 18000),
    # From midnight on it is Saturday: of the two premiums the higher, their sum, their product.
    ({"premiums": [NIGHT, WEEKEND]}, "2026-11-13 20:00 - 2026-11-14 04:00", {}, {"worked": 8}, 36000 + 48000),
    ({"premiums": [NIGHT, WEEKEND], "combine": "add"}, "2026-11-13 20:00 - 2026-11-14 04:00", {}, {"worked": 8},
     36000 + 60000),
    ({"premiums": [NIGHT, WEEKEND], "combine": "multiply"}, "2026-11-13 20:00 - 2026-11-14 04:00", {}, {"worked": 8},
     36000 + 72000),
    # Two hours from five, four paid: the guaranteed ones run into the night, or have no premium of the clock.
    ({"premiums": [NIGHT]}, "2026-11-10 17:00 - 19:00", {}, {"worked": 2, "guaranteed": 2}, 12000 + 18000),
    ({"premiums": [NIGHT], "guaranteed_premiums": False}, "2026-11-10 17:00 - 19:00", {},
     {"worked": 2, "guaranteed": 2}, 24000),
    ({"cancellation": {"bands": [{"under_hours": 2, "hours": "all"}]}}, DAY, {"cancelled": "2026-11-10 06:00"},
     {"cancellation": 8}, 48000),
    ({"cancellation": {"bands": [{"under_hours": 2, "hours": 4}], "to": "department"}}, DAY,
     {"cancelled": "2026-11-10 06:00"}, {"cancellation": 4}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "when", "more", "kinds", "officer"), CLAUSES)
def test_each_setting_does_what_it_says(
    clause: dict[str, Any], when: str, more: dict[str, Any], kinds: dict[str, float], officer: int
) -> None:
    found = paid(clause, when, **more)
    assert hours(found) == pytest.approx(kinds)
    assert found.officer_cents == officer, found.lines


# A rate of $59.99 for 10 minutes is 999.83 cents; of $60.03 it is 1000.5.
@pytest.mark.parametrize(
    ("how", "rate", "cents"),
    [
        ("half_up", 5999, 1000),
        ("down", 5999, 999),
        ("half_up", 6003, 1001),
        ("half_even", 6003, 1000),
        ("up", 6001, 1001),
    ],
)
def test_each_line_is_rounded_once(how: str, rate: int, cents: int) -> None:
    clause = {"rates": [{"cents_per_hour": rate}], "minimum_hours": 0, "round_cents": how}
    assert paid(clause, "2026-11-10 07:00 - 07:10").officer_cents == cents


def test_lines_say_what_they_come_from_and_who_owes_whom() -> None:
    clause = {
        "rates": [{"cents_per_hour": 6000, "charged_cents_per_hour": 7500}],
        "premiums": [NIGHT],
        "department_pays": ["guaranteed"],
        "equipment": [{"name": "vehicle", "cents_per_hour": 1500}],
        "admin_fee": {"percent": 10, "on_equipment": True},
    }
    found = paid(clause, "2026-11-10 18:00 - 20:00", equipment=("vehicle",))
    assert [
        (each.what, each.minutes, each.factor, each.amount_cents, each.rule, each.payer, each.payee)
        for each in found.lines
    ] == [
        ("worked", 60, 1, 6000, "pay.rates[0]", "contractor", "officer"),
        ("department_share", 60, 1, 1500, "pay.rates[0], charged_cents_per_hour", "contractor", "department"),
        ("worked", 60, Fraction(3, 2), 9000, "pay.rates[0] + pay.premiums[0] night", "contractor", "officer"),
        ("department_share", 60, Fraction(3, 2), 2250, "pay.rates[0] + pay.premiums[0] night, charged_cents_per_hour",
         "contractor", "department"),
        ("guaranteed", 120, Fraction(3, 2), 18000, "pay.rates[0] + pay.premiums[0] night + pay.minimum_hours",
         "department", "officer"),
        ("equipment", 120, 1, 3000, "pay.equipment[0] vehicle", "contractor", "department"),
        ("admin_fee", 0, Fraction(1, 10), 2175, "pay.admin_fee.percent", "contractor", "department"),
    ]  # fmt: skip
    assert (found.officer_cents, found.contractor_cents) == (33000, 23925)


FLAT = {"name": "holiday", "add_cents_per_hour": 1000, "add_charged_cents_per_hour": 1500}

# how premiums come together, at $60 for the officer and $75 for the contractor: cents of an hour at night
TOGETHER = [("highest", [NIGHT, FLAT], 9000, 11250), ("highest", [FLAT], 7000, 9000),
            ("add", [NIGHT, FLAT], 10000, 12750), ("multiply", [NIGHT, FLAT], 10000, 12750)]  # fmt: skip


@pytest.mark.parametrize(("combine", "premiums", "officer", "contractor"), TOGETHER)
def test_a_fixed_amount_beside_a_factor(combine: str, premiums: list[Any], officer: int, contractor: int) -> None:
    rates = [{"cents_per_hour": 6000, "charged_cents_per_hour": 7500}]
    clause = {"rates": rates, "minimum_hours": 0, "premiums": premiums, "combine": combine}
    found = paid(clause, "2026-11-10 20:00 - 21:00")
    assert (found.officer_cents, found.contractor_cents) == (officer, contractor)


def test_the_contractor_is_never_charged_less_than_the_officer_gets_more() -> None:
    with pytest.raises(ValidationError, match="add_charged_cents_per_hour must not be less"):
        paid({"premiums": [FLAT | {"add_charged_cents_per_hour": 999}]}, DAY)


def test_without_a_rate_nothing_is_made_up() -> None:
    with pytest.raises(NoRate, match="Sergeant"):
        paid({"rates": [{"rank": "Officer", "cents_per_hour": 6000}]}, DAY, rank="Sergeant")


@pytest.mark.parametrize(
    ("town", "when", "cents"),
    [
        ("lunenburg", "2026-11-10 07:00 - 20:00", 6389),
        ("lunenburg", "2026-11-10 19:00 - 23:00", 9584),
        ("providence", "2026-12-24 07:00 - 11:00", 12400),
        ("toronto", DAY, None),
    ],
)
def test_officers_are_told_the_rate_that_holds_at_the_start(town: str, when: str, cents: int | None) -> None:
    assert cents_at_start(text_of(town).handbook.pay, work(when)) == cents


@pytest.mark.parametrize(("estimate", "deposit"), [(150000, 0), (150001, 150001)])
def test_closter_wants_escrow_over_1500_dollars(estimate: int, deposit: int) -> None:
    assert deposit_cents(text_of("closter").handbook.pay, estimate) == deposit
    assert deposit_cents(Pay(), estimate) == 0


@pytest.mark.parametrize(
    ("paid_on", "cents"), [(date(2026, 12, 1), 0), (date(2026, 12, 2), 33), (date(2027, 12, 1), 12000)]
)
def test_providence_charges_twelve_percent_a_year_after_thirty_days(paid_on: date, cents: int) -> None:
    pay = text_of("providence").handbook.pay
    assert interest_cents(pay, 100_000, date(2026, 11, 1), paid_on) == cents


def test_a_holiday_of_the_place_and_one_that_is_observed() -> None:
    pay = Pay.model_validate(
        {
            "holidays": [
                {"name": "Founders' Day", "every_year": "05-12", "eve": True},
                {"name": "Leap day", "every_year": "02-29"},
                {"name": "Election Day", "on": "2026-11-03"},
                {"name": "Independence Day", "observed": True},
            ]
        }
    )
    found = sorted(f"{each:%m-%d}" for each in holiday_dates(pay.holidays, "US", 2026))
    assert found == ["05-11", "05-12", "07-03", "07-04", "11-03"]


@pytest.mark.parametrize(
    "clause",
    [
        {"blocks": [8, 4]},
        {"rates": [{"cents_per_hour": 6000, "charged_cents_per_hour": 5000}]},
        {"premiums": [{"name": "night", "factor": 1.5, "from_time": "19:00"}]},
        {"premiums": [{"name": "night", "factor": 2}, {"name": "night", "factor": 3}]},
        {"holidays": [{"name": "No such day", "every_year": "04-31"}]},
        {"holidays": [{"name": "No such day", "weekday_of": "fifth monday of may"}]},
        {"cancellation": {"office": {"opens": "15:00", "closes": "07:00"}}},
    ],
)
def test_what_cannot_be_meant_is_no_clause(clause: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Pay.model_validate(clause)


@pytest.mark.parametrize(
    ("said", "day"),
    [("third monday of february", "2027-02-15"), ("last monday of may", "2027-05-31"),
     ("first sunday of november", "2026-11-01"), ("fourth thursday of november", "2026-11-26")],
)  # fmt: skip
def test_a_holiday_may_go_by_a_weekday_of_its_month(said: str, day: str) -> None:
    pay = Pay.model_validate({"holidays": [{"name": "the day", "weekday_of": said}]})
    on = date.fromisoformat(day)
    assert holiday_dates(pay.holidays, "US", on.year) == {on}
