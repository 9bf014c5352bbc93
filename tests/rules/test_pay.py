"""What work is paid in towns whose rules are public, to the cent; and minute by minute where the clocks change."""

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


OFFICER: dict[str, Any] = {"rank": "Officer"}
BUILDING: dict[str, Any] = {"rank": "Officer", "kind": "construction"}
CAR: dict[str, Any] = {"equipment": ("vehicle",)}

# A Tuesday unless the table says otherwise.
DAY, LONG = "2026-11-10 07:00 - 15:00", "2026-11-10 07:00 - 17:00"

# town, what its text says, the work, what else is known, hours by kind, the officer's cents, the contractor's
TOWNS: list[tuple[str, str, str, dict[str, Any], dict[str, float], int, int]] = [
    ("hartford", "minimum 8 hours, $642.40", DAY, OFFICER, {"worked": 8}, 64240, 64240),
    ("hartford", "a sergeant $888.80", DAY, {"rank": "Sergeant"}, {"worked": 8}, 88880, 88880),
    ("hartford", "above 8 hours $120.45", LONG, OFFICER, {"worked": 10}, 64240 + 2 * 12045, 64240 + 2 * 12045),
    ("hartford", "construction 1.5", DAY, BUILDING, {"worked": 8}, 96360, 96360),
    ("hartford", "construction above 8 hours 2", LONG, BUILDING, {"worked": 10}, 96360 + 32120, 96360 + 32120),
    ("hartford", "minimum 8 hours", "2026-11-10 07:00 - 12:00", OFFICER, {"worked": 5, "guaranteed": 3}, 64240, 64240),
    ("hartford", "at least 2 hours prior", DAY, {**OFFICER, "cancelled": "2026-11-10 05:00"}, {}, 0, 0),
    ("hartford", "charged for 4 hours", DAY, {**OFFICER, "cancelled": "2026-11-10 05:01"}, {"cancellation": 4},
     32120, 32120),
    ("hartford", "commenced: the full amount", LONG, {**OFFICER, "cancelled": "2026-11-10 08:00"},
     {"worked": 1, "guaranteed": 9}, 64240 + 2 * 12045, 64240 + 2 * 12045),
    ("greenwich", "four hour minimum", "2026-11-10 07:00 - 10:00", {}, {"worked": 3, "guaranteed": 1}, 30800, 30800),
    ("greenwich", "30 minutes' paid meal over 7 hours", DAY, {}, {"worked": 7.5, "meal": 0.5}, 61600, 61600),
    ("greenwich", "7 hours are not more than 7", "2026-11-10 07:00 - 14:00", {}, {"worked": 7}, 53900, 53900),
    ("greenwich", "24 hours or less", DAY, {"cancelled": "2026-11-09 07:00"}, {"cancellation": 4}, 30800, 30800),
    ("greenwich", "more than 24 hours", DAY, {"cancelled": "2026-11-09 06:59"}, {}, 0, 0),
    ("greenwich", "discontinued: 4 hours", DAY, {"left": "2026-11-10 09:30"}, {"worked": 2.5, "guaranteed": 1.5},
     30800, 30800),
    ("greenwich", "discontinued: actual", DAY, {"left": "2026-11-10 12:30"}, {"worked": 5.5}, 42350, 42350),
    ("lunenburg", "4 hours", "2026-11-10 08:00 - 12:00", {}, {"worked": 4}, 25556, 25556 + 2556),
    ("lunenburg", "more than 4: 8 hours", "2026-11-10 08:00 - 12:01", {}, {"worked": 241 / 60, "guaranteed": 239 / 60},
     51112, 51112 + 5111),
    ("lunenburg", "in excess of 8 hours 1.5", LONG, {}, {"worked": 10}, 51112 + 19167, 70279 + 7028),
    ("lunenburg", "nights from 7:00pm", "2026-11-10 15:00 - 23:00", {}, {"worked": 8}, 25556 + 38334, 63890 + 6389),
    ("lunenburg", "weekends", "2026-11-14 08:00 - 12:00", {}, {"worked": 4}, 38334, 38334 + 3833),
    ("lunenburg", "holidays", "2026-11-26 08:00 - 12:00", {}, {"worked": 4}, 38334, 38334 + 3833),
    ("lunenburg", "full pay when terminated", DAY, {"left": "2026-11-10 08:00"}, {"worked": 1, "guaranteed": 7},
     51112, 51112 + 5111),
    ("lunenburg", "2 hours' notice", DAY, {"cancelled": "2026-11-10 06:00"}, {"cancellation": 4}, 25556, 28112),
    ("oxford", "2 hour steps at 1.5", "2026-11-10 07:00 - 16:00", {}, {"worked": 9, "guaranteed": 1}, 66000, 66000),
    ("oxford", "ordered under 2 h before", "2026-11-10 07:00 - 11:00", {"ordered": "2026-11-10 05:01"},
     {"worked": 4}, 36000, 36000),
    ("oxford", "ordered 2 h before", "2026-11-10 07:00 - 11:00", {"ordered": "2026-11-10 05:00"}, {"worked": 4},
     24000, 24000),
    ("oxford", "12 to 1 h: 2 h", DAY, {"cancelled": "2026-11-09 19:01"}, {"cancellation": 2}, 12000, 12000),
    ("oxford", "12 to 1 h: 2 h", DAY, {"cancelled": "2026-11-10 06:00"}, {"cancellation": 2}, 12000, 12000),
    ("oxford", "under 1 h: 4 h", DAY, {"cancelled": "2026-11-10 06:01"}, {"cancellation": 4}, 24000, 24000),
    ("oxford", "after start: all", DAY, {"cancelled": "2026-11-10 07:00"}, {"guaranteed": 8}, 48000, 48000),
    ("oxford", "cruiser $15/h", DAY, CAR, {"worked": 8}, 48000, 60000),
    ("dover", "in excess of 4: 8 hours", "2026-11-10 07:00 - 12:00", {}, {"worked": 5, "guaranteed": 3}, 52000, 57200),
    ("dover", "over 8: 4 hour blocks", "2026-11-10 07:00 - 15:30", {}, {"worked": 8.5, "guaranteed": 3.5},
     78000, 85800),
    ("dover", "2 hours and the fee", DAY, {"cancelled": "2026-11-10 04:30"}, {"cancellation": 2}, 13000, 14300),
    ("dover", "at least 3 hours", DAY, {"cancelled": "2026-11-10 04:00"}, {}, 0, 0),
    ("providence", "any part of a half hour", "2026-11-10 07:00 - 12:10", {}, {"worked": 31 / 6, "guaranteed": 1 / 3},
     34100, 34100),
    ("providence", "double on Thanksgiving Eve", "2026-11-25 20:00 - 2026-11-26 00:00", {}, {"worked": 4},
     49600, 49600),
    ("providence", "double on Holy Saturday", "2026-04-04 08:00 - 12:00", {}, {"worked": 4}, 49600, 49600),
    ("providence", "from midnight on", "2026-12-23 22:00 - 2026-12-24 02:00", {}, {"worked": 4}, 37200, 37200),
    # Monday at 7: Friday 7 to 3 are 8 hours; Thursday's last 4 make twelve.
    ("providence", "12 business hours", "2026-11-09 07:00 - 11:00", {"cancelled": "2026-11-05 11:00"}, {}, 0, 0),
    ("providence", "12 business hours", "2026-11-09 07:00 - 11:00", {"cancelled": "2026-11-05 11:01"},
     {"cancellation": 4}, 24800, 24800),
    # Friday after Thanksgiving at 7: Wednesday and Tuesday afternoon count, Thursday does not.
    ("providence", "excepting holidays", "2026-11-27 07:00 - 11:00", {"cancelled": "2026-11-24 11:01"},
     {"cancellation": 4}, 24800, 24800),
    ("closter", "pay and the borough's share", DAY, {}, {"worked": 8}, 68000, 76000),
    ("toronto", "three hour minimum, $195", "2026-11-10 08:00 - 09:00", {"rank": "Constable"},
     {"worked": 1, "guaranteed": 2}, 19500, 19500 + 2925),
    ("toronto", "a sergeant $220.50", "2026-11-10 08:00 - 09:00", {"rank": "Sergeant"},
     {"worked": 1, "guaranteed": 2}, 22050, 22050 + 3308),
    ("toronto", "vehicle, minimum three hours", "2026-11-10 08:00 - 09:00", {"rank": "Constable", **CAR},
     {"worked": 1, "guaranteed": 2}, 19500, 19500 + 11214 + 2925),
    ("sunny_isles", "2: four hours, $42 and a fee of $21", "2026-11-10 08:00 - 11:00", OFFICER,
     {"worked": 3, "guaranteed": 1}, 16800, 25200),
    ("sunny_isles", "5: a supervisor $45 and $23", DAY, {"rank": "Sergeant"}, {"worked": 8}, 36000, 54400),
    ("medfield", "A 2: up to 4 hours are 4", "2026-11-10 08:00 - 10:00", {}, {"worked": 2, "guaranteed": 2},
     24000, 24000),
    ("medfield", "A 2: over 8, up to 12, are 12", "2026-11-10 08:00 - 16:01", {},
     {"worked": 481 / 60, "guaranteed": 239 / 60}, 72000, 72000),
    ("palisades_park", "four hours, $135 each", "2026-11-10 08:00 - 12:00", {}, {"worked": 4}, 27000, 54000),
    ("palisades_park", "what exceeds four is eight", "2026-11-10 08:00 - 12:30", {},
     {"worked": 4.5, "guaranteed": 3.5}, 54000, 108000),
    ("palisades_park", "then every hour", "2026-11-10 08:00 - 16:20", {}, {"worked": 25 / 3, "guaranteed": 2 / 3},
     60750, 121500),
    ("palisades_park", "without three hours' notice", DAY, {"cancelled": "2026-11-10 04:01"}, {"cancellation": 4},
     0, 54000),
    ("palisades_park", "three hours' notice", DAY, {"cancelled": "2026-11-10 04:00"}, {}, 0, 0),
    ("essex_fells", "B: 10 % of the hourly fee", DAY, {}, {"worked": 8}, 72000, 79200),
    ("essex_fells", "D: not for profit $65", DAY, {"kind": "nonprofit"}, {"worked": 8}, 52000, 57200),
    ("essex_fells", "F: a vehicle $15 an hour", DAY, CAR, {"worked": 8}, 72000, 91200),
    ("essex_fells", "E: under two hours, four hours", DAY, {"cancelled": "2026-11-10 05:01"}, {"cancellation": 4},
     36000, 36000),
    ("peel", "three hours at least, 15 + 1.95 + 0.39 %", "2026-11-10 08:00 - 09:00", {"rank": "Constable"},
     {"worked": 1, "guaranteed": 2}, 21300, 21300 + 3693),
    ("peel", "or any part of an hour", "2026-11-10 08:00 - 11:10", {"rank": "Sergeant"},
     {"worked": 19 / 6, "guaranteed": 5 / 6}, 32000, 32000 + 5549),
    ("peel", "a vehicle $36 an hour", DAY, {"rank": "Constable", **CAR}, {"worked": 8}, 56800, 56800 + 28800 + 9849),
    ("state_police_details", "type I, 4 hours", "2026-11-10 08:00 - 11:00", {}, {"worked": 3, "guaranteed": 1},
     24000, 24000),
    ("state_police_details", "beyond 4 hours type II, 8", "2026-11-10 08:00 - 12:10", {},
     {"worked": 25 / 6, "guaranteed": 23 / 6}, 48000, 48000),
    ("state_police_details", "beyond 8 in 30 minutes at 1.5", "2026-11-10 08:00 - 16:10", {},
     {"worked": 49 / 6, "guaranteed": 1 / 3}, 52500, 52500),
    ("state_police_details", "Thanksgiving at 1.5", "2026-11-26 08:00 - 16:00", {}, {"worked": 8}, 72000, 72000),
    ("toronto", "a bicycle per assignment", DAY, {"rank": "Constable", "equipment": ("bicycle",)}, {"worked": 8},
     52000, 52000 + 2150 + 7800),
]  # fmt: skip


@pytest.mark.parametrize(("town", "says", "when", "more", "kinds", "officer", "contractor"), TOWNS)
def test_a_town_pays_what_its_text_says(
    town: str, says: str, when: str, more: dict[str, Any], kinds: dict[str, float], officer: int, contractor: int
) -> None:
    found = quote(text_of(town).handbook.pay, work(when, **more))
    assert hours(found) == pytest.approx(kinds), says
    assert (found.officer_cents, found.contractor_cents) == (officer, contractor), (says, found.lines)
    assert all(each.rule.startswith(("pay.", "the detail's own")) for each in found.lines)


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
        {"cancellation": {"office": {"opens": "15:00", "closes": "07:00"}}},
    ],
)
def test_what_cannot_be_meant_is_no_clause(clause: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Pay.model_validate(clause)
