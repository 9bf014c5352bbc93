"""Rounds: who may, in what order, from when to when, how much each."""

from collections.abc import Collection
from datetime import time
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, WallTime
from models.rules.clauses.orders import (
    CHANGING_KEYS,
    ORDER_KEYS,
    POOL_KEYS,
    SLOT_KEYS,
    OrderKey,
    OrderKeys,
    OrderName,
    RankOrder,
    names_of,
)
from models.rules.clauses.tiers import AtMost, Who
from models.rules.clauses.weekdays import WeekdayMoment

Spared = Literal["leave_days", "days_off", "days_off_beside_leave"]


class Round(Clause):
    """One pass over the slots that are still free."""

    name: Name = Field(
        description="What the department calls this round; it appears in reasons.",
        examples=["posted"],
        json_schema_extra={"source": sources.LOWEST_HOURS, "says": "This round is called {value}; reasons name it so."},
    )
    who: Who = Field(default=Who(), description="Whom the round is for.")
    beside_tour: Literal["before", "after", "either"] | None = Field(
        default=None,
        description="Of those only officers with a tour directly beside the detail. before: his tour ends as it starts "
        "(the shift before is held over). after: his tour starts as it ends (the shift after comes in early). either: "
        "one of the two. Empty: whenever his tours are.",
        examples=["before"],
        json_schema_extra={
            "source": sources.EMERGENCY_EXTRA_DUTY,
            "says": {
                "null": "It does not go by when an officer's tours are.",
                "before": "Only officers whose tour ends as the detail starts.",
                "after": "Only officers whose tour starts as the detail ends.",
                "either": "Only officers whose tour ends as the detail starts, or starts as it ends.",
            },
        },
    )
    beside_tour_minutes: int = Field(
        default=30,
        ge=0,
        le=720,
        description="For beside_tour: no more than so many minutes lie between the tour and the detail.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Directly beside is what lies no more than {value} minutes away.",
        },
    )
    on_day: Literal["day_off", "work_day"] | None = Field(
        default=None,
        description="day_off: of those only officers who have no tour on any day that the detail touches. work_day: "
        "only those who have one. Empty: both.",
        examples=["day_off"],
        json_schema_extra={
            "source": sources.CALL_IN,
            "says": {
                "null": "Whether they have the day off or not.",
                "day_off": "Only officers who have the day off.",
                "work_day": "Only officers who work that day.",
            },
        },
    )
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
            "source": sources.ROSTER_OVERTIME,
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

    from_days_before: int | None = Field(
        default=None,
        ge=0,
        le=366,
        description="The round begins so many calendar days before the day of the start, at `from_at`; empty: however "
        "far the start is. Instead of from_hours_before.",
        examples=[7],
        json_schema_extra={
            "source": sources.TEN_DAYS,
            "says": {
                "null": "No calendar day begins the round.",
                "else": "The round begins on the day that is {value} before that of the start.",
            },
        },
    )
    from_at: WallTime = Field(
        default=time(0),
        description="The local time of day that goes with from_days_before.",
        examples=["17:00"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "A day that begins the round does so at {value}."},
    )
    until_days_before: int | None = Field(
        default=None,
        ge=0,
        le=366,
        description="The round ends so many calendar days before the day of the start, at `until_at`; empty: however "
        "near the start is. Instead of until_hours_before.",
        examples=[1],
        json_schema_extra={
            "source": sources.TEN_DAYS,
            "says": {
                "null": "No calendar day ends the round.",
                "else": "The round ends on the day that is {value} before that of the start.",
            },
        },
    )
    until_at: WallTime = Field(
        default=time(0),
        description="The local time of day that goes with until_days_before.",
        examples=["12:00"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "A day that ends the round does so at {value}."},
    )
    from_on: WeekdayMoment | None = Field(
        default=None,
        description="The round begins at this moment by the weekday; empty: it does not go by weekdays. Instead of "
        "from_hours_before and from_days_before.",
        examples=[{"day": "monday", "at": "08:00"}],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "No weekday begins the round.", "else": "A weekday begins the round."},
        },
    )
    until_on: WeekdayMoment | None = Field(
        default=None,
        description="The round ends at this moment by the weekday; empty: it does not go by weekdays. Instead of "
        "until_hours_before and until_days_before.",
        examples=[{"day": "wednesday", "at": "17:00"}],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "No weekday ends the round.", "else": "A weekday ends the round."},
        },
    )
    lifts: tuple[Name, ...] = Field(
        default=(),
        description="Limits and rests that do not hold in this round, by the names that the handbook gives them.",
        examples=[["16 in 24"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "Every rest and limit holds.", "else": "In this round {value} does not hold."},
        },
    )
    entry_minutes_apart: int | None = Field(
        default=None,
        ge=1,
        description="Officers may sign up one after the other, in this round's order: the first when it begins, each "
        "next so many minutes later; a sign-up before one's turn does not count. Empty: all at once.",
        examples=[1],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "All officers may sign up from the beginning.",
                "else": "Each officer may sign up {value} minutes after the one above him in the order.",
            },
        },
    )
    kind: Literal["signups", "order_in", "recall"] = Field(
        default="signups",
        description="signups: awards what officers signed up for. order_in: orders officers to what is left, whether "
        "they signed up or not. recall: the same, of officers whom the department calls back in; they are told so, and "
        "it is on record as a recall.",
        examples=["order_in"],
        json_schema_extra={
            "source": sources.MANDATORY,
            "says": {
                "signups": "It awards what officers signed up for.",
                "order_in": "It orders officers to what is left, whether they signed up or not.",
                "recall": "It calls officers back in to what is left, whether they signed up or not.",
            },
        },
    )
    counter: Name | None = Field(
        default=None,
        description="The pool whose rotation and counts the round goes by and moves, by its awards and by what is said "
        "to them; empty: that of the detail. Who is asked without an award (down a list, for what came free) counts in "
        "the first round that is for him, of those whose time it is.",
        examples=["details"],
        json_schema_extra={
            "source": sources.CARSON,
            "says": {
                "null": "It counts in the pool of the detail.",
                "else": "It goes by the turns and counts of {value}, and counts there.",
            },
        },
    )
    spares: tuple[Spared, ...] = Field(
        default=("leave_days",),
        description="Who is not ordered in. leave_days: whoever has leave on a day that the detail touches, also "
        "outside its hours. days_off: whoever has no duty on any such day. days_off_beside_leave: whoever has no duty "
        "on such a day, if nothing but days off lie between it and leave, before or after it.",
        examples=[["leave_days", "days_off"]],
        json_schema_extra={
            "source": sources.TOLEDO_RECALL,
            "says": {"empty": "Nobody is spared from orders.", "else": "On {value} nobody is ordered in."},
        },
    )

    @model_validator(mode="after")
    def _asks_before_it_orders(self) -> Self:
        if not self.orders and not self.keys.isdisjoint(ORDER_KEYS):
            raise ValueError("last_contacted is for rounds that order in or recall")
        return self

    @property
    def goes_by_tours(self) -> bool:
        """Whether it is for officers by when their tours are."""
        return self.beside_tour is not None or self.on_day is not None

    @property
    def orders(self) -> bool:
        """Whether it goes by no sign-ups: officers are ordered in, or called back."""
        return self.kind != "signups"

    def pool_of(self, pool: str) -> str:
        """The pool that a detail of `pool` counts in here."""
        return self.counter or pool

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        for edge in ("from", "until"):
            names = (f"{edge}_hours_before", f"{edge}_days_before", f"{edge}_on")
            said = [name for name in names if getattr(self, name) is not None]
            if len(said) > 1:
                raise ValueError(f"{' and '.join(said)} exclude each other")
        first, last = self.from_hours_before, self.until_hours_before
        if first is not None and last is not None and first <= last:
            raise ValueError("from_hours_before must be more than until_hours_before")
        self._days_in_order()
        return self

    def _days_in_order(self) -> None:
        first, last = self.from_days_before, self.until_days_before
        if first is not None and last is not None and (-first, self.from_at) >= (-last, self.until_at):
            raise ValueError("from_days_before with from_at must come before until_days_before with until_at")
        if self.from_on is not None and self.until_on is not None and not self.from_on.is_before(self.until_on):
            raise ValueError("from_on must come before until_on, in weeks that begin on the same day")

    @model_validator(mode="after")
    def _entry_goes_by_what_stands_still(self) -> Self:
        moving = sorted(self.keys & {*CHANGING_KEYS, "preference", "first_come", "lottery"})
        if self.entry_minutes_apart is not None and moving:
            raise ValueError(f"entry_minutes_apart needs an order that stands before anybody signs up, not {moving[0]}")
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
        counted_in = {self.pool_of(pool) for pool in pools}
        return not self.keys.isdisjoint(SLOT_KEYS) or (len(counted_in) > 1 and not self.keys.isdisjoint(POOL_KEYS))

    def spends_turns(self, rank: str) -> bool:
        """Whether an award of this round moves an officer of the rank to the bottom of the rotation."""
        return any(key.key == "rotation" for key in self.order_for(rank))
