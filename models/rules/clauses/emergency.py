"""What holds while an emergency is declared: who is called out, how, and which rules are lifted."""

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name
from models.rules.clauses.ladder import Ladder


class Emergency(Clause):
    """Officers are called out for every free slot at once, under a declaration that is filed with each of them."""

    ladder: Ladder = Field(default=Ladder(at_once=3), description="How officers are asked.")
    lifts: tuple[Name, ...] = Field(
        default=(),
        description="The limits and rests that do not hold meanwhile, by their names; all others do.",
        examples=[["sixteen hours in a day"]],
        json_schema_extra={
            "source": sources.BROWARD,
            "says": {"empty": "No limit and no rest is lifted.", "else": "What is lifted meanwhile: {value}."},
        },
    )
    at_most_hours: Hours = Field(
        default=24,
        gt=0,
        description="A declaration ends by itself after so many hours at most; it may be declared anew.",
        examples=[12],
        json_schema_extra={"source": sources.ST_CHARLES, "says": "A declaration holds for {value} hours at most."},
    )
