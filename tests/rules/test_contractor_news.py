"""When a contractor is told how many officers come. All illustrative."""

from datetime import datetime

import pytest

from models.rules.asking.contractor_news import is_news, news_due_at
from models.rules.clauses.contractor import ContractorNews
from tests.rules.cast import at

START, NOW = at("2026-11-10 08:00"), at("2026-11-08 09:00")

# told, not_before_hours, when he is told of what is decided now
DUE: list[tuple[str, float | None, datetime | None]] = [
    ("never", None, None),
    ("always", None, NOW),
    ("if_short", 24, at("2026-11-09 08:00")),
    ("always", 72, NOW),
]


@pytest.mark.parametrize(("told", "hours", "due_at"), DUE)
def test_when_he_is_told(told: str, hours: float | None, due_at: datetime | None) -> None:
    clause = ContractorNews.model_validate({"told": told, "not_before_hours": hours})
    assert news_due_at(clause, START, NOW) == due_at


# told, confirmed, ordered, what he was told last, whether it is news
NEWS: list[tuple[str, int, int, tuple[int, int] | None, bool]] = [
    ("never", 1, 2, None, False),
    ("if_short", 1, 2, None, True),
    ("if_short", 2, 2, None, False),
    # He was told that one is missing: now he hears that it came good.
    ("if_short", 2, 2, (1, 2), True),
    ("always", 2, 2, None, True),
    ("always", 2, 2, (2, 2), False),
    # He ordered another one.
    ("always", 2, 3, (2, 2), True),
]


@pytest.mark.parametrize(("told", "confirmed", "ordered", "before", "news"), NEWS)
def test_what_is_news(told: str, confirmed: int, ordered: int, before: tuple[int, int] | None, news: bool) -> None:
    assert is_news(ContractorNews.model_validate({"told": told}), confirmed, ordered, before) is news
