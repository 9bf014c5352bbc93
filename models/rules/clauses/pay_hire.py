"""What is hired with an officer: vehicles and equipment of the department's."""

from typing import Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, cited, in_minutes


class HireBand(Clause):
    """A price for all work up to some length."""

    up_to_hours: Hours | None = Field(
        default=None,
        description="For work of at most so many hours; empty: however long.",
        examples=[4],
        json_schema_extra=cited(
            sources.LUNENBURG, {"null": "However long the work is.", "else": "For at most {value} hours."}
        ),
    )
    cents: int = Field(
        ge=0,
        description="What it costs then, in cents.",
        examples=[2500],
        json_schema_extra=cited(sources.LUNENBURG, "It costs {value} cents then."),
    )


class Hire(Clause):
    """A vehicle or other equipment of the department's, hired with the officer."""

    name: Name = Field(
        description="What is hired; `vehicle` is what an order with a vehicle means.",
        examples=["vehicle", "bicycle"],
        json_schema_extra=cited(sources.TORONTO, "For hire: {value}."),
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="For these kinds of work only; of several with one name the first that fits holds.",
        examples=[["construction"]],
        json_schema_extra=cited(sources.NORTON, {"empty": "It is for every kind of work."}),
    )
    cents_per_hour: int = Field(
        default=0,
        ge=0,
        description="What an hour costs, in cents: of the time that was worked, even where more is paid.",
        examples=[1500],
        json_schema_extra=cited(sources.OXFORD, {"0": "Hours cost nothing.", "else": "{value} cents an hour."}),
    )
    cents_per_detail: int = Field(
        default=0,
        ge=0,
        description="What a detail costs whatever its hours, in cents.",
        examples=[2150],
        json_schema_extra=cited(
            sources.TORONTO, {"0": "Nothing is owed for a detail as such.", "else": "{value} cents a detail."}
        ),
    )
    percent: float = Field(
        default=0,
        ge=0,
        le=100,
        description="So many percent of what the contractor owes for the officer's time.",
        examples=[25],
        json_schema_extra=cited(
            sources.CHARLTON,
            {"0": "It does not go by the officer's pay.", "else": "{value} % of what is owed for the officer's time."},
        ),
    )
    minimum_hours: Hours = Field(
        default=0,
        description="At least so many hours are owed.",
        examples=[3],
        json_schema_extra=cited(
            sources.TORONTO, {"0": "There is no minimum.", "else": "At least {value} hours are owed."}
        ),
    )
    bands: tuple[HireBand, ...] = Field(
        default=(),
        description="What it costs by the length of the work, on top of the rest: the first band that is long enough.",
        examples=[[{"up_to_hours": 4, "cents": 2500}, {"cents": 5000}]],
        json_schema_extra=cited(
            sources.LUNENBURG, {"empty": "It does not cost more in bands.", "else": "It costs more in bands."}
        ),
    )

    @model_validator(mode="after")
    def _bands_rise(self) -> Self:
        ends = [each.up_to_hours for each in self.bands]
        if None in ends[:-1]:
            raise ValueError("only the last band may have no up_to_hours")
        known = [each for each in ends if each is not None]
        if known != sorted(set(known)):
            raise ValueError("bands must rise, each to a different length")
        return self

    def fits(self, kind: str | None) -> bool:
        """Whether it is for that kind of work."""
        return not self.kinds or kind in self.kinds

    def fits_all(self, kinds: tuple[str, ...]) -> bool:
        """Whether it is for all of these kinds of work; none are all that there are."""
        return not self.kinds or (bool(kinds) and set(kinds) <= set(self.kinds))

    def band_cents(self, minutes: int) -> int:
        """What so many minutes cost in bands: longer than all of them, what the last costs."""
        fitting = (each for each in self.bands if each.up_to_hours is None or minutes <= in_minutes(each.up_to_hours))
        band = next(fitting, self.bands[-1] if self.bands else None)
        return band.cents if band else 0
