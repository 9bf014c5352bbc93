"""How officers are asked down a list: in what order, how many at a time, by which channel, how long each."""

from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name
from models.rules.clauses.orders import ORDER_KEYS, OrderKey
from models.rules.clauses.rounds import Round

Channel = Literal["sms", "voice"]


class LadderStep(Clause):
    """One try to reach an officer."""

    by: Channel = Field(
        default="sms",
        description="sms: by text. voice: by a call, within the hours of `calls`.",
        examples=["voice"],
        json_schema_extra={"source": sources.CALL_IN, "says": "He is asked by {value}."},
    )
    answer_minutes: int = Field(
        default=30,
        ge=1,
        description="How long he has to answer before the next step, or the next officer; after a call that he did not "
        "take, to call back. After a busy line nobody waits.",
        examples=[10],
        json_schema_extra={"source": sources.AUBURN, "says": "He has {value} minutes to answer."},
    )


class LadderFor(Clause):
    """Other steps for some of the work: all that is said of it must fit."""

    model_config = ConfigDict(json_schema_extra={"beside": {"kinds": ["traffic"], "steps": [{"by": "voice"}]}})

    kinds: tuple[Name, ...] = Field(
        default=(),
        description="Only for these kinds of work.",
        examples=[["traffic"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For every kind of work."}},
    )
    pools: tuple[Name, ...] = Field(
        default=(),
        description="Only for details counted in these pools.",
        examples=[["details"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "For details of every pool."}},
    )
    sites: tuple[Name, ...] = Field(
        default=(),
        description="Only at these sites, by the names (`ref`) they are brought in with.",
        examples=[["stadium"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "At every site."}},
    )
    steps: tuple[LadderStep, ...] = Field(
        min_length=1,
        description="How each officer is tried there before the next.",
        examples=[[{"by": "voice", "answer_minutes": 5}]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "There each officer is tried as follows."},
    )
    at_once: int | None = Field(
        default=None,
        ge=1,
        description="How many officers are asked at a time there, for each slot that is free; empty: as elsewhere.",
        examples=[3],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "As many are asked at a time as elsewhere.", "else": "There {value} are asked at a time."},
        },
    )

    @model_validator(mode="after")
    def _is_for_some(self) -> Self:
        if not (self.kinds or self.pools or self.sites):
            raise ValueError("needs kinds, pools or sites: what is for all work stands in the ladder's own steps")
        return self

    def fits(self, work: str | None, pool: str | None, site: str | None) -> bool:
        """Whether these steps are for a detail of that kind, pool and site."""
        said = ((self.kinds, work), (self.pools, pool), (self.sites, site))
        return all(not names or value in names for names, value in said)


class Ladder(Clause):
    """Timed offers down a list of all who may take the slot."""

    round: str = Field(
        default="",
        max_length=60,
        description="The round of `awarding` whose order and officers it goes by; empty: all rounds, in turn.",
        examples=["everyone"],
        json_schema_extra={
            "source": sources.EMERGENCY_EXTRA_DUTY,
            "says": {
                "": "Officers are asked by the rounds of the award.",
                "else": "The order is that of round {value}.",
            },
        },
    )
    order: tuple[OrderKey, ...] = Field(
        default=(),
        description="An order of its own instead, over everybody who may take the slot; badge is added to it.",
        examples=[["rotation", "seniority"]],
        json_schema_extra={
            "source": sources.ROSTER_OVERTIME,
            "says": {"empty": "It has no order of its own.", "else": "Who is asked first: {value}."},
        },
    )
    at_once: int = Field(
        default=1,
        ge=1,
        description="How many officers are asked at the same time for each slot that is free.",
        examples=[3],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "1": "For each slot one officer is asked at a time.",
                "else": "For each slot {value} are asked at a time.",
            },
        },
    )
    seconds_between: int = Field(
        default=0,
        ge=0,
        description="The next officer is asked so many seconds after the one before, up to `at_once` for each slot; 0: "
        "as many together as may be.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "Who is asked at the same time is asked together.",
                "else": "{value} seconds lie between two askings.",
            },
        },
    )
    steps: tuple[LadderStep, ...] = Field(
        default=(LadderStep(),),
        min_length=1,
        description="How each officer is tried before the next: by text, by voice, by text again.",
        examples=[[{"by": "sms", "answer_minutes": 10}, {"by": "voice", "answer_minutes": 5}]],
        json_schema_extra={"source": sources.ROSTER_OVERTIME, "says": "Each officer is tried as follows."},
    )
    for_work: tuple[LadderFor, ...] = Field(
        default=(),
        description="Other steps for some kinds of work, pools or sites; the first that fits holds, else `steps`.",
        examples=[[{"kinds": ["traffic"], "steps": [{"by": "voice", "answer_minutes": 5}]}]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "All work has the same steps.", "else": "Some work has steps of its own."},
        },
    )
    within_minutes: int | None = Field(
        default=None,
        ge=1,
        description="The whole call-out ends so many minutes after it began, and a person is told; empty: at start.",
        examples=[120],
        json_schema_extra={
            "source": sources.OVERTIME_AVAILABILITY,
            "says": {
                "null": "The call-out lasts until the start.",
                "else": "The whole call-out lasts {value} minutes.",
            },
        },
    )
    late_answers_count: bool = Field(
        default=False,
        description="Whether an officer whose time to answer is over may still take the slot while it is free.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "A late yes takes the slot if it is still free.",
                "false": "A late yes takes nothing.",
            },
        },
    )

    @model_validator(mode="after")
    def _one_order(self) -> Self:
        if any(key.key in ORDER_KEYS for key in self.order):
            raise ValueError("last_contacted is for rounds that order in or recall")
        if self.round and self.order:
            raise ValueError("has both round and order: one of them says who is asked first")
        # Refuses an order that contradicts itself.
        self.own_round()
        return self

    def own_round(self) -> Round | None:
        """Its own order, as a round for everybody; None when it has none."""
        return Round(name="ladder", order=self.order) if self.order else None
