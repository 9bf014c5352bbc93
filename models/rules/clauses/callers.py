"""How far an officer's telephone is trusted to be him."""

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours


class Callers(Clause):
    """
    A number that was added lately may be a thief's: it is told of details and may sign up at once, and gives nothing
    away until it has been there for a while. Its officer's older number is told that it was added.
    """

    new_number_hours: Hours = Field(
        default=24,
        description="From a number added to an officer's others, nothing is given away for so many hours; 0: at once.",
        examples=[48],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "For {value} hours an officer's new number cannot drop, decline, withdraw or swap.",
        },
    )
    temporary_number_days: int = Field(
        default=14,
        ge=1,
        le=90,
        description="An officer may have his texts and calls go to another number for so many days at most.",
        examples=[3],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "An officer may name a temporary number for {value} days at most.",
        },
    )
