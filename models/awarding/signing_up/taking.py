"""Taking: who takes a slot himself, by an offer or by coming first, is charged for it at once."""

from models.awarding.asking.contact import Asked, circumstances, write_contact
from models.awarding.counting.counters import Charge, charge, settle, stays_charged
from models.people.handbook import Edition
from models.people.officer import Officer
from models.rules.charging.charging import cost, credited_minutes
from models.rules.handbook import Handbook
from models.session import Work
from models.working.assignment import give_slot


def charge_for_taking(work: Work, department_id: int, rules: Handbook, asked: Asked) -> Charge:
    """Count the slot for the officer as accepted, and write the contact; returns what stays charged."""
    accepted = cost(rules.outcomes, "accepted", circumstances(work, department_id, rules, asked, "accepted"))
    minutes = credited_minutes(rules.pool(asked.pool).credit, asked.minutes)
    is_circle = rules.pool(asked.pool).rotation == "circle"
    taken = charge(work, department_id, asked.officer_id, asked.pool, minutes, asked.minutes, is_circle)
    settle(work, department_id, asked.officer_id, asked.pool, accepted, taken)
    kept = stays_charged(accepted, taken)
    write_contact(work, department_id, asked, "accepted", accepted, kept.minutes)
    return kept


def take_counted(
    work: Work,
    department_id: int,
    edition: Edition,
    officer: Officer,
    asked: Asked,
    slot_id: int,
    offer_id: int | None = None,
) -> int:
    """The officer, whose person is locked, has the slot from now on, counted; returns the assignment's id.

    Raises SlotTaken or AlreadyCommitted: take it in a savepoint, so that nothing stays counted then.
    """
    kept = charge_for_taking(work, department_id, edition.rules, asked)
    return give_slot(
        work,
        department_id,
        slot_id=slot_id,
        opening_id=asked.opening_id,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        officer_id=officer.id,
        person_id=officer.person_id,
        handbook_id=edition.id,
        state="confirmed",
        offer_id=offer_id,
        charged_minutes=kept.minutes,
        charged_turns=kept.turns,
        charged_points=kept.points,
        place_before=kept.place_before,
        place_after=kept.place_after,
        counted_in=asked.pool,
    )
