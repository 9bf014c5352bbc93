"""Details with several officers: their hours are settled together, once the whole crew is out."""

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name


class Crew(Clause):
    """
    Nobody's hours of a detail are verified while one of its officers is still in. A supervisor who was there may write
    the check-out of one who forgot: it is recorded as vouched for, with a reason, and his own word replaces it.
    """

    vouch_ranks: tuple[Name, ...] = Field(
        default=(),
        description="The ranks whose officers may write the check-out of another officer of the same detail, having "
        "checked in to it themselves; empty: nobody may.",
        examples=[["Lieutenant", "Sergeant"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "Nobody writes the check-out of another officer.",
                "else": "Who was on the detail and is {value} may write the check-out of one who forgot.",
            },
        },
    )
    tell_supervisors_after: int | None = Field(
        default=None,
        ge=1,
        description="After so many reminders to check out, those on the detail who may vouch are told whom the crew "
        "waits for; empty: they are not.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "Supervisors are not told whom the crew waits for, unless they ask.",
                "else": "After {value} reminders the supervisors on the detail are told whom the crew waits for.",
            },
        },
    )
