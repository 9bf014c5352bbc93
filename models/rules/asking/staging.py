"""In which stage an officer is told of a new detail."""

from collections.abc import Sequence
from datetime import date

from models.rules.awarding.tiers import is_among
from models.rules.clauses.telling import Stage
from models.rules.facts import OfficerFacts


def stage_of(stages: Sequence[Stage], officer: OfficerFacts, unit: str | None, last_day: date) -> int | None:
    """The first stage that is for him, counted from 0; None where none is. `unit` is the detail's own."""
    return next(
        (number for number, stage in enumerate(stages) if is_among(stage.who, officer, unit, last_day)),
        None,
    )
