"""What officers are ordered by: keys, lists of keys, and a list for each group of ranks."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name

OrderName = Literal[
    "seniority",
    "rank",
    "date_in_rank",
    "badge",
    "rotation",
    "fewest_hours",
    "fewest_turns",
    "points",
    "job_class",
    "name",
    "lottery",
    "preference",
    "first_come",
    "own_unit",
    "last_contacted",
]

#: Keys whose value moves as awards are made, so that slots must be taken one after the other.
CHANGING_KEYS: frozenset[OrderName] = frozenset({"rotation", "fewest_hours", "fewest_turns"})

#: Keys by which the same two officers may rank differently for two slots.
SLOT_KEYS: frozenset[OrderName] = frozenset({"preference", "first_come", "own_unit"})

#: Keys of rounds that order officers in or recall them, and of no others.
ORDER_KEYS: frozenset[OrderName] = frozenset({"last_contacted"})

#: Keys that are counted by pool: they differ by slot where the slots are of several pools.
POOL_KEYS: frozenset[OrderName] = CHANGING_KEYS | {"points"}

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
        description="seniority: longest service first. rank: highest rank first. "
        "date_in_rank: longest in his rank first. badge: lowest badge first. "
        "rotation: top of the pool's rotation first. fewest_hours: fewest hours counted in the pool first. "
        "fewest_turns: fewest details counted in the pool first. "
        "points: most points in the pool first; awards do not move them. "
        "job_class: in the order of the handbook's job_classes, who has none of them last. "
        "name: alphabetically, by last name, then first. "
        "lottery: lowest number first, drawn for each officer from the award's recorded seed. "
        "preference: lowest preference number given to this opening first, those without one last. "
        "first_come: earliest sign-up for this opening first. "
        "own_unit: officers of the unit that the detail belongs to first. "
        "last_contacted: in a round that orders, who was last reached about this opening first, who was not reached "
        "last; `down` begins with the first who was reached. Reached is who answered, or heard it and hung up.",
        examples=["seniority", "fewest_hours"],
        json_schema_extra={"source": sources.LEXINGTON},
    )
    direction: Literal["up", "down"] = Field(
        default="up",
        description="`down` turns the key round; not for lottery, preference, first_come and own_unit.",
        examples=["down"],
        json_schema_extra={
            "source": sources.CARSON,
            "says": {"up": "The key goes its usual way.", "down": "The key is turned round."},
        },
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


def _cannot_tie(order: tuple[OrderKey, ...]) -> tuple[OrderKey, ...]:
    names = [key.key for key in order]
    if len(set(names)) != len(names):
        raise ValueError("names a key twice")
    if "badge" in names[:-1]:
        raise ValueError("has keys after badge, which never tie and so never decide")
    return order if names[-1] == "badge" else (*order, OrderKey(key="badge"))


#: Keys in order of weight, of which the last cannot tie.
OrderKeys = Annotated[tuple[OrderKey, ...], Field(min_length=1), AfterValidator(_cannot_tie)]


class RankOrder(Clause):
    """The order among officers of some ranks."""

    ranks: tuple[Name, ...] = Field(
        min_length=1,
        description="The ranks it is for.",
        examples=[["Sergeant"]],
        json_schema_extra={"source": sources.ROSTER_OVERTIME, "says": "This order is for the rank of {value}."},
    )
    order: OrderKeys = Field(
        description="Keys in order of weight among these officers. badge is added where it is missing.",
        examples=[["rotation", "seniority"]],
        json_schema_extra={"source": sources.ROSTER_OVERTIME, "says": "Who goes first among them: {value}."},
    )


def names_of(orders: Iterable[tuple[OrderKey, ...]]) -> frozenset[OrderName]:
    """The names of all keys in these orders."""
    return frozenset(key.key for order in orders for key in order)
