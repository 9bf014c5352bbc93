"""`dutyline award preview`: from a bundle to awards and reasons, without a database."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.dialog.rendering import Voice, render_prompt
from ivr_prompts import load
from models.bundle import read
from models.bundle.facts import award_facts
from models.rules.reasons import Reason
from tests.bundle.elm_falls import ELM_FALLS
from tests.rules.cast import ZONE, at


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    file = tmp_path / "elm.yaml"
    file.write_text(ELM_FALLS, "utf-8")
    return file


def preview(bundle: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["award", "preview", "--bundle", str(bundle), *options])


def decided(bundle: Path, moment: str) -> dict[str, Any]:
    result = preview(bundle, "--at", moment, "--json")
    assert result.exit_code == 0, result.output
    shown: dict[str, Any] = json.loads(result.stdout)
    return shown


def test_what_an_award_would_decide(bundle: Path) -> None:
    shown = decided(bundle, "2026-11-09T12:00")
    assert shown["awards"] == [
        {"slot": "main-1/1", "officer": "0114", "round": "monthly"},
        {"slot": "main-2/1", "officer": "9", "round": "monthly"},
    ]
    assert shown["standbys"] == [{"slot": "main-1/1", "officers": ["9"]}]
    assert {"officer": "0114", "pool": "road", "name": "hours", "before": 24.0, "after": 32.0} in shown["counters"]
    assert {"officer": "9", "pool": "double", "name": "hours", "before": 0.0, "after": 4.0} in shown["counters"]
    assert {"officer": "0114", "pool": "road", "name": "rotation", "before": 2, "after": 2} in shown["counters"]


def test_every_signup_made_until_then_has_a_verdict_with_its_sentence(bundle: Path) -> None:
    verdicts = {(each["officer"], each["opening"]): each for each in decided(bundle, "2026-11-09T12:00")["verdicts"]}
    assert set(verdicts) == {("0114", "main-1"), ("9", "main-1"), ("0114", "main-1#2"), ("9", "main-2")}
    assert verdicts["0114", "main-1#2"] == {
        "officer": "0114",
        "opening": "main-1#2",
        "outcome": "not_awarded",
        "reason": "awarded_preferred",
        "figures": {
            "detail": "main-1",
            "starts_at": "2026-11-10T07:00:00-05:00",
            "ends_at": "2026-11-10T15:00:00-05:00",
        },
        "sentence": "You were awarded main-1 at that time, which you preferred.",
    }
    assert verdicts["9", "main-1"]["outcome"] == "standby"
    assert verdicts["9", "main-1"]["figures"] == {"badge": "0114", "theirs_minutes": 1440, "yours_minutes": 1890}
    assert verdicts["9", "main-1"]["sentence"] == ("The last slot went to badge 0114 with 24h counted; you had 31.5h.")


@pytest.mark.parametrize(
    ("moment", "signups"),
    [
        ("2026-10-31T12:00", 0),  # main-1 is not posted, and nobody has signed up for main-2
        ("2026-11-01T09:00", 2),
        ("2026-11-02 08:00", 3),
        ("2026-11-10T12:00:00Z", 1),  # main-1 has begun: 07:00 in New York
        ("2026-11-12T00:00", 0),
    ],
)
def test_only_what_is_posted_signed_up_for_and_has_not_begun_counts(bundle: Path, moment: str, signups: int) -> None:
    assert len(decided(bundle, moment)["verdicts"]) == signups


def test_a_signup_after_the_close_is_not_eligible(bundle: Path) -> None:
    late = ELM_FALLS.replace(
        "{officer: boone, detail: main-1}", "{officer: boone, detail: main-1, signed_up_at: 2026-11-08 12:01}"
    )
    bundle.write_text(late, "utf-8")
    (found,) = [
        each
        for each in decided(bundle, "2026-11-09T12:00")["verdicts"]
        if (each["officer"], each["opening"]) == ("9", "main-1")
    ]
    assert (found["outcome"], found["reason"]) == ("ineligible", "signed_up_after_close")


def test_the_same_in_words(bundle: Path) -> None:
    shown = preview(bundle, "--at", "2026-11-09T12:00").stdout
    assert "main-1/1: 0114" in shown
    assert "standby 1" in shown
    assert preview(bundle, "--at", "2027-01-01T00:00").stdout == "No detail is posted and yet to begin at that time.\n"


LOTTERY = ELM_FALLS.replace("[fewest_hours, seniority]", "[lottery]")


def test_a_lottery_is_previewed_by_a_seed(bundle: Path) -> None:
    bundle.write_text(LOTTERY, "utf-8")
    winners = set()
    for seed in range(12):
        shown = json.loads(preview(bundle, "--at", "2026-11-09T12:00", "--seed", str(seed), "--json").stdout)
        winners.add(next(each["officer"] for each in shown["awards"] if each["slot"] == "main-1/1"))
        beaten = next(each for each in shown["verdicts"] if each["reason"] == "outranked_by_lottery")
        assert beaten["figures"]["theirs_drawn"] < beaten["figures"]["yours_drawn"]
        assert str(beaten["figures"]["yours_drawn"]) in beaten["sentence"]
    assert winners == {"0114", "9"}


CROWD = """\
department: {slug: crowd, name: Crowd, timezone: America/New_York}
handbook: {awarding: {rounds: [{name: all, order: [own_unit, seniority]}]}}
officers:
  - {ref: a, badge: 1, name: A, rank: Officer, seniority_on: 2001-01-01, unit: South}
  - {ref: b, badge: 2, name: B, rank: Officer, seniority_on: 2002-01-01, unit: North}
  - {ref: c, badge: 3, name: C, rank: Officer, seniority_on: 2003-01-01, unit: South}
