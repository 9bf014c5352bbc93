"""What an emergency sets going, and what its end stops."""

import sqlalchemy as sa

from models.awarding.asking import call_out as call_outs
from models.awarding.asking.offer import withdraw_where_taken
from models.awarding.asking.vacancy import vacancies
from models.awarding.deciding.award import run_award
from models.awarding.emergencies.emergency import declared
from models.details import posting
from models.details.opening import openings_to_fill
from models.line import duty
from models.people.department import Department
from models.session import Work


def call_out_everything(work: Work, department: Department, emergency_id: int) -> int:
    """Call officers out for every free slot that the emergency covers; returns for how many openings.

    Who signed up goes first: those postings are awarded now, under the declaration. What is planned is posted now.
    """
    found = declared(work, department.id)
    if found is None or found.id != emergency_id:
        return 0
    covered = [each for each in openings_to_fill(work, department.id) if found.covers(each)]
    under_way = sorted({each.posting_id for each in covered if each.posting_id and each.posting_state != "planned"})
    run_award(work, department, posting.not_awarded(work, department.id, under_way), found.words, found.id)
    for posting_id in sorted({each.posting_id for each in covered if each.posting_id}):
        posting.open_posting(work, department.id, posting_id, calls_out=True)
    for about in covered:
        running = call_outs.running(work, department.id, about.id)
        if running is not None and running.emergency_id != emergency_id:
            call_outs.end(work, running, "supersede")
        for vacant in vacancies(work, department.id, about.id):
            duty.plan(work, department.id, "fill_slot", vacant.slot_id, work.now, fence=f"emergency {emergency_id}")
    return len(covered)


def stop_call_outs(work: Work, department_id: int, emergency_id: int) -> int:
    """Stop asking under the emergency; returns how many call-outs that were. What they filled stays."""
    rows = work.conn.execute(
        sa.select(call_outs.call_outs.c.opening_id)
        .where(
            call_outs.call_outs.c.department_id == department_id,
            call_outs.call_outs.c.emergency_id == emergency_id,
            call_outs.call_outs.c.state.in_(("running", "over")),
        )
        .distinct()
        .order_by(call_outs.call_outs.c.opening_id)
    )
    stopped = list(rows.scalars())
    for opening_id in stopped:
        vacant = vacancies(work, department_id, opening_id)
        running = call_outs.running(work, department_id, opening_id)
        if running is not None:
            call_outs.end(work, running, "run_out")
        withdraw_where_taken(work, department_id, opening_id, whether_free=True)
        for each in vacant:
            duty.plan(work, department_id, "fill_slot", each.slot_id, work.now, fence=f"after emergency {emergency_id}")
    return len(stopped)
