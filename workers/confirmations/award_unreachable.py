"""Our text about an award did not arrive, however often it was tried: it goes to another number of his, or by mail
where he wants mails; he is called; else the next is asked. Never a refusal.
"""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.confirmation import end_award, set_answer_due
from models.details.opening import opening
from models.line import duty as duties
from models.line.hand_off import hand_off
from models.line.outbound_call import calls_about
from models.people.department import Department, department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.time.timing import answer_due_at
from models.session import Work
from models.working.assignment import Assignment, assignment
from workers.next_channel import reaches_him_by
from workers.place_kept import place_kept
from workers.reminding import call_instead
from workers.ringing import is_being_called, ring_up
from workers.telling import tell
from workers.tries import tries, was_told_by_call


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Have him called where the handbook says so; where that, another number or a mail tells him, he has his time to
    answer. Else pass the slot on, and tell him that he keeps what he may keep.

    Tries again are the text's own (bot/delivery/failures.py): this is due only when they are used up.
    """
    held = assignment(work, department_id, duty.subject_id)
    where = department(work, department_id)
    if held.state not in ("awarded", "confirmed"):
        return
    who = officer(work, department_id, held.officer_id)
    by = reaches_him_by(work, where, who, ("assignment", held.id), duty.fence)
    if by == "text":
        _let_him_answer(work, where, held)
    elif held.state == "awarded":
        if _is_called_instead(work, where, held):
            return
        (_pass_on if by == "none" else _let_him_answer)(work, where, held)
    # He was ordered in and does not know it; a mail may be read too late.
    elif not call_instead(work, where, held, who, "award.ordered_in"):
        hand_off(work, department_id, "officer_cannot_be_texted", urgent=True, person_id=held.person_id)


def _is_called_instead(work: Work, where: Department, held: Assignment) -> bool:
    """Whether a call tells him, or has told him. Then his time to answer begins when his phone rings."""
    if is_being_called(work, where.id, "award", held.id) or was_told_by_call(work, where.id, "award", held.id):
        return True
    rules = edition(work, where.id, held.handbook_id).rules
    if not rules.calls.when_texts_fail or calls_about(work, where.id, "award", held.id):
        return False
    who = officer(work, where.id, held.officer_id)
    rings_at = ring_up(work, where, who, rules.calls, "award", held.id, held.starts_at, held.starts_at)
    if rings_at is None:
        return False
    due_at = answer_due_at(rules, rings_at, held.starts_at, opening(work, where.id, held.opening_id).band)
    set_answer_due(work, where.id, held.id, due_at)
    duties.plan(work, where.id, "lapse_award", held.id, due_at, fence=due_at.isoformat())
    return True


def _let_him_answer(work: Work, where: Department, held: Assignment) -> None:
    """What he has time for is looked at again when it is over (lapse_award), from when he was really told."""
    if held.state == "awarded" and held.answer_due_at is None:
        band = opening(work, where.id, held.opening_id).band
        due_at = answer_due_at(edition(work, where.id, held.handbook_id).rules, work.now, held.starts_at, band)
        set_answer_due(work, where.id, held.id, due_at)
        duties.plan(work, where.id, "lapse_award", held.id, due_at, fence=due_at.isoformat())


def _pass_on(work: Work, where: Department, held: Assignment) -> None:
    tried = tries(work, where.id, "award", held.id)
    verb, prompt = ("lapse", "award.lapsed") if tried.reached_him else ("lose_contact", "award.unreachable")
    if end_award(work, where, held.id, verb, tried.outcome, channel=tried.channel):
        about = opening(work, where.id, held.opening_id)
        is_kept = assignment(work, where.id, held.id).charged_turns == 0
        left = place_kept(work, where.id, held.officer_id, held.pool, is_kept)
        tell(work, where, officer(work, where.id, held.officer_id), prompt, {**about.told(), **left})
