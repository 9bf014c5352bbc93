"""Another department asks for an officer: tell those of ours who may go, in their own department's name.

Who has quiet hours is told when they are over, as long as he may still answer then.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.invitation import Invitation, invitation
from models.awarding.asking.lending import is_to_be_had, turn_of, who_may_take
from models.line import duty as duties
from models.line.telling_choice import choices_of
from models.people.department import Department, department
from models.people.handbook import Edition, current
from models.people.officer import officers_by_id
from models.rules.asking.telling import Choice, News, when_to_tell
from models.session import Work
from workers.telling import tell

_ONE = "officer "
_TURN = "turn "


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Text each of them once, all together or in turn, or the one whose turn or the end of whose quiet hours has come;
    the first who takes it has it.
    """
    invited = invitation(work, department_id, duty.subject_id)
    if work.now >= invited.answer_due_at:
        return
    where = department(work, department_id)
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    told = who_may_take(work, where, edition, invited)
    if duty.fence.startswith((_ONE, _TURN)):
        told = [each for each in told if duty.fence in (_fence(each, invited), turn_of(each, invited))]
    elif edition.rules.neighbours.lend_order:
        _plan_turns(work, edition, invited, told)
        return
    if edition.rules.neighbours.lend_order and not is_to_be_had(work, invited):
        return
    _tell(work, where, edition, invited, told)


def _plan_turns(work: Work, edition: Edition, invited: Invitation, in_order: list[int]) -> None:
    """Plan when each of them is told: also beyond the time to answer, so that nobody comes before his turn."""
    apart = timedelta(minutes=edition.rules.neighbours.lend_minutes_apart)
    for place, officer_id in enumerate(in_order):
        at, fence = work.now + place * apart, turn_of(officer_id, invited)
        duties.plan(work, invited.department_id, "tell_invitation", invited.id, at, fence=fence)


def _tell(work: Work, where: Department, edition: Edition, invited: Invitation, officer_ids: list[int]) -> None:
    chosen = choices_of(work, where.id, officer_ids)
    news = News(invited.starts_at, invited.answer_due_at, is_first_come=True)
    for who in officers_by_id(work, where.id, officer_ids).values():
        when = when_to_tell(edition.rules.telling, chosen.get(who.id, Choice()), news, work.now, where.zone)
        if when.what == "now":
            tell(work, where, who, "invitation.made", invited.told())
        elif when.at is not None:
            duties.plan(work, where.id, "tell_invitation", invited.id, when.at, fence=_fence(who.id, invited))


def _fence(officer_id: int, invited: Invitation) -> str:
    return f"{_ONE}{officer_id} {invited.answer_due_at.isoformat()}"