contractors: [{ref: gas, name: Gas}]
sites: [{ref: main, contractor: gas, name: Main}]
details:
  - {ref: d1, site: main, unit: North, starts_at: 2026-11-10 13:00, ends_at: 2026-11-10 18:00}
  - {ref: d2, site: main, unit: South, starts_at: 2026-11-10 06:00, ends_at: 2026-11-10 12:00}
  - {ref: d3, site: main, unit: South, starts_at: 2026-11-10 06:00, ends_at: 2026-11-10 11:00}
  - {ref: d4, site: main, unit: South, starts_at: 2026-11-10 11:00, ends_at: 2026-11-10 15:00}
  - {ref: d5, site: main, unit: South, starts_at: 2026-11-10 09:00, ends_at: 2026-11-10 15:00}
signups:
"""
WISHES = {"a": "d1 d5 d2", "b": "d2 d4 d3 d1", "c": "d2 d4 d1 d5 d3"}


def test_the_envy_that_is_left_is_shown(bundle: Path) -> None:
    signups = [
        f"  - {{officer: {who}, detail: {what}, preference: {place}, signed_up_at: 2026-11-01 12:00}}\n"
        for who, wanted in WISHES.items()
        for place, what in enumerate(wanted.split(), 1)
    ]
    bundle.write_text(CROWD + "".join(signups), "utf-8")
    assert decided(bundle, "2026-11-09T12:00")["envies"] == [
        {"officer": "3", "opening": "d2", "round": "all", "holder": "2"}
    ]
    assert "3 would rather have d2, which 2 has, ranked below" in preview(bundle, "--at", "2026-11-09T12:00").stdout


def test_the_ranks_of_a_bundle_without_a_handbook_are_checked_by_the_default_one(bundle: Path) -> None:
    without = CROWD.replace("handbook:", "#").replace("rank: Officer", "rank: Deputy", 1)
    bundle.write_text(without + "  []\n", "utf-8")
    assert "officers[0].rank: the handbook has no rank 'Deputy'" in preview(bundle, "--json").stderr


def test_errors_go_to_standard_error_with_their_place(bundle: Path) -> None:
    bundle.write_text(ELM_FALLS.replace("rank: Officer, sen", "rank: Oficer, sen"), "utf-8")
    result = preview(bundle, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "elm.yaml: officers[1].rank, line 21: the handbook has no rank 'Oficer'" in result.stderr
    bundle.write_text(ELM_FALLS, "utf-8")
    assert "Write it like" in preview(bundle, "--at", "noon").stderr


def test_the_facts_of_a_bundle_are_the_departments_moments() -> None:
    text = ELM_FALLS.replace("{count: 1, ranks: [Officer]", "{count: 2, ranks: [Officer]")
    facts, names = award_facts(read(text, "elm.yaml"), at("2026-11-09 12:00"))
    assert [each.starts_at for each in facts.openings] == [at("2026-11-10 07:00")] * 2 + [at("2026-11-11 07:00")]
    assert facts.openings[1].minutes == 9 * 60
    assert list(names.slots.values()) == ["main-1/1", "main-1/2", "main-1/3", "main-2/1"]
    assert [(each.id, each.opening_id, each.number) for each in facts.slots] == [
        (0, 0, 1),
        (1, 0, 2),
        (2, 1, 3),
        (3, 2, 1),
    ]
    assert [(each.minutes, each.place) for each in facts.counters] == [(1440, 2), (1890, 1)]


FIGURES: dict[str, Any] = {
    **{f"{name}_minutes": 90 for name in ("rest", "needed", "limit", "would_be", "window", "theirs", "yours")},
    **{f"{name}_minutes": 90 for name in ("gap", "stretch", "break", "had")},
    **dict.fromkeys(("would_be_days", "limit_days", "period_days", "long_times"), 3),
    **dict.fromkeys(
        ("would_be_details", "had_details", "limit_details", "would_be_shifts", "limit_shifts", "shifts"), 3
    ),
    "pool": "road",
    **{
        name: at("2026-11-10 07:00")
        for name in (
            "starts_at",
            "ends_at",
            "free_at",
            "closes_at",
            "opens_at",
            "posted_at",
            "signed_up_at",
            "theirs_at",
            "yours_at",
        )
    },
    **dict.fromkeys(("theirs_drawn", "yours_drawn", "theirs_number", "yours_number"), 3),
    **dict.fromkeys(("theirs_turns", "yours_turns", "theirs_points", "yours_points", "held_details"), 3),
    **dict.fromkeys(("theirs_unit", "yours_unit"), "North"),
    "left_minutes": 600,
    **{name: at("2026-11-10 07:00").date() for name in ("expires_on", "until_on", "theirs_on", "yours_on")},
    **dict.fromkeys(("number", "officers", "most_details", "theirs_place", "yours_place", "place", "passed"), 2),
    **dict.fromkeys(("rank", "needs_rank", "qualification", "unit", "needs_unit"), "x"),
    **dict.fromkeys(("detail", "badge", "theirs", "yours"), "x"),
    "round": "monthly",
}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    voice = Voice(load("en"), ZoneInfo(ZONE))
    assert render_prompt(f"verdicts.{reason}", FIGURES, voice).endswith(".")


_PAST = """
department: {slug: past, name: Past, timezone: America/New_York}
handbook:
  consequences: [{name: two, count: 2, of: [declined], within_days: 30, off_days: 28}]
