"""Verification: a person agrees to the hours of a detail, of the whole crew at once and not before all are out."""

from dataclasses import dataclass

from models.session import Work
from models.working import assignment as working
from models.working.crew import Member, crew_of


@dataclass(frozen=True, slots=True)
class Verified:
    """verified, waits (for whom it does), or nothing (nobody's hours are left to agree to); and whose hours those are.

    Empty `officer_ids` where nothing was verified.
    """

    outcome: str
    waits_for: tuple[Member, ...] = ()
    officer_ids: tuple[int, ...] = ()


def verify_detail(work: Work, department_id: int, detail_id: int, by: str, reason: str) -> Verified:
    """Agree to what everybody of the detail has on record, unless the crew still waits for one."""
    crew = crew_of(work, department_id, [detail_id])
    waits_for = tuple(each for each in crew if each.is_waited_for)
    if waits_for:
        return Verified("waits", waits_for)
    out = {each.assignment_id: each.officer_id for each in crew if each.state == "checked_out"}
    moved = working.LIFECYCLE.move(work, department_id, list(out), "verify")
    for assignment_id in moved:
        held = working.assignment(work, department_id, assignment_id)
        working.record(work, held, working.LIFECYCLE.arrow("verify").event, by=by, words=reason)
    return Verified("verified" if moved else "nothing", officer_ids=tuple(out[each] for each in moved))
