"""Who holds a slot keeps out whoever may not be there with him, until he gives it back."""

from datetime import timedelta

import sqlalchemy as sa

from models.awarding.deciding.facts import gather, refusal
from models.people.handbook import publish
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment_drop import Told, drop_assignment
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, assigns, at, handbook_of, post_detail

STARTS = MONDAY + timedelta(days=1)
ONE = {"ranks": ["Captain", "Officer"], "eligibility": {"together": [{"rank": "Captain"}]}}


def stopped(database: Database, cast: Cast, about: Posted) -> str | None:
    """What keeps Brooks from it."""
    with at(database, cast.millbrook) as work:
        facts = gather(work, cast.millbrook, handbook_of(work, cast.millbrook), [about.opening], [cast.brooks.id])
        found = refusal(facts, cast.brooks.id, about.opening)
        return found and str(found.reason)


def test_a_captain_keeps_another_out_until_he_gives_it_back(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(ONE))
        captains = [cast.alvarez.id, cast.brooks.id]
        work.conn.execute(sa.text("update officer set rank = 'Captain' where id = any (:o)"), {"o": captains})
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2)
        held = assigns(work, cast.millbrook, cast.alvarez, about)
    assert stopped(database, cast, about) == "enough_of_rank"
    with at(database, cast.millbrook) as work:
        assert drop_assignment(work, cast.millbrook, cast.alvarez, held, Told(False, 30))[0] == "looking"
    assert stopped(database, cast, about) is None
