"""Who is awarded a slot, in what order, and what an answer costs."""

from typing import Any, Literal, Self, get_args

from pydantic import ConfigDict, Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, in_minutes

OrderName = Literal[
    "seniority",
    "rank",
    "date_in_rank",
    "badge",
    "rotation",
    "fewest_hours",
    "lottery",
    "preference",
    "first_come",
    "own_unit",
]

#: Keys whose value moves as awards are made, so that slots must be taken one after the other.
CHANGING_KEYS: frozenset[OrderName] = frozenset({"rotation", "fewest_hours"})

#: Keys by which the same two officers may rank differently for two slots.
SLOT_KEYS: frozenset[OrderName] = frozenset({"preference", "first_come", "own_unit"})

#: Keys that mean something in one direction only.
ONE_WAY_KEYS: frozenset[OrderName] = SLOT_KEYS | {"lottery"}


def _name_suffices(schema: dict[str, Any]) -> None:
    written_out = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "enum": list(get_args(OrderName))}, written_out]


class OrderKey(Clause):
    """One key of an order. Its name alone suffices: `seniority` is `{key: seniority, direction: up}`."""

    model_config = ConfigDict(json_schema_extra=_name_suffices)

    key: OrderName = Field(
        description="seniority: longest service first. rank: highest first. "
        "date_in_rank: longest in his rank first. badge: lowest first. "
        "rotation: top of the pool's rotation first. fewest_hours: fewest hours counted in the pool first. "
        "lottery: lowest number first, drawn for each officer from the award's recorded seed. "
        "preference: lowest preference number given to this opening first, those without one last. "
        "first_come: earliest sign-up for this opening first. "
        "own_unit: officers of the unit that the detail belongs to first.",
        examples=["seniority", "fewest_hours"],
        json_schema_extra={"source": sources.LEXINGTON},
    )
    direction: Literal["up", "down"] = Field(
        default="up",
        description="`down` turns the key round; not for lottery, preference, first_come and own_unit.",
        examples=["down"],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )

    @model_validator(mode="before")
    @classmethod
    def _from_its_name(cls, value: Any) -> Any:
        return {"key": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _can_be_turned(self) -> Self:
        if self.direction == "down" and self.key in ONE_WAY_KEYS:
            raise ValueError(f"{self.key} cannot be turned round")
        return self


class Who(Clause):
    """Whom a round is for. What is left empty restricts nobody."""

    units: tuple[Name, ...] = Field(
        default=(),
        description="Officers of these units.",
        examples=[["North"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "Officers of all units.", "else": "Officers of {value} only."},
        },
    )
    own_unit: bool = Field(
        default=False,
        description="Only officers of the unit that the detail belongs to.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
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
    period: Literal["run", "month"] = Field(
        default="run",
        description="run: what the round itself awards, each time anew. month: all that he holds in the pool in the "
        "calendar month in which the detail starts, however he came by it.",
        examples=["month"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "run": "What counts is what the round itself awards, each time anew.",
                "month": "All that he holds in the pool in the month of the detail counts, however he came by it.",
            },
        },
    )

    @property
    def minutes(self) -> int | None:
        """The hours in minutes."""
        return None if self.hours is None else in_minutes(self.hours)


class Round(Clause):
    """One pass over the slots that are still free."""

    name: Name = Field(
        description="What the department calls this round; it appears in reasons.",
        examples=["posted"],
        json_schema_extra={"source": sources.LOWEST_HOURS, "says": "This round is called {value}; reasons name it so."},
    )
    who: Who = Field(default=Who(), description="Whom the round is for.")
    order: tuple[OrderKey, ...] = Field(
        default=(OrderKey(key="seniority"), OrderKey(key="badge")),
        min_length=1,
        description="Keys in order of weight. The last cannot tie: badge is added where it is missing.",
        examples=[["fewest_hours", "seniority"], [{"key": "badge", "direction": "down"}]],
        json_schema_extra={"source": sources.LOWEST_HOURS, "says": "Who goes first: {value}."},
    )
    at_most: AtMost = Field(default=AtMost(), description="What one officer may be awarded in this round.")
    from_hours_before: Hours | None = Field(
        default=None,
        description="The round is for slots whose start is so many hours away or less when the award is made; "
        "empty: however far.",
        examples=[24],
        json_schema_extra={
            "source": sources.GREENWICH,
            "says": {
                "null": "The round begins however far off the start is.",
                "else": "The round takes slots that start in {value} hours or less when the award is made.",
            },
        },
    )
    until_hours_before: Hours | None = Field(
        default=None,
        description="The round is for slots whose start is more than so many hours away then; empty: however near.",
        examples=[24],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "null": "The round goes on until the start.",
                "else": "The round takes slots that start in more than {value} hours when the award is made.",
            },
        },
    )

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        first, last = self.from_hours_before, self.until_hours_before
        if first is not None and last is not None and first <= last:
            raise ValueError("from_hours_before must be more than until_hours_before")
        return self

    @field_validator("order")
    @classmethod
    def _cannot_tie(cls, order: tuple[OrderKey, ...]) -> tuple[OrderKey, ...]:
        names = [key.key for key in order]
        if len(set(names)) != len(names):
            raise ValueError("names a key twice")
        if "badge" in names[:-1]:
            raise ValueError("has keys after badge, which never tie and so never decide")
        return order if names[-1] == "badge" else (*order, OrderKey(key="badge"))

    @property
    def has_changing_order(self) -> bool:
        """Whether the order moves while awards are made."""
        return any(key.key in CHANGING_KEYS for key in self.order)

    @property
    def differs_by_slot(self) -> bool:
        """Whether two officers may rank differently for two slots."""
        return any(key.key in SLOT_KEYS for key in self.order)


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
