"""Where an officer stands with what he signed up for, while the award is still to come."""

from collections.abc import Sequence

from models.awarding.deciding.facts import gather, read_standing
from models.details.opening import Opening
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer
from models.rules.orders.placing import PlaceNow, place_now
from models.session import Work


def places_now(
    work: Work, department: Department, edition: Edition, officer: Officer, openings: Sequence[Opening]
) -> dict[int, PlaceNow]:
    """His place in line by opening, as things are now; without those where lots decide or he would be no candidate."""
    if not openings:
        return {}
    standing = read_standing(work, department.id, [each.id for each in openings])
    concerned = sorted({officer.id, *(one[0] for one in (standing.signups or ()))})
    everybody = None if edition.rules.awarding.times_entry else concerned
    facts = gather(work, department, edition, openings, everybody, standing)
    found = {
        each.id: place_now(facts, officer.id, each.id, each.award_at) for each in openings if each.award_at is not None
    }
    return {opening_id: place for opening_id, place in found.items() if place is not None}
