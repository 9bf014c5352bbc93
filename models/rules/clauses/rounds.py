"""Rounds: who may, in what order, from when to when, how much each."""

from collections.abc import Collection
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, in_minutes
from models.rules.clauses.orders import (
    CHANGING_KEYS,
    POOL_KEYS,
    SLOT_KEYS,
    OrderKey,
    OrderKeys,
    OrderName,
    RankOrder,
    names_of,
)


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
    order: OrderKeys = Field(
        default=(OrderKey(key="seniority"), OrderKey(key="badge")),
        description="Keys in order of weight. The last cannot tie: badge is added where it is missing.",
        examples=[["fewest_hours", "seniority"], [{"key": "badge", "direction": "down"}]],
        json_schema_extra={"source": sources.LOWEST_HOURS, "says": "Who goes first: {value}."},
    )
    order_by_rank: tuple[RankOrder, ...] = Field(
        default=(),
        description="Orders of their own for officers of some ranks. The first of these groups goes before the second, "
        "and so on; who is of none of them comes after all, by `order`.",
        examples=[[{"ranks": ["Sergeant"], "order": ["seniority"]}, {"ranks": ["Officer"], "order": ["rotation"]}]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "No rank has an order of its own.",
                "else": "Some ranks have an order of their own, the first of these groups before the second.",
            },
        },
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

    @field_validator("order_by_rank")
    @classmethod
    def _each_rank_once(cls, groups: tuple[RankOrder, ...]) -> tuple[RankOrder, ...]:
        ranks = [rank for group in groups for rank in group.ranks]
        if len(set(ranks)) != len(ranks):
            raise ValueError("has a rank twice")
        return groups

    def order_for(self, rank: str) -> tuple[OrderKey, ...]:
        """The order among officers of a rank."""
        return next((each.order for each in self.order_by_rank if rank in each.ranks), self.order)

    @cached_property
    def keys(self) -> frozenset[OrderName]:
        """The names of all keys by which anybody is ordered here."""
        return names_of([self.order, *(each.order for each in self.order_by_rank)])

    @property
    def has_changing_order(self) -> bool:
        """Whether the order moves while awards are made."""
        return not self.keys.isdisjoint(CHANGING_KEYS)

    def differs_by_slot(self, pools: Collection[str]) -> bool:
        """Whether two officers may rank differently for two slots, where slots count in these pools."""
        return not self.keys.isdisjoint(SLOT_KEYS) or (len(pools) > 1 and not self.keys.isdisjoint(POOL_KEYS))

    def spends_turns(self, rank: str) -> bool:
        """Whether an award of this round moves an officer of the rank to the bottom of the rotation."""
        return any(key.key == "rotation" for key in self.order_for(rank))
