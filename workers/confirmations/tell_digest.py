"""The hour of an officer's one text: of what waited he is told what he may still sign up for."""

from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.facts import gather, refusal
from models.awarding.signing_up.signup import is_open
from models.awarding.telling.mine import holdings
from models.details.opening import openings_by_id
from models.line.consent import consenting
from models.line.telling_choice import take_waiting
from models.people.department import department
from models.people.handbook import current
from models.people.officer import officer
from models.session import Work
from workers.telling import tell

MOST_LINES = 5


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text for all of it; the text of a single detail where it is only one."""
    where, who = department(work, department_id), officer(work, department_id, duty.subject_id)
    waiting = openings_by_id(work, department_id, take_waiting(work, department_id, who.id))
    his = {held.opening.id for held in holdings(work, who)}
    still = [each for each in waiting if is_open(each, work) and each.id not in his]
    if not still or who.id not in consenting(work, department_id, [who.id]):
        return
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    facts = gather(work, where, edition, still, [who.id])
    news = sorted((each for each in still if refusal(facts, who.id, each) is None), key=lambda each: each.starts_at)
    if len(news) == 1:
        tell(work, where, who, "posting.new", news[0].told(), ("opening", news[0].id))
    elif news:
        lines = [each.told() for each in news[:MOST_LINES]]
        more = max(len(news) - MOST_LINES, 0)
        tell(work, where, who, "telling.digest_news", {"count": len(news), "openings": lines, "more": more})
