"""When an officer hears of a new detail: his own choice before the handbook's, on the department's wall."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.asking.telling import Choice, News, When, next_at, ways_to_tell, when_to_tell
from models.rules.clauses.telling import Telling
from tests.rules.cast import at

EAST = ZoneInfo("America/New_York")
WEEK = News(starts_at=at("2026-11-14 06:00"), closes_at=at("2026-11-12 17:00"))
TODAY = News(starts_at=at("2026-11-10 23:00"), closes_at=at("2026-11-10 22:30"))
FIRST_COME = News(starts_at=at("2026-11-14 06:00"), closes_at=at("2026-11-14 06:00"), is_first_come=True)
CLOSES_SOON = News(starts_at=at("2026-11-14 06:00"), closes_at=at("2026-11-10 12:00"))
QUIET = {"quiet": {"begin": "22:00", "end": "06:00"}}

CASES = [
    # what the handbook says, what he chose, the news, when it is posted, when he hears of it
    ("at once where nobody chose anything", {}, Choice(), WEEK, "2026-11-10 23:30", "now"),
    ("quiet hours put it off to their end", QUIET, Choice(), WEEK, "2026-11-10 23:30", "2026-11-11 06:00"),
    ("they end this morning", QUIET, Choice(), WEEK, "2026-11-10 02:00", "2026-11-10 06:00"),
    ("by day nothing is put off", QUIET, Choice(), WEEK, "2026-11-10 06:00", "now"),
    ("his own quiet hours come before the handbook's", QUIET, Choice(quiet=(0, 0)), WEEK, "2026-11-10 23:30", "now"),
    ("his own hours", {}, Choice(quiet=(600, 660)), WEEK, "2026-11-10 10:30", "2026-11-10 11:00"),
    ("urgent is told at night too", QUIET, Choice(), TODAY, "2026-11-10 22:10", "now"),
    ("unless the handbook wants quiet", {**QUIET, "urgent_breaks_quiet": False}, Choice(), FIRST_COME,
     "2026-11-10 23:00", "2026-11-11 06:00"),
    ("what is over by then is not told", {**QUIET, "urgent_breaks_quiet": False}, Choice(), TODAY,
     "2026-11-10 22:10", "never"),
    ("one text a day", {"digest_at": "18:00"}, Choice(), WEEK, "2026-11-10 09:00", "2026-11-10 18:00"),
    ("tomorrow's, if today's is gone", {"digest_at": "18:00"}, Choice(), WEEK, "2026-11-10 18:00", "2026-11-11 18:00"),
    ("his own hour of it", {"digest_at": "18:00"}, Choice(digest=480), WEEK, "2026-11-10 09:00", "2026-11-11 08:00"),
    ("or none", {"digest_at": "18:00"}, Choice(digest=-1), WEEK, "2026-11-10 09:00", "now"),
    ("what closes before it is told alone", {"digest_at": "18:00"}, Choice(), CLOSES_SOON, "2026-11-10 09:00", "now"),
    ("first come waits for no digest", {"digest_at": "18:00"}, Choice(), FIRST_COME, "2026-11-10 09:00", "now"),
    ("urgent only: not this", {}, Choice(urgent_only=True), WEEK, "2026-11-10 09:00", "never"),
    ("urgent only: this", {}, Choice(urgent_only=True), TODAY, "2026-11-10 09:00", "now"),
    ("what is urgent, the handbook says", {"urgent_within_hours": 2}, Choice(urgent_only=True), TODAY,
     "2026-11-10 09:00", "never"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "choice", "news", "now", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_when_he_hears_of_it(rules: dict, choice: Choice, news: News, now: str, told: str) -> None:
    found = when_to_tell(Telling.model_validate(rules), choice, news, at(now), EAST)
    assert found == (When(told) if told in ("now", "never") else When("later", at(told).astimezone(UTC)))


@pytest.mark.parametrize(
    ("now", "minute", "moment"),
    [
        ("2026-10-31 23:00", 90, datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # 1:30 comes twice: the first
        ("2027-03-13 23:00", 150, datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),  # 2:30 does not come: an hour later
        ("2026-10-31 23:00", 360, datetime(2026, 11, 1, 11, 0, tzinfo=UTC)),  # six in the morning, nine hours on
    ],
)
def test_the_hour_comes_on_the_wall_also_when_the_clocks_change(now: str, minute: int, moment: datetime) -> None:
    assert next_at(at(now), minute, EAST) == moment


@pytest.mark.parametrize(
    ("wanted", "texts_agreed", "is_first_come", "ways"),
    [
        (None, True, False, "text"),
        ("nothing", True, False, "text"),
        ("backup", True, False, "text"),
        ("all", True, False, "text mail"),
        ("news", True, False, "mail"),
        ("news", True, True, "text mail"),  # who answers first gets it: a mail may be read too late
        ("all", False, False, "mail"),
        ("news", False, True, "mail"),
        ("backup", False, False, ""),  # no text was to be sent, so none has failed
        (None, False, False, ""),
    ],
)
def test_news_goes_by_what_he_chose(wanted: str | None, texts_agreed: bool, is_first_come: bool, ways: str) -> None:
    found = ways_to_tell(wanted, texts_agreed=texts_agreed, is_first_come=is_first_come)
    assert (found.text, found.mail) == ("text" in ways, "mail" in ways)
