"""How many officers a detail needs at least: by kind of work, where alcohol is served, by how many people come."""

from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name


class Minimum(Clause):
    """
    So many officers at least for a detail of which everything holds that is said here. What nobody knows of a detail,
    whether alcohol is served or how many come, does not hold of it. Of several minimums that hold, all must be met.
    """

    model_config = ConfigDict(json_schema_extra={"beside": {"officers": 2}})

    name: Name = Field(
        description="What the rule is called: it is named where it stops or raises an order.",
        examples=["421.07 C 2"],
        json_schema_extra={"source": sources.DALLAS_ALCOHOL, "says": "This minimum is called {value}."},
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="For these kinds of work only.",
        examples=[["concert", "dance"]],
        json_schema_extra={"source": sources.WESTWEGO, "says": {"empty": "It is for every kind of work."}},
    )
    alcohol: bool | None = Field(
        default=None,
        description="Only where alcohol is served, or only where none is; empty: either way.",
        examples=[True],
        json_schema_extra={
            "source": sources.ST_LUCIE,
            "says": {
                "null": "It does not matter whether alcohol is served.",
                "true": "Only where alcohol is served.",
                "false": "Only where no alcohol is served.",
            },
        },
    )
    attendance_from: int | None = Field(
        default=None,
        ge=1,
        description="Only where so many people are expected, or more; empty: however many.",
        examples=[200],
        json_schema_extra={
            "source": sources.WESTWEGO,
            "says": {"null": "However many people are expected.", "else": "Only where {value} people are expected."},
        },
    )
    officers_from: int = Field(
        default=1,
        ge=1,
        description="Only where so many officers are needed, or more.",
        examples=[5],
        json_schema_extra={
            "source": sources.ST_LUCIE,
            "says": {"1": "However many officers come.", "else": "Only where {value} officers come, or more."},
        },
    )
    officers: int = Field(
        default=0,
        ge=0,
        le=1000,
        description="So many officers at least, at the hour when the most are there.",
        examples=[2],
        json_schema_extra={
            "source": sources.DALLAS_ALCOHOL,
            "says": {"0": "It asks for no number of officers as such.", "else": "{value} officers at least."},
        },
    )
    more_per_attendance: int | None = Field(
        default=None,
        ge=1,
        description="And more officers for every so many people expected, a begun number too; empty: no more.",
        examples=[100],
        json_schema_extra={
            "source": sources.WESTON,
            "says": {"null": "The number does not rise with the people.", "else": "More for every {value} people."},
        },
    )
    beyond_attendance: int = Field(
        default=0,
        ge=0,
        description="People up to this number are not counted for it.",
        examples=[100],
        json_schema_extra={
            "source": sources.WESTON,
            "says": {"0": "All people are counted for it.", "else": "The first {value} people are not counted."},
        },
    )
    more_officers: int = Field(
        default=1,
        ge=1,
        le=100,
        description="How many officers more each time.",
        examples=[2],
        json_schema_extra={"source": sources.BLAINE, "says": "Each time as many officers more: {value}."},
    )
    supervisors: int = Field(
        default=0,
        ge=0,
        le=100,
        description="So many of them at least are of the rank below, or of a higher one.",
        examples=[1],
        json_schema_extra={
            "source": sources.ST_LUCIE,
            "says": {"0": "It asks for no supervisor.", "else": "Supervisors among them: {value}."},
            "beside": {"rank": "Sergeant"},
        },
    )
    rank: Name | None = Field(
        default=None,
        description="The rank of these supervisors.",
        examples=["Sergeant"],
        json_schema_extra={
            "source": sources.KINGSTON,
            "says": {"null": "No rank is asked for.", "else": "A supervisor is of the rank {value}, or above."},
            "beside": {"supervisors": 1},
        },
    )
    below: Literal["refuse", "raise"] = Field(
        default="refuse",
        description="What becomes of an order for fewer. refuse: it does not come in. raise: it comes in with as many "
        "as are needed. A later change to fewer is refused either way.",
        examples=["raise"],
        json_schema_extra={
            "source": sources.ST_LUCIE,
            "says": {"refuse": "An order for fewer is refused.", "raise": "An order for fewer is raised to it."},
        },
    )

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not (self.officers or self.more_per_attendance or self.supervisors):
            raise ValueError("asks for nobody: give it officers, more_per_attendance or supervisors")
        if bool(self.supervisors) != (self.rank is not None):
            raise ValueError("supervisors and rank go together")
        return self
