"""WHY: what came of an officer's interest in an opening, with the rule and the figures, from the award's own record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.facts import gather, refusal
from models.awarding.deciding.listing import Then, stood_then
from models.awarding.deciding.verdict import figures_of
from models.awarding.signing_up.signup import is_open
from models.details.opening import Opening
from models.people.department import Department
from models.people.handbook import Edition
from models.people.handbook import edition as edition_of
from models.people.officer import Officer
from models.rules.clauses.outcomes import OutcomeName
from models.session import Work
from models.tables import sql
from models.working.assignment import LIVE


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment the officer had for the opening, and what its end cost him by the handbook it was made under.

    `barred_until` is the end of the bar that followed, while it runs.
    """

    state: str
    by_award: bool
    keeps_turn: bool = False
    spends_turn: bool = False
    charged_minutes: int = 0
    barred_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What came of it. While it is his: `awarded`, `taken_over` when he took it after the award, or `came_first`. Once:
    `declined`, `lapsed`, `unreachable`, `dropped`, `no_show`, `cancelled` or `released`. Never his: `standby`,
    `not_awarded` or `ineligible` by the award; before that `waiting` (signed up, the award is still to come), `can` (he
    could sign up), `cannot` (with the reason); when it is over `withdrew` (in time) or `closed` (never signed up);
    first come: `can_take` or `came_late`; `refused_then` when he came and could not have it, `not_listed` when officers
    were asked and he could not be, with the reason of that time and when it was (`listed_at`).
    His without an award too: `called_out` down a list, or in an `emergency` of these `words`.
    `by_list`: officers are asked, without sign-up; `asked` is what came of his latest offer.

    `holders` are the names of those who hold the opening's slots now; `place` is his place among the standbys.
    `owed` is what came of a detail that he is owed in its place, or `none`.
    """

    outcome: str
    reason: str | None = None
    figures: dict[str, Any] | None = None
    place: int | None = None
    holders: tuple[str, ...] = ()
    signed_up: int = 0
    given: Given | None = None
    asked: str | None = None
    words: str = ""
    owed: str = "none"
    withdrawn_at: datetime | None = None
    listed_at: datetime | None = None


def why(work: Work, department: Department, edition: Edition, officer: Officer, opening: Opening) -> Why:
    """Why the officer has, or has not, this opening."""
    row = work.conn.execute(
        sql(_WHY), {"d": department.id, "opening": opening.id, "o": officer.id, "now": work.now}
    ).one()
    holders = tuple(row.holders or ())
    if row.state is not None:
        return _of_given(work, row, holders)
    if row.outcome is not None:
        return Why(row.outcome, row.reason, figures_of(row.figures), row.place, holders, row.signed_up, owed=row.owed)
    if row.is_signed_up:
        return Why("waiting", signed_up=row.signed_up)
    then = _then(work, officer, opening, row)
    if then is not None:
        outcome = "refused_then" if then.kind == "refused" else "not_listed"
        return Why(
            outcome,
            str(then.found.reason),
            dict(then.found.figures),
            holders=holders,
            signed_up=row.signed_up,
            owed=row.owed,
            listed_at=then.listed_at,
        )
    found = refusal(gather(work, department, edition, [opening], [officer.id]), officer.id, opening, "signup")
    if found is not None and found.reason is not None:
        return Why("cannot", str(found.reason), dict(found.figures), signed_up=row.signed_up)
    outcome = _not_his(work, opening)
    if outcome == "closed" and row.withdrawn_at is not None:
        outcome = "withdrew"
    return Why(
        outcome,
        holders=holders,
        signed_up=row.signed_up,
        asked=row.asked,
        owed=row.owed,
        withdrawn_at=row.withdrawn_at,
    )


def _then(work: Work, officer: Officer, opening: Opening, row: sa.Row[Any]) -> Then | None:
    """What stood against him when officers were listed, or he came, for what is given out without an award."""
    if row.asked is not None or not (opening.goes_down_a_list or opening.method == "first_come"):
        return None
    if opening.method == "first_come" and opening.free and is_open(opening, work):
        return None
    return stood_then(work, opening.department_id, opening.id, officer.id)


def _how_he_got_it(row: sa.Row[Any]) -> str:
    """Without an award: he came first, was called out, or took what came free."""
    if row.given_by_offer is None:
        return "came_first"
    if row.words is not None:
        return "emergency"
    return "called_out" if row.kind == "posting" else "taken_over"


def _not_his(work: Work, opening: Opening) -> str:
    """What he could do about it, who may take it and has no part in it."""
    if opening.method == "first_come":
        return "can_take" if opening.free and is_open(opening, work) else "came_late"
    if opening.goes_down_a_list:
        return "by_list"
    return "can" if is_open(opening, work) else "closed"


def _of_given(work: Work, row: sa.Row[Any], holders: tuple[str, ...]) -> Why:
    """He has it, or had it: that is the answer, whatever the award said to others."""
    given = _given(work, row)
    if row.state in LIVE and given.by_award:
        return Why("awarded", row.reason, figures_of(row.figures or {}), given=given, signed_up=row.signed_up)
    if row.state in LIVE:
        return Why(_how_he_got_it(row), given=given, signed_up=row.signed_up, words=row.words or "")
    return Why(row.state, holders=holders, given=given, signed_up=row.signed_up)


def _given(work: Work, row: sa.Row[Any]) -> Given:
    by_award = row.given_by_award is not None
    name = OUTCOME_OF_STATE.get(row.state)
    if name is None:
        return Given(row.state, by_award)
    # What was written down when it ended; of what was decided before contacts were, the handbook's row.
    turn = row.turn or edition_of(work, row.department_id, row.handbook_id).rules.outcomes.row(name).turn
    in_rotation = row.place_before is not None
    return Given(
        row.state,
        by_award,
        keeps_turn=in_rotation and turn == "kept",
        spends_turn=in_rotation and turn == "spent",
        charged_minutes=row.charged_minutes,
        barred_until=row.barred_until,
    )


# The handbook's name for how an assignment in this state ended.
OUTCOME_OF_STATE: dict[str, OutcomeName] = {
    "declined": "declined",
    "lapsed": "no_answer",
    "unreachable": "unreachable",
    "dropped": "dropped",
    "no_show": "no_show",
}

_WHY = """
select v.outcome, v.reason, v.figures, v.place,
       g.department_id, g.state, g.award_id as given_by_award, g.offer_id as given_by_offer,
        g.handbook_id, g.place_before, g.charged_minutes, g.turn, g.barred_until,
       h.kind, h.words,
       (select f.state from offer f where f.department_id = :d and f.opening_id = :opening and f.officer_id = :o
         order by f.id desc limit 1) as asked,
       coalesce((select x.state from owed_detail x where x.department_id = :d and x.opening_id = :opening
           and x.officer_id = :o), 'none') as owed,
       (select max(s.withdrawn_at) from signup s where s.department_id = :d and s.opening_id = :opening
           and s.officer_id = :o and s.withdrawn_at is not null) as withdrawn_at,
       exists (select from signup s where s.department_id = :d and s.opening_id = :opening and s.officer_id = :o
                and s.withdrawn_at is null) as is_signed_up,
       (select count(*) from signup s where s.department_id = :d and s.opening_id = :opening
           and s.withdrawn_at is null) as signed_up,
       (select array_agg(p.name order by a.given_at, a.id) from assignment a join person p on p.id = a.person_id
         where a.department_id = :d and a.opening_id = :opening and a.ended_at is null) as holders
  from (select 1) as one
  left join lateral (
       select outcome, reason, figures, place from verdict
        where department_id = :d and opening_id = :opening and officer_id = :o order by award_id desc limit 1
       ) v on true
  left join lateral (
       select a.department_id, a.state, a.award_id, a.offer_id, a.handbook_id, a.place_before, a.charged_minutes,
              (select c.turn from contact c where c.department_id = a.department_id and c.opening_id = a.opening_id
                  and c.officer_id = a.officer_id and c.assignment_id = a.id and a.state not in ('dropped', 'no_show')
                  and c.turn is not null order by c.id desc limit 1) as turn,
              (select max(x.until_at) from penalty x where x.department_id = a.department_id
                  and x.assignment_id = a.id and x.lifted_at is null and x.until_at > :now) as barred_until
         from assignment a
        where a.department_id = :d and a.opening_id = :opening and a.officer_id = :o order by a.id desc limit 1
       ) g on true
  left join lateral (
       select c.kind, m.words from offer f
         join call_out c on c.department_id = f.department_id and c.id = f.call_out_id
         left join emergency m on m.department_id = c.department_id and m.id = c.emergency_id
        where f.department_id = :d and f.id = g.offer_id
       ) h on true
"""
