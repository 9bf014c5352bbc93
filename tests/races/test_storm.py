"""A storm: two hundred officers, many slots, asked in parallel while workers are killed; nobody is lost or doubled."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from bot.bell import Bell, redis_for_bells
from bot.config import ROOT
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.emergencies.emergency import Declaration, declare
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import Cast, Posted, assemble, at, enlist, post_detail
from workers.drain import drain
from workers.tools import Tools, use

OFFICERS, DETAILS, SLOTS = 200, 3, 12
RULES = Handbook.model_validate({"emergency": {"ladder": {"at_once": 3, "order": ["seniority"]}}})
MOST_SECONDS = 60


@contextmanager
def _worker(postgres_url: str, redis_url: str, department_id: int) -> Iterator["subprocess.Popen[str]"]:
    """A process that drains; killed at the end, in the middle of whatever it does."""
    command = [sys.executable, "-m", "tests.races.storm_worker", postgres_url, redis_url, str(department_id)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def _set_up(database: Database, now: datetime) -> tuple[Cast, dict[int, Officer], list[Posted]]:
    cast = assemble(database, RULES)
    with at(database, cast.millbrook, now) as work:
        people = [
            enlist(work, cast.millbrook, f"Officer{n}", seniority_on=date(2012, 1, 1) + timedelta(days=n))
            for n in range(OFFICERS - 5)
        ]
        starts_at = now + timedelta(hours=6)
        about = [
            post_detail(work, cast.millbrook, starts_at, hours=8, count_slots=SLOTS, closes_at=starts_at)
            for _ in range(DETAILS)
        ]
    everybody = [*people, cast.alvarez, cast.brooks, cast.chen, cast.diaz, cast.grant_in_millbrook]
    return cast, {each.id: each for each in everybody}, about


def _answer_all(database: Database, cast: Cast, officers: dict[int, Officer], chance: random.Random) -> Counter[str]:
    """Everybody who is asked answers by text: two of three say yes."""
    with at(database, cast.millbrook, datetime.now(UTC)) as work:
        waiting = work.conn.execute(sa.text("select id, officer_id from offer where state = 'open'")).all()
    ends: Counter[str] = Counter()
    for row in waiting:
        who = officers[row.officer_id]
        with at(database, cast.millbrook, datetime.now(UTC)) as work:
            lock_persons(work, [who.person_id])
            if chance.random() < 0.67:
                ends[accept_offer(work, cast.millbrook, who, row.id).outcome] += 1
            else:
                ends["declined"] += end_offer(work, cast.millbrook.id, row.id, "decline")
    return ends


def _held(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(sa.text("select count(*) from assignment where ended_at is null")).scalar_one()


def test_a_storm_is_filled_to_the_last_slot_and_no_further_though_workers_are_killed(
    database: Database, postgres_url: str, redis_url: str
) -> None:
    now, chance = datetime.now(UTC), random.Random(7)
    cast, officers, about = _set_up(database, now)
    with at(database, cast.millbrook, now) as work:
        said = Declaration("Sgt. Hale", "Chief of Police", "Ice storm", now + timedelta(hours=12))
        emergency_id = declare(work, cast.millbrook, said)
    use(Tools(database, Bell(redis_for_bells(redis_url)), None))  # type: ignore[arg-type] # nothing is sent
    for _ in range(2):
        with _worker(postgres_url, redis_url, cast.millbrook.id):
            time.sleep(chance.uniform(0.1, 0.5))
            _answer_all(database, cast, officers, chance)
    ends_at = time.monotonic() + MOST_SECONDS
    while _held(database, cast) < DETAILS * SLOTS and time.monotonic() < ends_at:
        drain("awarding", cast.millbrook.id)
        _answer_all(database, cast, officers, chance)
    drain("awarding", cast.millbrook.id)
    _nobody_is_lost_or_doubled(database, cast, about, emergency_id)


def _nobody_is_lost_or_doubled(database: Database, cast: Cast, about: list[Posted], emergency_id: int) -> None:
    with at(database, cast.millbrook) as work:
        held = work.conn.execute(sa.text("select slot_id, officer_id from assignment where ended_at is null")).all()
        asked = work.conn.execute(
            sa.text("select opening_id, officer_id, count(*) from offer where state <> 'withdrawn' group by 1, 2")
        ).all()
        left = work.conn.execute(sa.text("select count(*) from offer where state = 'open'")).scalar_one()
        ran = work.conn.execute(sa.text("select opening_id, emergency_id, state from call_out")).all()
    assert sorted(row.slot_id for row in held) == sorted(slot for each in about for slot in each.slot_ids)
    assert len({row.officer_id for row in held}) == len(held), "details at the same time: one officer, one slot"
    assert [row for row in asked if row[2] != 1] == [], "nobody was asked twice for the same"
    assert left == 0, "it stops at the last slot"
    assert sorted(tuple(row) for row in ran) == sorted((each.id, emergency_id, "filled") for each in about)
