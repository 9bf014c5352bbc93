"""A slot given by hand to a named officer: for a reason that goes on record, and judged as every award is.

By hand is decided who, and when; whether he may have it is decided by the same function as any award, over facts of
him alone, which are kept: so it can be explained and made again like the others.
"""

from dataclasses import dataclass, replace

from models.awarding.asking.gone import stop_asking
from models.awarding.counting.counters import lock_pools
from models.awarding.deciding.award import make_award
from models.awarding.deciding.facts import gather, read_standing
from models.details import posting
from models.details.opening import Opening
from models.people.department import Department, lock_department
from models.people.handbook import current
from models.people.officer import Officer
from models.people.person import lock_persons
from models.proof import event
from models.rules.awarding.award import award
from models.rules.facts import SignupFacts
from models.rules.verdict import Verdict
from models.session import Work


@dataclass(frozen=True, slots=True)
class Given:
    """What came of it: the award's id, or why he cannot have it; neither where no slot is free."""

    award_id: int | None = None
    refusal: Verdict | None = None


def give_by_hand(work: Work, department: Department, officer: Officer, about: Opening, by: str, reason: str) -> Given:
    """Award a free slot of the opening to the officer, whether he signed up or not; he is told, and answers as ever.

    Others keep their sign-ups, and their offers while a slot is left. Whether `by` may decide it is asked before.
    """
    lock_department(work, department.id)
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    lock_persons(work, [officer.person_id])
    if about.posting_id is not None:
        posting.lock_postings(work, department.id, [about.posting_id])
    lock_pools(work, department.id, [about.pool, *edition.rules.awarding.counters])
    standing = read_standing(work, department.id, [about.id])
    if not standing.slots:
        return Given()
    facts = gather(work, department, edition, [about], [officer.id], standing)
    his = (SignupFacts(officer.id, about.id, work.now),)
    facts = replace(facts, slots=facts.slots[:1], signups=his, has_everybody=False)
    result = award(facts)
    if not result.awards:
        return Given(refusal=Verdict(result.verdicts[0].reason, result.verdicts[0].figures))
    award_id = make_award(work, department, edition, facts, result, reason)
    told = {"slot": facts.slots[0].id, "award": award_id, "by": by, "words": reason}
    event.record(
        work,
        department.id,
        "slot_given_by_hand",
        "officer",
        officer.id,
        officer_id=officer.id,
        opening_id=about.id,
        **told,
    )
    stop_asking(work, department.id, about, facts.slots[0].id, f"given by award {award_id}")
    return Given(award_id)