officers:
  - {ref: ames, badge: "1", name: Al Ames, rank: Officer, seniority_on: 2001-01-01}
  - {ref: bell, badge: "2", name: Bo Bell, rank: Officer, seniority_on: 2002-01-01}
  - {ref: cole, badge: "3", name: Cy Cole, rank: Officer, seniority_on: 2003-01-01}
  - {ref: dunn, badge: "4", name: Di Dunn, rank: Officer, seniority_on: 2004-01-01}
contractors: [{ref: gas, name: Gas}]
sites: [{ref: main, contractor: gas, name: Main St}]
details: [{ref: sat, site: main, starts_at: 2026-11-14 07:00, ends_at: 2026-11-14 15:00}]
signups: [{officer: ames, detail: sat}, {officer: bell, detail: sat}, {officer: cole, detail: sat},
          {officer: dunn, detail: sat}]
bars: [{officer: ames, kind: late_drop, from_at: 2026-11-01 00:00, until_at: 2026-11-20 00:00},
       {officer: dunn, kind: late, from_at: 2026-11-01 00:00, until_at: 2026-11-01 00:00}]
contacts: [{officer: bell, detail: sat, outcome: declined, at: 2026-11-02 09:00},
           {officer: bell, detail: sat, outcome: declined, at: 2026-11-03 09:00},
           {officer: dunn, detail: sat, outcome: declined, at: 2026-11-03 09:00},
           {officer: dunn, detail: sat, outcome: declined, at: 2026-11-30 09:00}]
