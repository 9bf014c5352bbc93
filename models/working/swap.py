"""Named swaps: the officer holds his assignment until the colleague he named has taken it."""

from datetime import timedelta

from models.awarding.facts import gather, refusal
from models.awarding.offer import make_offer
from models.details.opening import opening
from models.people.department import Department
from models.people.handbook import current
from models.people.officer import Officer
from models.rules.timing import hours_before
from models.session import Work
from models.working.assignment import assignment
from models.working.assignment_drop import begin_swap


def ask_colleague(work: Work, department: Department, officer: Officer, assignment_id: int, colleague: Officer) -> str:
    """Ask the colleague to take the officer's assignment.

    Returns asked, or why not: never, by_desk (a person decides), himself, gone (it is not his to give any more),
    already (he is giving it back), too_late, other_rank, other_unit, or cannot (the rules keep the colleague from it).
    """
    rules = current(work, department.id, work.now.astimezone(department.zone).date())
    clause = rules.rules.swaps
    held = assignment(work, department.id, assignment_id)
    about = opening(work, department.id, held.opening_id)
    if clause.allowed != "yes":
        return clause.allowed
    if held.state != "confirmed" or held.officer_id != officer.id:
        return "gone"
    latest = hours_before(held.starts_at, clause.until_hours_before)
    facts = gather(work, department, rules, [about], [officer.id, colleague.id])
    units = {each.id: each.unit for each in facts.officers}
    refused = (
        ("himself", colleague.id == officer.id),
        ("already", held.drop_id is not None),
        ("too_late", work.now >= latest),
        ("other_rank", clause.same_rank and colleague.rank != officer.rank),
        ("other_unit", clause.same_unit and units[colleague.id] != units[officer.id]),
    )
    for name, is_so in refused:
        if is_so:
            return name
    if refusal(facts, colleague.id, about) is not None:
        return "cannot"
    drop_id = begin_swap(work, held, colleague.id)
    expires_at = min(work.now + timedelta(minutes=clause.answer_minutes), held.starts_at)
    make_offer(work, department.id, held.slot_id, about.id, colleague.id, expires_at, rules.id, drop_id)
    return "asked"
