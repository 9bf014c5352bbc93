"""Handing out what an award decided: slots held, assignments made, and what each took in advance from the counters."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from models.awarding.counting.counters import Charge
from models.details import slot
from models.line import duty
from models.people.department import Department
from models.people.handbook import Edition
from models.proof import event
from models.rules.awarding.award import AwardResult
from models.rules.charging.charging import credited_minutes, notice_minutes, points_of_award
from models.rules.facts import AwardFacts
from models.rules.orders.rotations import Rotations
from models.rules.reasons import Reason
from models.session import Work
from models.tables import span, sql
from models.working import assignment as working
from models.working.watch import plan_watch

EVENT_OF = {Reason.ORDERED_IN: "officer_ordered_in", Reason.RECALLED: "officer_recalled"}


def hand_out_slots(
    work: Work,
    department: Department,
    edition: Edition,
    award_id: int,
    facts: AwardFacts,
    result: AwardResult,
) -> None:
    """Hold every awarded slot and the officer's time; PostgreSQL refuses the whole run if one is not to be had.

    Who is ordered in is not asked: his assignment is confirmed at once.
    """
    if not result.awards:
        return
    department_id = department.id
    ordered = {
        (one.officer_id, one.opening_id): EVENT_OF[one.reason] for one in result.verdicts if one.reason in EVENT_OF
    }
    wanted = [one.slot_id for one in result.awards]
    if len(slot.hold(work, department_id, wanted)) != len(wanted):
        raise working.SlotTaken
    counters = {each.name: each.counter for each in facts.handbook.awarding.rounds}
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
            "state": "confirmed" if (one.officer_id, one.opening_id) in ordered else "awarded",
            "given_at": work.now,
            "charged_minutes": taken.minutes,
            "place_before": taken.place_before,
            "place_after": taken.place_after,
            "charged_turns": taken.turns,
            "charged_points": taken.points,
            "counted_in": counters[one.round],
            "is_ordered": (one.officer_id, one.opening_id) in ordered,
        }
        for one, taken in zip(result.awards, _charges(facts, result), strict=True)
    ]
    table = working.assignments
    written = work.conn.execute(
        sa.insert(table).returning(table.c.id, table.c.officer_id, table.c.opening_id, table.c.slot_id), rows
    )
    for row in written:
        if (row.officer_id, row.opening_id) in ordered:
            about = openings[row.opening_id]
            plan_watch(work, department, edition.rules, row.id, about.id, about.starts_at, about.ends_at)
            _record_assignment(
                work,
                department_id,
                award_id,
                edition.id,
                row,
                "tell_ordered_in",
                ordered[row.officer_id, row.opening_id],
            )
        else:
            _record_assignment(work, department_id, award_id, edition.id, row, "tell_award", "assignment_awarded")


def _charges(facts: AwardFacts, result: AwardResult) -> Iterator[Charge]:
    """What each award took in advance, in the order they were made, so that each can be given back by itself."""
    rounds = {one.name: one for one in facts.handbook.awarding.rounds}
    ranks = {one.id: one.rank for one in facts.officers}
    openings = {one.id: one for one in facts.openings}
    handbook, rotations = facts.handbook, Rotations(facts.counters, facts.handbook.circles)
    for one in result.awards:
        opening = openings[one.opening_id]
        pool = rounds[one.round].pool_of(opening.pool)
        key = (one.officer_id, pool)
        before = after = None
        if rounds[one.round].spends_turns(ranks[one.officer_id]):
            before = rotations.places.get(key)
            rotations.spend(*key)
            after = rotations.places[key]
        minutes = credited_minutes(handbook.pool(pool).credit, opening.minutes)
        notice = notice_minutes(opening.starts_at, facts.now)
        points = points_of_award(handbook.outcomes, notice, one.round, opening.band)
        yield Charge(minutes, before, after, turns=1, points=points)


def _record_assignment(
    work: Work, department_id: int, award_id: int, handbook_id: int, row: sa.Row[Any], telling: str, name: str
) -> None:
    duty.plan(work, department_id, telling, row.id, work.now)
    event.record(
        work,
        department_id,
        name,
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
