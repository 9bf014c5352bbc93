"""Asking for slots: one came free after the award, its holder gives it back, or its posting goes down a list."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from models.awarding.asking import call_out as call_outs
from models.awarding.asking.call_out import CallOut, due_at
from models.awarding.asking.contact import note_skipped
from models.awarding.asking.invitation import invite
from models.awarding.asking.offer import make_offer, open_offers, withdraw_where_taken
from models.awarding.asking.vacancy import Vacancy, vacancies
from models.awarding.deciding.facts import gather
from models.awarding.deciding.listing import list_call_out
from models.awarding.deciding.ordering_in import plan_orders
from models.awarding.telling.contractor_news import plan_news
from models.details.opening import Opening, opening_of_slot
from models.line import duty
from models.line.consent import not_consenting
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import current
from models.proof import event
from models.rules.asking.replacement import Candidate, ReplacementOrder, replacement_order
from models.session import Work
from models.tables import sql
from models.working.assignment import assignment
from models.working.assignment_drop import keep_assignment


def ask_next(work: Work, department: Department, slot_id: int, is_admitted: bool = False) -> int:
    """Offer the opening's free slots to the next officers, so many at once as the rule says; returns how many it asked.

    `is_admitted`: it is a supervisor's slot that has just turned ordinary.

    When nobody is left to ask for this slot and no offer of it is open, a person is told that it stands empty.
    """
    about = opening_of_slot(work, department.id, slot_id)
    vacant = vacancies(work, department.id, about.id)
    found = call_outs.running(work, department.id, about.id)
    if found is None and all(each.slot_id != slot_id for each in vacant):
        return 0
    if found is None:
        holds = current(work, department.id, work.now.astimezone(department.zone).date())
        found = call_outs.begin(work, department, about, holds, is_admitted)
    if not vacant:
        call_outs.end(work, found, "fill")
        return 0
    if _is_over(work, found, about):
        return _run_out(work, department, found, about, vacant, slot_id)
    return _ask(work, department, found, about, vacant, slot_id)


def stop_looking(work: Work, department_id: int, assignment_id: int) -> bool:
    """The officer keeps what he wanted to give back, and who was asked to take it is told; False when it is taken.

    The slots first, as whoever takes one does: the two never wait crosswise.
    """
    opening_id = assignment(work, department_id, assignment_id).opening_id
    vacancies(work, department_id, opening_id)
    if not keep_assignment(work, department_id, assignment_id):
        return False
    withdraw_where_taken(work, department_id, opening_id)
    return True


def standbys_of(work: Work, department_id: int, opening_id: int) -> list[int]:
    """The standbys of the opening's award, first to last."""
    rows = work.conn.execute(
        sql(
            "select officer_id from verdict where department_id = :d and opening_id = :o and outcome = 'standby'"
            " order by award_id desc, place"
        ),
        {"d": department_id, "o": opening_id},
    )
    return list(rows.scalars())


def _is_over(work: Work, found: CallOut, about: Opening) -> bool:
    return due_at(found, 0, work.now, about.starts_at) <= work.now


def _run_out(
    work: Work, department: Department, found: CallOut, about: Opening, vacant: Sequence[Vacancy], slot_id: int
) -> int:
    """Its time is over: who was asked and has not answered is told that it is gone."""
    call_outs.end(work, found, "run_out")
    if found.ends_at is not None and work.now >= found.ends_at:
        withdraw_where_taken(work, found.department_id, found.opening_id, whether_free=True)
    _end(work, department, found, about, vacant, slot_id)
    return 0


def _ask(
    work: Work, department: Department, found: CallOut, about: Opening, vacant: Sequence[Vacancy], slot_id: int
) -> int:
    waiting = open_offers(work, department.id, about.id)
    wanted = found.asking.at_once * len(vacant) - len(waiting)
    wanted = _spaced(work, found, slot_id, wanted)
    if wanted <= 0:
        return 0
    order, keep = _order(work, department, found, about)
    chosen = _willing(work, department.id, found, order)[:wanted]
    if chosen:
        note_skipped(work, department.id, found.edition.rules, about, slot_id, order.skipped)
    expires_at = due_at(found, 0, work.now, about.starts_at)
    listing_id = keep() if chosen or found.asked_at is None else None
    for one, vacancy in zip(chosen, _emptiest(vacant, waiting), strict=False):
        make_offer(
            work,
            department.id,
            vacancy.slot_id,
            about.id,
            one.officer_id,
            expires_at,
            found.edition.id,
            vacancy.drop_id,
            found.id,
            listing_id=listing_id,
            counted_in=one.counter,
        )
    if chosen:
        call_outs.note_asked(work, found)
    elif not waiting:
        call_outs.end(work, found, "exhaust")
    if not chosen and slot_id not in waiting:
        _end(work, department, found, about, vacant, slot_id)
    return len(chosen)


