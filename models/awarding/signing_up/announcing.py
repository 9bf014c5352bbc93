"""Whom a new detail is announced to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from models.awarding.deciding.facts import eligible_officers, gather
from models.awarding.deciding.listing import list_first_come
from models.details.opening import Opening
from models.line.consent import consenting
from models.people.department import Department
from models.people.handbook import Edition
from models.rules.asking.staging import stage_of
from models.rules.facts import OfficerFacts
from models.session import Work


@dataclass(frozen=True, slots=True)
class Audience:
    """All who may take an opening, and of them those who are told in the stage asked for, by id."""

    eligible: tuple[int, ...]
    told: tuple[int, ...]


def audiences_of(
    work: Work, department: Department, edition: Edition, openings: Sequence[Opening], stage: int
) -> dict[int, Audience]:
    """Who is told of each opening in this stage: may sign up by the facts of now, agreed to be texted, and is in no
    earlier stage. Who gave no consent still finds the detail when he asks for the list. Of what goes first come the
    facts of the first stage are kept: who is not told does not come.
    """
    facts = gather(work, department, edition, openings, None)
    for about in openings:
        if stage == 0 and about.method == "first_come":
            list_first_come(work, department.id, "announced", edition, about.id, facts)
    officers = {each.id: each for each in facts.officers}
    eligible = eligible_officers(facts, openings)
    willing = consenting(work, department.id, sorted({one for found in eligible.values() for one in found}))
    return {
        about.id: Audience(
            tuple(eligible[about.id]),
            tuple(
                each
                for each in eligible[about.id]
                if each in willing and _stage(edition, department, officers[each], about) == stage
            ),
        )
        for about in openings
    }


def _stage(edition: Edition, department: Department, officer: OfficerFacts, about: Opening) -> int | None:
    last_day = (about.ends_at - timedelta(minutes=1)).astimezone(department.zone).date()
    return stage_of(edition.rules.telling.stages, officer, about.unit, last_day)
