"""`dutyline pay quote`: what a detail pays and costs, as it is printed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from tests.rules.policy import POLICIES

FILES = {each.stem: str(each) for each in POLICIES}


def quoted(town: str, start: str, end: str, *more: str) -> tuple[int, str]:
    found = CliRunner().invoke(main, ["pay", "quote", "--handbook", FILES[town], "--start", start, "--end", end, *more])
    return found.exit_code, found.output


def test_a_quote_in_words() -> None:
    status, said = quoted("lunenburg", "2026-11-10T15:00", "2026-11-10T18:00", "--officers", "2")
    assert status == 0
    assert said == (
        "     $191.67  3 h 00 min worked at $63.89, contractor to officer  [pay.rates[0]]\n"
        "      $63.89  1 h 00 min guaranteed, not worked at $63.89, contractor to officer"
        "  [pay.rates[0] + pay.minimum_hours]\n"
        "      $25.56  10 % fee, contractor to department  [pay.admin_fee.percent]\n"
        "Each of 2 officers is paid $255.56, together $511.12.\n"
        "The contractor is charged $562.24.\n"
    )


def test_hire_that_does_not_go_by_the_hour_is_not_said_to_cost_nothing_an_hour() -> None:
    said = quoted("lunenburg", "2026-11-10T07:00", "2026-11-10T12:00", "--vehicle")[1]
    assert "      $50.00  5 h 00 min of hire at its price for the detail, contractor to department" in said


def test_an_error_in_the_clause_on_pay_is_said_beside_the_quote(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("pay: {rates: [{cents_per_hour: 6000}], holidays: [{name: Christmas}]}\n")
    times = ["--start", "2026-12-25T08:00", "--end", "2026-12-25T12:00"]
    said = CliRunner().invoke(main, ["pay", "quote", "--handbook", str(file), *times])
    assert "The officer is paid $240.00." in said.stdout
    assert "error: 'Christmas' is no holiday in the calendar of US: did you mean Christmas Day?" in said.stderr


def test_a_quote_as_data() -> None:
    status, said = quoted(
        "oxford", "2026-11-10T07:00", "2026-11-10T15:00", "--vehicle", "--cancelled", "2026-11-10T06:30", "--json"
    )
    found = json.loads(said)
    assert (status, found["officer_cents"], found["total_contractor_cents"]) == (0, 24000, 24000)
    assert (found["worked_minutes"], found["guaranteed_minutes"]) == (0, 240)
    assert [each["what"] for each in found["lines"]] == ["cancellation"]


@pytest.mark.parametrize(
    ("town", "end", "more", "said"),
    [
        ("closter", "2026-11-10T17:00", ["--officers", "2"], "Before the work $1,900.00 is paid into escrow"),
        # Escrow is of the estimate, whatever came of it.
        (
            "closter",
            "2026-11-10T17:00",
            ["--officers", "2", "--left", "2026-11-10T08:00"],
            "Before the work $1,900.00 is paid into escrow",
        ),
        (
            "providence",
            "2026-11-10T12:00",
            ["--cancelled", "2026-11-06T07:00"],
            "Cancelled 16 h 00 min of office hours before the start: one under 12 h is the first that costs",
        ),
        ("providence", "2026-11-10T12:00", ["--left", "2026-11-10T08:00"], "What is unpaid after 30 days bears 12 %"),
        ("dover", "2026-11-10T15:00", ["--cancelled", "2026-11-09T15:00"], "Nothing is owed."),
        ("dover", "2026-11-10T06:00", [], "The end must be after the start"),
        ("dover", "2026-11-10T15:00", ["--vehicle"], "vehicle is not for hire"),
        (
            "sunny_isles",
            "2026-11-10T15:00",
            ["--rank", "Sergeant", "--slot-rank", "Officer"],
            "of his slot (pay.rate_of)",
        ),
        ("sunny_isles", "2026-11-10T15:00", ["--slot-rank", "Oficer"], "There are Lieutenant, Sergeant, Officer"),
        ("toronto", "2026-11-10T15:00", ["--rank", "Sargeant"], "There are Staff Sergeant, Sergeant, Constable"),
        ("off_duty_70", "2026-11-10T15:00", [], "--rate gives the detail's own"),
        ("off_duty_70", "2026-11-10T15:00", ["--rate", "5000"], "The officer is paid $400.00."),
        ("dover", "2026-11-10T15:00", ["--zone", "Dover"], "Dover is no time zone"),
    ],
)
def test_what_is_said_beside_the_lines(town: str, end: str, more: list[str], said: str) -> None:
    assert said in quoted(town, "2026-11-10T07:00", end, *more)[1]
