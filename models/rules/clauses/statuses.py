"""The statuses an officer may be in, and what each lets him work."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name

OfficerStatus = Literal[
    "active", "sick", "injured", "suspended", "probation", "light_duty", "leave", "in_training", "separated", "guest"
]


class StatusMay(Clause):
    """A status in which officers work some details, though not all."""

    status: OfficerStatus = Field(
        description="The status.", examples=["light_duty"], json_schema_extra={"source": sources.EQUAL_BY_DIVISION}
    )
    pools: tuple[Name, ...] = Field(
        default=(),
        description="Details counted in these pools; of any if empty.",
        examples=[["station"]],
        json_schema_extra={"source": sources.SECONDARY_114, "says": {"empty": "Of any pool."}},
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="Details of these kinds of work; of any if empty.",
        examples=[["desk"]],
        json_schema_extra={"source": sources.EQUAL_BY_DIVISION, "says": {"empty": "Of any kind of work."}},
    )
