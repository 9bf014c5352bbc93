"""Deciding by hand: by whom the handbook allows, never by who gains by it; breaking the glass is reported at once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import current
from models.people.officer import officer_with_badge
from models.proof import event
from models.rules.by_hand import Decider, stopped_by
from models.session import Work

_WHY = {
    "allowed": "the handbook lets nobody decide by hand (by_hand.allowed)",
    "ranks": "the handbook lets only some ranks decide by hand, named by badge with --by (by_hand.ranks)",
    "own_benefit": "nobody decides what he gains by (by_hand.own_benefit)",
}


class ByHandRefused(Exception):
    """Why it may not be decided by hand, in a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class ByHandAct:
    """What is decided: `verb` as events name it, `by` a badge or a name, `gaining` the officers who gain by it."""

    verb: str
    by: str
    reason: str
    gaining: Collection[int] = ()
    break_glass: bool = False


def allow(work: Work, department: Department, act: ByHandAct) -> None:
    """Let it be decided, or raise ByHandRefused; where the glass is broken, a person is told at once."""
    clause = current(work, department.id, work.now.astimezone(department.zone).date()).rules.by_hand
    who = officer_with_badge(work, department.id, act.by)
    decider = Decider(who.rank, who.id in act.gaining) if who else Decider()
    against = stopped_by(clause, decider)
    if against is None:
        return
    if not (act.break_glass and clause.break_glass):
        hint = "; in need, --break-glass does it and reports it" if clause.break_glass else ""
        raise ByHandRefused(f"{_WHY[against]}{hint}")
    told: dict[str, Any] = {"verb": act.verb, "by": act.by, "words": act.reason, "against": against}
    event.record(
        work, department.id, "glass_broken", "department", department.id, officer_id=who.id if who else None, **told
    )
    hand_off(work, department.id, "glass_broken", person_id=who.person_id if who else None, urgent=True, **told)
