"""What the desk does in a transcript, and the picture that people send in one."""

from bot.cli.office import OPERATOR
from bot.dialog.inbound import Medium
from bot.transcripts.playing import StageError
from models.awarding.deciding.headcount import HeadcountRefused, Ordered, change_headcount
from models.details.opening import openings_by_code
from models.people import enrolment
from models.people.department import department
from models.people.officer import officer_with_badge
from models.session import Database

PICTURE = Medium("https://media.example.org/picture.jpg", "image/jpeg")


def settle_request(database: Database, number: str, badge: str) -> None:
    """Settle the request of the number in whichever department it waits; raises `StageError`."""
    for department_id in database.departments():
        with database.begin([department_id], OPERATOR) as work:
            if number not in {row.number for row in enrolment.waiting(work, department_id)}:
                continue
            try:
                if not badge:
                    enrolment.refuse(work, department_id, number, "office")
                    return
                officer = officer_with_badge(work, department_id, badge)
                if officer is None:
                    raise StageError(f"there is no officer with badge {badge}")
                enrolment.enrol(work, department_id, number, officer, "office")
            except enrolment.EnrolmentError as error:
                raise StageError(str(error)) from error
            return
    raise StageError(f"{number} has not asked to join")


def order_officers(database: Database, code: str, count: int) -> None:
    """Take a changed order for the detail of this code; raises `StageError`."""
    for department_id in database.departments():
        with database.begin([department_id], OPERATOR) as work:
            about = openings_by_code(work, department_id, [code]).get(code)
            if about is None:
                continue
            try:
                ordered = Ordered("office", "the contractor ordered it so")
                change_headcount(work, department(work, department_id), about, count, ordered)
            except HeadcountRefused as error:
                raise StageError(str(error)) from error
            return
    raise StageError(f"there is no detail {code}")
