"""Who gives way when fewer officers are ordered than before."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause

GivesWay = Literal["last_given", "last_in_order", "least_senior"]


class Headcount(Clause):
    """
    The contractor orders more or fewer officers than before. New slots are filled by the same rule as all others. Of
    fewer, slots that nobody holds go first, then those whose holder gives them back, then those of guests, then these.
    What is owed for short notice is `pay.cancellation`; turn and hours are given back.
    """

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
