"""Strangers: numbers that text us and belong to nobody here."""

from datetime import timedelta

import sqlalchemy as sa

from models.line.message_in import messages_in
from models.session import Work


def texts_of_stranger(work: Work, department_id: int, number: str, within: timedelta) -> int:
    """How often a number that is nobody's has texted the department's line lately, this time included."""
    columns = messages_in.c
    return work.conn.execute(
        sa.select(sa.func.count()).where(
            columns.department_id == department_id,
            columns.person_id.is_(None),
            columns.from_number == number,
            columns.received_at > work.now - within,
        )
    ).scalar_one()
