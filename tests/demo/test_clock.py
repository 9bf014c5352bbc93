"""The demonstration's clock: what the command takes, whom it refuses, and that it never hangs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.bell import Bell, redis_for_bells
from bot.cli.clock import clock
from bot.cli.say import say
from bot.cli.stages import idle
from bot.cli.stages.bundles import read_bundles
from bot.cli.stages.idle import Idleness, NotIdle
from bot.cli.stepping import NoClock, clock_of, move, step_to
from bot.servers.scratch import Scratch, scratch
from models.bundle.load import load
from models.line import duty
from models.session import Database
from tests.conftest import TEST_HOME

BEGIN = datetime(2026, 11, 23, 11, 55, tzinfo=UTC)
BUNDLES = Path(__file__).parent.parent / "transcripts"


@pytest.fixture
def servers(scratch_servers: Scratch) -> Iterator[Scratch]:
    """A database of this test's own: clocks are moved in it."""
    with scratch(TEST_HOME, again=True) as own:
        yield own


@pytest.fixture
def database(servers: Scratch) -> Iterator[Database]:
    """Millbrook before its first posting; nobody works here."""
    made = Database(servers.database_url, demo_clock=True, pool_size=2)
    move(made, BEGIN, running=False)
    for name, bundle in read_bundles(["cast.yaml"], BUNDLES).items():
        load(made, bundle, name)
    yield made
    made.dispose()


def test_the_clock_stops_at_every_due_time_on_its_way(database: Database):
    seen: list[datetime] = []

    def settle() -> None:
        seen.append(clock_of(database)[0])
        _do_everything(database)

    target = BEGIN + timedelta(hours=1)
    step_to(database, target, settle)
    assert seen == [BEGIN, BEGIN + timedelta(minutes=5), target]


def test_a_running_clock_runs_on_when_it_has_arrived(database: Database):
    move(database, BEGIN, running=True)
    step_to(database, BEGIN + timedelta(minutes=2), lambda: None)
    now, running = clock_of(database)
    assert running
    assert timedelta(minutes=2) <= now - BEGIN < timedelta(minutes=3)


def test_a_clock_that_does_not_arrive_stays_where_something_was_left_undone(database: Database):
    def settle() -> None:
        if clock_of(database)[0] > BEGIN:
            raise NotIdle

    with pytest.raises(NotIdle):
        step_to(database, BEGIN + timedelta(hours=1), settle)
    assert clock_of(database) == (BEGIN + timedelta(minutes=5), False)


def test_only_one_moves_the_clock(database: Database):
    def settle() -> None:
        with pytest.raises(NoClock, match="Somebody else"):
            step_to(database, BEGIN, lambda: None)

    step_to(database, BEGIN, settle)


def test_waiting_ends_and_names_what_is_not_done(database: Database, servers: Scratch, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(idle, "PATIENCE_SECONDS", 0.3)
    move(database, BEGIN + timedelta(minutes=5), running=False)
    department_id = database.departments()[0]
    with database.begin([department_id]) as work:
        row = duty.claim(work, department_id, "awarding")
        assert row is not None
        duty.failed(work, department_id, row.id, 2, "SlotTaken")
    waiting = Idleness(database, Bell(redis_for_bells(servers.redis_url)))
    with pytest.raises(NotIdle, match=r"2 x open_posting, tried 3 times \(SlotTaken\)"):
        waiting.wait()


@pytest.fixture
def as_demo(servers: Scratch, database: Database, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line in a demonstration."""
    monkeypatch.setenv("DUTYLINE_MODE", "demo")
    monkeypatch.setenv("DATABASE_URL", servers.database_url)
    monkeypatch.setenv("REDIS_URL", servers.redis_url)
    return CliRunner()


def test_the_clock_is_shown(as_demo: CliRunner):
    assert (
        as_demo.invoke(clock, ["show", "--json"]).output == '{"now": "2026-11-23T11:55:00+00:00", "running": false}\n'
    )
    assert as_demo.invoke(clock, ["show"]).output == "Mon Nov 23 2026 11:55:00 UTC, standing still\n"


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("2m", 2), ("1 min", 1), ("3 minutes", 3), ("0.05 hours", 3), ("90s", 1.5), ("1m and 30s", 1.5)],
)
def test_the_clock_is_advanced_by_what_people_write(as_demo: CliRunner, database: Database, said: str, minutes: float):
    outcome = as_demo.invoke(clock, ["advance", said])
    assert outcome.exit_code == 0, outcome.output
    assert clock_of(database)[0] == BEGIN + timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["soon", "2h later", "-5m", "", "2 parsecs", "9999d"])
def test_what_is_no_length_of_time_is_refused(as_demo: CliRunner, database: Database, said: str):
    assert as_demo.invoke(clock, ["advance", "--", said]).exit_code == 2
    assert clock_of(database)[0] == BEGIN


def test_production_has_no_clock_to_move(as_demo: CliRunner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DUTYLINE_MODE", "production")
    for words in (["show"], ["advance", "2h"]):
        outcome = as_demo.invoke(clock, words)
        assert outcome.exit_code == 1
        assert "Only a demonstration has a clock" in outcome.output


def test_a_text_is_said_on_the_command_line_and_answered(as_demo: CliRunner):
    outcome = as_demo.invoke(say, ["--from", "978-555-0101", "LIST"])
    assert outcome.output.startswith("Nothing is open for sign-up now."), outcome.output


def test_a_number_that_is_none_and_a_line_that_is_not_ours_are_refused(as_demo: CliRunner):
    assert "is no phone number" in as_demo.invoke(say, ["--from", "Alvarez", "LIST"]).output
    refused = as_demo.invoke(say, ["--from", "+19785550101", "--to", "+19785550109", "LIST"])
    assert "+19785550109 is no line of ours" in refused.output


def _do_everything(database: Database) -> None:
    """As if workers had done all that is due."""
    for department_id in database.departments():
        with database.begin([department_id]) as work:
            work.conn.execute(sa.text("update duty set done_at = :now where due_at <= :now"), {"now": work.now})
