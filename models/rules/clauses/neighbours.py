"""Neighbouring departments: whose officers are asked when nobody of one's own is left, and to whom one lends."""

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name


class Neighbours(Clause):
    """Both handbooks must allow it: one asks, the other lends. Neither department sees the other's roster."""

    ask: tuple[Name, ...] = Field(
        default=(),
        description="Departments of this installation, by the name their bundle calls them, whose officers are invited "
        "to a slot once nobody of one's own is left to ask. They are invited once for a detail, all at the same time.",
        examples=[["harbor"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "No other department is asked for help.",
                "else": "When nobody is left to ask, officers of {value} are invited.",
            },
        },
    )
    answer_minutes: int = Field(
        default=120,
        ge=1,
        description="They have so many minutes, though not past the start; then officers are ordered in, or a person "
        "decides.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Officers of other departments have {value} minutes to take what they are invited to.",
        },
    )
    lend_to: tuple[Name, ...] = Field(
        default=(),
        description="Departments of this installation whose invitations one's own officers are told of. Who may take "
        "one goes by this handbook, as for a detail of its first pool.",
        examples=[["millbrook"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "No officer works for another department.",
                "else": "Officers may take details of {value}.",
            },
        },
    )
