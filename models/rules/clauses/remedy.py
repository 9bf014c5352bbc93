"""What an officer is owed who was wrongly passed over."""

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause


class Remedy(Clause):
    """
    Who was wrongly passed over is owed a detail: the next one with a sign-up that he can take is offered to him before
    its award, once a person has decided that he is owed it (`dutyline bypass owe`).
    """

    within_days: int = Field(
        default=14,
        ge=1,
        le=366,
        description="For how many days after that decision a detail is owed.",
        examples=[14],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": "Who was wrongly passed over is offered the next detail he can take within {value} days.",
        },
    )
    leave_stops_the_clock: bool = Field(
        default=True,
        description="Whether days on which he is on leave are not counted.",
        examples=[True],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "true": "Days on which he is on leave are not counted.",
                "false": "Days on which he is on leave are counted like others.",
            },
        },
    )
    answer_minutes: int = Field(
        default=240,
        ge=10,
        description="How long such an offer stands; it ends before the award at the latest.",
        examples=[120],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "Such an offer stands for {value} minutes."},
    )
