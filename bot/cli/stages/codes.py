"""The codes that transcripts write by ref: {harbor-sat}, or {harbor-sat/2} for the second opening of a detail."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from models.session import Database

_OPENINGS = sa.text(
    "select d.ref, o.department_id, o.id, o.code,"
    " row_number() over (partition by o.department_id, o.detail_id order by o.id) as place"
    " from opening o join detail d on d.department_id = o.department_id and d.id = o.detail_id"
    " where o.department_id = :d order by o.id"
)


@dataclass(frozen=True, slots=True)
class Coded:
    """An opening as a transcript finds it."""

    department_id: int
    opening_id: int
    code: str


def codes_by_ref(database: Database) -> Mapping[str, str]:
    """The code behind each ref; `one-time` is the code that was texted last."""
    with database.engine.connect() as conn:
        texted = conn.execute(sa.text("select code from one_time_code order by id desc limit 1")).scalar_one_or_none()
    codes = {ref: coded.code for ref, coded in openings_by_ref(database).items()}
    return {**codes, "one-time": texted} if texted else codes


def openings_by_ref(database: Database) -> Mapping[str, Coded]:
    """Every opening there is, by what transcripts call it."""
    found: dict[str, Coded] = {}
    for department_id in database.departments():
        with database.begin([department_id]) as work:
            for row in work.conn.execute(_OPENINGS, {"d": department_id}):
                coded = Coded(row.department_id, row.id, row.code)
                found[f"{row.ref}/{row.place}"] = coded
                if row.place == 1:
                    found[row.ref] = coded
    return found
