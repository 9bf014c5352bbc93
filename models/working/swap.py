"""Named swaps: the officer holds his assignment until the colleague he named has taken it."""

from dataclasses import replace
from datetime import timedelta

from models.awarding.asking.offer import make_offer
from models.awarding.deciding.facts import gather, refusal
from models.details.opening import opening
from models.people.department import Department
from models.people.handbook import Edition, current
from models.people.officer import Officer
from models.rules.time.timing import hours_before
from models.session import Work
from models.working.assignment import Assignment
from models.working.assignment_drop import begin_swap


def stopped_by(
    work: Work, department: Department, officer: Officer, held: Assignment, colleague: Officer
) -> str | None:
    """Why the officer's assignment cannot go to the colleague as things stand; None: he may be asked.

    never, himself, gone (it is not his to give any more), already (he is giving it back), too_late, other_rank,
    other_unit, cannot (the rules keep the colleague from it), or, where nothing else is in the way, by_desk.
    """
    edition = _edition(work, department)
    clause = edition.rules.swaps
    if clause.allowed == "never":
        return "never"
    if held.state != "confirmed" or held.officer_id != officer.id:
        return "gone"
    about = opening(work, department.id, held.opening_id)
    facts = gather(work, department, edition, [about], [officer.id, colleague.id])
    units = {each.id: each.unit for each in facts.officers}
    # He goes as the colleague comes.
    facts = replace(facts, crews=tuple(each for each in facts.crews if each.officer_id != officer.id))
    refused = (
        ("himself", colleague.id == officer.id),
        ("already", held.drop_id is not None),
        ("too_late", work.now >= hours_before(held.starts_at, clause.until_hours_before)),
        ("other_rank", clause.same_rank and colleague.rank != officer.rank),
        ("other_unit", clause.same_unit and units[colleague.id] != units[officer.id]),
    )
    found = next((name for name, is_so in refused if is_so), None)
    if found is None and refusal(facts, colleague.id, about) is not None:
        return "cannot"
    return found or ("by_desk" if clause.allowed == "by_desk" else None)


def ask(work: Work, department: Department, held: Assignment, colleague: Officer) -> None:
    """Ask the colleague, and nobody else, to take it."""
    edition = _edition(work, department)
    drop_id = begin_swap(work, held, colleague.id)
    expires_at = min(work.now + timedelta(minutes=edition.rules.swaps.answer_minutes), held.starts_at)
    make_offer(
        work,
        department.id,
        held.slot_id,
        held.opening_id,
        colleague.id,
        expires_at,
        edition.id,
        drop_id,
        counted_in=held.pool,
    )


def _edition(work: Work, department: Department) -> Edition:
    return current(work, department.id, work.now.astimezone(department.zone).date())
