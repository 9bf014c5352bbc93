"""What limits say when they are broken."""

from models.rules.reasons import Figures, Reason
from models.rules.time.windows import moment_of
from models.rules.verdict import Verdict


def details_over(limit: int, would_be: int, start: int, end: int) -> Verdict:
    """Too many details from one minute to another."""
    return Verdict(
        Reason.LIMIT_DETAILS,
        {
            "limit_details": limit,
            "would_be_details": would_be,
            "starts_at": moment_of(start),
            "ends_at": moment_of(end),
        },
    )


def hours_had(limit: int, had: int, start: int, end: int) -> Verdict:
    """Who has so many minutes already, from one minute to another, takes no more."""
    figures: Figures = {"limit_minutes": limit, "had_minutes": had}
    return Verdict(Reason.LIMIT_HAD_HOURS, figures | {"starts_at": moment_of(start), "ends_at": moment_of(end)})


def details_had(limit: int, had: int, start: int, end: int) -> Verdict:
    """Who has so many details already takes no more."""
    figures: Figures = {"limit_details": limit, "had_details": had}
    return Verdict(Reason.LIMIT_HAD_DETAILS, figures | {"starts_at": moment_of(start), "ends_at": moment_of(end)})
