"""A department's rules as typed data: every setting with its meaning, its unit and its default."""

from collections.abc import Sequence
from datetime import time
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.awarding import Awarding
from models.rules.clauses.base import Clause, Name, WallTime
from models.rules.clauses.by_hand import ByHand
from models.rules.clauses.callers import Callers
from models.rules.clauses.calls import Calls
from models.rules.clauses.consequences import Consequence
from models.rules.clauses.contractor import ContractorNews
from models.rules.clauses.crew import Crew
from models.rules.clauses.drops import Drops
from models.rules.clauses.eligibility import Eligibility
from models.rules.clauses.emergency import Emergency
from models.rules.clauses.headcount import Headcount
from models.rules.clauses.hours import Rest
from models.rules.clauses.limits import Limit
from models.rules.clauses.neighbours import Neighbours
from models.rules.clauses.notice import Notice
from models.rules.clauses.outcomes import Outcomes
from models.rules.clauses.pay import Pay
from models.rules.clauses.place import Place
from models.rules.clauses.pools import Pool
from models.rules.clauses.rank_mix import OFFICERS, RankMix
from models.rules.clauses.remedy import Remedy
from models.rules.clauses.staying import Staying
from models.rules.clauses.swaps import Swaps
from models.rules.clauses.telling import Telling
from models.rules.clauses.travel import Travel
from models.rules.clauses.welfare import Welfare
from models.rules.clauses.working import Answer, Attendance, Reminders, Replacement, Signup


