"""A department goes in and out as one bundle: all of it or nothing, and twice is once."""

import threading
from itertools import count

import pytest
import sqlalchemy as sa
import yaml

from models.bundle import BundleErrors, read
from models.bundle.dump import dump
from models.bundle.load import Loaded, load
from models.session import Database

_NUMBERS = count(1)


class Town:
    """A small department of its own in the scratch database: every slug and phone is used once."""

    def __init__(self, database: Database) -> None:
        self.database, self.number = database, next(_NUMBERS)
        self.slug = f"town-{self.number}"
        self.said = yaml.safe_load(_BUNDLE % {"n": self.number})

    def load(self) -> Loaded:
        return load(self.database, read(yaml.safe_dump(self.said), "town.yaml"), "town.yaml")

    def rows(self, department_id: int, query: str) -> list[object]:
        with self.database.begin([department_id]) as work:
            return list(work.conn.execute(sa.text(query), {"d": department_id}).scalars())


_BUNDLE = """
department: {slug: town-%(n)d, name: Town, timezone: America/New_York, lines: ["+1413555%(n)04d"]}
handbook: {pools: [details, road work]}
officers:
  - {ref: gray, badge: "1", name: Al Gray, rank: Officer, seniority_on: 2010-01-01, phones: ["+1413556%(n)04d"],
     qualifications: {traffic: 2030-01-01, range: null}, pools: [details], calls: urgent,
     statuses: [{status: light_duty, from_on: 2099-12-01, until_on: 2099-12-31}]}
  - {ref: hall, badge: "2", name: Bo Hall, rank: Sergeant, seniority_on: 2011-01-01, rank_on: 2015-05-05,
     phones: ["+1413557%(n)04d"]}
contractors: [{ref: paving, name: Paving}]
sites: [{ref: main, contractor: paving, name: Main St, contact_name: Dana, area: north}]
exclusions: [{officer: hall, contractor: paving, side: contractor, from_on: 2099-12-01, until_on: 2100-01-31,
              reason: asked in writing}]
rates: [{ref: usual, name: Usual, pay_cents_per_hour: 6000}]
details:
  - {ref: sat, site: main, kind_of_work: Traffic, pool: road work, rate: usual, instructions: Cones in the shed.,
     starts_at: 2099-11-07 06:00, ends_at: 2099-11-07 14:00, posted_at: 2099-11-01 08:00, closes_at: 2099-11-05 17:00,
     openings: [{count: 2}, {ranks: [Sergeant], starts_at: 2099-11-07 05:30}]}
signups: [{officer: gray, detail: sat, preference: 1, signed_up_at: 2099-11-02 08:00}]
tours: [{officer: hall, starts_at: 2099-11-06 16:00, ends_at: 2099-11-07 00:00}]
bars: [{officer: hall, kind: no_show, from_at: 2099-10-01 08:00, until_at: 2099-11-01 00:00, words: did not come}]
contacts: [{officer: gray, detail: sat, outcome: declined, at: 2099-11-02 09:00}]
counters: {rotations: {road work: [hall, gray]}, hours: {road work: {gray: 7.5}}, turns: {road work: {gray: 2}},
           points: {road work: {hall: -3}}, refused_hours: {road work: {gray: 1.5}}}
"""


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


def test_importing_twice_changes_nothing(town: Town):
    first = town.load()
    assert first.changed == {
        "lines": 1, "handbook": 1, "officers": 2, "consents": 2, "qualifications": 1,
        "contractors": 1, "sites": 1, "rates": 1, "tours": 1, "standing": 3, "exclusions": 1,
        "counters": 4, "details": 1, "signups": 1, "bars": 1, "contacts": 1,
    }  # fmt: skip
    events = town.rows(first.department_id, "select count(*) from event where department_id = :d")
    assert town.load().changed == {}
    assert town.rows(first.department_id, "select count(*) from event where department_id = :d") == events


def test_what_is_exported_is_what_was_imported(town: Town):
    department_id = town.load().department_id
    with town.database.begin([department_id]) as work:
        exported = dump(work, department_id)
    written = yaml.safe_dump(exported, sort_keys=False)
    assert load(town.database, read(written, "again.yaml"), "again.yaml").changed == {}
    assert exported["counters"] == {
        "rotations": {"road work": ["hall", "gray"]},
        "hours": {"road work": {"gray": 7.5, "hall": 0.0}},
        "turns": {"road work": {"gray": 2}},
        "points": {"road work": {"hall": -3}},
        "refused_hours": {"road work": {"gray": 1.5}},
    }
    assert [(one["officer"], one["kind"], one["until_at"]) for one in exported["bars"]] == [
        ("hall", "no_show", "2099-11-01 00:00")
    ]
    assert [(one["officer"], one["opening"], one["outcome"]) for one in exported["contacts"]] == [
        ("gray", 1, "declined")
    ]
    assert [one["rank_on"] for one in exported["officers"]] == [None, "2015-05-05"]
    assert [one["count"] for one in exported["details"][0]["openings"]] == [2, 1]
    assert exported["details"][0]["openings"][1]["starts_at"] == "2099-11-07 05:30"


def test_a_change_is_taken_over_and_counted(town: Town):
    town.load()
    town.said["officers"][0]["rank"] = "Sergeant"
    town.said["officers"][1]["qualifications"] = {"traffic": None}
    town.said["handbook"]["answer"] = {"minutes": 30}
    assert town.load().changed == {"handbook": 1, "officers": 1, "qualifications": 1}


