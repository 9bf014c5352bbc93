"""The desk settles who asked to join, from the command line."""

import pytest
from click.testing import CliRunner

from bot.cli.officer import officer as command
from models.session import Database
from tests.cast import Cast, assemble, phone_number
from tests.dialog.street import Street


@pytest.fixture
def street(database: Database) -> Street:
    return Street(database, assemble(database))


def test_the_desk_lists_what_waits_and_settles_it(street: Street, settings):
    cast: Cast = street.cast
    number = phone_number()
    street.text(number, "JOIN Chen 103")
    settings()
    here = ["--department", cast.millbrook.slug]
    listed = CliRunner().invoke(command, ["joining", *here])
    assert (listed.exit_code, f"{number}  " in listed.stdout, "JOIN Chen 103" in listed.stdout) == (0, True, True)
    both = CliRunner().invoke(command, ["enrol", number, *here, "--badge", cast.chen.badge, "--refuse"])
    assert (both.exit_code, "Say --badge BADGE or --refuse" in both.stderr) == (2, True)
    done = CliRunner().invoke(command, ["enrol", number, *here, "--badge", cast.chen.badge])
    assert (done.exit_code, done.stderr.strip()) == (
        0,
        f"{number} is on the line, badge {cast.chen.badge}; it is told so.",
    )
    again = CliRunner().invoke(command, ["enrol", number, *here, "--refuse"])
    assert (again.exit_code, "No request of" in again.stderr) == (1, True)
