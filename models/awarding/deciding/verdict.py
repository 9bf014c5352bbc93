"""Verdicts: what an award said to each signup, with its one reason and the figures; immutable like the award."""

from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from models.line import duty
from models.rules.awarding.award import AwardResult
from models.rules.reasons import Figures
from models.session import Work
from models.tables import Json, of_department

verdicts = of_department(
    "verdict",
    sa.Column("award_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("outcome", sa.Text),
    sa.Column("place", sa.Integer),
    sa.Column("reason", sa.Text),
    sa.Column("figures", Json),
)

_FIGURES: TypeAdapter[Any] = TypeAdapter(Figures)


def verdict(work: Work, department_id: int, verdict_id: int) -> sa.Row[Any]:
    """The verdict's row."""
    return work.conn.execute(
        sa.select(verdicts).where(verdicts.c.department_id == department_id, verdicts.c.id == verdict_id)
    ).one()


def figures_of(stored: dict[str, Any]) -> dict[str, Any]:
    """A stored verdict's figures with their types again: times aware, dates dates."""
    typed: dict[str, Any] = _FIGURES.validate_python(stored)
    return typed


def write_verdicts(work: Work, department_id: int, award_id: int, result: AwardResult) -> None:
    """A verdict for every signup; those who went without are told."""
    if not result.verdicts:
        return
    figures = TypeAdapter(dict[str, Any])
    rows = [
        {
            "department_id": department_id,
            "award_id": award_id,
            "opening_id": one.opening_id,
            "officer_id": one.officer_id,
            "outcome": one.outcome,
            "place": one.place,
            "reason": str(one.reason),
            "figures": figures.dump_python(dict(one.figures), mode="json"),
        }
        for one in result.verdicts
    ]
    written = work.conn.execute(sa.insert(verdicts).returning(verdicts.c.id, verdicts.c.outcome), rows)
    for row in written:
        if row.outcome != "awarded":
            duty.plan(work, department_id, "tell_verdict", row.id, work.now)
