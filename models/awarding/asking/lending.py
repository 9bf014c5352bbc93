"""Lending: an officer takes what another department invited his to. First come, or in turn, where his own department
has an order for it; his own department's rules judge him.

The assignment is the asking department's. His own learns no more of it than that he is committed elsewhere.
"""

from dataclasses import dataclass

from models.awarding.asking.invitation import Invitation
from models.awarding.asking.offer import withdraw_where_taken
from models.awarding.asking.vacancy import vacancies
from models.awarding.deciding.facts import eligible_officers, gather, opening_facts, refusal
from models.details.opening import Opening, opening
from models.line.consent import consenting
from models.people.department import Department
from models.people.guest import IsMember, welcome_guest
from models.people.handbook import Edition, current
from models.people.officer import Officer
from models.proof import event
from models.rules.asking.lending import in_lending_order, lending_verdict
from models.rules.facts import AwardFacts
from models.rules.reasons import Reason
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import sql
from models.working.assignment import AlreadyCommitted, SlotTaken, give_slot
from models.working.watch import plan_watch


@dataclass(frozen=True, slots=True)
class LendingAnswer:
    """What came of it: taken, gone (another was first, or it is over), committed, member (he is one of theirs) or
    ineligible with why."""

    outcome: str
    refusal: Verdict | None = None


def who_may_take(work: Work, department: Department, edition: Edition, invited: Invitation) -> list[int]:
    """The department's officers who may take it by its own rules and agreed to be texted: in its order for lending,
    where it has one, else by id.
    """
    if invited.asking.slug not in edition.rules.neighbours.lend_to:
        return []
    about = _as_opening(edition, invited)
    facts = gather(work, department, edition, [about], None)
    lent = {each.id for each in facts.officers if lending_verdict(each, opening_facts(about), facts).is_eligible}
    eligible = eligible_officers(facts, [about])[about.id]
    willing = consenting(work, department.id, eligible)
    return in_lending_order(facts, about.id, [each for each in eligible if each in willing and each in lent])


def take_invitation(
    work: Work, department: Department, edition: Edition, officer: Officer, invited: Invitation
) -> LendingAnswer:
    """The officer takes a free slot of the other department, if he may have it. His person must be locked."""
    if work.now >= invited.answer_due_at or invited.asking.slug not in edition.rules.neighbours.lend_to:
        return LendingAnswer("gone")
    about = _as_opening(edition, invited)
    facts = gather(work, department, edition, [about], [officer.id])
    why = refusal(facts, officer.id, about) or _not_lent(facts, about) or _not_yet(work, invited, officer.id)
    if why is not None:
        return LendingAnswer("ineligible", why)
    try:
        with work.savepoint(), work.visiting(invited.asking.id):
            _take(work, department, officer, invited)
    except AlreadyCommitted:
        return LendingAnswer("committed")
    except SlotTaken:
        return LendingAnswer("gone")
    except IsMember:
        return LendingAnswer("member")
    event.record(
        work, department.id, "officer_lent", "invitation", invited.id, officer_id=officer.id, asking=invited.asking.slug
    )
    return LendingAnswer("taken")


def is_to_be_had(work: Work, invited: Invitation) -> bool:
    """Whether the other department has a slot of it free still."""
    with work.visiting(invited.asking.id):
        about = opening(work, invited.asking.id, invited.asking_opening_id)
        return about.free > 0 and (about.starts_at, about.ends_at) == (invited.starts_at, invited.ends_at)


def turn_of(officer_id: int, invited: Invitation) -> str:
    """The fence of the duty to tell the officer of it in his turn, of this invitation and no earlier one."""
    return f"turn {officer_id} {invited.answer_due_at.isoformat()}"


def _not_yet(work: Work, invited: Invitation, officer_id: int) -> Verdict | None:
    """When his turn opens, where that is still to come; who was in no turn comes with the last."""
    opens_at = work.conn.execute(
        sql(
            "select coalesce(max(due_at) filter (where fence = :his), max(due_at)) from duty where department_id = :d"
            " and kind = 'tell_invitation' and subject_id = :id and fence like :turns"
        ),
        {
            "d": invited.department_id,
            "id": invited.id,
            "his": turn_of(officer_id, invited),
            "turns": f"turn % {invited.answer_due_at.isoformat()}",
        },
    ).scalar_one()
    return Verdict(Reason.LENT_NOT_YET, {"opens_at": opens_at}) if opens_at and opens_at > work.now else None


def _not_lent(facts: AwardFacts, about: Opening) -> Verdict | None:
    """Why the one officer of the facts is not lent; None when he is."""
    (officer,) = facts.officers
    found = lending_verdict(officer, opening_facts(about), facts)
    return None if found.is_eligible else found


def _take(work: Work, home: Department, who: Officer, invited: Invitation) -> None:
    """In the asking department: hold its slots, welcome the guest, give him one that nobody holds."""
    host = invited.asking
    about = opening(work, host.id, invited.asking_opening_id)
    free = [each for each in vacancies(work, host.id, about.id) if each.drop_id is None]
    if not free or (about.starts_at, about.ends_at) != (invited.starts_at, invited.ends_at):
        raise SlotTaken
    guest = welcome_guest(work, host, home, who)
    edition = current(work, host.id, work.now.astimezone(host.zone).date())
    assignment_id = give_slot(
        work,
        host.id,
        slot_id=free[0].slot_id,
        opening_id=about.id,
        starts_at=about.starts_at,
        ends_at=about.ends_at,
        officer_id=guest.id,
        person_id=guest.person_id,
        handbook_id=edition.id,
        state="confirmed",
    )
    who_and_what = {"officer_id": guest.id, "opening_id": about.id}
    event.record(work, host.id, "guest_took_slot", "assignment", assignment_id, **who_and_what, home=home.slug)
    plan_watch(work, host, edition.rules, assignment_id, about.id, about.starts_at, about.ends_at)
    withdraw_where_taken(work, host.id, about.id)


def _as_opening(edition: Edition, invited: Invitation) -> Opening:
    """The invitation as the rules of the department invited see it: a detail of the first pool, for the department that
    asks. Below nought its id is no opening's."""
    return Opening(
        id=-invited.id,
        department_id=invited.department_id,
        detail_id=-invited.id,
        code=invited.code,
        starts_at=invited.starts_at,
        ends_at=invited.ends_at,
        place=invited.place,
        address=None,
        contractor=invited.asking.name,
        kind=None,
        pool=edition.rules.pools[0].name,
        pay_cents_per_hour=invited.pay_cents_per_hour,
        minimum_minutes=invited.minimum_minutes,
        instructions="",
        contact_name=None,
        contact_number=None,
        ranks=invited.ranks,
        qualifications=invited.qualifications,
        unit=None,
        slots=1,
        posting_id=None,
        posting_state=None,
        posted_at=invited.invited_at,
        closes_at=invited.answer_due_at,
        award_at=None,
        method="first_come",
        band="",
        free=1,
        site_ref="",
        contractor_ref="",
        area=None,
    )
