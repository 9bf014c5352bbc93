"""Who goes first at the desk: whoever has a detail that starts within two hours, or goes on."""

from datetime import timedelta

import pytest

from models.line.urgency import goes_first
from models.session import Database
from tests.cast import MONDAY, Cast, assigns, at, post_detail


@pytest.mark.parametrize(
    ("hours_from_start", "state", "first"),
    [
        (-3, "confirmed", False),
        (-1.5, "confirmed", True),
        (-1.5, "awarded", True),
        # Late, and nobody is on the site.
        (0.5, "confirmed", True),
        (0.5, "checked_in", True),
        (0.5, "checked_out", False),
        (30, "confirmed", False),
    ],
)
def test_a_detail_that_is_near_or_goes_on_puts_its_officer_first(
    database: Database, cast: Cast, hours_from_start: float, state: str, first: bool
):
    starts_at = MONDAY + timedelta(days=3)
    with at(database, cast.millbrook, MONDAY) as work:
        assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, starts_at), state)
    with at(database, cast.millbrook, starts_at + timedelta(hours=hours_from_start)) as work:
        assert goes_first(work, cast.alvarez.person_id) is first
        assert not goes_first(work, cast.brooks.person_id)


def test_nobody_known_goes_first(database: Database, cast: Cast):
    with at(database, cast.millbrook, MONDAY) as work:
        assert not goes_first(work, None)
