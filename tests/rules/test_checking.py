"""Handbooks that can be read and still cannot be meant: what the check says of each, and where."""

from typing import Any

import pytest

from models.rules.checking import Known, check
from models.rules.handbook import Handbook

#: The times of this handbook fit together, so that a case shows only what it is about.
FITTING: dict[str, Any] = {
    "signup": {"closes_hours_before": 72},
    "notice": {"bands": [{"name": "long", "more_than": 96}, {"name": "short", "method": "first_come"}]},
}
#: One band, so that every award is made at one time before the start; and what is always said of it.
ONE: dict[str, Any] = {"notice": {"bands": [{"name": "any notice"}]}}
SAID_OF_ONE = ("note", "notice.bands.0", "is closed before anybody can sign up")

FREE = {"turn": "kept", "hours": "not_charged"}


def rounds(*each: dict[str, Any]) -> dict[str, Any]:
    return {"awarding": {"rounds": [{"name": f"r{place}"} | one for place, one in enumerate(each)]}}


TWICE = {"kinds": ["bar"], "steps": [{"by": "voice", "answer_minutes": 5}]}
SHADOWED = {
    "bands": [{"name": "any", "method": "ladder", "ladder": {"for_work": [TWICE, TWICE | {"sites": ["quay"]}]}}]
}

