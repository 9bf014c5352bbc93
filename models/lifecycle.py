"""A record's life as one table of legal arrows.

Verbs move records only along an arrow, by compare-and-set: the loser of a race finds the state already gone and takes
its normal branch. The drawings in docs/lifecycles.md are made from these tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from models.session import Work


@dataclass(frozen=True, slots=True)
class Arrow:
    """`verb` moves a record from any of `sources` to `target` and writes `event`; `meaning` is why, in a sentence."""

    verb: str
    sources: tuple[str, ...]
    target: str
    event: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All states and arrows of one record; `starts` are the states a new record may have."""

    table: sa.Table
    starts: tuple[str, ...]
    arrows: tuple[Arrow, ...]

    def arrow(self, verb: str) -> Arrow:
        """The arrow named `verb`; KeyError when the lifecycle has none."""
        for arrow in self.arrows:
            if arrow.verb == verb:
                return arrow
        raise KeyError(f"{self.table.name} has no verb {verb!r}")

    def states(self) -> tuple[str, ...]:
        """Every state, in the order the arrows first name them."""
        named = [*self.starts]
        for arrow in self.arrows:
            named += [*arrow.sources, arrow.target]
        return tuple(dict.fromkeys(named))

    def moving_by(self, verb: str, **changes: Any) -> sa.Update:
        """The statement of `verb` built once, for what is on the way of every text; it returns the ids that moved.

        It asks for `d`, the department, for `ids`, and for whatever `changes` name by sa.bindparam.
        """
        arrow, columns = self.arrow(verb), self.table.c
        return (
            sa.update(self.table)
            .where(
                columns.department_id == sa.bindparam("d"),
                columns.id == sa.any_(sa.bindparam("ids", type_=ARRAY(sa.BigInteger))),
                _is_one_of(columns.state, arrow.sources),
            )
            .values(state=arrow.target, **changes)
            .returning(columns.id)
        )

    def move(self, work: Work, department_id: int, ids: list[int], verb: str, **changes: Any) -> list[int]:
        """Take `verb`'s arrow for those of `ids` that stand where it starts; returns which did.

        The caller writes the event, because only it knows on whose behalf and why.
        """
        return list(work.conn.execute(self.moving(department_id, ids, verb, **changes)).scalars())

    def moving(
        self, department_id: int, ids: Sequence[int] | sa.ScalarSelect[int], verb: str, **changes: Any
    ) -> sa.Update:
        """The statement behind `move`, for verbs that move two records at once; it returns the ids that moved."""
        arrow, columns = self.arrow(verb), self.table.c
        return (
            sa.update(self.table)
            .where(
                columns.department_id == department_id, columns.id.in_(ids), _is_one_of(columns.state, arrow.sources)
            )
            .values(state=arrow.target, **changes)
            .returning(columns.id)
        )


def _is_one_of(state: sa.Column[Any], states: Sequence[str]) -> sa.ColumnElement[bool]:
    """As `in`, whose statement would be written anew each time for as many states as there are."""
    return state == sa.any_(sa.literal(list(states), ARRAY(sa.Text)))
