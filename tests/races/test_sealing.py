"""Sealing among people who write: whoever commits late and however many seal, the chain holds and misses nobody."""

import time
from functools import partial
from random import Random
from threading import Event

from models.proof import event
from models.proof.seal import Audit, seal_events, verify
from models.session import Database
from tests.cast import Cast, at
from tests.races.racing import race

WRITERS, EACH = 4, 15


def _write(database: Database, cast: Cast, seed: int, ended: list[Event]) -> None:
    dice = Random(seed)
    try:
        for _ in range(EACH):
            with at(database, cast.millbrook) as work:
                event.record(work, cast.millbrook.id, "first of two", "officer", cast.alvarez.id)
                work.flush()
                time.sleep(dice.random() / 100)
                event.record(work, cast.millbrook.id, "second of two", "officer", cast.alvarez.id)
    finally:
        ended[seed].set()


def _seal(database: Database, cast: Cast, ended: list[Event]) -> int:
    sealed = 0
    while not all(one.is_set() for one in ended):
        with at(database, cast.millbrook) as work:
            sealed += seal_events(work, cast.millbrook.id, most=7)
    return sealed


def _audit(database: Database, cast: Cast) -> Audit:
    with at(database, cast.millbrook) as work:
        return verify(work, cast.millbrook.id)


def test_a_chain_sealed_by_two_while_four_write_holds_and_skips_no_event(database: Database, cast: Cast) -> None:
    ended = [Event() for _ in range(WRITERS)]
    writers = [partial(_write, database, cast, seed, ended) for seed in range(WRITERS)]
    ends = race([*writers, *([partial(_seal, database, cast, ended)] * 2)])
    assert ends[:WRITERS] == [None] * WRITERS
    assert _audit(database, cast).broken_at is None
    # Nothing is sealed while an older transaction is open anywhere on the server, and other tests run there too.
    patience = time.monotonic() + 90
    while _audit(database, cast).unsealed and time.monotonic() < patience:
        with at(database, cast.millbrook) as work:
            seal_events(work, cast.millbrook.id)
        time.sleep(0.05)
    assert _audit(database, cast) == Audit(checked=WRITERS * EACH * 2, broken_at=None, unsealed=0)
