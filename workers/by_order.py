"""Telling officers what a standing order of theirs did, or will do when it is their turn."""

from collections.abc import Iterable
from typing import Any

from models.awarding.signing_up.standing_order import CarriedOut
from models.details.opening import Opening
from models.people.department import Department
from models.people.officer import officers_by_id
from models.session import Work
from workers.telling import tell


def tell_by_order(work: Work, where: Department, about: Opening, found: Iterable[CarriedOut]) -> set[int]:
    """Tell each whom his order signed up, or will; returns who was told, by id: the news itself is not for them."""
    prompts = {each.officer_id: (each, prompt) for each in found if (prompt := _prompt_of(each))}
    officers = officers_by_id(work, where.id, list(prompts))
    for officer_id, (each, prompt) in prompts.items():
        tell(work, where, officers[officer_id], prompt, _values(about, each), ("opening", about.id))
    return set(prompts)


def _prompt_of(found: CarriedOut) -> str | None:
    """None where it came to nothing: what stands against it is said to who asks."""
    if found.answer is None:
        return "auto.in_turn"
    return "auto.signed_up" if found.answer.outcome == "signed_up" else None


def _values(about: Opening, found: CarriedOut) -> dict[str, Any]:
    return {**about.told(), "number": found.order.number, "opens_at": found.opens_at}
