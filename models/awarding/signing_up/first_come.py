"""First come: a sign-up that takes the slot at once, if the officer may have it at that moment. No interest, a yes."""

from dataclasses import dataclass, replace

from models.awarding.asking.contact import Asked
from models.awarding.deciding.listing import list_first_come
from models.awarding.signing_up.taking import take_counted
from models.details.opening import Opening
from models.details.posting import take_up_posting
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer
from models.proof import event
from models.rules.awarding.award import AwardedSlot, award
from models.rules.facts import AwardFacts, SignupFacts, SlotFacts
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import sql
from models.working.assignment import AlreadyCommitted, SlotTaken
from models.working.watch import plan_watch

# Those who text at the same moment take turns at the posting, and then see the slots as those before them left them:
# the last slot goes once. Sharing the posting would not do, because who takes the last slot moves it.
_HOLD = """
select s.id, s.number, s.state from posting p
  join opening o on o.department_id = p.department_id and o.detail_id = p.detail_id
  join slot s on s.department_id = o.department_id and s.opening_id = o.id
 where p.department_id = :d and o.id = :opening and p.state = 'open' and p.closes_at > :now
 order by s.id for no key update of p, s
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: taken, gone (every slot is), committed (elsewhere at that moment) or ineligible with why."""

    outcome: str
    refusal: Verdict | None = None


def take_slot(
    work: Work, department: Department, edition: Edition, officer: Officer, about: Opening, facts: AwardFacts
) -> Taken:
    """The officer takes a slot of the opening now; his person must be locked, and `facts` his of this moment.

    Eligibility, limits, and the rounds and caps of the handbook are judged by the award's own function.
    """
    rows = work.conn.execute(sql(_HOLD), {"d": department.id, "opening": about.id, "now": work.now}).all()
    free = [row for row in rows if row.state == "open"]
    if not free:
        return Taken("gone")
    slots = tuple(SlotFacts(row.id, about.id, row.number) for row in free)
    his = SignupFacts(officer.id, about.id, work.now)
    his_facts = replace(facts, slots=slots, signups=(his,), has_everybody=False)
    decided = award(his_facts)
    if not decided.awards:
        list_first_come(work, department.id, "refused", edition, about.id, his_facts)
        verdict = decided.verdicts[0]
        return Taken("ineligible", Verdict(verdict.reason, verdict.figures))
    try:
        with work.savepoint():
            assignment_id = _hold(work, department, edition, officer, about, decided.awards[0])
    except AlreadyCommitted:
        return Taken("committed")
    except SlotTaken:
        return Taken("gone")
    plan_watch(work, department, edition.rules, assignment_id, about.id, about.starts_at, about.ends_at)
    if len(free) == 1 and about.posting_id is not None:
        take_up_posting(work, department.id, about.posting_id)
    return Taken("taken")


def refuse_early(
    work: Work, department_id: int, edition: Edition, officer: Officer, about: Opening, facts: AwardFacts
) -> None:
    """Keep by what an officer was refused who came before his turn; his place depends on everybody in `facts`."""
    rows = work.conn.execute(
        sql(
            "select id, number from slot where department_id = :d and opening_id = :opening and state = 'open'"
            " order by id"
        ),
        {"d": department_id, "opening": about.id},
    )
    slots = tuple(SlotFacts(row.id, about.id, row.number) for row in rows)
    of_this = tuple(each for each in facts.openings if each.id == about.id)
    his = replace(facts, openings=of_this, slots=slots, signups=(SignupFacts(officer.id, about.id, work.now),))
    list_first_come(work, department_id, "refused", edition, about.id, his)


def held_slot(facts: AwardFacts, officer_id: int, opening_id: int) -> bool:
    """Whether the officer has a slot of this very opening."""
    return any(each.officer_id == officer_id and each.opening_id == opening_id for each in facts.commitments)


def _hold(
    work: Work, department: Department, edition: Edition, officer: Officer, about: Opening, given: AwardedSlot
) -> int:
    """Hold the slot and count it where its round counts, as an accepted offer does."""
    slot_id, pool = given.slot_id, edition.rules.awarding.round(given.round).pool_of(about.pool)
    asked = Asked(officer.id, about.id, pool, about.starts_at, about.ends_at, "first_come", slot_id)
    assignment_id = take_counted(work, department.id, edition, officer, asked, slot_id)
    event.record(
        work,
        department.id,
        "slot_taken_first_come",
        "slot",
        slot_id,
        officer_id=officer.id,
        opening_id=about.id,
        assignment=assignment_id,
        band=about.band,
        handbook=edition.id,
    )
    return assignment_id
