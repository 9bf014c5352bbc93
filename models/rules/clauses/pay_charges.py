"""What is owed beside the hours worked: cancellations, meals, vehicles, fees, interest, deposits."""

from datetime import time
from typing import Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, WallTime, cited
from models.rules.clauses.holidays import PaidHoliday
from models.rules.clauses.limits import Weekday


class CancelBand(Clause):
    """What a cancellation costs that comes less than so many hours before the start."""

    under_hours: Hours = Field(
        description="Cancelled less than so many hours before the start.",
        examples=[2],
        json_schema_extra=cited(sources.HARTFORD),
    )
    or_exactly: bool = Field(
        default=False,
        description="Whether exactly so many hours before is late too.",
        examples=[True],
        json_schema_extra=cited(
            sources.GREENWICH, {"true": "Exactly then is late too.", "false": "Exactly then is still in time."}
        ),
    )
    hours: Hours | Literal["all"] = Field(
        description="The hours that are owed all the same; all: the whole detail.",
        examples=[4, "all"],
        json_schema_extra=cited(
            sources.HARTFORD, {"all": "The whole detail is owed.", "else": "Owed all the same: {value} hours."}
        ),
    )


class Office(Clause):
    """When the office is open that takes cancellations: only those hours count."""

    opens: WallTime = Field(
        default=time(9),
        description="Local time at which it opens.",
        examples=["07:00"],
        json_schema_extra=cited(sources.PROVIDENCE, "The office opens at {value}."),
    )
    closes: WallTime = Field(
        default=time(17),
        description="Local time at which it closes.",
        examples=["15:00"],
        json_schema_extra=cited(sources.PROVIDENCE, "The office closes at {value}."),
    )
    days: tuple[Weekday, ...] = Field(
        default=("monday", "tuesday", "wednesday", "thursday", "friday"),
        min_length=1,
        description="The weekdays on which it is open.",
        examples=[["monday", "tuesday", "wednesday", "thursday", "friday"]],
        json_schema_extra=cited(sources.PROVIDENCE),
    )
    holidays: tuple[PaidHoliday, ...] = Field(
        default=(),
        description="The holidays on which it is closed.",
        examples=[[{"name": "Christmas Day", "observed": True}]],
        json_schema_extra=cited(sources.PROVIDENCE, {"empty": "It is open on holidays."}),
    )

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self


class Cancellation(Clause):
    """What is owed when the contractor cancels before the start; a later one is a detail that ended early."""

    counts: Literal["real", "business"] = Field(
        default="real",
        description="real: hours on the clock. business: hours in which the office is open.",
        examples=["business"],
        json_schema_extra=cited(
            sources.PROVIDENCE,
            {"real": "Notice is counted in hours on the clock.", "business": "Notice is counted in office hours."},
        ),
    )
    office: Office = Field(default=Office(), description="The hours that count as business hours.")
    bands: tuple[CancelBand, ...] = Field(
        default=(),
        description="What short notice costs; of several that fit, the one with the shortest notice.",
        examples=[[{"under_hours": 12, "hours": 2}, {"under_hours": 1, "hours": 4}]],
        json_schema_extra=cited(sources.OXFORD, {"empty": "A cancellation before the start costs nothing."}),
    )
    to: Literal["officer", "department"] = Field(
        default="officer",
        description="Who is paid what a cancellation costs.",
        examples=["officer"],
        json_schema_extra=cited(sources.LUNENBURG, "What a cancellation costs is paid to the {value}."),
    )


class Meal(Clause):
    """A break for a meal in long work. It is taken to lie in the middle of the time worked."""

    over_hours: Hours = Field(
        description="In work of more than so many hours.",
        examples=[7],
        json_schema_extra=cited(sources.GREENWICH),
    )
    minutes: int = Field(
        default=30,
        ge=1,
        le=240,
        description="How many minutes it lasts.",
        examples=[30],
        json_schema_extra=cited(sources.GREENWICH, "A meal lasts {value} minutes."),
    )
    is_paid: bool = Field(
        default=True,
        description="Whether it is paid like the work around it.",
        examples=[True],
        json_schema_extra=cited(
            sources.GREENWICH, {"true": "It is paid like the work around it.", "false": "It is not paid."}
        ),
    )


class AdminFee(Clause):
    """The department's fee for arranging details, on top of what the contractor owes for officers."""

    percent: float = Field(
        default=0,
        ge=0,
        le=100,
        description="So many percent of what is owed for officers.",
        examples=[10],
        json_schema_extra=cited(
            sources.LUNENBURG, {"0": "There is no such fee.", "else": "{value} % of what is owed for officers."}
        ),
    )
    cents_per_hour: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        description="So many cents for every hour that an officer is paid, on top of the percentage.",
        examples=[600],
        json_schema_extra=cited(
            sources.PORT_ST_LUCIE,
            {"0": "It is not owed by the hour.", "else": "{value} cents for every hour that an officer is paid."},
        ),
    )
    on_cancellation: bool = Field(
        default=True,
        description="Whether it is owed on what a cancellation costs too.",
        examples=[True],
        json_schema_extra=cited(
            sources.DOVER,
            {"true": "It is owed on cancellations too.", "false": "It is not owed on cancellations."},
        ),
    )
    on_equipment: bool = Field(
        default=False,
        description="Whether it is owed on vehicles and equipment too.",
        examples=[True],
        json_schema_extra=cited(
            sources.BELLEVILLE,
            {"true": "It is owed on vehicles and equipment too.", "false": "Not on vehicles and equipment."},
        ),
    )


class LateOrder(Clause):
    """A fee for an order that comes less than so many hours before the start; once for the order."""

    under_hours: Hours = Field(
        description="Ordered less than so many hours before the start.",
        examples=[72],
        json_schema_extra=cited(sources.BELLEVILLE),
    )
    or_exactly: bool = Field(
        default=False,
        description="Whether exactly so many hours before is late too.",
        examples=[True],
        json_schema_extra=cited(
            sources.BELLEVILLE, {"true": "Exactly then is late too.", "false": "Exactly then is still in time."}
        ),
    )
    cents: int = Field(
        ge=0,
        description="What it costs the contractor, in cents.",
        examples=[7500],
        json_schema_extra=cited(sources.BELLEVILLE, "It costs {value} cents."),
    )


class Interest(Clause):
    """What a late payment costs: simple interest by the day, a year of 365 days."""

    percent_a_year: float = Field(
        default=0,
        ge=0,
        le=100,
        description="So many percent a year on what is overdue.",
        examples=[12],
        json_schema_extra=cited(
            sources.PROVIDENCE, {"0": "There is no interest.", "else": "{value} % a year on what is overdue."}
        ),
    )
    after_days: int = Field(
        default=30,
        ge=0,
        description="An invoice is overdue after so many days.",
        examples=[30],
        json_schema_extra=cited(sources.PROVIDENCE),
    )