def _willing(work: Work, department_id: int, found: CallOut, order: ReplacementOrder) -> list[Candidate]:
    """Who may be told of it: the standbys, who asked for it, and of all others those who agreed to be texted; where
    officers are called first, everybody.

    Who has no number that can be texted stays: a person is asked to call him.
    """
    others = [one.officer_id for one in order.candidates if one.via == "everyone"]
    needs_consent = others and not found.asking.begins_by_call
    unasked = not_consenting(work, department_id, others) if needs_consent else set()
    return [one for one in order.candidates if one.via == "standby" or one.officer_id not in unasked]


def _spaced(work: Work, found: CallOut, slot_id: int, wanted: int) -> int:
    """How many are asked now; where time lies between two askings one, and the next is planned."""
    gap = timedelta(seconds=found.asking.ladder.seconds_between)
    if not gap or wanted <= 0:
        return wanted
    next_at = work.now + gap if found.asked_at is None else found.asked_at + gap
    is_time = found.asked_at is None or next_at <= work.now
    due = work.now + gap if is_time else next_at
    if wanted > 1 or not is_time:
        duty.plan(work, found.department_id, "fill_slot", slot_id, due, fence=f"call-out {due.isoformat()}")
    return 1 if is_time else 0


def _emptiest(vacant: Sequence[Vacancy], waiting: Sequence[int]) -> Iterator[Vacancy]:
    """The vacancies in turn, those first for which fewest are being asked."""
    asked = {each.slot_id: waiting.count(each.slot_id) for each in vacant}
    while True:
        least = min(vacant, key=lambda each: asked[each.slot_id])
        asked[least.slot_id] += 1
        yield least


def _order(
    work: Work, department: Department, found: CallOut, about: Opening
) -> tuple[ReplacementOrder, Callable[[], int]]:
    """The list, and what keeps it where somebody is asked by it."""
    facts = gather(work, department, found.edition, [about], None)
    standbys, never = standbys_of(work, department.id, about.id), _never(work, department.id, about.id)
    order = replacement_order(facts, about.id, standbys, never, found.asking)
    return order, lambda: list_call_out(work, found, facts, standbys, never)


def _never(work: Work, department_id: int, opening_id: int) -> set[int]:
    """Who is not asked: who was before, and who gave this opening up."""
    rows = work.conn.execute(
        sql(
            "select officer_id from offer where department_id = :d and opening_id = :o and state <> 'withdrawn'"
            " union select officer_id from assignment where department_id = :d and opening_id = :o"
        ),
        {"d": department_id, "o": opening_id},
    )
    return set(rows.scalars())


def _end(
    work: Work, department: Department, found: CallOut, about: Opening, vacant: Sequence[Vacancy], slot_id: int
) -> None:
    """Nobody is left to ask for this slot: neighbouring departments are invited, then officers are ordered in, where
    the handbook says so; else a person decides.
    """
    if about.turns_ordinary_at is not None and about.turns_ordinary_at <= work.now:
        duty.plan(work, department.id, "turn_ordinary", about.id, work.now, fence=f"nobody {work.now.isoformat()}")
        return
    empty = {each.slot_id for each in vacant if each.drop_id is None}
    if slot_id in empty and invite(work, department, found.edition, about, slot_id):
        return
    if slot_id in empty and plan_orders(work, department, found.edition, about):
        return
    if any(each.slot_id == slot_id for each in vacant):
        event.record(work, found.department_id, "slot_not_filled", "slot", slot_id, opening_id=found.opening_id)
        hand_off(work, found.department_id, "slot_not_filled", urgent=True, slot=slot_id)
        decided = f"slot {slot_id}, call-out {found.id}, {work.now.isoformat()}"
        plan_news(work, department.id, found.edition.rules, about.id, about.starts_at, decided)
