"""A text that the carrier delivers twice acts once, also when both deliveries come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import sqlalchemy as sa

from models.line.line import line_of
from models.line.message_in import receive
from models.proof import event
from models.session import Database, Work
from tests.cast import Cast, at
from tests.races.racing import race


def _take_in(work: Work, cast: Cast, sid: str) -> bool:
    """Whether the text is new; if so, with an effect in the same transaction."""
    line_id = line_of(work, cast.millbrook.id)
    received = receive(
        work, cast.millbrook.id, from_number="+19075550101", line_id=line_id, sid=sid, body="LIST", media=[], raw={}
    )
    if received is not None:
        event.record(work, cast.millbrook.id, "acted", "message_in", received.id)
    return received is not None


def _deliver(database: Database, cast: Cast, sid: str) -> bool:
    with at(database, cast.millbrook) as work:
        return _take_in(work, cast, sid)


def _effects(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(sa.text("select count(*) from event where name = 'acted'")).scalar_one()


def test_of_four_deliveries_at_once_one_acts(database: Database, cast: Cast) -> None:
    for place in range(15):
        ends = race([partial(_deliver, database, cast, f"SM{place}")] * 4)
        assert sorted(map(str, ends)) == ["False", "False", "False", "True"], ends
        assert _effects(database, cast) == place + 1


def test_the_second_delivery_waits_for_the_first_and_then_does_nothing(database: Database, cast: Cast) -> None:
    with ThreadPoolExecutor(1) as pool:
        with at(database, cast.millbrook) as work:
            assert _take_in(work, cast, "SM-slow")
            second = pool.submit(_deliver, database, cast, "SM-slow")
            with pytest.raises(TimeoutError):
                second.result(timeout=0.2)
        assert second.result() is False
    assert _effects(database, cast) == 1


def test_the_second_delivery_acts_when_the_first_was_undone(database: Database, cast: Cast) -> None:
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(RuntimeError), at(database, cast.millbrook) as work:  # noqa: PT012 - what is undone
            _take_in(work, cast, "SM-undone")
            second = pool.submit(_deliver, database, cast, "SM-undone")
            raise RuntimeError
        assert second.result() is True
    assert _effects(database, cast) == 1


def test_the_same_sid_in_two_departments_is_two_texts(database: Database, cast: Cast) -> None:
    assert _deliver(database, cast, "SM-same")
    with at(database, cast.harbor) as work:
        line_id = line_of(work, cast.harbor.id)
        about = {"line_id": line_id, "sid": "SM-same", "body": "", "media": [], "raw": {}}
        assert receive(work, cast.harbor.id, from_number="+19075550101", **about) is not None
