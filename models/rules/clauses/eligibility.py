"""Who may work details at all, whatever the detail."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name
from models.rules.clauses.statuses import OfficerStatus, StatusMay

LeaveBlocks = bool | Literal["unless_available"]


class Together(Clause):
    """How many officers of a rank may be on one detail at the same time."""

    rank: Name = Field(
        description="Officers of this rank.",
        examples=["Captain"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "Of the rank of {value}."},
    )
    at_most: int = Field(
        default=1,
        ge=1,
        description="At most so many of them.",
        examples=[1],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "At most {value} of them."},
    )


class Eligibility(Clause):
    """Who may work details, whatever the detail."""

    statuses: tuple[OfficerStatus, ...] = Field(
        default=("active",),
        min_length=1,
        description="The statuses in which an officer may work details.",
        examples=[["active", "probation"]],
        json_schema_extra={
            "source": sources.LEXINGTON,
            "says": "Officers may work details while their status is {value}.",
        },
    )
    may_work_above_own_rank: bool = Field(
        default=False,
        description="Whether an officer may take a slot that asks for a higher rank than his.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "An officer may take a slot that asks for a higher rank than his.",
                "false": "No officer may take a slot that asks for a higher rank than his.",
            },
        },
    )
    may_work_below_own_rank: bool = Field(
        default=True,
        description="Whether an officer may take a slot that asks for a lower rank than his.",
        examples=[False],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {
                "true": "An officer may take a slot that asks for a lower rank than his.",
                "false": "No officer may take a slot that asks for a lower rank than his.",
            },
        },
    )
    together: tuple[Together, ...] = Field(
        default=(),
        description="How many officers of a rank may be on one detail at the same time: so that no captain works under "
        "another. In awards who comes first by the order is the one.",
        examples=[[{"rank": "Captain", "at_most": 1}]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "Any number of officers of a rank may be on a detail together."},
        },
    )
    qualifications: tuple[Name, ...] = Field(
        default=(),
        description="Qualifications that every detail asks for, beside its own.",
        examples=[["field training"]],
        json_schema_extra={
            "source": sources.CORAL_SPRINGS,
            "says": {
                "empty": "No qualification is asked for beside what a detail itself asks.",
                "else": "Every detail asks for {value}, beside its own.",
            },
        },
    )
    barred_units: tuple[Name, ...] = Field(
        default=(),
        description="Units whose officers work no details.",
        examples=[["Internal Affairs"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "Officers of every unit may work details.",
                "else": "Officers of {value} work no details.",
            },
        },
    )
    only_own_unit: bool = Field(
        default=False,
        description="Whether a detail that belongs to a unit is for its officers only.",
        examples=[True],
        json_schema_extra={
            "source": sources.SHIFT_OVERTIME,
            "says": {
                "true": "A detail that belongs to a unit is for its officers only.",
                "false": "A detail that belongs to a unit is open to others too.",
            },
        },
    )
    leave_blocks: LeaveBlocks = Field(
        default=True,
        description="Whether an officer on leave is kept from details; unless_available: unless he chose that he may "
        "be called while on that leave.",
        examples=[False, "unless_available"],
        json_schema_extra={
            "source": sources.OFF_DUTY_70,
            "says": {
                "true": "An officer on leave is kept from details.",
                "false": "An officer on leave may work details.",
                "unless_available": "An officer on leave is kept from details, unless he chose that he may be called.",
            },
        },
    )
    bars_judged_by: Literal["detail_start", "award"] = Field(
        default="detail_start",
        description="Whether a bar keeps an officer from details that start while it runs, or from any award "
        "made while it runs.",
        examples=["award"],
        json_schema_extra={
            "source": sources.ORDER_12_NO_SHOW,
            "says": {
                "detail_start": "A bar keeps an officer from details that start while it runs.",
                "award": "A bar keeps an officer from any award made while it runs, whenever the detail starts.",
            },
        },
    )
    also_statuses: tuple[StatusMay, ...] = Field(
        default=(),
        description="Statuses in which officers may work details of some pools or kinds.",
        examples=[[{"status": "light_duty", "pools": ["station"]}]],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": {"empty": "In other statuses officers work no details at all."},
        },
    )
    opt_in_pools: tuple[Name, ...] = Field(
        default=(),
        description="Pools for those only who joined them: nobody else is told of their details, or gets them.",
        examples=[["construction"]],
        json_schema_extra={
            "source": sources.SHIFT_OVERTIME,
            "says": {"empty": "No pool has to be joined.", "else": "Details of {value} are for who joined."},
        },
    )
    hours_counted: Literal["actual", "planned"] = Field(
        default="actual",
        description="Whether a detail that was worked counts with the hours from check-in to check-out, as far as "
        "they are known, or as it was planned.",
        examples=["planned"],
        json_schema_extra={
            "source": sources.STATE_POLICE,
            "says": {
                "actual": "A detail counts from check-in, though not before its start, to check-out, once they are "
                "known.",
                "planned": "A detail counts as it was planned, whenever the officer came and left.",
            },
        },
    )
