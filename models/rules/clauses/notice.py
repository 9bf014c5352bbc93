"""How a detail's slots are given out, by how long before its start the department learnt of it."""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name
from models.rules.clauses.ladder import Ladder
from models.rules.clauses.weekdays import WeekdayMoment
from models.rules.clauses.working import Answer

Method = Literal["batch", "first_come", "ladder", "phone_tree"]


class NoticeBand(Clause):
    """Details known so long before their start, and how their slots are given out."""

    name: str = Field(
        max_length=60,
        description="What the department calls this band.",
        examples=["more than a day"],
        json_schema_extra={"source": sources.LOWEST_HOURS, "says": "This band is called {value}."},
    )
    more_than: Hours | None = Field(
        default=None,
        description="The band is for details known more than so many hours (or calendar days, as `measured_in` says) "
        "before their start, and not of a band above it. Empty for the last band, which takes the rest, and where "
        "`closes_on` says what the band takes.",
        examples=[24],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {"null": "It takes the rest.", "else": "It is for notice of more than {value}."},
        },
    )
    or_exactly: bool = Field(
        default=False,
        description="Whether exactly that notice is enough: at least so many hours instead of more than so many.",
        examples=[True],
        json_schema_extra={
            "source": sources.SPECIAL_EVENTS,
            "beside": {"more_than": 168},
            "says": {"true": "Exactly that notice is enough.", "false": "Exactly that notice is not enough."},
        },
    )
    method: Method = Field(
        default="batch",
        description="batch: officers sign up, and the award is made over all of them. first_come: who texts first and "
        "may take it has the slot at once. A window, which is a batch with open_for_minutes, is the fairer way: it "
        "does not go by who sees his phone first. ladder: there is no sign-up, officers are asked down a list. "
        "phone_tree: the same, by calls; a ladder of its own says otherwise.",
        examples=["first_come"],
        json_schema_extra={"source": sources.LOWEST_HOURS},
    )
    closes_hours_before: Hours | None = Field(
        default=None,
        description="Sign-up closes so many hours before the start; empty: as `signup` says for a batch, at the start "
        "for first_come.",
        examples=[12],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "Sign-up closes when `signup` says; first come, at the start.",
                "else": "Sign-up closes {value} hours before the start.",
            },
        },
    )
    opens_on: WeekdayMoment | None = Field(
        default=None,
        description="Details are posted, and sign-up opens, at this moment by the weekday, however early they are "
        "known; empty: at once. A posting that gives its own time keeps it.",
        examples=[{"day": "monday", "at": "08:00"}],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "Sign-up opens at once.", "else": "Sign-up opens by the weekday."},
        },
    )
    closes_on: WeekdayMoment | None = Field(
        default=None,
        description="Sign-up closes at this moment by the weekday, instead of so many hours before the start. The band "
        "then takes only details that are known before that moment and start after it; others fall into a band below.",
        examples=[{"day": "thursday", "at": "15:30"}],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "null": "Sign-up does not close by the weekday.",
                "else": "Sign-up closes by the weekday; what is known later falls into a band below.",
            },
        },
    )
    awards_on: WeekdayMoment | None = Field(
        default=None,
        description="The award is made at this moment by the weekday, at the close at the earliest, instead of so many "
        "minutes after it.",
        examples=[{"day": "friday", "at": "09:00"}],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "The award is not made by the weekday.",
                "else": "The award is made by the weekday, at the close at the earliest.",
            },
        },
    )
    open_for_minutes: int | None = Field(
        default=None,
        ge=1,
        description="Sign-up closes so many minutes after the posting, if that is sooner: a window for short notice.",
        examples=[60],
        json_schema_extra={
            "source": sources.OVERTIME_AVAILABILITY,
            "says": {
                "null": "Sign-up is not a window after the posting.",
                "else": "Sign-up closes {value} minutes after the posting, if that is sooner.",
            },
        },
    )
    award_after_close_minutes: int | None = Field(
        default=None,
        ge=0,
        description="The award is made so many minutes after the close; empty: as `signup` says.",
        examples=[15],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "The award is made as `signup` says.",
                "else": "The award is made {value} minutes after the close.",
            },
        },
    )
    rounds: tuple[Name, ...] = Field(
        default=(),
        description="The rounds of `awarding` that these details go through; empty: all of them.",
        examples=[["everyone"]],
        json_schema_extra={
            "source": sources.EMERGENCY_EXTRA_DUTY,
            "says": {"empty": "It goes through all rounds.", "else": "It goes through the rounds {value}."},
        },
    )
    ladder: Ladder | None = Field(
        default=None,
        description="How officers are asked, for ladder and phone_tree, and where a slot comes free and replacement "
        "goes by the band; empty: one after the other, half an hour each, by text; in a phone_tree by "
        "a call, with five minutes to call back.",
        examples=[{"at_once": 3, "steps": [{"answer_minutes": 10}]}],
        json_schema_extra={
            "source": sources.EMERGENCY_EXTRA_DUTY,
            "says": {"null": "It has no ladder of its own.", "else": "It has a ladder of its own."},
        },
    )
    answer: Answer | None = Field(
        default=None,
        description="How long an officer who was awarded such a detail has to answer; empty: as `answer` says.",
        examples=[{"minutes": 30, "remind_after_minutes": [15], "due_hours_before_start": 0}],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "The time to answer is that of `answer`.", "else": "It has a time to answer of its own."},
        },
    )

    @model_validator(mode="after")
    def _exactly_what(self) -> Self:
        if self.or_exactly and self.more_than is None:
            raise ValueError("or_exactly belongs to more_than")
        return self

    @model_validator(mode="after")
    def _weekdays_in_order(self) -> Self:
        if self.closes_on is not None and self.closes_hours_before is not None:
            raise ValueError("closes_on and closes_hours_before exclude each other")
        if self.awards_on is not None and self.award_after_close_minutes is not None:
            raise ValueError("awards_on and award_after_close_minutes exclude each other")
        if self.awards_on is not None and self.method != "batch":
            raise ValueError("awards_on is for a batch: no other method has a time of award")
        for (first, early), (second, late) in pairwise(
            (name, moment)
            for name in ("opens_on", "closes_on", "awards_on")
            if (moment := getattr(self, name)) is not None
        ):
            if late.is_before(early):
                raise ValueError(f"{second} must not come before {first}")
        return self


