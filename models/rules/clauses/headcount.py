"""How many officers there must be at least, and who gives way when fewer are ordered than before."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause
from models.rules.clauses.minimums import Minimum

GivesWay = Literal["last_given", "last_in_order", "least_senior"]


class Headcount(Clause):
    """
    How many officers come. The contractor orders more or fewer officers than before. New slots are filled by the same
    rule as all others. Of fewer, slots that nobody holds go first, then those whose holder gives them back, then those
    of guests, then these. What is owed for short notice is `pay.cancellation`; turn and hours are given back.
    """

    minimums: tuple[Minimum, ...] = Field(
        default=(),
        description="How many officers, and supervisors among them, there must be at least, by kind of work, where "
        "alcohol is served, by how many people come.",
        examples=[[{"name": "alcohol", "alcohol": True, "officers": 2}]],
        json_schema_extra={
            "source": sources.ST_LUCIE,
            "says": {"empty": "As many officers come as are ordered.", "else": "Officers there must be: {value}."},
        },
    )
    gives_way: GivesWay = Field(
        default="last_given",
        description="Who gives way of those who hold a slot. last_given: who was given his slot last. last_in_order: "
        "who ranks last in the order of the rounds as it stands. least_senior: who has served the shortest.",
        examples=["least_senior"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "last_given": "When fewer officers are needed, who was given his slot last gives way first.",
                "last_in_order": "When fewer officers are needed, who ranks last in the order gives way first.",
                "least_senior": "When fewer officers are needed, the least senior gives way first.",
            },
        },
    )