# handbook, what is found: severity, place, and what it says
CASES: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({}, []),
    ({"notice": SHADOWED}, [("warning", "notice.bands.0.ladder.for_work.1", "for_work[0] comes before")]),
    # Rounds
    (
        {**ONE, **rounds({"until_hours_before": 48}, {"from_hours_before": 24})},
        [
            ("warning", "awarding.rounds", "no round is open 24 to 48 hours before the start"),
            ("warning", "awarding.rounds.1.from_hours_before", "but awards are made 72 hours before"),
            SAID_OF_ONE,
        ],
    ),
    (
        {"signup": {"closes_hours_before": 72}, **rounds({"from_hours_before": 96})},
        [("warning", "awarding.rounds", "no round is open 96 and more hours before the start")],
    ),
    (
        {**ONE, **rounds({"until_hours_before": 80}, {})},
        [("warning", "awarding.rounds.0.until_hours_before", "ends 80 hours before the start"), SAID_OF_ONE],
    ),
    (rounds({}, {}), [("warning", "awarding.rounds.1", "round 'r1' never awards anything: round 'r0' comes before")]),
    (rounds({"at_most": {"details": 3}}, {}), []),
    (rounds({"who": {"units": ["North"]}}, {}), []),
    (
        rounds({"order": ["own_unit", "seniority"], "who": {"own_unit": True}}),
        [
            ("warning", "awarding.rounds.0.order.0", "own_unit never decides in round 'r0'"),
        ],
    ),
    (rounds({"order": ["fewest_hours"]}), [("note", "awarding.rounds.0.order", "fewest_hours often ties")]),
    (
        rounds({"at_most": {"hours": 3}}),
        [("warning", "awarding.rounds.0.at_most.hours", "less than the 4 that a detail pays")],
    ),
    # Pay
    ({"pay": {"blocks": [2, 8]}}, [("error", "pay.blocks.0", "2 hours is shorter than the minimum of 4")]),
    (
        {"pay": {"cancellation": {"bands": [{"under_hours": 2, "hours": 4}, {"under_hours": 2, "hours": 4}]}}},
        [("error", "pay.cancellation.bands.1", "overlaps another band: both are for less than 2 hours")],
    ),
    (
        {"pay": {"cancellation": {"bands": [{"under_hours": 12, "hours": "all"}, {"under_hours": 2, "hours": 4}]}}},
        [("warning", "pay.cancellation.bands.1", "a later cancellation costs less than an earlier one")],
    ),
    (
        {"pay": {"rates": [{"cents_per_hour": 1}, {"rank": "Officer", "cents_per_hour": 2}]}},
        [("error", "pay.rates.1", "never holds: pay.rates[0] comes before")],
    ),
    (
        {"pay": {"rates": [{"rank": "Seargent", "cents_per_hour": 2}]}},
        [("error", "pay.rates.0.rank", "'Seargent' is not among ranks: did you mean Sergeant?")],
    ),
    (
        {
            "pay": {
                "holidays": [{"name": "Christmas Day"}],
                "premiums": [{"name": "eve", "factor": 2, "on_holidays": True, "holidays": ["Christmas Eve"]}],
            }
        },
        [("error", "pay.premiums.0.holidays.0", "'Christmas Eve' is no holiday of pay.holidays; there is Christmas")],
    ),
    (
        {"pay": {"premiums": [{"name": "night", "factor": 1, "ranks": ["Corporal"], "on_holidays": True}]}},
        [
            ("error", "pay.premiums.0", "the clause names none (pay.holidays)"),
            ("error", "pay.premiums.0.ranks.0", "'Corporal' is not among ranks"),
            ("warning", "pay.premiums.0.factor", "pays nothing more"),
        ],
    ),
    (
        {"pay": {"holidays": [{"name": "Thanksgiving"}, {"name": "Founders' Day", "every_year": "05-12"}]}},
        [("error", "pay.holidays.0.name", "did you mean Thanksgiving Day?")],
    ),
    (
        {"pay": {"holidays_of": "US-XX", "holidays": [{"name": "Labor Day"}]}},
        [("error", "pay.holidays_of", "there is no calendar of holidays for US-XX")],
    ),
    # Limits and rest
    (
        {"limits": [{"kind": "rolling", "hours": 0, "in_hours": 24}]},
        [("error", "limits.0.hours", "forbids every detail")],
    ),
    (
        {"limits": [{"kind": "rolling", "hours": 24, "in_hours": 24}]},
        [("warning", "limits.0.hours", "never keeps anybody")],
    ),
    ({"limits": [{"kind": "calendar", "period": "day", "hours": 24}]}, []),
    (
        {"rest": [{"hours": 8, "name": "after nights"}], "emergency": {"lifts": ["after nights", "the long week"]}},
        [("error", "emergency.lifts.1", "'the long week' is the name of no limit and no rest")],
    ),
    (
        {"limits": [{"kind": "calendar", "period": "day", "hours": 25}]},
        [("warning", "limits.0.hours", "no more than 25 hours in a day")],
    ),
    (
        {"limits": [{"kind": "calendar", "period": "week", "hours": 3}]},
        [("warning", "limits.0.hours", "3 hours is less than the 4")],
    ),
    (
        {"limits": [{"kind": "rolling", "hours": 16, "in_hours": 24, "counts": ["tours"]}]},
        [
            ("warning", "limits.0.counts", "no hours of details count"),
        ],
    ),
    (
        {
            "limits": [
                {"kind": "rolling", "hours": 16, "in_hours": 24},
                {"kind": "rolling", "hours": 18, "in_hours": 24},
            ]
        },
        [
            ("warning", "limits.1", "never decides: the limit of 16 hours in the same window"),
        ],
    ),
    (
        {
            "limits": [
                {"kind": "rolling", "hours": 16, "in_hours": 24},
                {"kind": "rolling", "hours": 12, "in_hours": 24, "counts": ["details"]},
            ]
        },
        [],
    ),
    ({"rest": [{"hours": 8, "after": ["tours"], "before": ["tours"]}]}, [("warning", "rest.0", "never keeps anybody")]),
    # Times
    (
        {**ONE, "signup": {"closes_hours_before": 24}, "drops": {"late_drop_bar_days": 0, "no_show_bar_days": 0}},
        [SAID_OF_ONE],
    ),
    (
        {**ONE, "signup": {"closes_hours_before": 24}},
        [("warning", "drops.free_until_hours_before", "nobody can drop free"), SAID_OF_ONE],
    ),
    (
        {"signup": {"closes_hours_before": 1, "award_after_close_minutes": 60}},
        [
            ("error", "signup.award_after_close_minutes", "has begun by then"),
        ],
    ),
    (
        {"signup": {"closes_hours_before": 5}, "drops": {"free_until_hours_before": 4.5}},
        [
            (
                "warning",
                "answer.minutes",
                "nobody gets 240 minutes to answer: an award 5 hours before the start leaves 180",
            ),
        ],
    ),
    ({"answer": {"minutes": 60}}, [("warning", "answer.remind_after_minutes.0", "never sent: after 120 minutes")]),
    (
        {"drops": {"free_until_hours_before": 24, "locked_within_hours_before": 24}},
        [
            ("warning", "drops.locked_within_hours_before", "no time in which a drop needs a replacement"),
        ],
    ),
    (
        {"replacement": {"answer_minutes": 300}},
        [("warning", "replacement.answer_minutes", "only one officer is asked")],
    ),
    (
        {"drops": {"ladders": [{"on": "no_show", "steps": [30, 60, 7]}]}},
        [("warning", "drops.ladders.0.steps.2", "falls from 60 days to 7")],
    ),
    (
        {
            "drops": {
                "no_show_bar_days": 9,
                "ladders": [{"on": "no_show", "steps": [30], "counted": "ever", "months": 3}],
            }
        },
        [
            ("warning", "drops.no_show_bar_days", "never applies: ladders[0] is for every no_show"),
            ("note", "drops.ladders.0.months", "has no meaning"),
        ],
    ),
    (
        {
            **ONE,
            "drops": {
                "zones": [
                    {"bands": ["any notice", "short"], "free_until_hours_before": 8, "locked_within_hours_before": 8}
                ]
            },
        },
        [
            ("error", "drops.zones.0.bands.1", "'short' is not among bands"),
            ("warning", "drops.zones.0", "there is no time in which a drop needs a replacement"),
            SAID_OF_ONE,
        ],
    ),
    (
        {"replacement": {"standby_first": False, "then": "nobody"}},
        [("warning", "replacement.then", "nobody is ever asked")],
    ),
    # Notice
    (
        {
            "notice": {"bands": [{"name": "long", "more_than": 96}, {"name": "short"}]},
            "signup": {"closes_hours_before": 97},
        },
        [("warning", "notice.bands.1", "nobody can sign up in 'short': sign-up closes 97 hours before the start")],
    ),
    (
        {
            "notice": {"bands": [{"name": "any", "method": "first_come", "rounds": ["r0"]}]},
            **rounds({}, {"who": {"ranks": ["Officer"]}}),
        },
        [
            ("warning", "awarding.rounds.1", "never awards anything"),
            ("warning", "awarding.rounds.1", "round 'r1' is used by no notice band"),
        ],
    ),
    # Asking
    (
        {"notice": {"bands": [{"name": "any", "ladder": {"steps": [{"answer_minutes": 5}]}}]}},
        [
            ("warning", "notice.bands.0.ladder", "nobody is asked down this ladder: the band's method is batch"),
            SAID_OF_ONE,
        ],
    ),
    (
        {
            "notice": {
                "bands": [
                    {"name": "long", "more_than": 2, "closes_hours_before": 1, "method": "first_come"},
                    {
                        "name": "short",
                        "method": "ladder",
                        "ladder": {"steps": [{"answer_minutes": 120}], "within_minutes": 60},
                    },
                ]
            }
        },
        [
            ("warning", "notice.bands.1.ladder.steps", "the first officer has 120 minutes to answer"),
            ("warning", "notice.bands.1.ladder.within_minutes", "over after 60 minutes"),
        ],
    ),
    # Rank mix
    (
        {
            "rank_mix": {
                "bands": [
                    {"at_least": 3, "rank": "Sergeant"},
                    {"counts": "Sergeant", "at_least": 2, "rank": "Lieutenant", "is_of_the_count": False},
                ],
                "if_none": "runs_without",
                "runs_without_hours_before": 0,
            }
        },
        [
            ("warning", "rank_mix.bands.1", "never reached: no headcount asks for 2 of Sergeant, only for 1"),
            ("warning", "rank_mix.runs_without_hours_before", "at the start"),
        ],
    ),
    # Names
    (
        {
            "pools": ["road"],
            "limits": [
                {
                    "kind": "rolling",
                    "hours": 16,
                    "in_hours": 24,
                    "counts_pools": ["raod"],
                    "only": {"ranks": ["Major"], "pools": ["road"]},
                }
            ],
            "eligibility": {"opt_in_pools": ["double"]},
            **rounds({"who": {"job_classes": ["Patrol"]}}),
        },
        [
            ("error", "eligibility.opt_in_pools.0", "'double' is not among pools; there are road"),
            ("error", "limits.0.only.ranks.0", "'Major' is not among ranks"),
            ("error", "limits.0.counts_pools.0", "'raod' is not among pools: did you mean road?"),
            ("error", "awarding.rounds.0.who.job_classes.0", "'Patrol' is not among job_classes; there are none"),
        ],
    ),
    # Counting
    (rounds({"order": ["points", "seniority"]}), [("warning", "awarding.rounds", "points never decides")]),
    (
        {
            "outcomes": {
                "cases": [{"on": ["declined", "busy"], **FREE}, {"on": ["declined"], "leave": ["sick"], **FREE}]
            }
        },
        [("warning", "outcomes.cases.1", "never decides: cases[0] comes before it")],
    ),
    (
        {"outcomes": {"cases": [{"on": ["declined"], "leave": ["sick"], **FREE}, {"on": ["declined"], **FREE}]}},
        [],
    ),
    (
        {"outcomes": {"cases": [{"on": ["declined"], "rounds": ["monthly"], **FREE}]}},
        [("error", "outcomes.cases.0.rounds.0", "'monthly' is not among rounds; there are everyone")],
    ),
    (
        {"pools": [{"name": "road", "reset": {"period": "month", "rotation": "seniority"}}]},
        [("warning", "pools.0.reset.rotation", "no order goes by rotation")],
    ),
    # People
    ({"eligibility": {"statuses": ["active", "suspended"]}}, [("warning", "eligibility.statuses.1", "is that meant")]),
    (
        {"eligibility": {"barred_units": ["IA"]}, **rounds({"who": {"units": ["IA"]}})},
        [
            ("error", "awarding.rounds.0.who.units", "round 'r0' is for nobody"),
        ],
    ),
]


