"""Rank mix: how many supervisors a detail needs for how many officers, and what follows if none is available."""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name

#: What a band counts where it does not count the supervisors of a rank.
OFFICERS = "officers"


class RankBand(Clause):
    """So many officers, or supervisors of a rank, need so many supervisors."""

    counts: Name = Field(
        default=OFFICERS,
        description="What is counted: `officers`, or a rank whose supervisors the bands before have asked for.",
        examples=["officers"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "This band counts {value}."},
    )
    at_least: int = Field(
        ge=1,
        description="The band begins at so many.",
        examples=[3],
        json_schema_extra={"source": sources.SUNNY_ISLES, "says": "It begins at {value}."},
    )
    at_most: int | None = Field(
        default=None,
        ge=1,
        description="The band ends at so many; empty: however many.",
        examples=[6],
        json_schema_extra={
            "source": sources.HARTFORD,
            "says": {"null": "It has no upper end.", "else": "It ends at {value}."},
        },
    )
    needs: int = Field(
        default=1,
        ge=1,
        description="So many supervisors are needed.",
        examples=[2],
        json_schema_extra={"source": sources.PORT_ST_LUCIE, "says": "It needs supervisors: {value}."},
    )
    rank: Name = Field(
        description="The rank of these supervisors.",
        examples=["Sergeant"],
        json_schema_extra={"source": sources.HARTFORD, "says": "They are of the rank of {value}."},
    )
    is_of_the_count: bool = Field(
        default=True,
        description="Whether they are among those counted, or come on top.",
        examples=[False],
        json_schema_extra={
            "source": sources.SUNNY_ISLES,
            "says": {"true": "They are among those counted.", "false": "They come on top of those counted."},
        },
    )

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError("at_most must not be less than at_least")
        if self.is_of_the_count and self.needs > self.at_least:
            raise ValueError("needs more supervisors than there are officers, though they are of the count")
        if self.counts == self.rank:
            raise ValueError("counts the rank that it asks for")
        return self

    def has(self, count: int) -> bool:
        """Whether so many are within the band."""
        return self.at_least <= count and (self.at_most is None or count <= self.at_most)


class RankMix(Clause):
    """Which ranks a detail's slots get where only a headcount is ordered. Without bands, none."""

    bands: tuple[RankBand, ...] = Field(
        default=(),
        description="Bands of headcounts, those that count the same one after the other and rising.",
        examples=[
            [
                {"at_least": 3, "at_most": 6, "rank": "Sergeant"},
                {"at_least": 7, "rank": "Sergeant", "needs": 2},
                {"counts": "Sergeant", "at_least": 2, "at_most": 5, "rank": "Lieutenant", "is_of_the_count": False},
            ]
        ],
        json_schema_extra={
            "source": sources.SPECIAL_DETAILS,
            "says": {"empty": "No supervisors are asked for.", "else": "Supervisors are asked for by bands."},
        },
    )
    above_all_bands: Literal["as_the_last", "nobody", "refuse"] = Field(
        default="as_the_last",
        description="What more officers than every band has get. as_the_last: the supervisors of the last band. "
        "nobody: no supervisor. refuse: the order is refused. Fewer than every band has need none.",
        examples=["refuse"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "as_the_last": "More officers than every band has get the supervisors of the last.",
                "nobody": "More officers than every band has get no supervisor.",
                "refuse": "More officers than every band has are refused.",
            },
        },
    )
    feeds: bool = Field(
        default=True,
        description="Whether supervisors who come on top count as officers for the bands after theirs.",
        examples=[False],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "Supervisors who come on top count as officers for the bands after theirs.",
                "false": "Supervisors who come on top are not counted as officers.",
            },
        },
    )
    if_none: Literal["runs_without", "stop"] = Field(
        default="stop",
        description="If no supervisor is available. runs_without: his slot turns ordinary so many hours before the "
        "start as `runs_without_hours_before` says. stop: it stays his, and a person decides.",
        examples=["runs_without"],
        json_schema_extra={
            "source": sources.SPECIAL_DETAILS,
            "says": {
                "stop": "A supervisor's slot that nobody takes stays his, and a person decides.",
                "runs_without": "A supervisor's slot that nobody takes turns ordinary in time.",
            },
        },
    )
    runs_without_hours_before: Hours = Field(
        default=24,
        description="A supervisor's slot nobody has signed up for turns ordinary so many hours before the start.",
        examples=[24],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Where a detail may run without, the slot turns ordinary {value} hours before the start.",
        },
    )

    then: Literal["as_replacement", "everybody"] = Field(
        default="as_replacement",
        description="Who is asked for a slot that turns ordinary after the award. as_replacement: as for any slot that "
        "came free (`replacement`). everybody: all who may take it now are told at once, and the first yes has it, "
        "whatever `replacement` says. While sign-up is open, whoever may sign up now and could not before is told.",
        examples=["everybody"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "as_replacement": "For what turns ordinary after the award officers are asked as for a replacement.",
                "everybody": "What turns ordinary after the award is told to everybody who may take it then.",
            },
        },
    )

    @field_validator("bands")
    @classmethod
    def _rise(cls, bands: tuple[RankBand, ...]) -> tuple[RankBand, ...]:
        for one, other in pairwise(bands):
            if one.counts == other.counts and (one.at_most is None or other.at_least != one.at_most + 1):
                raise ValueError(f"a band of {one.counts} must begin one above the end of the band before it")
        counted = [band.counts for band, before in zip(bands, (None, *bands), strict=False)
                   if before is None or before.counts != band.counts]  # fmt: skip
        if len(set(counted)) != len(counted):
            raise ValueError("bands that count the same must stand together")
        return bands
