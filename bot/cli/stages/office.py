"""What the desk does in a transcript, and the picture that people send in one."""

from bot.cli.office import OPERATOR
from bot.dialog.inbound import Medium
from bot.transcripts.playing import StageError
from models.people import enrolment
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
