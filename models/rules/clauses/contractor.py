"""What the contractor is told of his own detail."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours


class ContractorNews(Clause):
    """
    The rounds of a detail have ended: every slot is confirmed, or nobody is left to ask for those that are not. The
    site contact is told by text how many officers come, and again when that changes.
    """

    told: Literal["never", "if_short", "always"] = Field(
        default="never",
        description="When the site contact is told how many officers come. if_short: only where slots stay empty, and "
        "when that changes.",
        examples=["always"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "never": "The contractor is not told by text how many officers come.",
                "if_short": "The contractor is told by text where slots of his detail stay empty.",
                "always": "The contractor is told by text how many officers come.",
            },
        },
    )
    not_before_hours: Hours | None = Field(
        default=None,
        description="He is told at the earliest so many hours before the start; empty: once the rounds have ended.",
        examples=[24],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "He is told as soon as the rounds have ended.",
                "else": "He is told {value} hours before the start at the earliest.",
            },
        },
    )
    language: Literal["en", "es"] = Field(
        default="en",
        description="The language in which he is told.",
        examples=["es"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"en": "He is told in English.", "es": "He is told in Spanish."},
        },
    )
