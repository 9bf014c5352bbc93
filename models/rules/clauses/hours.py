"""What hours are made of, what every rule about time says of itself, and the rest an officer must have had."""

from typing import Literal, Self, get_args

from pydantic import ConfigDict, Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, WallTime, in_minutes
from models.rules.clauses.statuses import OfficerStatus

DutyKind = Literal["duty", "overtime", "court", "training"]
OneLeave = Literal[
    "vacation_leave",
    "sick_leave",
    "injured_leave",
    "military_leave",
    "bereavement_leave",
    "training_leave",
    "union_leave",
    "other_leave",
]

#: What hours are made of. `tours` are all hours on regular duty, `leave` is all time off that was granted.
TimeKind = Literal["details", "tours", DutyKind, "leave", OneLeave]

#: From which moment on a rule stops somebody. Before it, and always where it is `never`, it is told as advice.
Binding = Literal["signup", "award", "never"]


class Only(Clause):
    """For which officers and which details a rule holds; what is left empty excludes nobody."""

    ranks: tuple[Name, ...] = Field(
        default=(),
        description="Only officers of these ranks.",
        examples=[["Officer"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For officers of every rank."}},
    )
    statuses: tuple[OfficerStatus, ...] = Field(
        default=(),
        description="Only officers in one of these statuses.",
        examples=[["probation"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For officers in every status."}},
    )
    units: tuple[Name, ...] = Field(
        default=(),
        description="Only officers of these units.",
        examples=[["Traffic"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For officers of every unit."}},
    )
    pools: tuple[Name, ...] = Field(
        default=(),
        description="Only details counted in these pools.",
        examples=[["details"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For details of every pool."}},
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="Only details of these kinds of work.",
        examples=[["bar"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For details of every kind of work."}},
    )

    @property
    def is_everyone(self) -> bool:
        """Whether the rule holds for everybody and everything."""
        return not (self.ranks or self.statuses or self.units or self.pools or self.kinds)


class TimeRule(Clause):
    """What every rule about an officer's time says of itself."""

    name: str = Field(
        default="",
        max_length=60,
        description="What the department calls this rule; a round may lift it by that name.",
        examples=["the 36 hour week"],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {"": "The rule has no name.", "else": "The department calls this rule: {value}."},
        },
    )
    only: Only = Field(default=Only(), description="For which officers and details it holds.")
    holds_for: Literal["all", "orders"] = Field(
        default="all",
        description="orders: it holds only where officers are ordered in or called back; what they volunteer for does "
        "not ask for it. What is for volunteers alone is lifted by its name in the round that orders (`lifts`).",
        examples=["orders"],
        json_schema_extra={
            "source": sources.CARSON,
            "says": {
                "all": "It holds for what officers volunteer for and for what they are ordered to.",
                "orders": "It holds only where officers are ordered in or called back.",
            },
        },
    )
    binds_from: Binding = Field(
        default="signup",
        description="From when on it stops somebody: from the sign-up, from the award, or never.",
        examples=["award"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "signup": "Who would break it cannot sign up.",
                "award": "Who would break it may sign up, and is told; the award, offers and all that follows hold it.",
                "never": "Who would break it is told, and nothing is refused.",
            },
        },
    )


class ToursStarting(Clause):
    """Tours that start at some time of the day: day, evening, midnight tours."""

    from_time: WallTime = Field(
        description="They start at this local time or later.",
        examples=["22:00"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "These tours start at {value} or later."},
    )
    until_time: WallTime = Field(
        description="They start before this local time, of the next day if it is the earlier one.",
        examples=["02:00"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "These tours start before {value}."},
    )


class Rest(TimeRule):
    """Time off owed between the end of one thing and the start of the next; a detail is one of the two."""

    # Beside any other setting a rest must say how long it is: an example is of eight hours.
    model_config = ConfigDict(json_schema_extra={"beside": {"hours": 8}})

    hours: Hours | None = Field(
        default=None,
        description="The rest, in hours; empty where it is counted in shifts, or by the next tour.",
        examples=[8],
        json_schema_extra={
            "source": sources.OFF_DUTY_70,
            "says": {"null": "The rest is not counted in hours.", "else": "At least {value} hours off."},
        },
    )
    shifts: int | None = Field(
        default=None,
        ge=1,
        le=21,
        description="Instead of hours: so many whole shifts (`shifts` of the handbook) are kept free directly beside "
        "it, counted from the change of shifts nearest to its end, or to its start.",
        examples=[1],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "beside": {"hours": None},
            "around": {"shifts": ["07:00", "15:00", "23:00"]},
            "says": {"null": "The rest is not counted in shifts.", "else": "Whole shifts are kept free: {value}."},
        },
    )
    until_tour: Literal["begun", "finished"] | None = Field(
        default=None,
        description="Instead of hours: after leave no detail begins before he is back on duty. begun: until his next "
        "tour begins. finished: until it is over. The kinds of leave stand in `after`; leave whose kind nobody said is "
        "`leave`.",
        examples=["begun"],
        json_schema_extra={
            "source": sources.ROSTER_SICK,
            "beside": {"hours": None, "after": ["sick_leave"]},
            "says": {
                "null": "The rest does not go by the next tour.",
                "begun": "No detail begins before the next tour has begun.",
                "finished": "No detail begins before the next tour is over.",
            },
        },
    )
    minutes: int = Field(
        default=0,
        ge=0,
        le=59,
        description="Minutes on top of the hours.",
        examples=[30],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {"0": "And no minutes beside.", "else": "And {value} minutes."},
        },
    )
    after: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What the rest follows.",
        examples=[["details"]],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": "The rest is owed after {value}."},
    )
    before: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What the rest precedes.",
        examples=[["details"]],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": "The rest is owed before {value}."},
    )
    tours_starting: ToursStarting | None = Field(
        default=None,
        description="Of tours only those that start at such a time of day; empty: whenever they start.",
        examples=[{"from_time": "22:00", "until_time": "02:00"}],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "Tours count whenever they start.", "else": "Of tours only some count, by their start."},
        },
    )
    after_hours: Hours | None = Field(
        default=None,
        gt=0,
        description="Owed only after so many hours worked in one stretch of what stands in `after`.",
        examples=[16],
        json_schema_extra={
            "source": sources.BROWARD,
            "says": {
                "null": "It is owed however long was worked.",
                "else": "It is owed only after a stretch of {value} hours or more.",
            },
        },
    )
    stretch_ends_after_hours: Hours | None = Field(
        default=None,
        gt=0,
        description="The break that ends such a stretch, in hours; the rest itself if empty.",
        examples=[4],
        json_schema_extra={
            "source": sources.BROWARD,
            "says": {
                "null": "The rest itself is what ends a stretch.",
                "else": "A break of {value} hours ends a stretch.",
            },
        },
    )

    @property
    def least_minutes(self) -> int:
        """The rest in minutes; 0 where it is not counted in hours."""
        return in_minutes(self.hours or 0) + self.minutes

    @property
    def break_minutes(self) -> int:
        """The break that ends a stretch, in minutes."""
        ends_after = self.stretch_ends_after_hours
        return self.least_minutes if ends_after is None else in_minutes(ends_after)

    @model_validator(mode="after")
    def _is_counted_one_way(self) -> Self:
        if [self.hours, self.shifts, self.until_tour].count(None) != 2:
            raise ValueError("a rest needs hours, or shifts, or until_tour, and one of them only")
        if self.until_tour is not None:
            return self._comes_after_leave()
        if self.shifts is None:
            if self.after_hours is not None and self.tours_starting is not None:
                raise ValueError("after_hours is about stretches, and tours_starting about single tours: one of them")
            return self
        if self.minutes or self.after_hours is not None:
            raise ValueError("a rest in shifts has no minutes and no after_hours")
        if any(_is_leave(kind) for kind in (*self.after, *self.before)):
            raise ValueError("a rest in shifts is beside tours and details, not beside leave")
        return self

    def _comes_after_leave(self) -> Self:
        if not all(_is_leave(kind) for kind in self.after) or "details" not in self.before:
            raise ValueError("until_tour is a rest after leave, before details: say which leave in after")
        if self.minutes or self.after_hours is not None or self.tours_starting is not None:
            raise ValueError("a rest until the next tour has no minutes, no after_hours and no tours_starting")
        return self


def _is_leave(kind: str) -> bool:
    return kind == "leave" or kind.endswith("_leave")


_GROUPS: dict[str, tuple[str, ...]] = {
    "tours": get_args(DutyKind),
    "leave": ("leave", *get_args(OneLeave)),
}


def kinds_of(named: tuple[TimeKind, ...]) -> frozenset[str]:
    """The single kinds that a clause means, with `tours` and `leave` taken apart."""
    return frozenset(kind for name in named for kind in _GROUPS.get(name, (name,)))