def test_a_bundle_without_a_handbook_leaves_the_one_that_holds(town: Town):
    town.said["handbook"] = {"ranks": ["Marshal", "Deputy"], "pools": ["details", "road work"]}
    for one, rank in zip(town.said["officers"], ("Marshal", "Deputy"), strict=True):
        one["rank"] = rank
    del town.said["details"][0]["openings"]
    department_id = town.load().department_id
    del town.said["handbook"]
    town.said["officers"][0]["rank"] = "Deputy"
    assert town.load().changed == {"officers": 1}
    versions = "select rules -> 'ranks' ->> 0 from handbook where department_id = :d"
    assert town.rows(department_id, versions) == ["Marshal"]


def test_a_bundle_without_a_handbook_is_checked_by_the_one_that_holds(town: Town):
    town.load()
    del town.said["handbook"]
    town.said["officers"][0]["rank"] = "Marshal"
    with pytest.raises(BundleErrors, match=r"officers\[0\]\.rank: the handbook has no rank 'Marshal'; it has Chief"):
        town.load()


def test_a_department_without_a_handbook_gets_the_default_one(town: Town):
    del town.said["handbook"], town.said["details"][0]["pool"], town.said["counters"]
    changed = town.load().changed
    assert changed["handbook"] == 1
    assert "handbook" not in town.load().changed


def test_what_the_line_has_counted_since_is_not_set_back(town: Town):
    department_id = town.load().department_id
    with town.database.begin([department_id]) as work:
        work.conn.execute(
            sa.text("update hours_count set minutes = 999 where department_id = :d"), {"d": department_id}
        )
    assert town.load().changed == {}
    assert town.rows(department_id, "select minutes from hours_count where department_id = :d") == [999, 999]


def test_a_newcomer_starts_at_the_bottom_of_the_rotation(town: Town):
    department_id = town.load().department_id
    new = {"ref": "iris", "badge": "3", "name": "Iris", "rank": "Officer", "seniority_on": "2020-01-01"}
    town.said["officers"].append(new)
    town.said["counters"]["rotations"]["road work"] = ["iris", "hall", "gray"]
    town.load()
    order = "select o.ref from rotation r join officer o on o.department_id = r.department_id and o.id = r.officer_id"
    assert town.rows(department_id, f"{order} where r.department_id = :d order by r.place") == ["hall", "gray", "iris"]


def test_a_detail_on_the_line_is_not_changed_behind_its_officers(town: Town):
    department_id = town.load().department_id
    town.said["details"][0]["ends_at"] = "2099-11-07 18:00"
    town.said["officers"][0]["rank"] = "Sergeant"
    with pytest.raises(BundleErrors, match=r"details\[0\]: sat is on the line already"):
        town.load()
    ranks = town.rows(department_id, "select rank from officer where department_id = :d and ref = 'gray'")
    assert ranks == ["Officer"], "nothing of a bundle with an error is imported"


def test_a_signup_that_was_withdrawn_is_not_brought_back(town: Town):
    department_id = town.load().department_id
    with town.database.begin([department_id]) as work:
        work.conn.execute(
            sa.text("update signup set withdrawn_at = now() where department_id = :d"), {"d": department_id}
        )
    assert town.load().changed == {}


def test_who_answers_a_phone_in_two_departments_is_one_person(database: Database):
    here, there = Town(database), Town(database)
    there.said["officers"][0]["phones"] = here.said["officers"][0]["phones"]
    mine, theirs = here.load().department_id, there.load().department_id
    person = "select person_id from officer where department_id = :d and ref = 'gray'"
    assert here.rows(mine, person) == there.rows(theirs, person)


def test_phones_of_two_persons_cannot_become_one_officers(town: Town):
    town.load()
    town.said["officers"][0]["phones"] += town.said["officers"][1].pop("phones")
    with pytest.raises(BundleErrors, match=r"officers\[0\]\.phones: are phones of different persons already"):
        town.load()


def test_a_number_that_another_department_has_becomes_a_shared_line(database: Database):
    here, there = Town(database), Town(database)
    there.said["department"]["lines"] = here.said["department"]["lines"]
    here.load()
    department_id = there.load().department_id
    served = "select department_id from line_department where department_id = :d"
    assert there.rows(department_id, served) == [department_id]
    assert there.load().changed == {}


def test_two_imports_at_once_import_once(town: Town):
    results: list[dict[str, int]] = []
    start = threading.Barrier(3)

    def run() -> None:
        start.wait()
        results.append(town.load().changed)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(bool(one) for one in results) == 1
    assert len(results) == 3


def test_a_phone_added_to_a_known_officer_is_new_there_and_he_is_told(town: Town):
    d = town.load().department_id
    assert town.rows(d, "select count(*) from duty where department_id = :d and kind = 'tell_number'") == [0]
    number = f"+1413558{town.number:04d}"
    town.said["officers"][0]["phones"].append(number)
    town.load()
    assert town.rows(d, "select fence from duty where department_id = :d and kind = 'tell_number'") == [number]
    with town.database.begin([d]) as work:
        written = dump(work, d)["officers"]
    assert [list(each["phones_added"]) for each in written] == [[number], []]
    town.said["officers"][0]["phones_added"] = written[0]["phones_added"]
    assert town.load().changed == {}
