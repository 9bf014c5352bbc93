"""What is known of one officer's work when it is paid."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """
    One officer's place in a detail: as planned, and as it came out as far as that is known. All times aware; `zone` is
    the department's. `rate_cents` is the detail's own rate for an hour, which goes before those of the handbook. `rank`
    is the officer's own, `slot_rank` the lowest that his slot accepts; None where that is not known, as of alcohol.
    """

    zone: str
    starts_at: datetime
    ends_at: datetime
    rank: str | None = None
    kind: str | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None
    cancelled_at: datetime | None = None
    ordered_at: datetime | None = None
    equipment: tuple[str, ...] = ()
    rate_cents: int | None = None
    slot_rank: str | None = None
    alcohol: bool | None = None

    @property
    def is_cancelled_before(self) -> bool:
        """Whether the contractor called it off before it began."""
        return self.cancelled_at is not None and self.cancelled_at < self.starts_at
