"""Which hours are paid though they were not worked: what is raised to more, and other terms for some kinds of work."""

from typing import Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, cited
from models.rules.clauses.pay_charges import CancelBand

EndedEarly = Literal["worked", "minimum", "all"]


class Raise(Clause):
    """Who has worked more than so much is paid for more than he worked."""

    over_hours: Hours | None = Field(
        default=None,
        description="Once so many hours were worked; empty: by the percentage alone.",
        examples=[4],
        json_schema_extra=cited(
            sources.ROSTER_PRIVATE,
            {"null": "It does not go by hours.", "else": "Work of more than {value} hours is raised."},
        ),
    )
    over_percent: float | None = Field(
        default=None,
        ge=0,
        lt=100,
        description="Once so many percent of the time that was planned were worked; empty: by the hours alone.",
        examples=[50],
        json_schema_extra=cited(
            sources.ILLUSTRATIVE,
            {"null": "It does not go by a share.", "else": "Who worked more than {value} % of the time is raised."},
        ),
    )
    or_exactly: bool = Field(
        default=False,
        description="Whether exactly so much suffices.",
        examples=[True],
        json_schema_extra={
            **cited(
                sources.ILLUSTRATIVE,
                {"true": "Exactly as much suffices.", "false": "Exactly as much does not suffice."},
            ),
            "beside": {"over_hours": 4},
        },
    )
    to: Hours | Literal["all"] = Field(
        default="all",
        description="The hours that are paid then at least; all: the whole time that was planned.",
        examples=["all", 8],
        json_schema_extra={
            **cited(
                sources.ROSTER_PRIVATE,
                {"all": "The whole planned time is paid then.", "else": "{value} hours are paid then at least."},
            ),
            "beside": {"over_hours": 4},
        },
    )

    @model_validator(mode="after")
    def _says_from_when(self) -> Self:
        if self.over_hours is None and self.over_percent is None:
            raise ValueError("says neither over_hours nor over_percent, so it holds for all work: use minimum_hours")
        if self.over_hours is not None and self.to != "all" and self.to <= self.over_hours:
            raise ValueError("`to` must be more than over_hours, or nothing is raised")
        return self


class PayForWork(Clause):
    """Other terms for some kinds of work; what is left out stays as the clause `pay` says."""

    kinds: tuple[Name, ...] = Field(
        min_length=1,
        description="The kinds of work.",
        examples=[["construction", "utility"]],
        json_schema_extra=cited(sources.MEDFIELD, "These terms are for {value}."),
    )
    minimum_hours: Hours | None = Field(
        default=None,
        description="The hours an officer is paid at least; empty: as for all work.",
        examples=[3],
        json_schema_extra=cited(
            sources.MEDFIELD, {"null": "The minimum is that of all work.", "else": "The minimum is {value} hours."}
        ),
    )
    blocks: tuple[Hours, ...] | None = Field(
        default=None,
        description="The blocks to which hours are raised, `[]` for none; empty: as for all work.",
        examples=[[]],
        json_schema_extra=cited(
            sources.MEDFIELD,
            {
                "null": "The blocks are those of all work.",
                "empty": "Hours are not raised to blocks.",
                "else": "Hours are raised to {value}, the next of them.",
            },
        ),
    )
    step_minutes: int | None = Field(
        default=None,
        ge=1,
        le=1440,
        description="The steps beyond the longest block; empty: as for all work.",
        examples=[30],
        json_schema_extra=cited(
            sources.MEDFIELD,
            {"null": "The steps are those of all work.", "else": "Beyond that in begun steps of {value} minutes."},
        ),
    )
    raised: tuple[Raise, ...] | None = Field(
        default=None,
        description="From when more is paid than was worked, `[]` for never; empty: as for all work.",
        examples=[[{"over_percent": 50}]],
        json_schema_extra=cited(
            sources.ILLUSTRATIVE,
            {
                "null": "What is raised is that of all work.",
                "empty": "Nothing is raised but to minimum and blocks.",
                "else": "Much of the work done pays for more of it.",
            },
        ),
    )
    ended_early: EndedEarly | None = Field(
        default=None,
        description="What is paid when the work ends before its time, as under `pay`; empty: as for all work.",
        examples=["all"],
        json_schema_extra=cited(
            sources.LUNENBURG,
            {
                "null": "What ends early is paid as all work.",
                "worked": "Work that ends early is paid as worked.",
                "minimum": "Work that ends early is paid as worked or the minimum, the greater.",
                "all": "Work that ends early is paid whole.",
            },
        ),
    )
    cancellation: tuple[CancelBand, ...] | None = Field(
        default=None,
        description="What short notice costs, `[]` for nothing; empty: as for all work.",
        examples=[[{"under_hours": 24, "hours": 4}]],
        json_schema_extra=cited(
            sources.ILLUSTRATIVE,
            {
                "null": "A cancellation costs what it costs for all work.",
                "empty": "A cancellation before the start costs nothing.",
                "else": "A cancellation has bands of its own.",
            },
        ),
    )

    @model_validator(mode="after")
    def _blocks_rise(self) -> Self:
        if list(self.blocks or ()) != sorted(set(self.blocks or ())):
            raise ValueError("blocks must rise, each a different length")
        return self
