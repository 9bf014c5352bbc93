"""Whom a new detail is announced to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from models.awarding.deciding.facts import eligible_officers, gather
from models.awarding.deciding.listing import list_first_come
from models.details.opening import Opening
from models.line.consent import consenting
from models.line.mail_choice import mailed_news
from models.people.department import Department
from models.people.handbook import Edition
from models.rules.asking.staging import stage_of
from models.rules.facts import OfficerFacts
from models.session import Work
from models.tables import sql


@dataclass(frozen=True, slots=True)
class Audience:
    """All who may take an opening, and of them those who are told in the stage asked for, by id.

    `texted` are those who agreed to be texted of our own accord; who did not is told by mail alone.
    """

    eligible: tuple[int, ...]
    told: tuple[int, ...]
    texted: frozenset[int]

    def without(self, known: Collection[int]) -> "Audience":
        """But for these officers."""
        eligible, told = (tuple(each for each in ids if each not in known) for ids in (self.eligible, self.told))
        return Audience(eligible, told, self.texted)


def audiences_of(
    work: Work, department: Department, edition: Edition, openings: Sequence[Opening], stage: int
) -> dict[int, Audience]:
    """Who is told of each opening in this stage: may sign up by the facts of now, agreed to be texted or wants news
    mailed, and is in no earlier stage. Who did neither still finds the detail when he asks for the list. Of what goes
    first come the facts of the first stage are kept: who is not told does not come.
    """
    facts = gather(work, department, edition, openings, None)
    for about in openings:
        if stage == 0 and about.method == "first_come":
            list_first_come(work, department.id, "announced", edition, about.id, facts)
    officers = {each.id: each for each in facts.officers}
    eligible = eligible_officers(facts, openings)
    everybody = sorted({one for found in eligible.values() for one in found})
    texted = frozenset(consenting(work, department.id, everybody))
    willing = texted | mailed_news(work, department.id, everybody)
    return {
        about.id: Audience(
            tuple(eligible[about.id]),
            tuple(
                each
                for each in eligible[about.id]
                if each in willing and _stage(edition, department, officers[each], about) == stage
            ),
            texted,
        )
        for about in openings
    }


def know_of(work: Work, department_id: int, opening_id: int) -> set[int]:
    """The officers who were told of the opening, will be, or have signed up for it once."""
    rows = work.conn.execute(
        sql(
            "select f.id from message_out m join officer f on f.department_id = :d and f.person_id = m.person_id"
            " where m.department_id = :d and m.subject_kind = 'opening' and m.subject_id = :opening"
            " union select officer_id from mail_out"
            " where department_id = :d and subject_kind = 'opening' and subject_id = :opening"
            " union select officer_id from news_waiting where department_id = :d and opening_id = :opening"
            " union select officer_id from signup where department_id = :d and opening_id = :opening"
        ),
        {"d": department_id, "opening": opening_id},
    )
    return set(rows.scalars())


def _stage(edition: Edition, department: Department, officer: OfficerFacts, about: Opening) -> int | None:
    last_day = (about.ends_at - timedelta(minutes=1)).astimezone(department.zone).date()
    return stage_of(edition.rules.telling.stages, officer, about.unit, last_day)