class Handbook(Clause):
    """
    One version of a department's rules. `{}` is a handbook: everyone active may work, strict seniority awards.
    The zone in which days and weeks are counted belongs to the department, not to the handbook.
    """

    ranks: tuple[Name, ...] = Field(
        default=("Chief", "Captain", "Lieutenant", "Sergeant", "Officer"),
        min_length=1,
        description="The department's ranks, highest first.",
        examples=[["Lieutenant", "Sergeant", "Officer"]],
        json_schema_extra={"source": sources.HARTFORD},
    )
    job_classes: tuple[Name, ...] = Field(
        default=(),
        description="The department's job classes, in the order in which the key job_class takes them.",
        examples=[["Patrol", "Detective", "Civilian"]],
        json_schema_extra={
            "source": sources.FULL_TIME_FIRST,
            "says": {"empty": "There are no job classes.", "else": "The job classes are {value}, in this order."},
        },
    )
    pools: tuple[Pool, ...] = Field(
        default=(Pool(name="details"),),
        min_length=1,
        description="Over what rotations and counts are kept. The first is for details that name none.",
        examples=[["details", "double"], [{"name": "details", "credit": {"minimum_hours": 4}}, "double"]],
        json_schema_extra={
            "source": sources.LEXINGTON,
            "says": "Turns and hours are counted over {value}, each for itself, the first where none is named.",
        },
    )
    shifts: tuple[WallTime, ...] = Field(
        default=(),
        description="The local times of day at which the department's shifts begin, for rests and limits that are "
        "counted in shifts; empty: there are none.",
        examples=[["07:00", "15:00", "23:00"]],
        json_schema_extra={
            "source": sources.LOCKLAND,
            "says": {"empty": "No shifts are named.", "else": "Shifts begin at {value}."},
        },
    )
    rank_mix: RankMix = Field(default=RankMix(), description="How many supervisors for how many officers.")
    eligibility: Eligibility = Field(default=Eligibility(), description="Who may work details.")
    rest: tuple[Rest, ...] = Field(
        default=(),
        description="Rest owed between tours and details; all must hold.",
        examples=[[{"hours": 8, "after": ["tours"], "before": ["details"]}]],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": {"empty": "No rest is owed."}},
    )
    limits: tuple[Limit, ...] = Field(
        default=(),
        description="Limits on hours, details and days in a row; all must hold.",
        examples=[[{"kind": "rolling", "hours": 16, "in_hours": 24}]],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {"empty": "There is no limit on hours, details or days in a row."},
        },
    )
    travel: Travel = Field(default=Travel(), description="Time for the way between posts.")
    telling: Telling = Field(default=Telling(), description="When officers are told of new details.")
    signup: Signup = Field(default=Signup(), description="When sign-up closes.")
    notice: Notice = Field(
        default=Notice(), description="How slots are given out, by how long before its start a detail became known."
    )
    awarding: Awarding = Field(default=Awarding(), description="Rounds, orders and standbys.")
    outcomes: Outcomes = Field(default=Outcomes(), description="What each outcome of an award costs.")
    answer: Answer = Field(default=Answer(), description="How long an awarded officer has to answer.")
    calls: Calls = Field(default=Calls(), description="When officers are called, and when their phones may ring.")
    consequences: tuple[Consequence, ...] = Field(
        default=(),
        description="What follows when an officer refuses or does not answer too often.",
        examples=[[{"name": "three refusals", "count": 3, "of": ["declined"], "within_days": 90, "off_days": 28}]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "Nothing follows from refusing often.",
                "else": "What follows from refusing often: {value}.",
            },
        },
    )
    drops: Drops = Field(default=Drops(), description="When an assignment may be given back, and the price.")
    replacement: Replacement = Field(default=Replacement(), description="Who takes over a slot that came free.")
    contractor: ContractorNews = Field(default=ContractorNews(), description="What the contractor is told.")
    headcount: Headcount = Field(default=Headcount(), description="How many officers there must be, and who gives way.")
    by_hand: ByHand = Field(default=ByHand(), description="Who may decide by hand, and what nobody may.")
    remedy: Remedy = Field(default=Remedy(), description="What an officer is owed who was wrongly passed over.")
    neighbours: Neighbours = Field(
        default=Neighbours(), description="Officers of neighbouring departments, asked last."
    )
    emergency: Emergency | None = Field(
        default=None,
        description="What holds while an emergency is declared; empty: none can be declared.",
        examples=[{"lifts": ["sixteen hours in a day"], "ladder": {"at_once": 3}}],
        json_schema_extra={
            "source": sources.ROSTER_EMERGENCY,
            "says": {"null": "No emergency can be declared.", "else": "An emergency may be declared."},
        },
    )
    swaps: Swaps = Field(default=Swaps(), description="Whether an officer may give an assignment to a named colleague.")
    attendance: Attendance = Field(default=Attendance(), description="Check-in, check-out, late, no-show.")
    crew: Crew = Field(default=Crew(), description="Who may vouch for whom, and who hears whom the crew waits for.")
    place: Place = Field(default=Place(), description="Whether who checks in shows that he is there.")
    staying: Staying = Field(default=Staying(), description="Staying longer on a detail, and being relieved.")
    welfare: Welfare = Field(default=Welfare(), description="Whether officers on a detail are asked if all is well.")
    reminders: Reminders = Field(default=Reminders(), description="Reminders of an assignment.")
    callers: Callers = Field(default=Callers(), description="How far an officer's telephone is trusted to be him.")
    pay: Pay = Field(default=Pay(), description="What work is paid, and who pays it to whom.")

    @field_validator("shifts")
    @classmethod
    def _each_shift_once(cls, shifts: tuple[time, ...]) -> tuple[time, ...]:
        if list(shifts) != sorted(set(shifts)):
            raise ValueError("must be in the order of the day, each time once")
        return shifts

    @model_validator(mode="after")
    def _counts_known_shifts(self) -> Self:
        counted = [f"rest[{place}]" for place, each in enumerate(self.rest) if each.shifts is not None]
        counted += [f"limits[{place}]" for place, each in enumerate(self.limits) if each.kind == "shifts_in_a_row"]
        if counted and not self.shifts:
            raise ValueError(f"{counted[0]} counts shifts, and `shifts` does not say when they begin")
        return self

    @field_validator("ranks", "job_classes")
    @classmethod
    def _no_name_twice(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) != len(names):
            raise ValueError("has the same name twice")
        return names

    @field_validator("pools")
    @classmethod
    def _no_pool_twice(cls, pools: tuple[Pool, ...]) -> tuple[Pool, ...]:
        cls._no_name_twice(tuple(pool.name for pool in pools))
        return pools

    @model_validator(mode="after")
    def _rounds_name_known_ranks(self) -> Self:
        for each in self.awarding.rounds:
            ranks = (*each.who.ranks, *(rank for group in each.order_by_rank for rank in group.ranks))
            unknown = [rank for rank in ranks if rank not in self.ranks]
            if unknown:
                raise ValueError(f"round {each.name!r} names the rank {unknown[0]!r}, which is not among ranks")
        return self

    @model_validator(mode="after")
    def _puts_known_ranks_together(self) -> Self:
        named = [each.rank for each in self.eligibility.together]
        unknown = [rank for rank in named if rank not in self.ranks]
        if unknown:
            raise ValueError(f"eligibility.together names the rank {unknown[0]!r}, which is not among ranks")
        if len(set(named)) != len(named):
            raise ValueError("eligibility.together names a rank twice")
        return self

    @model_validator(mode="after")
    def _mixes_known_ranks(self) -> Self:
        named = [rank for band in self.rank_mix.bands for rank in (band.rank, band.counts) if rank != OFFICERS]
        unknown = [rank for rank in named if rank not in self.ranks]
        if unknown:
            raise ValueError(f"rank_mix names the rank {unknown[0]!r}, which is not among ranks")
        return self

    @model_validator(mode="after")
    def _minimums_name_known_ranks(self) -> Self:
        unknown = [each.rank for each in self.headcount.minimums if each.rank and each.rank not in self.ranks]
        if unknown:
            raise ValueError(f"headcount.minimums names the rank {unknown[0]!r}, which is not among ranks")
        return self

    @model_validator(mode="after")
    def _rounds_count_in_known_pools(self) -> Self:
        unknown = sorted(self.awarding.counters - set(self.pool_names))
        if unknown:
            raise ValueError(f"a round counts in the pool {unknown[0]!r}, which is not among pools")
        return self

    @model_validator(mode="after")
    def _bands_name_known_rounds(self) -> Self:
        known = [each.name for each in self.awarding.rounds]
        for band in self.notice.bands:
            named = (*band.rounds, *([band.ladder.round] if band.ladder and band.ladder.round else []))
            unknown = [name for name in named if name not in known]
            if unknown:
                raise ValueError(f"notice band {band.name!r} names the round {unknown[0]!r}, which awarding has not")
        return self

    @property
    def pool_names(self) -> tuple[str, ...]:
        """What the pools are called, in their order."""
        return tuple(pool.name for pool in self.pools)

    def pool(self, name: str) -> Pool:
        """The pool of that name; one that the handbook does not name any more is as by default."""
        return next((pool for pool in self.pools if pool.name == name), Pool(name=name))

    @property
    def circles(self) -> frozenset[str]:
        """The pools whose rotation is a circle with a mark."""
        return frozenset(pool.name for pool in self.pools if pool.rotation == "circle")

    @model_validator(mode="after")
    def _an_emergency_goes_by_a_known_round(self) -> Self:
        if self.emergency is None:
            return self
        named = self.emergency.ladder.round
        if named and named not in [each.name for each in self.awarding.rounds]:
            raise ValueError(f"emergency goes by the round {named!r}, which awarding has not")
        return self

    def rank_place(self, rank: str) -> int:
        """0 for the highest rank; a rank the handbook does not name comes after all others."""
        return self.ranks.index(rank) if rank in self.ranks else len(self.ranks)

    def slot_rank(self, ranks: Sequence[str] = ()) -> str:
        """The lowest rank that a slot accepts: of those it names, or of all that there are."""
        return max(ranks or self.ranks, key=self.rank_place)

    def job_class_place(self, job_class: str | None) -> int:
        """0 for the first job class; who has none, or one the handbook does not name, comes after all others."""
        return self.job_classes.index(job_class) if job_class in self.job_classes else len(self.job_classes)


def json_schema() -> dict[str, Any]:
    """The handbook's JSON Schema."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Handbook.model_json_schema()}
