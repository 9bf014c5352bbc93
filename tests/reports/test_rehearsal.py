"""`dutyline handbook rehearse`: real awards on record, made again under other rules, as text, JSON and a page."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from bot.cli.main import main
from models.awarding.deciding.award import run_award
from models.session import Database
from tests.cast import MONDAY, Cast, at, post_detail, signs_up
from tests.production import on_servers, put

HOURS = "awarding: {rounds: [{name: all, order: [fewest_hours, seniority]}]}\n"
SENIORITY = "awarding: {rounds: [{name: all, order: [seniority]}]}\n"


@pytest.fixture
def june(database: Database, cast: Cast) -> Cast:
    """Two details awarded by seniority, two days apart: Alvarez has both, and Brooks signed up for both."""
    for number in (0, 2):
        now = MONDAY + timedelta(days=number)
        with at(database, cast.millbrook, now) as work:
            detail = post_detail(work, cast.millbrook, now + timedelta(days=1), award_at=now + timedelta(hours=1))
            for who in (cast.alvarez, cast.brooks):
                assert signs_up(work, cast.millbrook, who, detail) == ["signed_up"]
        with at(database, cast.millbrook, now + timedelta(hours=2)) as work:
            assert run_award(work, cast.millbrook) is not None
    return cast


@pytest.fixture
def rehearse(june: Cast, postgres_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    put(monkeypatch, on_servers(postgres_url, redis_url))

    def invoke(rules: str, *words: object, first: str = "2026-06-01", last: str = "2026-06-30") -> Result:
        path = tmp_path / "handbook.yaml"
        path.write_text(rules)
        days = ["--from", first, "--to", last, "--with", str(path)]
        return CliRunner().invoke(main, ["handbook", "rehearse", june.millbrook.slug, *days, *map(str, words)])

    return invoke


def test_the_rules_that_held_change_nothing(rehearse) -> None:
    found = json.loads(rehearse(SENIORITY, "--json").stdout)
    assert (found["changes"], found["awards"], found["slots"]) == ([], 2, 2)
    assert found["filled"] == {"then": 2, "now": 2}


def test_other_rules_say_who_gains_who_loses_and_why(rehearse, june: Cast) -> None:
    found = json.loads(rehearse(HOURS, "--json").stdout)
    (change,) = found["changes"]
    assert (change["then"], change["now"]) == ([june.alvarez.badge], [june.brooks.badge])
    (lost,) = change["lost"]
    assert (lost["reason"], lost["outcome"]) == ("outranked_by_fewest_hours", "standby")
    assert lost["sentence"].endswith("you had 8h.")
    assert [(each["badge"], each["gained_minutes"]) for each in found["officers"]] == [
        (june.brooks.badge, 480),
        (june.alvarez.badge, -480),
    ]
    assert (found["spread"]["then"]["gini"], found["spread"]["now"]["gini"]) == (0.5, 0.0)


def test_in_words_for_a_coordinator(rehearse, june: Cast) -> None:
    said = rehearse(HOURS).stdout
    assert "2 awards over 2 slots made again. Nobody was told and nothing was written." in said
    assert re.search(r"slots filled +100\.0% +100\.0%", said)
    assert f"Alvarez ({june.alvarez.badge}) -> Brooks ({june.brooks.badge})" in said
    assert "Details that would have gone to others: 1" in said


def test_nothing_is_written_and_nobody_told(rehearse, june: Cast, database: Database) -> None:
    def everything() -> list[tuple[int, ...]]:
        counts = ("award", "event", "duty", "message_out", "assignment", "verdict")
        with at(database, june.millbrook) as work:
            return [work.conn.execute(sa.text(f"select count(*) from {name}")).scalar_one() for name in counts]

    before = everything()
    assert rehearse(HOURS).exit_code == 0
    assert everything() == before


def test_the_page_needs_nothing_beside_it_and_says_it_all(rehearse, june: Cast, tmp_path: Path) -> None:
    page = tmp_path / "rehearsal.html"
    assert rehearse(HOURS, "--html", page).exit_code == 0
    text = page.read_text()
    assert text.count("<svg") == 3
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"https?:", text)
    assert f"Alvarez ({june.alvarez.badge}) would not have it:" in text


def test_what_cannot_be_rehearsed_says_why(rehearse) -> None:
    assert (
        "No award was made from 2025-06-01 to 2025-06-30"
        in rehearse(HOURS, first="2025-06-01", last="2025-06-30").output
    )
    assert "is before --from" in rehearse(HOURS, last="2026-05-01").output
    refused = rehearse("awarding: {rounds: []}\n")
    assert "has errors; nothing was rehearsed." in refused.output
