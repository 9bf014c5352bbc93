"""What a turn reads of the officer it acts for: once, and again when something has happened."""

from datetime import timedelta

import sqlalchemy as sa

from flows.caller import Caller
from models.line.line import line_of
from models.people.membership import memberships
from models.session import Database
from tests.cast import MONDAY, Cast, at, post_detail, signs_up


def test_what_he_has_is_read_once_until_something_happens(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        posted = post_detail(work, cast.millbrook, MONDAY + timedelta(days=3))
        line_id, asked = line_of(work, cast.millbrook.id), []
        caller = Caller(work, memberships(work, cast.alvarez.person_id, line_id, "")[0], "", line_id)
        sa.event.listen(work.conn, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert [caller.holdings(), caller.holdings()] == [[], []]
        assert len(asked) == 1
        signs_up(work, cast.millbrook, cast.alvarez, posted)
        assert [held.kind for held in caller.holdings()] == ["signup"]
