"""Statuses, pools, exclusions, areas and hours worked reach the rules from the records as they do from a bundle."""

from dataclasses import replace
from datetime import UTC, date, datetime

import sqlalchemy as sa

from models.awarding.deciding.facts import gather, opening_facts, refusal
from models.bundle import read
from models.bundle.facts import award_facts
from models.bundle.load import load
from models.details.opening import openings_by_id
from models.people.department import department
from models.people.handbook import current
from models.people.standing import join_pool, leave_pool
from models.rules.clauses.eligibility import Eligibility
from models.session import Database
from tests.cast import MONDAY, Cast, at, handbook_of, post_detail

_BUNDLE = """
department: {slug: standing, name: Standing, timezone: America/New_York}
handbook: {pools: [details, road]}
officers:
  - {ref: gray, badge: "1", name: Al Gray, rank: Officer, seniority_on: 2010-01-01, pools: [road, details],
     statuses: [{status: light_duty, from_on: 2099-11-01, until_on: 2099-11-03}, {status: sick, from_on: 2099-11-09}]}
contractors: [{ref: paving, name: Paving}, {ref: fair, name: Fair}]
sites: [{ref: main, contractor: paving, name: Main St, area: north}, {ref: hall, contractor: fair, name: Hall}]
details:
  - {ref: sat, site: main, kind_of_work: Traffic, starts_at: 2099-11-07 06:00, ends_at: 2099-11-07 14:00,
     posted_at: 2099-11-01 08:00}
exclusions:
  - {officer: gray, contractor: fair, side: contractor, from_on: 2099-11-01, reason: asked in writing}
  - {officer: gray, site: main, side: officer, from_on: 2099-11-01, until_on: 2099-12-01}
"""


def test_records_say_what_the_bundle_said(database: Database) -> None:
    bundle = read(_BUNDLE, "standing.yaml")
    department_id = load(database, bundle, "standing.yaml").department_id
    expected, _ = award_facts(bundle, datetime(2099, 11, 2, tzinfo=UTC))
    with database.begin([department_id]) as work:
        where = department(work, department_id)
        ids = list(
            work.conn.execute(sa.text("select id from opening where department_id = :d"), {"d": where.id}).scalars()
        )
        openings = openings_by_id(work, where.id, ids)
        facts = gather(work, where, current(work, where.id, date(2099, 11, 2)), openings, None)
        (mine,), (told,) = facts.officers, expected.officers
        assert (mine.statuses, mine.pools) == (told.statuses, told.pools)
        assert mine.statuses[0].status == "light_duty"
        asked, said = opening_facts(openings[0]), expected.openings[0]
        assert (asked.work, asked.site, asked.area, asked.contractor) == ("Traffic", "main", "north", "paving")
        assert (said.work, said.site, said.area, said.contractor) == ("Traffic", "main", "north", "paving")
        for found, wanted in zip(facts.exclusions, expected.exclusions, strict=True):
            assert (found.side, found.from_on, found.until_on) == (wanted.side, wanted.from_on, wanted.until_on)
            assert (found.contractor, found.site) == (wanted.contractor, wanted.site)


def test_joining_and_leaving_a_pool(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = openings_by_id(work, cast.millbrook.id, [post_detail(work, cast.millbrook, MONDAY).id])
        edition = handbook_of(work, cast.millbrook)
        closed = edition.rules.model_copy(update={"eligibility": Eligibility(opt_in_pools=(about[0].pool,))})

        def may() -> bool:
            facts = gather(work, cast.millbrook, replace(edition, rules=closed), about, [cast.alvarez.id])
            return refusal(facts, cast.alvarez.id, about[0]) is None

        assert not may()
        assert [join_pool(work, cast.alvarez, about[0].pool) for _ in range(2)] == [True, False]
        assert may()
        assert [leave_pool(work, cast.alvarez, about[0].pool) for _ in range(2)] == [True, False]
        assert not may()
