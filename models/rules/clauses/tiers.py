"""Whom a round is for, and what it lets one officer have."""

from typing import Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, WallDate, in_minutes
from models.rules.clauses.limits import Weekday
from models.rules.clauses.statuses import OfficerStatus


class Who(Clause):
    """Whom a round is for. What is left empty restricts nobody."""

    units: tuple[Name, ...] = Field(
        default=(),
        description="Officers of these units.",
        examples=[["North"]],
        json_schema_extra={
            "source": sources.TOLEDO_RECALL,
            "says": {"empty": "Officers of all units.", "else": "Officers of {value} only."},
        },
    )
    own_unit: bool = Field(
        default=False,
        description="Only officers of the unit that the detail belongs to.",
        examples=[True],
        json_schema_extra={
            "source": sources.OVERTIME_PREFERENCE,
            "says": {
                "true": "Only officers of the unit that the detail belongs to.",
                "false": "Whatever unit the detail belongs to.",
            },
        },
    )
    ranks: tuple[Name, ...] = Field(
        default=(),
        description="Officers of these ranks.",
        examples=[["Officer"]],
        json_schema_extra={
            "source": sources.GREENWICH,
            "says": {"empty": "Officers of all ranks.", "else": "Only the rank of {value}."},
        },
    )
    qualifications: tuple[Name, ...] = Field(
        default=(),
        description="Officers who hold all of these on the day of the detail.",
        examples=[["flagger"]],
        json_schema_extra={
            "source": sources.LEXINGTON,
            "says": {
                "empty": "No qualification is asked for.",
                "else": "Only officers who hold {value} on the day of the detail.",
            },
        },
    )
    any_qualification: tuple[Name, ...] = Field(
        default=(),
        description="Officers who hold at least one of these on the day of the detail.",
        examples=[["flagger", "motorcycle"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "No choice of qualifications is asked for.",
                "else": "Officers who hold at least one of {value} on the day of the detail.",
            },
        },
    )
    job_classes: tuple[Name, ...] = Field(
        default=(),
        description="Officers of these job classes.",
        examples=[["Patrol"]],
        json_schema_extra={
            "source": sources.FULL_TIME_FIRST,
            "says": {"empty": "Officers of all job classes.", "else": "Only the job class of {value}."},
        },
    )
    statuses: tuple[OfficerStatus, ...] = Field(
        default=(),
        description="Officers of these statuses, of those whom `eligibility` lets work.",
        examples=[["active"]],
        json_schema_extra={
            "source": sources.NASHUA,
            "says": {"empty": "Officers of every status that may work.", "else": "Only officers who are {value}."},
        },
    )
    match: Literal["all", "any"] = Field(
        default="all",
        description="Whether an officer must meet all of what is said here, or any one of it.",
        examples=["any"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"all": "All of this must hold of him.", "any": "Any one of this is enough."},
        },
    )


class AtMost(Clause):
    """What one officer may be awarded in a round."""

    details: int | None = Field(
        default=None,
        ge=1,
        description="So many details; empty is no limit.",
        examples=[3],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "As many details as he can get.", "else": "At most {value} details for each officer."},
        },
    )
    hours: Hours | None = Field(
        default=None,
        gt=0,
        description="So many hours; empty is no limit.",
        examples=[180],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "As many hours as he can get.", "else": "At most {value} hours for each officer."},
        },
    )
    period: Literal["run", "week", "28_days", "month"] = Field(
        default="run",
        description="run: what the round itself awards, each time anew. week, 28_days, month: all that he holds in the "
        "pool in the calendar week, 28-day period or month in which the detail starts, however he came by it.",
        examples=["month"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "run": "What counts is what the round itself awards, each time anew.",
                "week": "All that he holds in the pool in the week of the detail counts, however he came by it.",
                "28_days": "All that he holds in the pool in the 28 days of the detail counts, however he came by it.",
                "month": "All that he holds in the pool in the month of the detail counts, however he came by it.",
            },
        },
    )
    week_starts: Weekday = Field(
        default="monday",
        description="The weekday on which a week begins.",
        examples=["sunday"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "A week begins on {value}."},
    )
    anchor_on: WallDate | None = Field(
        default=None,
        description="The first day of some 28-day period; needed for `28_days` only.",
        examples=["2026-11-02"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {"null": "No 28-day period is counted.", "else": "A 28-day period begins on {value}."},
        },
    )

    @model_validator(mode="after")
    def _needs_an_anchor(self) -> Self:
        if self.period == "28_days" and self.anchor_on is None:
            raise ValueError("a cap per 28_days needs anchor_on, the first day of one such period")
        return self

    @property
    def minutes(self) -> int | None:
        """The hours in minutes."""
        return None if self.hours is None else in_minutes(self.hours)