elsewhere: [{officer: cole, starts_at: 2026-11-14 14:00, ends_at: 2026-11-14 18:00}]
"""


def test_bars_contacts_and_what_is_given_elsewhere_are_part_of_what_is_decided(tmp_path: Path) -> None:
    file = tmp_path / "past.yaml"
    file.write_text(_PAST, "utf-8")
    shown = decided(file, "2026-11-10T12:00")
    assert {each["officer"]: each["reason"] for each in shown["verdicts"]} == {
        "1": "barred_late_drop",
        "2": "off_the_list",
        "3": "committed_elsewhere",
        "4": "awarded",
    }


_STORM = """
department: {slug: elm, name: Elm, timezone: America/New_York, lines: ["+14135550100"]}
handbook:
  limits: [{kind: rolling, hours: 10, in_hours: 24, name: ten in a day}]
  emergency: {lifts: [ten in a day], ladder: {at_once: 2, order: [{key: badge, direction: down}]}, at_most_hours: 12}
officers:
  - {ref: ames, badge: "1", name: Al Ames, rank: Officer, seniority_on: 2001-01-01}
  - {ref: bell, badge: "2", name: Bo Bell, rank: Officer, seniority_on: 2002-01-01}
  - {ref: cole, badge: "3", name: Cy Cole, rank: Officer, seniority_on: 2003-01-01, status: sick}
  - {ref: dunn, badge: "4", name: Di Dunn, rank: Officer, seniority_on: 2004-01-01}
contractors: [{ref: gas, name: Gas}]
sites: [{ref: main, contractor: gas, name: Main St}]
details:
  - {ref: now, site: main, starts_at: 2026-11-14 15:00, ends_at: 2026-11-14 23:00, posted_at: 2026-11-14 08:00,
     openings: [{count: 2}]}
  - {ref: later, site: main, starts_at: 2026-11-15 15:00, ends_at: 2026-11-15 23:00}
signups: [{officer: ames, detail: now, signed_up_at: 2026-11-14 08:00}, {officer: bell, detail: later}]
tours: [{officer: ames, starts_at: 2026-11-14 06:00, ends_at: 2026-11-14 14:00}]
emergency: {by: Chief Hale, authority: GO 12, words: the river, declared_at: 2026-11-14 10:00,
            until_at: 2026-11-14 20:00}
"""


def _storm(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    file, text = tmp_path / "storm.yaml", _STORM
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return file


def test_in_a_declared_emergency_what_it_covers_is_awarded_without_what_it_lifts_and_the_rest_called_out(
    tmp_path: Path,
) -> None:
    """Ames has eight hours of duty before: sixteen in a day. Cole is sick; the last badge is asked first."""
    held = decided(_storm(tmp_path), "2026-11-14T11:00")
    assert held["awards"] == [{"slot": "now/1", "officer": "1", "round": "everyone"}]
    assert held["called_out"] == [{"opening": "now", "free": 1, "at_once": 2, "officers": ["4", "2"]}]
    before = decided(_storm(tmp_path), "2026-11-14T09:59")
    assert [(each["officer"], each["slot"]) for each in before["awards"]] == [("2", "later/1")]
    assert before["called_out"] == []
    sooner = ("until_at: 2026-11-14 20:00", "until_at: 2026-11-14 11:00")
    over = decided(_storm(tmp_path, sooner), "2026-11-14T11:00")
    assert {each["officer"]: each["reason"] for each in over["verdicts"]} == {"1": "limit_rolling", "2": "awarded"}
    named = decided(_storm(tmp_path, ("words: the river", "words: the river, details: [later]")), "2026-11-14T11:00")
    assert [each["slot"] for each in named["awards"]] == ["later/1"]


_STORMS_REFUSED = [
    (("until_at: 2026-11-14 20:00", "until_at: 2026-11-14 23:00"), "12 hours at most"),
    (("until_at: 2026-11-14 20:00", "until_at: 2026-11-14 09:00"), "is not after declared_at"),
    (("words: the river", "words: the river, details: [nowhere]"), "there is no 'nowhere' among details"),
    (("emergency: {lifts", "# emergency: {lifts"), "has no emergency clause"),
]


@pytest.mark.parametrize(("change", "message"), _STORMS_REFUSED)
def test_an_emergency_that_could_not_be_declared_is_an_error(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    result = CliRunner().invoke(main, ["award", "preview", "--bundle", str(_storm(tmp_path, change)), "--json"])
    assert result.exit_code == 1
    assert message in result.output


def test_a_bar_that_ends_before_it_begins_is_an_error_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "past.yaml"
    file.write_text(_PAST.replace("until_at: 2026-11-20 00:00", "until_at: 2026-10-20 00:00"), "utf-8")
    assert "bars[0].until_at, line 15: is before from_at" in preview(file, "--at", "2026-11-10T12:00").output
