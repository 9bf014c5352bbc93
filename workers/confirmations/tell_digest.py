"""The hour of an officer's one text: of what waited he is told what he may still sign up for."""

from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.facts import gather, refusal
from models.awarding.signing_up.signup import is_open
from models.awarding.telling.mine import holdings
from models.details.opening import openings_by_id
from models.line.consent import consenting
from models.line.mail_choice import MailChoice, mail_choice
from models.line.mail_out import DIGEST
from models.line.telling_choice import BY_TEXT, take_waiting
from models.people.department import department
from models.people.handbook import current
from models.people.officer import Officer, officer
from models.rules.asking.telling import Ways
from models.session import Work
from workers.news import Bulletin, ways_for

MOST_LINES = 5


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text or mail for all of it; that of a single detail where it is only one."""
    where, who = department(work, department_id), officer(work, department_id, duty.subject_id)
    waiting = openings_by_id(work, department_id, take_waiting(work, department_id, who.id))
    his = {held.opening.id for held in holdings(work, who)}
    still = [each for each in waiting if is_open(each, work) and each.id not in his]
    chosen = mail_choice(work, department_id, who.id) if work.mails else None
    ways = _ways(work, who, chosen, duty.fence)
    if not still or not (ways.text or ways.mail):
        return
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    facts = gather(work, where, edition, still, [who.id])
    news = sorted((each for each in still if refusal(facts, who.id, each) is None), key=lambda each: each.starts_at)
    if len(news) == 1:
        bulletin = Bulletin(work, where, "posting.new", news[0].told(), ("opening", news[0].id))
        bulletin.tell(who, ways, chosen)
    elif news:
        lines = [each.told() for each in news[:MOST_LINES]]
        more = max(len(news) - MOST_LINES, 0)
        values = {"count": len(news), "openings": lines, "more": more}
        Bulletin(work, where, "telling.digest_news", values, (DIGEST, who.id)).tell(who, ways, chosen)


def _ways(work: Work, who: Officer, chosen: MailChoice | None, fence: str) -> Ways:
    """As he chose; by text alone what a mail could not tell him."""
    texts_agreed = who.id in consenting(work, who.department_id, [who.id])
    if fence.startswith(BY_TEXT):
        return Ways(text=texts_agreed, mail=False)
    return ways_for(chosen, texts_agreed=texts_agreed)
