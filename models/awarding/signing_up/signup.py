"""Signups: interest in an opening, not a promise; what comes of it the award decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.facts import advice, gather, opening_facts, read_standing, refusal
from models.awarding.signing_up.first_come import held_slot, refuse_early, take_slot
from models.details.opening import Opening
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer
from models.proof import event
from models.rules.awarding.entry import may_enter
from models.rules.facts import AwardFacts, SignupFacts
from models.rules.orders.placing import PlaceNow, place_now
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import Timestamp, of_department, sql

signups = of_department(
    "signup",
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("preference", sa.Integer),
    sa.Column("signed_up_at", Timestamp),
    sa.Column("withdrawn_at", Timestamp),
)

# What began longer ago takes no sign-up; an officer's years of them are not read for each new one.
LONG_BEGUN = timedelta(days=7)

# The posting is held until the signup is committed, so that no award can overlook it; a posting that was closed or
# awarded while we waited for it takes none.
_SIGN_UP = """
with open_ones as (
    select o.id from opening o join posting p on p.department_id = o.department_id and p.detail_id = o.detail_id
     where o.department_id = :d and o.id = any (:openings) and p.state = 'open' for share of p
)
insert into signup (department_id, opening_id, officer_id, preference, signed_up_at)
select :d, w.opening_id, :o, w.preference, :now
  from unnest(cast(:openings as bigint[]), cast(:preferences as integer[])) as w (opening_id, preference)
 where w.opening_id in (select id from open_ones)
returning id, opening_id
"""

_BEFORE_AWARD = """
exists (select from opening o join posting p on p.department_id = o.department_id and p.detail_id = o.detail_id
         where o.department_id = signup.department_id and o.id = signup.opening_id
           and p.state in ('open', 'closed'))
"""


@dataclass(frozen=True, slots=True)
class SignupAnswer:
    """What became of one sign-up: signed_up, already, closed, by_list (there is none), or ineligible with the refusal.

    `advice` is a rule that stands against it and binds from the award only, or never.
    Where slots go first come: taken (it is his), yours (it was already), gone, committed, or ineligible.
    """

    opening: Opening
    outcome: str
    refusal: Verdict | None = None
    preference: int | None = None
    place: PlaceNow | None = None
    advice: Verdict | None = None


def sign_up(
    work: Work,
    department: Department,
    edition: Edition,
    officer: Officer,
    wanted: Sequence[Opening],
    *,
    tells_place: bool = True,
) -> list[SignupAnswer]:
    """Sign the officer up for each of `wanted` that is open to him; several at once are meant in order of preference.
    Of a single one he learns where he stands by the award's own order, as things are now, if it `tells_place`.

    Eligibility here is advice, early and with figures: the award judges again on the facts of its day.
    """
    standing, highest = _standing(work, officer)
    ranked = len(wanted) > 1
    tells_place = tells_place and not ranked
    others = read_standing(work, department.id, [wanted[0].id]) if tells_place else None
    times_entry = edition.rules.awarding.times_entry
    concerned = None if times_entry else _concerned(officer, others)
    facts = gather(work, department, edition, wanted, concerned, others)
    answers: list[SignupAnswer] = []
    for opening in wanted:
        if opening.method == "first_come":
            if any(each.outcome == "taken" for each in answers):
                facts = gather(work, department, edition, wanted, _concerned(officer, others), others)
            answers.append(_take(work, department, edition, officer, opening, facts))
            continue
        outcome, why = _judge(work, opening, standing, facts, officer)
        highest += outcome == "signed_up" and ranked
        told = advice(facts, officer.id, opening) if outcome == "signed_up" else None
        preference = highest if ranked and outcome == "signed_up" else None
        answers.append(SignupAnswer(opening, outcome, why, preference, advice=told))
        standing.add(opening.id)
    written = _write(work, officer, [answer for answer in answers if answer.outcome == "signed_up"])
    answers = [_closed_meanwhile(answer, written) for answer in answers]
    return [_with_place(answer, facts, officer, work) for answer in answers] if tells_place else answers


def withdraw(work: Work, officer: Officer, opening_id: int) -> bool:
    """Take the signup back; False when there was none, or its award is made. The record of it stays."""
    signup_id = work.conn.execute(
        sa.update(signups)
        .where(
            signups.c.department_id == officer.department_id,
            signups.c.opening_id == opening_id,
            signups.c.officer_id == officer.id,
            signups.c.withdrawn_at.is_(None),
            sql(_BEFORE_AWARD),
        )
        .values(withdrawn_at=work.now)
        .returning(signups.c.id)
    ).scalar_one_or_none()
    if signup_id is None:
        return False
    event.record(
        work,
        officer.department_id,
        "signup_withdrawn",
        "signup",
        signup_id,
        officer_id=officer.id,
        opening_id=opening_id,
    )
    return True


def is_open(opening: Opening, work: Work) -> bool:
    """Whether one may sign up for the opening now."""
    return opening.posting_state == "open" and opening.closes_at is not None and work.now < opening.closes_at


def was_signed_up(work: Work, officer: Officer, opening_id: int) -> bool:
    """Whether the officer is signed up for the opening, or was and took it back."""
    found = sa.select(signups.c.id).where(
        signups.c.department_id == officer.department_id,
        signups.c.opening_id == opening_id,
        signups.c.officer_id == officer.id,
    )
    return work.conn.execute(sa.select(found.exists())).scalar_one()


def _concerned(officer: Officer, others: sa.Row[Any] | None) -> list[int]:
    """Whose facts are read: the officer's, and of those who signed up before him."""
    signed_up = (one[0] for one in (others.signups or ())) if others else ()
    return sorted({officer.id, *signed_up})


