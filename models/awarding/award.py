"""Awards: the decision over signups, immutable, with the facts it was made on, so that anyone may ask why years later.

One transaction, all or nothing: department lock, person locks, facts, the pure function, and all of it written.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from models.awarding.counters import Charge, lock_pools, set_counter
from models.awarding.facts import gather, read_standing
from models.details import detail, posting, slot
from models.details.opening import openings_by_id
from models.line import duty
from models.people.department import Department, lock_department
from models.people.handbook import Edition, current
from models.people.person import lock_persons
from models.proof import event
from models.rules import award as rule
from models.rules.facts import AwardFacts, to_json
from models.rules.reasons import Figures
from models.rules.rotations import Rotations
from models.session import Work
from models.tables import Json, Timestamp, of_department, span, sql
from models.working import assignment as working

awards = of_department(
    "award",
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("awarded_at", Timestamp),
    sa.Column("facts", Json),
    sa.Column("result", Json),
)

verdicts = of_department(
    "verdict",
    sa.Column("award_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("outcome", sa.Text),
    sa.Column("place", sa.Integer),
    sa.Column("reason", sa.Text),
    sa.Column("figures", Json),
)

_FIGURES: TypeAdapter[Any] = TypeAdapter(Figures)


def run_award(
    work: Work, department: Department, by_hand: Sequence[int] | None = None, reason: str | None = None
) -> int | None:
    """Award every posting of the department whose time has come; returns the award's id, None if there is none.

    By hand these postings are awarded now, whenever their time is, for a reason that goes on record.
    """
    lock_department(work, department.id)
    posting_ids = posting.postings_to_award(work, department.id, by_hand)
    if not posting_ids:
        return None
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    _hold(work, department.id, posting_ids)
    facts = facts_of(work, department, edition, posting_ids)
    result = rule.award(facts)
    award_id = _write_award(work, department.id, edition, facts, result, reason)
    _write_verdicts(work, department.id, award_id, result)
    _write_assignments(work, department.id, edition, award_id, facts, result)
    for change in result.counters:
        set_counter(work, department.id, change.officer_id, change.pool, change.name, change.after)
    _close_postings(work, department.id, award_id, posting_ids)
    return award_id


def facts_of(work: Work, department: Department, edition: Edition, posting_ids: Sequence[int]) -> AwardFacts:
    """The facts of an award of these postings."""
    openings = openings_by_id(work, department.id, _opening_ids(work, department.id, posting_ids))
    standing = read_standing(work, department.id, [one.id for one in openings])
    officer_ids = sorted({one[0] for one in standing.signups or ()})
    return gather(work, department, edition, openings, officer_ids, standing)


def preview(work: Work, department: Department, posting_ids: Sequence[int]) -> tuple[AwardFacts, rule.AwardResult]:
    """What an award of these postings would decide now. Writes nothing."""
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    facts = facts_of(work, department, edition, posting_ids)
    return facts, rule.award(facts)


def replay(work: Work, department_id: int, award_id: int) -> list[str]:
    """Decide the award again from its stored facts; returns what differs, nothing when it comes out the same."""
    row = work.conn.execute(
        sa.select(awards.c.facts, awards.c.result).where(
            awards.c.department_id == department_id, awards.c.id == award_id
        )
    ).one()
    again = json.loads(rule.result_to_json(rule.replay(json.dumps(row.facts))))
    return [name for name in row.result if row.result[name] != again.get(name)]


def award_department(work: Work, award_id: int) -> int | None:
    """The department of an award, if this work may see it."""
    return work.conn.execute(sa.select(awards.c.department_id).where(awards.c.id == award_id)).scalar_one_or_none()


def verdict(work: Work, department_id: int, verdict_id: int) -> sa.Row[Any]:
    """The verdict's row."""
    return work.conn.execute(
        sa.select(verdicts).where(verdicts.c.department_id == department_id, verdicts.c.id == verdict_id)
    ).one()


def figures_of(stored: dict[str, Any]) -> dict[str, Any]:
    """A stored verdict's figures with their types again: times aware, dates dates."""
    typed: dict[str, Any] = _FIGURES.validate_python(stored)
    return typed


def _opening_ids(work: Work, department_id: int, posting_ids: Sequence[int]) -> list[int]:
    rows = work.conn.execute(
        sql(
            "select o.id from posting p join opening o on o.department_id = p.department_id"
            " and o.detail_id = p.detail_id where p.department_id = :d and p.id = any (:ids) order by o.id"
        ),
        {"d": department_id, "ids": list(posting_ids)},
    )
    return list(rows.scalars())


