"""What every clause of a handbook has in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Clause(BaseModel):
    """A part of a handbook: immutable, and a misspelt setting is an error instead of being ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def in_minutes(hours: float) -> int:
    """Whole minutes of a number of hours."""
    return round(hours * 60)


def _whole_minutes(hours: float) -> float:
    if abs(hours * 60 - in_minutes(hours)) > 1e-6:
        raise ValueError("must be a whole number of minutes; give the rest in `minutes` where there is one")
    return hours


#: Hours as people write them (8, 7.5), exact to the minute. At most a leap year.
Hours = Annotated[float, Field(ge=0, le=8784), AfterValidator(_whole_minutes)]

#: A short name that a handbook gives to something: a rank, a pool, a round.
Name = Annotated[str, Field(min_length=1, max_length=60)]
