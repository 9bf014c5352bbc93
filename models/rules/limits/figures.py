"""What a limit on the number of details says when it is broken."""

from models.rules.reasons import Reason
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