def _with_place(answer: SignupAnswer, facts: AwardFacts, officer: Officer, work: Work) -> SignupAnswer:
    opening = answer.opening
    if answer.outcome not in ("signed_up", "already") or opening.award_at is None:
        return answer
    if answer.outcome == "signed_up":
        facts = replace(facts, signups=(*facts.signups, SignupFacts(officer.id, opening.id, work.now)))
    return replace(answer, place=place_now(facts, officer.id, opening.id, opening.award_at))


def _take(
    work: Work, department: Department, edition: Edition, officer: Officer, opening: Opening, facts: AwardFacts
) -> SignupAnswer:
    """First come: he has it at once, or hears why not."""
    if held_slot(facts, officer.id, opening.id):
        return SignupAnswer(opening, "yours")
    early = _before_his_turn(facts, officer.id, opening.id)
    if early is not None:
        refuse_early(work, department.id, edition, officer, opening, facts)
        return SignupAnswer(opening, "ineligible", early)
    found = take_slot(work, department, edition, officer, opening, replace(facts, openings=(opening_facts(opening),)))
    return SignupAnswer(opening, found.outcome, found.refusal)


def _judge(
    work: Work, opening: Opening, standing: set[int], facts: Any, officer: Officer
) -> tuple[str, Verdict | None]:
    if opening.id in standing:
        return "already", None
    if not is_open(opening, work):
        return ("by_list" if opening.goes_down_a_list else "closed"), None
    why = refusal(facts, officer.id, opening, "signup") or _before_his_turn(facts, officer.id, opening.id)
    return ("ineligible", why) if why else ("signed_up", None)


def _before_his_turn(facts: AwardFacts, officer_id: int, opening_id: int) -> Verdict | None:
    found = may_enter(facts, officer_id, opening_id)
    return None if found.is_eligible else found


def _standing(work: Work, officer: Officer) -> tuple[set[int], int]:
    """The openings not long over that the officer is signed up for, and the highest preference given among them."""
    rows = work.conn.execute(
        sql(
            "select s.opening_id, s.preference from opening o"
            " join signup s on s.department_id = o.department_id and s.opening_id = o.id"
            " where o.department_id = :d and o.starts_at > :since and s.officer_id = :o and s.withdrawn_at is null"
        ),
        {"d": officer.department_id, "o": officer.id, "since": work.now - LONG_BEGUN},
    ).all()
    return {row.opening_id for row in rows}, max((row.preference or 0 for row in rows), default=0)


def _write(work: Work, officer: Officer, answers: Sequence[SignupAnswer]) -> set[int]:
    """Write the signups; returns the openings of those whose posting has not been closed or awarded meanwhile."""
    if not answers:
        return set()
    written = work.conn.execute(
        sql(_SIGN_UP),
        {
            "d": officer.department_id,
            "o": officer.id,
            "now": work.now,
            "openings": [answer.opening.id for answer in answers],
            "preferences": [answer.preference for answer in answers],
        },
    ).all()
    for row in written:
        event.record(
            work,
            officer.department_id,
            "officer_signed_up",
            "signup",
            row.id,
            officer_id=officer.id,
            opening_id=row.opening_id,
        )
    return {row.opening_id for row in written}


def _closed_meanwhile(answer: SignupAnswer, written: set[int]) -> SignupAnswer:
    if answer.outcome != "signed_up" or answer.opening.id in written:
        return answer
    return SignupAnswer(answer.opening, "closed")
