"""When an officer on a detail is asked whether all is well. Illustrative: no public text of this kind was found."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.asking.welfare import is_asked, next_check_at
from models.rules.handbook import Handbook

ZONE = ZoneInfo("America/New_York")
NIGHT = {"every_minutes": 60, "kinds": ["Security"], "begin": "22:00", "end": "06:00", "alone_only": True}
HOURLY = {"every_minutes": 60}

# clause, kind of work, crew on site, local time, asked
ASKED = [
    ({}, "Security", 1, "23:00", False),
    (HOURLY, None, 4, "12:00", True),
    (NIGHT, "Security", 1, "21:59", False),
    (NIGHT, "Security", 1, "22:00", True),
    (NIGHT, "Security", 1, "05:59", True),
    (NIGHT, "Security", 1, "06:00", False),
    (NIGHT, "Security", 2, "23:00", False),
    (NIGHT, "Traffic", 1, "23:00", False),
    (NIGHT, None, 1, "23:00", False),
    ({**HOURLY, "begin": "08:00", "end": "18:00"}, None, 1, "18:00", False),
    ({**HOURLY, "begin": "08:00", "end": "18:00"}, None, 1, "17:59", True),
]


@pytest.mark.parametrize(("clause", "kind", "crew", "at", "asked"), ASKED)
def test_who_is_asked_when(clause: dict[str, object], kind: str | None, crew: int, at: str, asked: bool) -> None:
    hour, minute = map(int, at.split(":"))
    now = datetime(2026, 11, 28, hour, minute, tzinfo=ZONE).astimezone(UTC)
    assert is_asked(Handbook.model_validate({"welfare": clause}).welfare, kind, crew, now, ZONE) is asked


@pytest.mark.parametrize(("minutes", "left", "due"), [(60, 61, True), (60, 60, False), (None, 600, False)])
def test_nobody_is_asked_at_the_end_or_after_it(minutes: int | None, left: int, due: bool) -> None:
    since = datetime(2026, 11, 28, 23, tzinfo=UTC)
    clause = Handbook.model_validate({"welfare": {"every_minutes": minutes}}).welfare
    assert next_check_at(clause, since, since + timedelta(minutes=left)) == (
        since + timedelta(minutes=60) if due else None
    )


@pytest.mark.parametrize("wrong", [{"begin": "22:00"}, {"end": "06:00"}, {"begin": "22:00", "end": "22:00"}])
def test_hours_have_two_ends(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="belong together"):
        Handbook.model_validate({"welfare": wrong})
