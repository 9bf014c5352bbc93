"""Notice bands: which one a detail falls into, what its posting then does, and how first come goes."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from models.rules.awarding.award import award
from models.rules.handbook import Handbook
from models.rules.time.notice import band_of, plan
from models.rules.time.timing import answer_due_at
from tests.rules.cast import NOW, ZONE, at, department, officer, opening, tour
from tests.rules.sources import ILLUSTRATIVE, LOWEST_HOURS_3B, ROSTER_15_CUT_OFF, SPECIAL_EVENTS

# Over a day a batch, under it first come, and under two hours another time to answer.
THREE = {
    "bands": [
        {"name": "long", "more_than": 24},
        {"name": "short", "more_than": 2, "method": "first_come", "closes_hours_before": 1},
        {"name": "rush", "open_for_minutes": 20, "answer": {"minutes": 5, "remind_after_minutes": []}},
    ]
}
WEEK = {"bands": [{"name": "a week", "more_than": 168, "or_exactly": True}, {"name": "later"}]}
DAYS = {"measured_in": "calendar_days", "bands": [{"name": "ahead", "more_than": 1}, {"name": "next day or today"}]}


def _handbook(notice: dict[str, Any], **more: Any) -> Handbook:
    return Handbook.model_validate({"notice": notice, **more})


# bands, known at, starts at, band, unit, its notice, what the band asks for, the clause
BANDS = [
    (THREE, "2026-11-02 07:00", "2026-11-03 07:01", "long", ("minutes", 1441, 1440), LOWEST_HOURS_3B),
    (THREE, "2026-11-02 07:00", "2026-11-03 07:00", "short", ("minutes", 1440, 120), LOWEST_HOURS_3B),
    (THREE, "2026-11-02 07:00", "2026-11-02 09:00", "rush", ("minutes", 120, None), ILLUSTRATIVE),
    # The night the clocks go back has an hour more: 24 hours on the wall are 25 of notice.
    (THREE, "2026-10-31 12:00", "2026-11-01 12:00", "long", ("minutes", 1500, 1440), ILLUSTRATIVE),
    (THREE, "2026-11-02 07:00", "2026-11-02 06:00", "rush", ("minutes", -60, None), ILLUSTRATIVE),
    (WEEK, "2026-11-02 07:00", "2026-11-09 07:00", "a week", ("minutes", 10080, 10080), SPECIAL_EVENTS),
    (WEEK, "2026-11-02 07:01", "2026-11-09 07:00", "later", ("minutes", 10079, None), SPECIAL_EVENTS),
    (DAYS, "2026-11-02 23:59", "2026-11-04 00:00", "ahead", ("days", 2, 1), ILLUSTRATIVE),
    (DAYS, "2026-11-02 00:00", "2026-11-03 23:59", "next day or today", ("days", 1, None), ILLUSTRATIVE),
]  # fmt: skip


@pytest.mark.parametrize(("notice", "known", "starts", "band", "figures", "source"), BANDS)
def test_the_band_a_detail_falls_into(
    notice: dict[str, Any], known: str, starts: str, band: str, figures: tuple[str, int, int | None], source: str
) -> None:
    found = band_of(_handbook(notice), at(known), at(starts), ZONE)
    unit, notice, more_than = figures
    assert found.figures == {f"notice_{unit}": notice, f"more_than_{unit}": more_than, "band": band}, source


# known and posted at, starts at, closes at, award at
PLANS = [
    ("2026-11-01 07:00", "2026-11-05 07:00", "2026-11-04 07:00", "2026-11-04 07:30"),
    ("2026-11-05 00:00", "2026-11-05 07:00", "2026-11-05 06:00", "2026-11-05 06:00"),
    ("2026-11-05 05:30", "2026-11-05 07:00", "2026-11-05 05:50", "2026-11-05 06:20"),
    ("2026-11-05 06:50", "2026-11-05 07:00", "2026-11-05 07:00", "2026-11-05 07:30"),
]


@pytest.mark.parametrize(("known", "starts", "closes", "awards"), PLANS)
def test_a_posting_that_is_silent_goes_by_its_band(known: str, starts: str, closes: str, awards: str) -> None:
    handbook = _handbook(THREE, signup={"award_after_close_minutes": 30})
    planned = plan(handbook, at(known), at(known), at(starts), ZONE)
    assert (planned.closes_at, planned.award_at) == (at(closes), at(awards))


# Cut off on Thursday at 15:30, on Wednesday if Friday is a holiday; what comes later is given out otherwise.
CUT_OFF = {"day": "thursday", "at": "15:30"}
HOLIDAYS = [{"name": name} for name in ("Thanksgiving Day", "Christmas Day", "New Year's Day", "Independence Day")]
BY_WEEKDAY = {
    "bands": [
        {
            "name": "the week's",
            "closes_on": CUT_OFF | {"earlier_for": HOLIDAYS},
            "awards_on": {"day": "friday", "at": "09:00"},
        },
        {"name": "last minute", "method": "first_come"},
    ]
}
OPENED = {
    "bands": [
        {
            "name": "the list",
            "opens_on": {"day": "monday", "at": "08:00", "week_starts": "sunday"},
            "closes_on": {"day": "wednesday", "at": "17:00", "week_starts": "sunday"},
        },
        {"name": "after it", "open_for_minutes": 60},
    ]
}
SAME_WEEK = {
    "bands": [{"name": "list", "closes_on": {"day": "tuesday", "at": "02:30", "weeks_before": 0}}, {"name": "b"}]
}
TWICE = {"bands": [{"name": "list", "closes_on": {"day": "sunday", "at": "01:30"}}, {"name": "rest"}]}
NIGHT = {"bands": [{"name": "list", "closes_on": {"day": "sunday", "at": "02:30"}}, {"name": "rest"}]}

# bands, known, starts, band, opens, closes, awarded, clause
WEEKDAYS: list[tuple[dict[str, Any], str, str, str, str | None, str, str, str]] = [
    (BY_WEEKDAY, "2026-11-05 15:29", "2026-11-09 07:00", "the week's", None, "2026-11-05 15:30", "2026-11-06 09:00",
     ROSTER_15_CUT_OFF),
    (BY_WEEKDAY, "2026-10-01 08:00", "2026-11-15 23:00", "the week's", None, "2026-11-05 15:30", "2026-11-06 09:00",
     ROSTER_15_CUT_OFF),
    (BY_WEEKDAY, "2026-11-05 15:30", "2026-11-09 07:00", "last minute", None, "2026-11-09 07:00", "2026-11-09 07:00",
     ROSTER_15_CUT_OFF),
    # Christmas is a Friday in 2026, and so is New Year's Day after it: Wednesday it is.
    (BY_WEEKDAY, "2026-12-01 08:00", "2026-12-28 07:00", "the week's", None, "2026-12-23 15:30", "2026-12-25 09:00",
     ROSTER_15_CUT_OFF),
    # Thanksgiving is the Thursday itself.
    (BY_WEEKDAY, "2026-11-01 08:00", "2026-11-30 07:00", "the week's", None, "2026-11-25 15:30", "2026-11-27 09:00",
     ROSTER_15_CUT_OFF),
    # Posted Monday at 8, closed Wednesday at 5: weeks from Sunday, so a Sunday's detail is of the week that begins.
    (OPENED, "2026-10-20 08:00", "2026-11-08 12:00", "the list", "2026-11-02 08:00", "2026-11-04 17:00",
     "2026-11-04 17:00", ILLUSTRATIVE),
    (OPENED, "2026-10-20 08:00", "2026-11-07 12:00", "the list", "2026-10-26 08:00", "2026-10-28 17:00",
     "2026-10-28 17:00", ILLUSTRATIVE),
    (OPENED, "2026-11-04 17:00", "2026-11-08 12:00", "after it", None, "2026-11-04 18:00", "2026-11-04 18:00",
     ILLUSTRATIVE),
    # Of the same week: a Monday's detail starts before the close, so the band is not for it.
    (SAME_WEEK, "2026-11-01 08:00", "2026-11-09 12:00", "b", None, "2026-11-08 12:00", "2026-11-08 12:00",
     ILLUSTRATIVE),
    (SAME_WEEK, "2026-11-01 08:00", "2026-11-11 12:00", "list", None, "2026-11-10 02:30", "2026-11-10 02:30",
     ILLUSTRATIVE),
    # Thursday at 15:30 is the wall's, a week from the night on which the clocks go back.
    (BY_WEEKDAY, "2026-10-20 08:00", "2026-11-02 07:00", "the week's", None, "2026-10-29 15:30", "2026-10-30 09:00",
     ILLUSTRATIVE),
    # The wall never shows 02:30 on March 8, and shows 01:30 twice on November 1: then the first.
    (NIGHT, "2026-03-01 08:00", "2026-03-10 07:00", "list", None, "2026-03-08 03:30", "2026-03-08 03:30", ILLUSTRATIVE),
    (TWICE, "2026-10-20 08:00", "2026-11-03 07:00", "list", None, "2026-11-01 01:30", "2026-11-01 01:30", ILLUSTRATIVE),
]  # fmt: skip


@pytest.mark.parametrize(("notice", "known", "starts", "band", "opens", "closes", "awards", "clause"), WEEKDAYS)
def test_a_band_may_go_by_weekdays(
    notice: dict[str, Any], known: str, starts: str, band: str, opens: str, closes: str, awards: str, clause: str
) -> None:
    planned = plan(_handbook(notice), at(known), at(known), at(starts), ZONE)
    assert planned.noticed.band.name == band, clause
    assert planned.opens_at == (at(opens) if opens else None), clause
    # Times of different zones are never equal in an hour that the wall shows twice.
    assert (planned.closes_at, planned.award_at) == (at(closes).astimezone(UTC), at(awards).astimezone(UTC)), clause


def test_the_band_has_its_own_time_to_answer() -> None:
    told_at, starts_at = at("2026-11-05 03:00"), at("2026-11-05 07:00")
    assert answer_due_at(_handbook(THREE), told_at, starts_at, "rush") == at("2026-11-05 03:10")
    assert answer_due_at(_handbook(THREE), told_at, starts_at, "long") == at("2026-11-05 05:00")


def _came(minutes: dict[int, int], **of_opening: Any) -> Any:
    """Officers sign up for one detail of the short band, each so many minutes after the first."""
    handbook = {"notice": THREE, "rest": [{"hours": 8}]}
    detail = opening(1, "2026-10-02 07:00 - 15:00", band="short", **of_opening)
    facts = department(handbook, [officer(n) for n in (1, 2, 3)], [detail], {who: [1] for who in minutes})
    signups = tuple(
        replace(each, signed_up_at=NOW - timedelta(hours=1) + timedelta(minutes=minutes[each.officer_id]))
        for each in facts.signups
    )
    return replace(facts, signups=signups)


def test_first_come_goes_to_who_came_first_and_not_to_who_has_served_longest() -> None:
    result = award(_came({1: 5, 2: 0, 3: 9}))
    assert [each.officer_id for each in result.awards] == [2], LOWEST_HOURS_3B
    told = {each.officer_id: (each.outcome, str(each.reason)) for each in result.verdicts}
    assert told[1] == ("not_awarded", "outranked_by_first_come")
    assert result.standbys == ()


def test_who_came_first_and_may_not_take_it_is_told_the_rule() -> None:
    facts = replace(_came({1: 5, 2: 0}), tours=(tour(2, "2026-10-02 16:00 - 23:00"),))
    result = award(facts)
    assert [each.officer_id for each in result.awards] == [1]
    assert {each.officer_id: str(each.reason) for each in result.verdicts}[2] == "rest_before_tour"


def test_a_band_may_go_through_some_rounds_only() -> None:
    rounds = [{"name": "by rank", "order": ["rank"]}, {"name": "by badge", "order": ["badge"]}]
    notice = {"bands": [{"name": "any", "rounds": ["by badge"]}]}
    handbook = {"notice": notice, "awarding": {"rounds": rounds}}
    sergeant = officer(2, rank="Sergeant")
    detail = opening(1, "2026-10-05 07:00 - 15:00", band="any")
    facts = department(handbook, [officer(1), sergeant], [detail], {1: [1], 2: [1]})
    assert [(each.officer_id, each.round) for each in award(facts).awards] == [(1, "by badge")]
    unbanded = replace(facts, openings=(replace(detail, band=""),))
    assert [(each.officer_id, each.round) for each in award(unbanded).awards] == [(2, "by rank")]


REFUSED = [
    ({"bands": [{"name": "a", "more_than": 24}]}, "must end with a band without more_than"),
    ({"bands": [{"name": "a"}, {"name": "b"}]}, "'a' needs more_than"),
    ({"bands": [{"name": "a", "more_than": 2}, {"name": "b", "more_than": 24}, {"name": "c"}]}, "longest notice"),
    ({"bands": [{"name": "a", "more_than": 2}, {"name": "a"}]}, "same name"),
    ({"measured_in": "calendar_days", "bands": [{"name": "a", "more_than": 1.5}, {"name": "b"}]}, "must be whole"),
    ({"bands": [{"name": "a", "or_exactly": True}]}, "or_exactly belongs to more_than"),
    ({"bands": [{"name": "a", "rounds": ["nobody's"]}]}, "which awarding has not"),
    ({"bands": [{"name": "a", "closes_on": CUT_OFF, "closes_hours_before": 24}]}, "exclude each other"),
    ({"bands": [{"name": "a", "awards_on": CUT_OFF, "award_after_close_minutes": 5}]}, "exclude each other"),
    ({"bands": [{"name": "a", "awards_on": CUT_OFF, "method": "first_come"}]}, "is for a batch"),
    ({"bands": [{"name": "a", "closes_on": CUT_OFF, "awards_on": CUT_OFF | {"at": "15:00"}}]}, "must not come before"),
    ({"bands": [{"name": "a", "closes_on": CUT_OFF | {"day": "Thursday"}}]}, "monday"),
]


@pytest.mark.parametrize(("notice", "message"), REFUSED)
def test_bands_that_contradict_each_other_are_refused(notice: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _handbook(notice)
