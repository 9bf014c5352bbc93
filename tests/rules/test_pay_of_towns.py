"""What work is paid in towns whose rules are public, to the cent."""

from typing import Any

import pytest

from models.rules.pay.pay import quote
from tests.rules.policy import text_of
from tests.rules.test_pay import DAY, hours, work

LONG = "2026-11-10 07:00 - 17:00"
OFFICER: dict[str, Any] = {"rank": "Officer"}
BUILDING: dict[str, Any] = {"rank": "Officer", "kind": "construction"}
CAR: dict[str, Any] = {"equipment": ("vehicle",)}

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
    ("sunny_isles", "5: a supervisor on a regular job", DAY, {"rank": "Sergeant", "slot_rank": "Officer"},
     {"worked": 8}, 33600, 50400),
    ("medfield", "A 2: town details, three hours", "2026-11-10 08:00 - 10:00", {"kind": "town"},
     {"worked": 2, "guaranteed": 1}, 18000, 18000),
    ("medfield", "A 2: town details, actual hours thereafter", "2026-11-10 08:00 - 12:30", {"kind": "town"},
     {"worked": 4.5}, 27000, 27000),
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
    ("port_st_lucie", "three hours, $44 and $6", "2026-11-10 08:00 - 10:00", OFFICER,
     {"worked": 2, "guaranteed": 1}, 13200, 15000),
    ("port_st_lucie", "a supervisor $49 and $6", DAY, {"rank": "Sergeant"}, {"worked": 8}, 39200, 44000),
    ("port_st_lucie", "Christmas Eve $10 more", "2026-12-24 08:00 - 16:00", OFFICER, {"worked": 8}, 43200, 48000),
    ("port_st_lucie", "under 24 hours: three hours", DAY, {**OFFICER, "cancelled": "2026-11-09 07:01"},
     {"cancellation": 3}, 13200, 15000),
    ("north_miami", "$65, a vehicle three hours at least", "2026-11-10 08:00 - 10:00", {**OFFICER, **CAR},
     {"worked": 2, "guaranteed": 1}, 19500, 27000),
    ("north_miami", "$88 on Thanksgiving", "2026-11-26 16:00 - 20:00", OFFICER, {"worked": 4}, 35200, 35200),
    ("north_miami", "$111 from 6 pm of Christmas Eve", "2026-12-24 16:00 - 20:00", OFFICER, {"worked": 4},
     35200, 35200),
    ("north_miami", "and on Christmas Day", "2026-12-25 08:00 - 12:00", OFFICER, {"worked": 4}, 44400, 44400),
    ("new_orleans", "$29.33 and $4.35", DAY, OFFICER, {"worked": 8}, 23464, 26944),
    ("new_orleans", "a sergeant $32.10 and $4.80", DAY, {"rank": "Sergeant"}, {"worked": 8}, 25680, 29520),
    ("new_orleans", "$17 more without any fee", "2026-12-25 08:00 - 16:00", OFFICER, {"worked": 8}, 37064, 40544),
    ("south_plainfield", "$65 and $10", DAY, {}, {"worked": 8}, 52000, 60000),
    ("south_plainfield", "traffic $90, a vehicle $25", DAY, {"kind": "traffic", **CAR}, {"worked": 8}, 72000, 100000),
    ("south_plainfield", "$5 within two hours", DAY, {"ordered": "2026-11-10 05:01"}, {"worked": 8}, 52000, 64000),
    ("south_plainfield", "two hours before", DAY, {"ordered": "2026-11-10 05:00"}, {"worked": 8}, 52000, 60000),
    ("honolulu", "not cancelled 24 hours before: two hours", DAY, {"cancelled": "2026-11-09 07:01"},
     {"cancellation": 2}, 10000, 10000),
    ("honolulu", "cancelled 24 hours before", DAY, {"cancelled": "2026-11-09 07:00"}, {}, 0, 0),
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
