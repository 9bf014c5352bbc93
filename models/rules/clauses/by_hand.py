"""Who may decide by hand what the rules would otherwise decide."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name


class ByHand(Clause):
    """
    An award made by hand, a headcount changed, a penalty imposed, lifted or upheld, a detail owed, an assignment made
    longer than the rules allow: each with a stated reason that goes on record.
    """

    allowed: bool = Field(
        default=True,
        description="Whether anything may be decided by hand at all.",
        examples=[False],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "A person may decide by hand, with a reason that goes on record.",
                "false": "Nothing is decided by hand.",
            },
        },
    )
    ranks: tuple[Name, ...] = Field(
        default=(),
        description="The ranks whose officers may, who name themselves by badge; empty: anybody at the command line.",
        examples=[["Captain", "Lieutenant"]],
        json_schema_extra={
            "source": sources.ORDER_12_NO_SHOW,
            "says": {
                "empty": "Whoever works the command line may decide by hand.",
                "else": "Officers of these ranks may decide by hand, named by badge: {value}.",
            },
        },
    )
    own_benefit: Literal["refused", "allowed"] = Field(
        default="refused",
        description="What holds where an officer who names himself by badge would gain by what he decides.",
        examples=["allowed"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "refused": "Nobody decides what he gains by.",
                "allowed": "An officer may decide what he gains by.",
            },
        },
    )
    break_glass: bool = Field(
        default=True,
        description="Whether it may be done all the same by who says so: it is put before a person as urgent.",
        examples=[False],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "In need it may be done all the same, and is reported to a person at once.",
                "false": "There is no way around this.",
            },
        },
    )
