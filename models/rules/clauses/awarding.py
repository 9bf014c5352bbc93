"""Who is awarded a slot, and in what order."""

from pydantic import Field, field_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause
from models.rules.clauses.rounds import Round


class Awarding(Clause):
    """How signups become awards."""

    rounds: tuple[Round, ...] = Field(
        default=(Round(name="everyone"),),
        min_length=1,
        description="Rounds, each on what the one before left.",
        examples=[
            [
                {"name": "posted", "order": ["fewest_hours", "seniority"], "until_hours_before": 24},
                {"name": "first call", "order": ["first_come"], "from_hours_before": 24},
            ]
        ],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": "Rounds, each on what the one before left: {value}.",
        },
    )
    standbys: int | None = Field(
        default=None,
        ge=0,
        description="Standbys kept for each opening; empty keeps all who could take it.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "All who could take a slot stand by for it.",
                "else": "At most {value} officers stand by for each opening.",
            },
        },
    )

    @property
    def signup_rounds(self) -> tuple[Round, ...]:
        """The rounds that award what officers signed up for."""
        return tuple(each for each in self.rounds if each.kind == "signups")

    def round(self, name: str) -> Round:
        """The round of that name."""
        return next(each for each in self.rounds if each.name == name)

    @property
    def needs_everybody(self) -> bool:
        """Whether an award goes by officers who have not signed up, too."""
        return self.orders_in or self.times_entry

    @property
    def times_entry(self) -> bool:
        """Whether some round lets officers sign up one after the other."""
        return any(each.entry_minutes_apart is not None for each in self.rounds)

    @property
    def counters(self) -> frozenset[str]:
        """The pools that rounds count in apart from those of the details."""
        return frozenset(each.counter for each in self.rounds if each.counter)

    @property
    def orders_in(self) -> bool:
        """Whether some round orders officers in."""
        return len(self.signup_rounds) < len(self.rounds)

    @field_validator("rounds")
    @classmethod
    def _names_differ(cls, rounds: tuple[Round, ...]) -> tuple[Round, ...]:
        names = [each.name for each in rounds]
        if len(set(names)) != len(names):
            raise ValueError("has two rounds of the same name")
        return rounds
