"""Anchors: where a department's chain stood, kept where whoever holds the database cannot reach.

A chain whose last seals and events were removed, or that was written anew from some event on, holds in itself. It does
not hold against an anchor that was taken before.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from models.proof.seal import seals
from models.session import Work

Flaw = Literal["gone", "other"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain of `department` (its slug) when the anchor was taken."""

    department: str
    position: int
    hash: str
    taken_at: datetime

    def told(self) -> dict[str, Any]:
        """As it is written down, a line of JSON."""
        return asdict(self) | {"taken_at": self.taken_at.isoformat()}


@dataclass(frozen=True, slots=True)
class Missed:
    """An anchor that the chain does not hold to: the seal is `gone`, or there is an `other` in its place."""

    anchor: Anchor
    flaw: Flaw


def read_anchor(told: dict[str, Any]) -> Anchor:
    """The anchor that was written down; raises ValueError, TypeError or KeyError for what is none."""
    taken_at = datetime.fromisoformat(told["taken_at"])
    return Anchor(str(told["department"]), int(told["position"]), str(told["hash"]), taken_at)


def take_anchor(work: Work, department_id: int, slug: str) -> Anchor | None:
    """Where the chain ends now; None before anything was sealed."""
    last = work.conn.execute(
        sa.select(seals.c.position, seals.c.hash)
        .where(seals.c.department_id == department_id)
        .order_by(seals.c.position.desc())
        .limit(1)
    ).one_or_none()
    return Anchor(slug, last.position, last.hash, work.now) if last else None


def missed(work: Work, department_id: int, anchors: Iterable[Anchor]) -> Missed | None:
    """The first of the department's anchors that its chain does not hold to."""
    for anchor in sorted(anchors, key=lambda one: one.position):
        found = work.conn.execute(
            sa.select(seals.c.hash).where(seals.c.department_id == department_id, seals.c.position == anchor.position)
        ).scalar_one_or_none()
        if found != anchor.hash:
            return Missed(anchor, "gone" if found is None else "other")
    return None
