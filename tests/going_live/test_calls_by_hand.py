"""From the command line: whether an officer is called, and what was recorded of calls."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.cli.officer import officer as officer_command
from bot.cli.recording import command as recording_command
from models.line import recording
from models.line.call import begin_call
from models.line.line import line_of
from models.session import Database
from tests.cast import Cast, assemble, at, phone_number


@pytest.fixture
def cast(database: Database, settings) -> Cast:
    settings()
    return assemble(database)


def test_the_office_writes_down_that_an_officer_wants_no_calls(database: Database, cast: Cast):
    here = [cast.chen.badge, "--department", cast.millbrook.slug]
    asked = CliRunner().invoke(officer_command, ["calls", *here])
    assert asked.stdout.strip().endswith("is called as the handbook says.")
    assert CliRunner().invoke(officer_command, ["calls", *here, "--set", "none"]).exit_code == 2
    done = CliRunner().invoke(officer_command, ["calls", *here, "--set", "none", "--reason", "told the desk"])
    assert (done.exit_code, done.stdout.strip().endswith("is not called.")) == (0, True)
    with at(database, cast.millbrook) as work:
        events = work.conn.execute(sa.text("select data from event where name = 'calls_chosen'")).scalars().all()
    assert [(each["calls"], each["words"]) for each in events] == [("none", "told the desk")]


def _recorded(database: Database, cast: Cast, sid: str) -> int:
    """A call of Chen's that was recorded and is over; returns the recording's id."""
    with at(database, cast.millbrook) as work:
        line_id, department_id = line_of(work, cast.millbrook.id), cast.millbrook.id
        begin_call(work, department_id, line_id, sid, phone_number(), phone_number())
        recording.plan_recording(work, department_id, work.call_id or 0, cast.chen.person_id, keep_days=30)
        (task,) = recording.claim(work, department_id, timedelta(seconds=20), 10)
        recording.started(work, department_id, task.id, f"RE{sid}")
        recording.stopped(work, department_id, task.id, f"RE{sid}", 42)
    return task.id


def test_recordings_are_listed_and_deleted_before_their_time(database: Database, cast: Cast):
    slug, sid = cast.millbrook.slug, f"CA{cast.millbrook.id}"
    recording_id = _recorded(database, cast, sid)
    listed = CliRunner().invoke(recording_command, ["list", slug, "--call", sid])
    assert (f"RE{sid}" in listed.stdout, "42 s" in listed.stdout, "stopped" in listed.stdout) == (True, True, True)
    delete = ["delete", slug, str(recording_id), "--reason", "she asked for it"]
    assert CliRunner().invoke(recording_command, delete).exit_code == 0
    (row,) = json.loads(CliRunner().invoke(recording_command, ["list", slug, "--json"]).stdout)
    assert row["delete_because"].endswith(": she asked for it")
    with at(database, cast.millbrook, datetime.now(UTC)) as work:
        (task,) = recording.claim(work, cast.millbrook.id, timedelta(seconds=20), 10)
        assert (task.what, task.sid) == ("delete", f"RE{sid}")
        recording.deleted(work, cast.millbrook.id, task.id)
    again = CliRunner().invoke(recording_command, delete)
    assert (again.exit_code, "is no recording that could be deleted" in again.stderr) == (1, True)