class Notice(Clause):
    """Notice is counted from when the detail became known to the department to its start."""

    measured_in: Literal["hours", "calendar_days"] = Field(
        default="hours",
        description="hours: real time. calendar_days: midnights of the department's wall between the day it became "
        "known and the day it starts.",
        examples=["calendar_days"],
        json_schema_extra={
            "source": sources.PNB_SCOTLAND,
            "says": {
                "hours": "Notice is counted in hours of real time.",
                "calendar_days": "Notice is counted in midnights of the department's wall.",
            },
        },
    )
    bands: tuple[NoticeBand, ...] = Field(
        default=(NoticeBand(name="any notice"),),
        min_length=1,
        description="From the longest notice to the shortest; each detail falls into the first whose `more_than` its "
        "notice exceeds.",
        examples=[[{"name": "more than a day", "more_than": 24}, {"name": "a day or less", "method": "first_come"}]],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": "Details fall into bands by their notice, from the longest to the shortest: {value}.",
        },
    )

    @field_validator("bands")
    @classmethod
    def _longest_first(cls, bands: tuple[NoticeBand, ...]) -> tuple[NoticeBand, ...]:
        if len({each.name for each in bands}) != len(bands):
            raise ValueError("has two bands of the same name")
        if bands[-1].more_than is not None:
            raise ValueError(f"must end with a band without more_than: {bands[-1].name!r} leaves shorter notice open")
        floors = [each.more_than for each in bands[:-1]]
        by_weekday = [each.closes_on is not None for each in bands[:-1]]
        for each, floor, closes in zip(bands, floors, by_weekday, strict=False):
            if floor is None and not closes:
                raise ValueError(f"{each.name!r} needs more_than: only the last band takes the rest")
        if any(first <= second for first, second in pairwise(each for each in floors if each is not None)):
            raise ValueError("must go from the longest notice to the shortest")
        return bands

    @model_validator(mode="after")
    def _whole_days(self) -> Self:
        if self.measured_in == "calendar_days" and any((each.more_than or 0) % 1 for each in self.bands):
            raise ValueError("counts calendar days, so more_than must be whole")
        return self

    def named(self, name: str) -> NoticeBand | None:
        """The band of this name; None for one that the handbook does not have."""
        return next((each for each in self.bands if each.name == name), None)
