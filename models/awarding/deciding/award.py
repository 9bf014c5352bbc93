"""Awards: the decision over signups, immutable, with the facts it was made on, so that anyone may ask why years later.

One transaction, all or nothing: department lock, person locks, facts, the pure function, and all of it written.
"""

import json
import secrets
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from models.awarding.counting.counters import lock_pools, set_counters
from models.awarding.deciding.facts import gather, read_standing
from models.awarding.deciding.handing_out import hand_out_slots
from models.awarding.deciding.verdict import write_verdicts
from models.awarding.emergencies.emergency import lifted
from models.details import detail, posting
from models.details.opening import openings_by_id
from models.people.department import Department, lock_department
from models.people.handbook import Edition, current
from models.people.person import lock_persons
from models.proof import event
from models.rules.awarding import award as rule
from models.rules.facts import AwardFacts, to_json
from models.rules.replaying.told_since import as_told_then
from models.session import Work
from models.tables import Json, Timestamp, of_department, sql

awards = of_department(
    "award",
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("awarded_at", Timestamp),
    sa.Column("facts", Json),
    sa.Column("result", Json),
    sa.Column("emergency_id", sa.BigInteger),
)

# Seeds stay exact in everything that reads JSON.
MOST_SEEDS = 2**53


def run_award(
    work: Work,
    department: Department,
    by_hand: Sequence[int] | None = None,
    reason: str | None = None,
    emergency_id: int | None = None,
) -> int | None:
    """Award every posting of the department whose time has come; returns the award's id, None if there is none.

    By hand these postings are awarded now, whenever their time is, for a reason that goes on record.
    In a declared emergency its declaration is filed with the award, and what its clause lifts does not hold.
    """
    lock_department(work, department.id)
    posting_ids = posting.postings_to_award(work, department.id, by_hand)
    if not posting_ids:
        return None
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    edition = edition if emergency_id is None else lifted(edition)
    if edition.rules.awarding.orders_in:
        lock_persons(work, everybody(work, department.id))
    _hold(work, department.id, posting_ids, edition.rules.awarding.counters)
    facts = facts_of(work, department, edition, posting_ids, secrets.randbelow(MOST_SEEDS))
    award_id = make_award(work, department, edition, facts, rule.award(facts), reason, emergency_id)
    _close_postings(work, department.id, award_id, posting_ids)
    return award_id


def make_award(
    work: Work,
    department: Department,
    edition: Edition,
    facts: AwardFacts,
    result: rule.AwardResult,
    reason: str | None,
    emergency_id: int | None = None,
) -> int:
    """Write the award, its verdicts, assignments and counters; everything it goes by must be held. Returns its id."""
    award_id = _write_award(work, department.id, edition, facts, result, reason, emergency_id)
    write_verdicts(work, department.id, award_id, result)
    hand_out_slots(work, department, edition, award_id, facts, result)
    set_counters(work, department.id, result.counters)
    return award_id


def facts_of(work: Work, department: Department, edition: Edition, posting_ids: Sequence[int], seed: int) -> AwardFacts:
    """The facts of an award of these postings; a lottery draws by `seed`."""
    openings = openings_by_id(work, department.id, _opening_ids(work, department.id, posting_ids))
    standing = read_standing(work, department.id, [one.id for one in openings])
    officer_ids = None if edition.rules.awarding.needs_everybody else sorted({one[0] for one in standing.signups or ()})
    return gather(work, department, edition, openings, officer_ids, standing, seed)


def replay(work: Work, department_id: int, award_id: int) -> list[str]:
    """Decide the award again from its stored facts; returns what differs, nothing when it comes out the same."""
    row = work.conn.execute(
        sa.select(awards.c.facts, awards.c.result).where(
            awards.c.department_id == department_id, awards.c.id == award_id
        )
    ).one()
    again = json.loads(rule.result_to_json(rule.replay(json.dumps(row.facts))))
    again["verdicts"] = as_told_then(row.result["verdicts"], again["verdicts"])
    return [name for name in row.result if row.result[name] != again.get(name)]


def signed_up_for(work: Work, department_id: int, posting_ids: Sequence[int]) -> set[int]:
    """The officers who are signed up for any of these postings: an award of them may be to their gain."""
    rows = work.conn.execute(
        sql(
            "select s.officer_id from posting p"
            " join opening o on o.department_id = p.department_id and o.detail_id = p.detail_id"
            " join signup s on s.department_id = o.department_id and s.opening_id = o.id and s.withdrawn_at is null"
            " where p.department_id = :d and p.id = any (:ids)"
        ),
        {"d": department_id, "ids": list(posting_ids)},
    )
    return set(rows.scalars())