@pytest.mark.parametrize(("handbook", "found"), CASES)
def test_what_is_found(handbook: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    said = [
        (each.severity, ".".join(map(str, each.path)), each.message)
        for each in check(Handbook.model_validate({**FITTING, **handbook}))
        if each.path != ("drops",)
    ]
    assert len(said) == len(found), said
    for (severity, place, message), (of_severity, at_place, part) in zip(said, found, strict=True):
        assert (severity, place) == (of_severity, at_place)
        assert part in message


# what is said of drops, the bars that hold by default
UNSAID: list[tuple[dict[str, Any], str | None]] = [
    ({}, "late_drop_bar_days: 30 and no_show_bar_days: 60"),
    ({"late_drop_bar_days": 0}, "no_show_bar_days: 60"),
    ({"late_drop_bar_days": 0, "no_show_bar_days": 0}, None),
    ({"late_drop_bar_days": 7, "ladders": [{"on": "no_show", "steps": [30]}]}, None),
]


@pytest.mark.parametrize(("drops", "said"), UNSAID)
def test_a_bar_that_nobody_wrote_down_is_pointed_out(drops: dict[str, Any], said: str | None) -> None:
    found = [each for each in check(Handbook.model_validate({**FITTING, "drops": drops})) if each.path == ("drops",)]
    assert [each.severity for each in found] == (["note"] if said else [])
    assert all(f"holds though nobody said so: {said}; write 0" in each.message for each in found)


MILLBROOK = Known(units=frozenset({"Patrol"}), ranks=frozenset({"Officer"}), qualifications=frozenset({"flagger"}))

# handbook, what is found only because the department is known
AGAINST_THE_DEPARTMENT: list[tuple[dict[str, Any], str, str]] = [
    (
        {"eligibility": {"qualifications": ["radar"]}},
        "error",
        "nobody may work: no officer holds 'radar'; there are flagger",
    ),
    ({"eligibility": {"barred_units": ["IA"]}}, "warning", "there is no officer in a unit 'IA'; there are Patrol"),
    (rounds({"who": {"units": ["North"]}}, {}), "warning", "no officer is in the unit 'North'; there are Patrol"),
    (rounds({"who": {"qualifications": ["radar"]}}, {}), "error", "round 'r0' is for nobody"),
    ({"ranks": ["Trooper"]}, "error", "officers have the rank 'Officer', which is not among ranks"),
]


@pytest.mark.parametrize(("handbook", "severity", "said"), AGAINST_THE_DEPARTMENT)
def test_names_are_checked_against_the_people_there_are(handbook: dict[str, Any], severity: str, said: str) -> None:
    rules = Handbook.model_validate({**FITTING, **handbook})
    assert not any(each.message.startswith(said) for each in check(rules))
    assert [each.severity for each in check(rules, MILLBROOK) if each.message.startswith(said)] == [severity]
