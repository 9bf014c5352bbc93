"""Taking: who takes a slot himself, by an offer or by coming first, is charged for it at once."""

from models.awarding.contact import Asked, circumstances, write_contact
from models.awarding.counters import Charge, charge, settle, stays_charged
from models.rules.charging import cost, credited_minutes
from models.rules.handbook import Handbook
from models.session import Work


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