def award_department(work: Work, award_id: int) -> int | None:
    """The department of an award, if this work may see it."""
    return work.conn.execute(sa.select(awards.c.department_id).where(awards.c.id == award_id)).scalar_one_or_none()


def _opening_ids(work: Work, department_id: int, posting_ids: Sequence[int]) -> list[int]:
    rows = work.conn.execute(
        sql(
            "select o.id from posting p join opening o on o.department_id = p.department_id"
            " and o.detail_id = p.detail_id where p.department_id = :d and p.id = any (:ids) order by o.id"
        ),
        {"d": department_id, "ids": list(posting_ids)},
    )
    return list(rows.scalars())


def _hold(work: Work, department_id: int, posting_ids: list[int], counters: Collection[str]) -> None:
    """Hold still whatever the award goes by: who signed up, the signing up itself, and the counters.

    Persons come before postings, as in a sign-up. Who signed up while we waited for the posting is held as well.
    """
    lock_persons(work, _signed_up_persons(work, department_id, posting_ids))
    posting.lock_postings(work, department_id, posting_ids)
    lock_persons(work, _signed_up_persons(work, department_id, posting_ids))
    lock_pools(work, department_id, [*_pools(work, department_id, posting_ids), *counters])


def everybody(work: Work, department_id: int) -> list[int]:
    """The persons of all officers."""
    rows = work.conn.execute(sql("select person_id from officer where department_id = :d"), {"d": department_id})
    return list(rows.scalars())


def _signed_up_persons(work: Work, department_id: int, posting_ids: Sequence[int]) -> list[int]:
    rows = work.conn.execute(
        sql(
            "select f.person_id from posting p"
            " join opening o on o.department_id = p.department_id and o.detail_id = p.detail_id"
            " join signup s on s.department_id = o.department_id and s.opening_id = o.id and s.withdrawn_at is null"
            " join officer f on f.department_id = s.department_id and f.id = s.officer_id"
            " where p.department_id = :d and p.id = any (:ids)"
        ),
        {"d": department_id, "ids": list(posting_ids)},
    )
    return list(rows.scalars())


def _pools(work: Work, department_id: int, posting_ids: Sequence[int]) -> list[str]:
    rows = work.conn.execute(
        sql(
            "select distinct e.pool from posting p join detail e on e.department_id = p.department_id"
            " and e.id = p.detail_id where p.department_id = :d and p.id = any (:ids)"
        ),
        {"d": department_id, "ids": list(posting_ids)},
    )
    return list(rows.scalars())


def _write_award(
    work: Work,
    department_id: int,
    edition: Edition,
    facts: AwardFacts,
    result: rule.AwardResult,
    reason: str | None,
    emergency_id: int | None,
) -> int:
    award_id: int = work.conn.execute(
        sa.insert(awards)
        .values(
            department_id=department_id,
            handbook_id=edition.id,
            awarded_at=work.now,
            facts=json.loads(to_json(facts)),
            result=json.loads(rule.result_to_json(result)),
            emergency_id=emergency_id,
        )
        .returning(awards.c.id)
    ).scalar_one()
    event.record(
        work,
        department_id,
        "award_made",
        "award",
        award_id,
        handbook=edition.id,
        slots=len(facts.slots),
        signups=len(facts.signups),
        awarded=len(result.awards),
        envies=len(result.envies),
        seed=facts.seed,
        reason=reason,
        emergency=emergency_id,
    )
    return award_id


def _close_postings(work: Work, department_id: int, award_id: int, posting_ids: list[int]) -> None:
    posting.LIFECYCLE.move(work, department_id, posting_ids, "award", award_id=award_id)
    rows = work.conn.execute(
        sa.select(posting.postings.c.id, posting.postings.c.detail_id).where(
            posting.postings.c.department_id == department_id, posting.postings.c.id.in_(posting_ids)
        )
    ).all()
    detail.award_details(work, department_id, [row.detail_id for row in rows])
    for row in rows:
        event.record(work, department_id, "posting_awarded", "posting", row.id, award=award_id, detail=row.detail_id)
        # Slots nobody signed up for, or could take, go on by the replacement rule.
        posting.fill_slots(work, department_id, row.detail_id, fence="award")
