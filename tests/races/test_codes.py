"""Codes drawn at the same moment differ, and come back only when their detail is long over."""

from datetime import timedelta
from functools import partial

from models.details.opening import CODE_RESTS_FOR, openings_by_code, retire_codes
from models.rules.codes import is_code
from models.session import Database
from tests.cast import MONDAY, Cast, add_detail, at
from tests.races.racing import race


def _draw(database: Database, cast: Cast) -> str:
    with at(database, cast.millbrook) as work:
        return add_detail(work, cast.millbrook, MONDAY).opening.code


def test_codes_drawn_at_once_are_different_and_check(database: Database, cast: Cast) -> None:
    drawn = [code for _ in range(5) for code in race([partial(_draw, database, cast)] * 6)]
    assert all(isinstance(code, str) and is_code(code) for code in drawn), drawn
    assert len(set(drawn)) == 30


def test_a_code_means_nothing_in_another_department(database: Database, cast: Cast) -> None:
    code = _draw(database, cast)
    with at(database, [cast.millbrook, cast.harbor]) as work:
        assert list(openings_by_code(work, cast.millbrook.id, [code])) == [code]
        assert openings_by_code(work, cast.harbor.id, [code]) == {}


def test_a_code_rests_for_thirty_days_after_its_detail(database: Database, cast: Cast) -> None:
    code = _draw(database, cast)
    over = MONDAY + timedelta(hours=8) + CODE_RESTS_FOR
    with at(database, cast.millbrook, over) as work:
        assert retire_codes(work, cast.millbrook.id) == 0
        assert code in openings_by_code(work, cast.millbrook.id, [code])
    with at(database, cast.millbrook, over + timedelta(seconds=1)) as work:
        assert retire_codes(work, cast.millbrook.id) == 1
        assert openings_by_code(work, cast.millbrook.id, [code]) == {}
