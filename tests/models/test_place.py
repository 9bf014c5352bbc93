"""An officer shows that he is at the site: by its own telephone, or by the code that is read out to him there."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.rules.handbook import Handbook
from models.session import Database
from models.working.attendance import check_in
from models.working.place import draw_place_code, place_code_of, prove_by_code, waits_for_proof
from tests.cast import MONDAY, Cast, Posted, assemble, assigns, at, by_text, handbook_of, post_detail
from tests.workers.duties.doing import do, handed_off, planned

STARTS = MONDAY + timedelta(days=3)
SITE_PHONE = "+14135550166"


def _came(
    database: Database, clause: dict[str, object], site: str, number: str | None
) -> tuple[Cast, Posted, str | None]:
    """What Alvarez's check-in shows by itself, under this clause, at a site like this, from this number."""
    cast = assemble(database, Handbook.model_validate({"place": clause}))
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        work.conn.execute(sa.text(f"update site set {site} where department_id = :d"), {"d": cast.millbrook.id})
        held = assigns(work, cast.millbrook, cast.alvarez, about)
        draw_place_code(work, cast.millbrook.id, about.opening.detail_id, handbook_of(work, cast.millbrook).rules.place)
    with at(database, cast.millbrook, STARTS, by_text(cast.alvarez)) as work:
        found = check_in(work, cast.alvarez, held, number)
        assert found.outcome == "done", "it is never refused"
    return cast, about, found.place_proof


_MARKED = f"asks_proof = true, phone = '{SITE_PHONE}'"
# what the handbook asks, the site, the number that calls, what the check-in shows
SHOWN = [
    ({}, _MARKED, None, None),
    ({"asked": "where_site_asks"}, "asks_proof = false", None, None),
    ({"asked": "where_site_asks"}, _MARKED, None, "none"),
    ({"asked": "where_site_asks"}, _MARKED, SITE_PHONE, "site_phone"),
    ({"asked": "where_site_asks"}, _MARKED, "+14135550167", "none"),
    ({"asked": "always"}, "asks_proof = false", None, "none"),
    ({"asked": "always", "ways": ["code"]}, _MARKED, SITE_PHONE, "none"),
]


@pytest.mark.parametrize(("clause", "site", "number", "shown"), SHOWN)
def test_what_a_check_in_shows(
    database: Database, clause: dict[str, object], site: str, number: str | None, shown: str | None
) -> None:
    assert _came(database, clause, site, number)[2] == shown


def test_the_code_of_the_detail_shows_it_and_is_drawn_once(database: Database) -> None:
    cast, about, _ = _came(database, {"asked": "always"}, "asks_proof = false", None)
    with at(database, cast.millbrook, STARTS) as work:
        code = place_code_of(work, cast.millbrook.id, about.opening.detail_id) or ""
        assert len(code) == 4
        assert not draw_place_code(
            work, cast.millbrook.id, about.opening.detail_id, handbook_of(work, cast.millbrook).rules.place
        )
        held = waits_for_proof(work, cast.alvarez) or 0
        assert prove_by_code(work, cast.alvarez, held, "0000") == "wrong"
        assert prove_by_code(work, cast.brooks, held, code) == "nothing", "it is another's check-in"
        assert prove_by_code(work, cast.alvarez, held, code) == "proven"
        assert prove_by_code(work, cast.alvarez, held, code) == "nothing"
        assert waits_for_proof(work, cast.alvarez) is None
    [(subject, due_at)] = planned(database, cast.millbrook, "flag_place")
    do(database, cast.millbrook, due_at, "flag_place", subject, STARTS.isoformat())
    assert handed_off(database, cast.millbrook) == []


def test_who_shows_nothing_goes_before_a_person_and_his_check_in_stands(database: Database) -> None:
    cast, _, _ = _came(database, {"asked": "always"}, "asks_proof = false", None)
    [(subject, due_at)] = planned(database, cast.millbrook, "flag_place")
    assert due_at == STARTS + timedelta(minutes=15)
    do(database, cast.millbrook, due_at, "flag_place", subject, STARTS.isoformat())
    assert handed_off(database, cast.millbrook) == ["check_in_without_proof"]
