"""When officers are told of new details: at once or in stages, and when nobody's phone should ring."""

from typing import Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, WallTime
from models.rules.clauses.tiers import Who


class Stage(Clause):
    """Some are told first, others later. It is about telling only: sign-up is open to all who may take the detail."""

    who: Who = Field(default=Who(), description="Whom the stage is for, of all who may take the detail.")
    hours_after: Hours = Field(
        default=0,
        description="So many hours after sign-up opens.",
        examples=[24],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"0": "They are told when sign-up opens.", "else": "They are told {value} hours after it opens."},
        },
    )


class QuietHours(Clause):
    """A part of the local day in which nobody is told of new details; it may go over midnight."""

    begin: WallTime = Field(
        description="Local time at which it begins.",
        examples=["22:00"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "Quiet from {value}."},
    )
    end: WallTime = Field(
        description="Local time at which it ends.",
        examples=["06:00"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "Quiet until {value}."},
    )

    @model_validator(mode="after")
    def _is_a_time(self) -> Self:
        if self.begin == self.end:
            raise ValueError("begin and end are the same; leave quiet out where there are no quiet hours")
        return self


class Telling(Clause):
    """
    When officers hear of new details. An officer may choose other quiet hours, one text a day instead of many, or
    urgent details only. What needs his answer, and what he has work from, always comes at once.
    """

    stages: tuple[Stage, ...] = Field(
        default=(Stage(),),
        min_length=1,
        description="Who is told when, the first stage first; who is in several is told once.",
        examples=[[{"who": {"own_unit": True}}, {"hours_after": 24}]],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    quiet: QuietHours | None = Field(
        default=None,
        description="Quiet hours of those who chose none themselves; empty for none.",
        examples=[{"begin": "22:00", "end": "06:00"}],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"null": "There are no quiet hours."}},
    )
    digest_at: WallTime | None = Field(
        default=None,
        description="Local time at which everything new is told in one text, for those who did not choose otherwise; "
        "empty: each detail is told as it is posted.",
        examples=["18:00"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "Each detail is told as it is posted.",
                "else": "New details are told once a day, at {value}.",
            },
        },
    )
    urgent_within_hours: Hours = Field(
        default=24,
        description="A detail that starts in so many hours or less is urgent, and so is one that goes first come: it "
        "waits for no digest.",
        examples=[12],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": "What starts within {value} hours, or goes first come, is urgent and waits for no digest.",
        },
    )
    urgent_breaks_quiet: bool = Field(
        default=True,
        description="Whether urgent details are told in quiet hours too.",
        examples=[False],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "Urgent details are told in quiet hours too.",
                "false": "Quiet hours hold for urgent details as well.",
            },
        },
    )
