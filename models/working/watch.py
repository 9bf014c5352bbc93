"""What is watched over a confirmed assignment: reminders before it, the alarm if nobody comes, its end."""

from datetime import datetime, timedelta

from models.awarding.telling.contractor_news import plan_news
from models.line import duty
from models.people.department import Department
from models.rules.handbook import Handbook
from models.rules.time.timing import hours_before
from models.session import Work
from models.working.place import plan_place_code


def plan_watch(
    work: Work,
    department: Department,
    rules: Handbook,
    assignment_id: int,
    opening_id: int,
    starts_at: datetime,
    ends_at: datetime,
) -> None:
    """Plan the duties that accompany the assignment to the opening; reminders whose time has passed are left out."""
    plan_news(work, department.id, rules, opening_id, starts_at, f"assignment {assignment_id}")
    for kind, at in _reminders(department, rules, starts_at):
        if at > work.now:
            duty.plan(work, department.id, kind, assignment_id, at, fence=at.isoformat())
    late = timedelta(minutes=rules.attendance.late_after_minutes)
    no_show = timedelta(minutes=rules.attendance.no_show_after_minutes)
    nudge = timedelta(minutes=rules.attendance.nudge_check_out_after_minutes)
    duty.plan(work, department.id, "alarm_late", assignment_id, starts_at + late)
    duty.plan(work, department.id, "call_no_show", assignment_id, starts_at + no_show)
    duty.plan(work, department.id, "nudge_check_out", assignment_id, ends_at + nudge)
    plan_place_code(work, department.id, rules, opening_id, starts_at)


def _reminders(department: Department, rules: Handbook, starts_at: datetime) -> list[tuple[str, datetime]]:
    planned = [("remind_hour_before", hours_before(starts_at, hours)) for hours in rules.reminders.hours_before]
    evening = night_before(department, rules, starts_at)
    return [*([("remind_night_before", evening)] if evening else []), *planned]


def night_before(department: Department, rules: Handbook, starts_at: datetime) -> datetime | None:
    """The evening reminder's time: by the department's own clock, on the day before the start."""
    at = rules.reminders.night_before_at
    if at is None:
        return None
    day = starts_at.astimezone(department.zone).date() - timedelta(days=1)
    return datetime.combine(day, at, tzinfo=department.zone)
