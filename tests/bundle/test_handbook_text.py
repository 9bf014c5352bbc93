"""A handbook is read from a file by a coordinator: what is wrong is said with its line and with what would be right."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from models.bundle import BundleErrors
from models.bundle.handbook_text import read_handbook
from models.rules.handbook import Handbook, json_schema
from models.rules.sentences.explain import explained
from models.rules.sentences.written_out import written_out
from tests.bundle.elm_falls import ELM_FALLS

# what is written, what is said
SPOILT = [
    ("pool: [details]", "pool, line 1: is not known here: did you mean pools?"),
    ("ranks: [Officer]\nstandbys: 3", "standbys, line 2: is not known here: it belongs to awarding"),
    ("rest: [{hours: eight}]", "rest[0].hours, line 1: must be a number of hours (given: 'eight'); for example 8"),
    ("answer: {minutes: 2.5}", "answer.minutes, line 1: must be a whole number of minutes (given: '2.5')"),
    ("answer: {minutes: 0}", "answer.minutes, line 1: should be greater than or equal to 1 (given: '0')"),
    (
        "limits: [{hours: 16}]",
        "limits[0], line 1: needs kind: rolling or calendar or consecutive or days_in_a_row",
    ),
    (
        "limits: [{kind: rollin, hours: 3}]",
        "limits[0], line 1: kind: 'rollin' is not one of rolling, calendar, consecutive, days_in_a_row, shifts",
    ),
    (
        "limits:\n- {kind: rolling, hours: 3, in_hour: 24}",
        "limits[0].in_hour, line 2: is not known here: did you mean in_hours?",
    ),
    ("eligibility: {leave_blocks: maybe}", "eligibility.leave_blocks, line 1: must be true or false (given: 'maybe')"),
    ("drops: 4", "drops, line 1: must have parts of its own, like `free_until_hours_before: …` (given: '4')"),
    ("reminders: {night_before_at: 8pm}", "reminders.night_before_at, line 1: must be a time of day on the wall"),
    ("reminders: {night_before_at: 1800}", "reminders.night_before_at, line 1: must be a time of day on the wall"),
    ("reminders: {night_before_at: 24:00}", "reminders.night_before_at, line 1: must be a time of day on the wall"),
    ("reminders: {night_before_at: '20:00:30'}", "reminders.night_before_at, line 1: must be a time of day on the"),
    ("reminders: {night_before_at: '20:00+02:00'}", "reminders.night_before_at, line 1: must be a time of day on"),
    ("pay: {holidays: [{name: x, on: 20261102}]}", "pay.holidays[0].on, line 1: must be a date, like 2026-11-02"),
    (
        "pay: {holidays: [{name: x, on: 2026-02-30}]}",
        "pay.holidays[0].on, line 1: must be a date (given:",
    ),
    ("answer: {minutes: 99999999999999999999}", "answer.minutes, line 1: is more than anybody can mean; at most 5"),
    ('ranks: ["A\\x07"]', "ranks, line 1: has a character in it that cannot be seen"),
    ("ranks: [A\x07]", "line 1: has a character in it that cannot be seen: type the line anew"),
    ("answer:\n\tminutes: 5", "line 2: is not YAML: a tab stands where only spaces may: indent with spaces"),
    ("answer:\n\xa0\xa0minutes: 5", "answer, line 1: must have parts of its own"),
    ("ranks: !!python/object:os.system [A]", "ranks, line 1: has a tag"),
    (
        "answer: &a\n  minutes: *a",
        "answer.minutes.minutes, line 1: is nested too deep or repeated",
    ),
    ("limits: [{kind: calendar, period: week, hours: 8, week_starts: sábado}]", "limits[0].week_starts, line 1: 'sáb"),
    ("swaps: {allowed: nunca}", "swaps.allowed, line 1: 'nunca' is not one of"),
    (
        "awarding:\n  rounds:\n  - {name: a, order: rank}",
        "awarding.rounds[0].order, line 3: must be a list (given: 'rank')",
    ),
    ("awarding: {rounds: [{order: [seniority]}]}", "awarding.rounds[0].name, line 1: is needed; for example posted"),
    (
        "notice:\n  bands:\n  - name: any\n    rounds: [open]",
        "notice.bands[0].rounds[0], line 4: notice band 'any' names the round 'open', which awarding has not",
    ),
    (
        "ranks: [Officer]\nawarding:\n  rounds:\n  - {name: all, who: {ranks: [Major]}}",
        "awarding.rounds[0].who.ranks[0], line 4: round 'all' names the rank 'Major', which is not among ranks",
    ),
    ("- ranks", "is not a handbook: it must have parts like `ranks:`"),
]


# what is written in the words of agreements, what is said to write: never the contrary of what was meant
TRADE = [
    ("awarding: {rounds: [{name: r, order: [wheel]}]}", "did you mean rotation?"),
    ("awarding: {rounds: [{name: r, order: [inverse seniority]}]}", "write {key: seniority, direction: down}"),
    ("limits: [{kind: weekly, hours: 36}]", "write kind: calendar, period: week"),
    ("rest: [{hours: 8, after: [shift]}]", "did you mean tours?"),
]


@pytest.mark.parametrize(("text", "said"), TRADE)
def test_words_of_agreements_are_understood(text: str, said: str) -> None:
    with pytest.raises(BundleErrors) as caught:
        read_handbook(text, "rules.yaml")
    assert str(caught.value.problems[0]).endswith(said)


@pytest.mark.parametrize(("text", "said"), SPOILT)
def test_an_error_names_line_value_and_what_would_be_right(text: str, said: str) -> None:
    with pytest.raises(BundleErrors) as caught:
        read_handbook(text, "rules.yaml")
    assert str(caught.value.problems[0]).startswith(said)


def test_a_misspelt_key_of_an_order_is_said_once_with_the_right_one() -> None:
    with pytest.raises(BundleErrors) as caught:
        read_handbook("awarding: {rounds: [{name: all, order: [fewest_hour]}]}", "rules.yaml")
    (said,) = caught.value.problems
    assert said.message.endswith("did you mean fewest_hours?")


def test_of_a_bundle_only_the_handbook_is_read_with_its_lines_and_its_people() -> None:
    text = read_handbook(ELM_FALLS, "elm.yaml")
    assert text.handbook.pool_names == ("road", "double")
    assert text.known is not None
    assert (text.known.ranks, text.known.qualifications) == ({"Sergeant", "Officer"}, {"flagger", "radar"})
    assert str(text.problem(("pools",), "…")) == "handbook.pools, line 8: …"


EVERY_KIND: dict[str, Any] = {
    "pools": ["details", "double time: 2x"],
    "rest": [{"hours": 7.5, "minutes": 5}],
    "limits": [
        {"kind": "rolling", "hours": 16, "minutes": 35, "in_hours": 24, "name": "No 995"},
        {"kind": "calendar", "period": "28_days", "anchor_on": "2026-11-02", "hours": 180},
    ],
    "awarding": {"rounds": [{"name": "# first", "order": ["rank", {"key": "badge", "direction": "down"}]}]},
    "reminders": {"night_before_at": None, "hours_before": []},
}


@pytest.mark.parametrize("said", [{}, EVERY_KIND])
def test_a_handbook_written_out_reads_as_the_same_one(said: dict[str, Any]) -> None:
    handbook = Handbook.model_validate(said)
    assert read_handbook(written_out(handbook), "rules.yaml").handbook == handbook


def test_every_setting_is_said_in_a_sentence() -> None:
    for each in explained(Handbook.model_validate(EVERY_KIND)):
        assert each.sentence[0].isupper(), each
        assert each.sentence.endswith("."), each
        assert "{" not in each.sentence, each
        assert "so many" not in each.sentence.lower(), each


def test_sentences_read_as_a_steward_would_say_them() -> None:
    said = {each.path: each.sentence for each in explained(Handbook.model_validate(EVERY_KIND))}
    assert said["signup", "closes_hours_before"] == "Sign-up closes 24 hours before start."
    assert said["drops", "forgiven_if_replaced"] == "A late drop costs nothing when somebody else took the slot."
    assert said["reminders", "night_before_at"] == "There is no reminder on the day before."
    assert said["limits", 1, "period"] == "In each period of 28 days."
    assert said["awarding", "rounds", 0, "order"] == "Who goes first: highest rank first, then highest badge first."


def test_the_command_says_everything_on_standard_error_and_fails_for_errors_alone(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("drops: {free_until_hours_before: 12}\nlimits:\n- {kind: calendar, period: day, hours: 0}\n")
    result = CliRunner().invoke(main, ["handbook", "check", str(file)])
    assert result.exit_code == 1
    assert "rules.yaml: limits[0].hours, line 3: error: a limit of 0 hours forbids every detail" in result.stderr
    file.write_text("drops: {free_until_hours_before: 30, late_drop_bar_days: 5, no_show_bar_days: 0}\n")
    result = CliRunner().invoke(main, ["handbook", "check", str(file), "--json", "--explain"])
    said = json.loads(result.stdout)
    assert (result.exit_code, said["ok"]) == (0, True)
    assert [(each["severity"], each["line"]) for each in said["findings"]] == [("warning", 1), ("note", 1)]
    assert {
        "path": "drops.free_until_hours_before",
        "value": 30,
        "default": False,
        "sentence": "Until 30 hours before the start a drop costs nothing.",
    } in said["explained"]


def test_the_command_prints_the_schema() -> None:
    schema = json.loads(CliRunner().invoke(main, ["handbook", "schema"]).stdout)
    assert schema == json.loads(json.dumps(json_schema()))
    assert set(schema["properties"]) == set(Handbook.model_fields)


@pytest.mark.parametrize(("said", "meant"), [("sábado", "saturday"), ("Lunes", "monday"), ("Fri", "friday")])
def test_a_day_in_spanish_or_shortened_is_understood_as_far_as_to_say_what_was_meant(said: str, meant: str) -> None:
    text = f"limits: [{{kind: calendar, period: week, hours: 8, week_starts: {said}}}]"
    with pytest.raises(BundleErrors, match=f"did you mean {meant}"):
        read_handbook(text, "rules.yaml")