def _hold(work: Work, department_id: int, posting_ids: list[int]) -> None:
    """Hold still whatever the award goes by: who signed up, the signing up itself, and the counters.

    Persons come before postings, as in a sign-up. Who signed up while we waited for the posting is held as well.
    """
    lock_persons(work, _signed_up_persons(work, department_id, posting_ids))
    posting.lock_postings(work, department_id, posting_ids)
    lock_persons(work, _signed_up_persons(work, department_id, posting_ids))
    lock_pools(work, department_id, _pools(work, department_id, posting_ids))


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
) -> int:
    award_id: int = work.conn.execute(
        sa.insert(awards)
        .values(
            department_id=department_id,
            handbook_id=edition.id,
            awarded_at=work.now,
            facts=json.loads(to_json(facts)),
            result=json.loads(rule.result_to_json(result)),
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
        reason=reason,
    )
    return award_id


def _write_verdicts(work: Work, department_id: int, award_id: int, result: rule.AwardResult) -> None:
    """A verdict for every signup; those who went without are told."""
    if not result.verdicts:
        return
    figures = TypeAdapter(dict[str, Any])
    rows = [
        {
            "department_id": department_id,
            "award_id": award_id,
            "opening_id": one.opening_id,
            "officer_id": one.officer_id,
            "outcome": one.outcome,
            "place": one.place,
            "reason": str(one.reason),
            "figures": figures.dump_python(dict(one.figures), mode="json"),
        }
        for one in result.verdicts
    ]
    written = work.conn.execute(sa.insert(verdicts).returning(verdicts.c.id, verdicts.c.outcome), rows)
    for row in written:
        if row.outcome != "awarded":
            duty.plan(work, department_id, "tell_verdict", row.id, work.now)


def _write_assignments(
    work: Work,
    department_id: int,
    edition: Edition,
    award_id: int,
    facts: AwardFacts,
    result: rule.AwardResult,
) -> None:
    """Hold every awarded slot and the officer's time; PostgreSQL refuses the whole run if one is not to be had."""
    if not result.awards:
        return
    wanted = [one.slot_id for one in result.awards]
    if len(slot.hold(work, department_id, wanted)) != len(wanted):
        raise working.SlotTaken
    persons = _persons(work, department_id, [one.officer_id for one in result.awards])
    openings = {one.id: one for one in facts.openings}
    rows = [
        {
            "department_id": department_id,
            "slot_id": one.slot_id,
            "opening_id": one.opening_id,
            "officer_id": one.officer_id,
            "person_id": persons[one.officer_id],
            "handbook_id": edition.id,
            "award_id": award_id,
            "during": span(openings[one.opening_id].starts_at, openings[one.opening_id].ends_at),
            "state": "awarded",
            "given_at": work.now,
            "charged_minutes": taken.minutes,
            "place_before": taken.place_before,
            "place_after": taken.place_after,
        }
        for one, taken in zip(result.awards, _charges(facts, result), strict=True)
    ]
    table = working.assignments
    written = work.conn.execute(
        sa.insert(table).returning(table.c.id, table.c.officer_id, table.c.opening_id, table.c.slot_id), rows
    )
    for row in written:
        _record_assignment(work, department_id, award_id, edition.id, row)


def _charges(facts: AwardFacts, result: rule.AwardResult) -> Iterator[Charge]:
    """What each award took in advance, in the order they were made, so that each can be given back by itself."""
    turning = {one.name for one in facts.handbook.awarding.rounds if any(key.key == "rotation" for key in one.order)}
    openings = {one.id: one for one in facts.openings}
    rotations = Rotations(facts.counters)
    for one in result.awards:
        opening = openings[one.opening_id]
        key = (one.officer_id, opening.pool)
        before = after = None
        if one.round in turning:
            before = rotations.places.get(key)
            rotations.to_bottom(*key)
            after = rotations.places[key]
        yield Charge(opening.minutes, before, after)


def _record_assignment(work: Work, department_id: int, award_id: int, handbook_id: int, row: sa.Row[Any]) -> None:
    duty.plan(work, department_id, "tell_award", row.id, work.now)
    event.record(
        work,
        department_id,
        "assignment_awarded",
        "assignment",
        row.id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        slot=row.slot_id,
        award=award_id,
        offer=None,
        handbook=handbook_id,
    )


def _persons(work: Work, department_id: int, officer_ids: Sequence[int]) -> dict[int, int]:
    rows = work.conn.execute(
        sql("select id, person_id from officer where department_id = :d and id = any (:ids)"),
        {"d": department_id, "ids": list(officer_ids)},
    )
    return {row.id: row.person_id for row in rows}


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
        _fill_unawarded(work, department_id, row.detail_id)


def _fill_unawarded(work: Work, department_id: int, detail_id: int) -> None:
    """Slots nobody signed up for, or could take, go on by the replacement rule."""
    rows = work.conn.execute(
        sql(
            "select s.id from slot s join opening o on o.department_id = s.department_id and o.id = s.opening_id"
            " where s.department_id = :d and o.detail_id = :detail and s.state = 'open' order by s.id"
        ),
        {"d": department_id, "detail": detail_id},
    )
    for slot_id in rows.scalars():
        duty.plan(work, department_id, "fill_slot", slot_id, work.now, fence="award")
