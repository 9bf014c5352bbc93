"""A detail was posted: who may take it and has agreed to be texted, or wants news mailed, is told, in the stages the
handbook has.

Whose standing order asks for it is signed up first. Who has quiet hours or one text a day is told later.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.signing_up.announcing import Audience, audiences_of, know_of
from models.awarding.signing_up.signup import is_open
from models.awarding.signing_up.standing_order import CarriedOut, carry_out
from models.details.opening import Opening, opening, openings_of_posting
from models.line import duty as duties
from models.line.mail_choice import mail_choices
from models.line.telling_choice import choices_of, put_off
from models.people.department import Department, department
from models.people.handbook import Edition, current
from models.people.officer import officers_by_id
from models.rules.asking.telling import Choice, News, when_to_tell
from models.session import Work
from workers.by_order import tell_by_order
from workers.news import Bulletin, ways_for

LATER_STAGE = "stage "
ONE_OPENING = "opening "
ADMITS = "admits "


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell one stage of the posting's openings, or of one that came later, or those whom one admits now.

    The first plans the stages to come.
    """
    where = department(work, department_id)
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    if duty.fence.startswith(ADMITS):
        _announce_to_admitted(work, where, edition, opening(work, department_id, int(duty.fence.removeprefix(ADMITS))))
        return
    stage = int(duty.fence.removeprefix(LATER_STAGE)) if duty.fence.startswith(LATER_STAGE) else 0
    if stage == 0 and not duty.fence:
        _plan_later_stages(work, where, edition, duty.subject_id)
    openings = [
        each
        for each in openings_of_posting(work, department_id, duty.subject_id)
        if not duty.fence.startswith(ONE_OPENING) or duty.fence == f"{ONE_OPENING}{each.id}"
    ]
    audiences = audiences_of(work, where, edition, openings, stage)
    eligible = {opening_id: found.eligible for opening_id, found in audiences.items()}
    signed_up = carry_out(work, where, edition, eligible, openings) if stage == 0 else {}
    for about in openings:
        if stage == 0 or is_open(about, work):
            _announce(work, where, edition, about, audiences[about.id], signed_up.get(about.id, ()))


def _announce_to_admitted(work: Work, where: Department, edition: Edition, about: Opening) -> None:
    """More officers may sign up for it than could: of the stages that have begun who does not know of it is told."""
    if not is_open(about, work):
        return
    known = know_of(work, where.id, about.id)
    for stage in _stages_begun(work, edition, about):
        new = audiences_of(work, where, edition, [about], stage)[about.id].without(known)
        signed_up = carry_out(work, where, edition, {about.id: new.eligible}, [about]) if stage == 0 else {}
        _announce(work, where, edition, about, new, signed_up.get(about.id, ()))


def _stages_begun(work: Work, edition: Edition, about: Opening) -> list[int]:
    since = work.now - (about.posted_at or work.now)
    begun = (
        number for number, each in enumerate(edition.rules.telling.stages) if since >= timedelta(hours=each.hours_after)
    )
    return [*begun] or [0]


def _plan_later_stages(work: Work, where: Department, edition: Edition, posting_id: int) -> None:
    for number, stage in enumerate(edition.rules.telling.stages):
        if number:
            due_at = work.now + timedelta(minutes=round(stage.hours_after * 60))
            duties.plan(work, where.id, "announce_posting", posting_id, due_at, fence=f"{LATER_STAGE}{number}")


def _announce(
    work: Work,
    where: Department,
    edition: Edition,
    about: Opening,
    found: Audience,
    carried_out: Sequence[CarriedOut],
) -> None:
    by_order = tell_by_order(work, where, about, carried_out)
    _tell(work, where, edition, about, [each for each in found.told if each not in by_order], found.texted)


def _tell(
    work: Work, where: Department, edition: Edition, about: Opening, officer_ids: list[int], texted: frozenset[int]
) -> None:
    chosen = choices_of(work, where.id, officer_ids)
    mailed = mail_choices(work, where.id, officer_ids) if work.mails else {}
    officers = officers_by_id(work, where.id, officer_ids)
    news = News(about.starts_at, about.closes_at or about.starts_at, about.method == "first_come")
    prompt = "posting.first_come" if news.is_first_come else "posting.new"
    bulletin = Bulletin(work, where, prompt, about.told(), ("opening", about.id))
    for officer_id in officer_ids:
        when = when_to_tell(edition.rules.telling, chosen.get(officer_id, Choice()), news, work.now, where.zone)
        if when.what == "now":
            mail = mailed.get(officer_id)
            ways = ways_for(mail, texts_agreed=officer_id in texted, is_first_come=news.is_first_come)
            bulletin.tell(officers[officer_id], ways, mail)
        elif when.at is not None:
            put_off(work, where.id, officer_id, about.id, when.at)
