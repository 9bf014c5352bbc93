"""Assignments that new tours run into: judged by the rules the assignment was made under, and put before a person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.awarding.deciding.facts import gather, opening_facts
from models.details.opening import Opening, opening
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import edition
from models.proof import event
from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts, TourFacts, TourKind
from models.rules.time.spans import of_opening
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import sql

URGENT = timedelta(hours=24)

_Key = tuple[int, TourKind, datetime, datetime]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A confirmed assignment that its officer cannot work any more beside his tours, and the rule that says so."""

    assignment_id: int
    officer_id: int
    badge: str
    opening: Opening
    verdict: Verdict


def conflicts_of(work: Work, department: Department, added: Sequence[_Key]) -> tuple[Conflict, ...]:
    """What these new tours make impossible of what was possible before them."""
    whose = sorted({key[0] for key in added})
    if not whose:
        return ()
    found: list[Conflict] = []
    for handbook_id, held in _to_come(work, department.id, whose).items():
        rules = edition(work, department.id, handbook_id)
        openings = {opening_id: opening(work, department.id, opening_id) for _, _, opening_id in held}
        facts = gather(
            work, department, rules, list(openings.values()), sorted({officer_id for _, officer_id, _ in held})
        )
        before = replace(facts, tours=tuple(each for each in facts.tours if _key(each) not in set(added)))
        for assignment_id, officer_id, opening_id in held:
            about = openings[opening_id]
            now = _verdict(facts, officer_id, about)
            if not now.is_eligible and _verdict(before, officer_id, about).is_eligible:
                badge = next(each.badge for each in facts.officers if each.id == officer_id)
                found.append(Conflict(assignment_id, officer_id, badge, about, now))
    return tuple(sorted(found, key=lambda each: (each.opening.starts_at, each.badge)))


def raise_conflicts(work: Work, department: Department, conflicts: Iterable[Conflict]) -> None:
    """Put each conflict before a person: it is the department's to say which of the two gives way."""
    for each in conflicts:
        hand_off(
            work,
            department.id,
            "tour_conflict",
            urgent=each.opening.starts_at - work.now < URGENT,
            assignment=each.assignment_id,
        )
        event.record(
            work,
            department.id,
            "tour_conflict_found",
            "assignment",
            each.assignment_id,
            officer_id=each.officer_id,
            opening_id=each.opening.id,
            rule=str(each.verdict.reason),
        )


def _to_come(work: Work, department_id: int, officer_ids: list[int]) -> dict[int, list[tuple[int, int, int]]]:
    """Assignments these officers have still to work (id, officer, opening), by the handbook they were made under."""
    rows = work.conn.execute(
        sql(
            "select id, officer_id, opening_id, handbook_id from assignment where department_id = :d"
            " and officer_id = any (:officers) and state in ('awarded', 'confirmed') and ended_at is null"
            " and upper(during) > :now order by id"
        ),
        {"d": department_id, "officers": officer_ids, "now": work.now},
    )
    held: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in rows:
        held[row.handbook_id].append((row.id, row.officer_id, row.opening_id))
    return held


def _verdict(facts: AwardFacts, officer_id: int, about: Opening) -> Verdict:
    """Whether his time allows it, this assignment itself left out."""
    others = tuple(
        each for each in facts.commitments if not (each.officer_id == officer_id and each.opening_id == about.id)
    )
    return Eligibility(replace(facts, commitments=others)).time_verdict(
        officer_id, of_opening(opening_facts(about)), ()
    )


def _key(tour: TourFacts) -> _Key:
    return tour.officer_id, tour.kind, tour.starts_at, tour.ends_at
