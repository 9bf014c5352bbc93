"""A headcount comes in with a bundle, becomes slots with ranks, and a supervisor's slot turns ordinary in time."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from models.awarding.counting.turning_ordinary import turn_ordinary
from models.awarding.deciding.award import run_award
from models.awarding.deciding.headcount import HeadcountRefused, Ordered, change_headcount
from models.bundle import read
from models.bundle.load import load
from models.bundle.problems import BundleErrors
from models.details.opening import opening
from models.people.department import department
from models.session import Database
from tests.cast import phone_number

BUNDLE = """
department: {{slug: {slug}, name: Alder, timezone: America/New_York, lines: ["{line}"]}}
handbook:
  ranks: [Sergeant, Officer]
  rank_mix:
    bands: [{{at_least: 4, at_most: 8, rank: Sergeant}}]
    above_all_bands: refuse
    if_none: runs_without
    runs_without_hours_before: 24
officers:
  - {{ref: a, badge: 1, name: Ann Ames, rank: Officer, seniority_on: 2010-01-01, phones: ["{phone}"]}}
contractors: [{{ref: gas, name: North Gas}}]
sites: [{{ref: main, contractor: gas, name: Main St}}]
details:
  - {{ref: d1, site: main, headcount: {headcount}, starts_at: 2027-03-02 07:00, ends_at: 2027-03-02 15:00,
     posted_at: 2027-02-20 09:00, closes_at: 2027-02-27 12:00, award_at: 2027-02-27 12:00}}
"""
DAY_BEFORE = datetime(2027, 3, 1, 12, tzinfo=UTC)


def text(slug: str, headcount: int = 4) -> str:
    return BUNDLE.format(slug=slug, line=phone_number(), phone=phone_number(), headcount=headcount)


def openings(database: Database, department_id: int) -> list[tuple[list[str], int, datetime | None]]:
    with database.begin([department_id]) as work:
        rows = work.conn.execute(
            sa.text(
                "select o.ranks, o.turns_ordinary_at, (select count(*) from slot s where s.department_id = :d"
                " and s.opening_id = o.id) as slots from opening o where o.department_id = :d order by o.id"
            ),
            {"d": department_id},
        )
        return [(list(row.ranks), row.slots, row.turns_ordinary_at) for row in rows]


def test_a_headcount_becomes_slots_and_the_supervisors_turns_ordinary_a_day_before(database: Database):
    written = text("alder-one")
    loaded = load(database, read(written, "alder.yaml"), "alder.yaml")
    d = loaded.department_id
    assert openings(database, d) == [([], 3, None), (["Sergeant"], 1, DAY_BEFORE)]
    with database.begin([d]) as work:
        due = work.conn.execute(
            sa.text("select subject_id, due_at from duty where department_id = :d and kind = 'turn_ordinary'"), {"d": d}
        ).one()
        posting = work.conn.execute(sa.text("select id from posting where department_id = :d"), {"d": d}).scalar_one()
        work.conn.execute(sa.text("update posting set state = 'open' where department_id = :d"), {"d": d})
        work.conn.execute(sa.text("update detail set state = 'posted' where department_id = :d"), {"d": d})
    assert due.due_at == DAY_BEFORE
    with database.begin([d]) as work:
        work.now = datetime(2027, 2, 27, 17, tzinfo=UTC)
        run_award(work, department(work, d), [posting], "by hand")
    with database.begin([d]) as work:
        work.now = DAY_BEFORE
        assert turn_ordinary(work, department(work, d), due.subject_id) == 1
        assert turn_ordinary(work, department(work, d), due.subject_id) == 0
    assert [(ranks, slots) for ranks, slots, _ in openings(database, d)] == [([], 4), (["Sergeant"], 0)]
    with database.begin([d]) as work:
        said = work.conn.execute(
            sa.text("select count(*) from event where department_id = :d and name = 'slot_turned_ordinary'"), {"d": d}
        ).scalar_one()
    assert said == 1
    # The bundle is still of the same detail.
    assert load(database, read(written, "alder.yaml"), "alder.yaml").changed == {}


def test_a_headcount_outside_every_band_is_refused_with_its_place(database: Database):
    with pytest.raises(BundleErrors) as caught:
        load(database, read(text("alder-two", 9), "alder.yaml"), "alder.yaml")
    (problem,) = caught.value.problems
    assert "headcount" in str(problem)
    assert "9 officers are more than the handbook's rank mix has a band for" in str(problem)


MINIMUMS = """  headcount:
    minimums:
      - {name: beer, alcohol: true, officers: 2, below: raise}
      - {name: crowd, attendance_from: 500, officers: 3}
officers:"""


def test_an_order_is_raised_or_refused_by_the_minimum(database: Database):
    written = (
        text("alder-beer", 1).replace("officers:", MINIMUMS, 1).replace(": 1, starts", ": 1, alcohol: true, starts")
    )
    crowded = written.replace("headcount: 1", "headcount: 1, attendance: 500")
    with pytest.raises(BundleErrors, match=r"details\[0\]: 3 officers are needed at least, and 1 ordered.*crowd"):
        load(database, read(crowded, "alder.yaml"), "alder.yaml")
    loaded = load(database, read(written, "alder.yaml"), "alder.yaml")
    assert [str(each) for each in loaded.raised] == ["d1: 2 officers instead of 1 (headcount.minimums[0], beer)"]
    assert openings(database, loaded.department_id) == [([], 2, None)]
    with database.begin([loaded.department_id]) as work:
        query = "select data from event where department_id = :d and name = 'detail_planned'"
        planned = work.conn.execute(sa.text(query), {"d": loaded.department_id}).scalar_one()
    assert (planned["ordered"], planned["raised_by"]) == (1, ["headcount.minimums[0], beer"])
    again = load(database, read(written, "alder.yaml"), "alder.yaml")
    assert (again.changed, again.raised) == ({}, ())
    with database.begin([loaded.department_id]) as work:
        work.now = datetime(2027, 2, 20, 17, tzinfo=UTC)
        where = department(work, loaded.department_id)
        opening_id = work.conn.execute(sa.text("select id from opening where department_id = :d"), {"d": where.id})
        about = opening(work, where.id, opening_id.scalar_one())
        with pytest.raises(HeadcountRefused, match="2 officers are needed at least, and 1 ordered"):
            change_headcount(work, where, about, 1, Ordered("Lt. Moss", "a quiet night"))
