"""Neighbouring departments: whose officers are asked when nobody of one's own is left, and to whom one lends."""

from typing import Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name
from models.rules.clauses.orders import OrderKey
from models.rules.clauses.rounds import Round
from models.rules.clauses.tiers import AtMost, Who


class Neighbours(Clause):
    """Both handbooks must allow it: one asks, the other lends. Neither department sees the other's roster."""

    ask: tuple[Name, ...] = Field(
        default=(),
        description="Departments of this installation, by the name their bundle calls them, whose officers are invited "
        "to a slot once nobody of one's own is left to ask. They are all invited at the same time.",
        examples=[["harbor"]],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "empty": "No other department is asked for help.",
                "else": "When nobody is left to ask, officers of {value} are invited.",
            },
        },
    )
    answer_minutes: int = Field(
        default=120,
        ge=1,
        description="They have so many minutes, though not past the start; then officers are ordered in, or a person "
        "decides.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Officers of other departments have {value} minutes to take what they are invited to.",
        },
    )
    times: int = Field(
        default=1,
        ge=1,
        le=5,
        description="How often they are invited to what nobody has taken by then, each time with so many minutes to "
        "answer.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"1": "They are invited once.", "else": "They are invited {value} times."},
        },
    )
    lend_to: tuple[Name, ...] = Field(
        default=(),
        description="Departments of this installation whose invitations one's own officers are told of. Who may take "
        "one goes by this handbook, as for a detail of its first pool.",
        examples=[["millbrook"]],
        json_schema_extra={
            "source": sources.LEXINGTON,
            "says": {
                "empty": "No officer works for another department.",
                "else": "Officers may take details of {value}.",
            },
        },
    )
    lend_who: Who = Field(default=Who(), description="Which of one's own officers are lent.")
    lend_order: tuple[OrderKey, ...] = Field(
        default=(),
        description="One's own officers are told of an invitation, and may take it, one after the other in this order, "
        "as far as the time to answer goes; badge decides at last. Empty: all at once, and the first has it.",
        examples=[["rotation", "seniority"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "Officers are told of an invitation all at once.",
                "else": "Officers are told of an invitation one after the other: {value}.",
            },
        },
    )
    lend_minutes_apart: int = Field(
        default=10,
        ge=1,
        le=1440,
        description="For lend_order: each is told, and may take it, so many minutes after the one before him.",
        examples=[15],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Where they are told in turn, {value} minutes lie between one and the next.",
        },
    )
    lend_at_most: AtMost = Field(
        default=AtMost(period="month"),
        description="What one of them may hold for other departments together, per week, 28 days or month.",
    )

    @property
    def lending_round(self) -> Round | None:
        """The order in which officers are told of an invitation, as a round for everybody; None: all at once."""
        return Round(name="lending", order=self.lend_order) if self.lend_order else None

    @model_validator(mode="after")
    def _lends_by_what_he_is_and_has(self) -> Self:
        """Nobody signs up for an invitation, it is of no unit, and it is no award that draws lots."""
        no_use = {"preference", "first_come", "own_unit", "lottery", "last_contacted"}
        wrong = [key.key for key in self.lend_order if key.key in no_use]
        if wrong:
            raise ValueError(f"lend_order cannot go by {wrong[0]}")
        # Refuses an order that contradicts itself.
        _ = self.lending_round
        return self

    @model_validator(mode="after")
    def _lends_by_the_calendar(self) -> Self:
        if self.lend_at_most.period == "run":
            raise ValueError("lend_at_most counts by week, 28_days or month: nothing is lent in a run of an award")
        return self
