"""Pools: over what rotations and counts are kept, and what is counted there."""

from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, in_minutes
from models.rules.clauses.periods import Newcomers, Reset

#: What fewest hours may add up.
CountedHours = Literal["hours", "refused", "offered"]


def _name_suffices(schema: dict[str, Any]) -> None:
    written_out = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "minLength": 1, "maxLength": 60}, written_out]


class Credit(Clause):
    """How many hours an assignment counts: the scheduled ones at once, corrected when more is known."""

    hours: Literal["scheduled", "worked", "paid"] = Field(
        default="scheduled",
        description="scheduled: the detail's hours, whatever happened. worked: from check-in to check-out, as soon as "
        "he checks out. paid: the same, but at least the hours that the detail is paid for at least.",
        examples=["worked"],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "scheduled": "An assignment counts the detail's hours, whatever happened.",
                "worked": "An assignment counts the hours from check-in to check-out.",
                "paid": "An assignment counts the hours worked, but at least those that the detail is paid for.",
            },
        },
    )
    minimum_hours: Hours | None = Field(
        default=None,
        description="An assignment counts at least so many hours; empty is no minimum.",
        examples=[4],
        json_schema_extra={
            "source": sources.AUBURN,
            "says": {"null": "There is no least credit.", "else": "An assignment counts at least {value} hours."},
        },
    )

    @property
    def minimum_minutes(self) -> int:
        """The least an assignment counts, in minutes."""
        return 0 if self.minimum_hours is None else in_minutes(self.minimum_hours)


class Pool(Clause):
    """One pool. Its name alone suffices: `details` is `{name: details}`, and everything in it as by default."""

    model_config = ConfigDict(json_schema_extra=_name_suffices)

    name: Name = Field(
        description="What the department calls it.",
        examples=["double"],
        json_schema_extra={"source": sources.LEXINGTON, "says": "This pool is called {value}."},
    )
    counts: tuple[CountedHours, ...] = Field(
        default=("hours",),
        min_length=1,
        description="What is added up for the order `fewest_hours`. hours: what was charged by `outcomes`. "
        "refused: hours he refused. offered: all hours that were put to him.",
        examples=[["hours", "refused"]],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": "For the order `fewest_hours` these are added up: {value}.",
        },
    )
    rotation: Literal["queue", "circle"] = Field(
        default="queue",
        description="queue: whose turn is spent goes to the bottom, and who keeps it stays where he is. circle: the "
        "order stands and a mark moves on, to behind whose turn was spent; who was passed or could not be reached and "
        "keeps his turn is owed a call, and owed calls come first.",
        examples=["circle"],
        json_schema_extra={
            "source": sources.NASHUA_MASTER,
            "says": {
                "queue": "Whose turn is spent goes to the bottom of the rotation.",
                "circle": "The rotation is a circle whose mark moves on; who keeps his turn is owed a call.",
            },
        },
    )
    credit: Credit = Field(default=Credit(), description="How many hours an assignment counts.")
    reset: Reset = Field(default=Reset(), description="When it begins to count anew.")
    newcomers: Newcomers = Field(default=Newcomers(), description="Where an officer starts who comes new into it.")

    @model_validator(mode="after")
    def _has_a_turn_to_wait_for(self) -> Self:
        if self.newcomers.joins == "at_the_turn" and self.reset.period == "never":
            raise ValueError("newcomers join at_the_turn, but reset.period is never: there is no turn")
        return self

    @model_validator(mode="before")
    @classmethod
    def _from_its_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value
