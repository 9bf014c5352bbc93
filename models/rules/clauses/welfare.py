"""Welfare checks: asking an officer on a detail, every so many minutes, whether he is all right."""

from typing import Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name, WallTime


class Welfare(Clause):
    """
    From his check-in to the end of his detail an officer is asked by text whether all is well. Who does not answer is
    called; who does not answer that either is looked for by people. It never counts as a refusal, and costs nothing.
    """

    every_minutes: int | None = Field(
        default=None,
        ge=15,
        description="An officer on a detail is asked every so many minutes; empty: never.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "Officers on a detail are not asked whether all is well.",
                "else": "Officers on a detail are asked every {value} minutes whether all is well.",
            },
        },
    )
    answer_minutes: int = Field(
        default=10,
        ge=1,
        description="He has so many minutes to answer the text, and as many again while he is called.",
        examples=[5],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "They have {value} minutes to answer."},
    )
    call: bool = Field(
        default=True,
        description="Whether who does not answer the text is called before people are alarmed.",
        examples=[False],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "Who does not answer is called before people are alarmed.",
                "false": "When nobody answers the text people are alarmed at once.",
            },
        },
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="Only on details of these kinds of work; empty: of all kinds.",
        examples=[["Traffic", "Security"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "On all kinds of work.", "else": "On these kinds of work: {value}."},
        },
    )
    begin: WallTime | None = Field(
        default=None,
        description="Local time from which officers are asked, with `end`; it may lie after `end`, for a night.",
        examples=["22:00"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "At all hours.", "else": "From {value}."},
            "beside": {"end": "06:00"},
        },
    )
    end: WallTime | None = Field(
        default=None,
        description="Local time until which officers are asked, with `begin`.",
        examples=["06:00"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "At all hours.", "else": "Until {value}."},
            "beside": {"begin": "22:00"},
        },
    )
    alone_only: bool = Field(
        default=False,
        description="Whether only an officer who is alone on his detail is asked.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "Only who is alone on his detail is asked.",
                "false": "Everybody on a detail is asked, alone or not.",
            },
        },
    )
    tell_badges: tuple[Name, ...] = Field(
        default=(),
        description="Badges of officers who are told when one does not answer, besides the desk and his crew.",
        examples=[["12", "40"]],
        json_schema_extra={
            "source": sources.BELLEVUE,
            "says": {
                "empty": "When one does not answer, the desk and his crew are told.",
                "else": "When one does not answer, the desk, his crew and badges {value} are told.",
            },
        },
    )

    @model_validator(mode="after")
    def _hours_have_two_ends(self) -> Self:
        if (self.begin is None) != (self.end is None) or (self.begin is not None and self.begin == self.end):
            raise ValueError("begin and end belong together and differ; leave out both for all hours")
        return self
