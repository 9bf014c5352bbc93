"""Reasons for giving an assignment back: those that have a price of their own in each of the three zones."""

from typing import Annotated, Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause

#: Why an officer gives an assignment back, as he is asked it.
DropCause = Literal["sick", "injured", "family", "court", "called_to_duty", "other"]

_Days = Annotated[int, Field(ge=0, le=3660)]


class DropReason(Clause):
    """What a drop for this reason costs. What is left empty costs as much as without a reason."""

    reason: DropCause = Field(
        description="Why he gives it back. sick and injured: he himself. family: illness or death in his family. "
        "court: he must appear. called_to_duty: he was ordered to duty. other: anything else.",
        examples=["sick"],
        json_schema_extra={"source": sources.ROSTER_OVERTIME, "says": "The reason is {value}."},
    )
    free_bar_days: _Days | None = Field(
        default=None,
        description="Days without details after a drop in the free time for this reason; empty: as without a reason.",
        examples=[0],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "In the free time it costs what a drop costs otherwise.",
                "0": "In the free time it costs nothing.",
                "else": "In the free time it costs {value} days without details.",
            },
        },
    )
    late_bar_days: _Days | None = Field(
        default=None,
        description="Days without details after a late drop for this reason, instead of the days and steps for others; "
        "empty: as without a reason.",
        examples=[0],
        json_schema_extra={
            "source": sources.ROSTER_OVERTIME,
            "says": {
                "null": "After the free time it costs what a late drop costs otherwise.",
                "0": "After the free time it costs nothing.",
                "else": "After the free time it costs {value} days without details.",
            },
        },
    )
    locked_bar_days: _Days | None = Field(
        default=None,
        description="Days without details where only the desk could release him without this reason: with it the line "
        "takes the drop like a late one; empty: it stays with the desk.",
        examples=[0],
        json_schema_extra={
            "source": sources.ROSTER_OVERTIME,
            "says": {
                "null": "Close to the start it stays with the desk.",
                "0": "Close to the start the line takes it too, and it costs nothing.",
                "else": "Close to the start the line takes it too, for {value} days without details.",
            },
        },
    )
    released: Literal["when_replaced", "at_once"] = Field(
        default="when_replaced",
        description="Whether he holds the slot until somebody takes it, or is released at once: the slot is offered to "
        "others either way.",
        examples=["at_once"],
        json_schema_extra={
            "source": sources.ROSTER_OVERTIME,
            "says": {
                "when_replaced": "He holds the slot until somebody takes it.",
                "at_once": "He is released at once.",
            },
        },
    )
    note: bool = Field(
        default=False,
        description="Whether he must add a few words, which are kept with the drop.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"true": "He must add a few words.", "false": "No more is asked of him."},
        },
    )

    def own_days(self, zone: str) -> int | None:
        """The price that the reason has for itself in a zone; None: it has none."""
        found: int | None = {
            "free": self.free_bar_days,
            "needs_replacement": self.late_bar_days,
            "locked": self.locked_bar_days,
        }[zone]
        return found
