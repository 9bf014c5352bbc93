"""Who is awarded a slot, and what an answer costs."""

from typing import Literal

from pydantic import Field, field_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause
from models.rules.clauses.rounds import Round


class Awarding(Clause):
    """How signups become awards."""

    rounds: tuple[Round, ...] = Field(
        default=(Round(name="everyone"),),
        min_length=1,
        description="Rounds, each on what the one before left.",
        examples=[
            [
                {"name": "posted", "order": ["fewest_hours", "seniority"], "until_hours_before": 24},
                {"name": "first call", "order": ["first_come"], "from_hours_before": 24},
            ]
        ],
        json_schema_extra={"source": sources.LOWEST_HOURS},
    )
    standbys: int | None = Field(
        default=None,
        ge=0,
        description="Standbys kept for each opening; empty keeps all who could take it.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "All who could take a slot stand by for it.",
                "else": "At most {value} officers stand by for each opening.",
            },
        },
    )

    @field_validator("rounds")
    @classmethod
    def _names_differ(cls, rounds: tuple[Round, ...]) -> tuple[Round, ...]:
        names = [each.name for each in rounds]
        if len(set(names)) != len(names):
            raise ValueError("has two rounds of the same name")
        return rounds


class Outcome(Clause):
    """What becomes of the turn and the hours that an award took in advance."""

    turn: Literal["spent", "kept"] = Field(
        description="spent: the officer stays at the bottom of the rotation. kept: he gets his place back.",
        examples=["kept"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "spent": "He stays at the bottom of the rotation.",
                "kept": "He gets his place in the rotation back.",
            },
        },
    )
    hours: Literal["charged", "not_charged"] = Field(
        description="charged: the hours of the detail stay on his count. not_charged: they come off again.",
        examples=["charged"],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "charged": "The hours of the detail stay on his count.",
                "not_charged": "The hours of the detail come off his count again.",
            },
        },
    )


class Outcomes(Clause):
    """
    What each outcome of an award costs. An award moves the counters at once, so that the next award sees them
    moved; when the outcome is known, this table says what stays and what is given back.
    """

    accepted: Outcome = Field(default=Outcome(turn="spent", hours="charged"), description="He said yes.")
    declined: Outcome = Field(default=Outcome(turn="spent", hours="not_charged"), description="He said no.")
    no_answer: Outcome = Field(
        default=Outcome(turn="kept", hours="not_charged"),
        description="He was told and did not answer.",
    )
    unreachable: Outcome = Field(
        default=Outcome(turn="kept", hours="not_charged"), description="The carrier could not deliver to him."
    )
    dropped: Outcome = Field(
        default=Outcome(turn="spent", hours="not_charged"), description="He gave the assignment back."
    )
    no_show: Outcome = Field(
        default=Outcome(turn="spent", hours="charged"), description="He neither dropped nor checked in."
    )
