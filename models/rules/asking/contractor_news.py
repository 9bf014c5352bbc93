"""Whether and when a contractor is told how many officers come. Pure."""

from datetime import datetime

from models.rules.clauses.contractor import ContractorNews
from models.rules.time.timing import hours_before


def news_due_at(clause: ContractorNews, starts_at: datetime, now: datetime) -> datetime | None:
    """When he is told of what has been decided now; None where he never is."""
    if clause.told == "never":
        return None
    return now if clause.not_before_hours is None else max(now, hours_before(starts_at, clause.not_before_hours))


def is_news(clause: ContractorNews, confirmed: int, ordered: int, told: tuple[int, int] | None) -> bool:
    """Whether he is told that so many of those ordered come; `told` are the figures he was told last, None: none."""
    if clause.told == "never" or (confirmed, ordered) == told:
        return False
    return clause.told == "always" or confirmed < ordered or told is not None
