"""WHY has words for all that can come of a signup: every outcome and every reason, in both languages, from figures."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.dialog.rendering import Voice, render_prompt
from flows.why import OUTCOMES
from ivr_prompts import load
from models.awarding.signing_up.signup import withdraw
from models.awarding.telling.why import why
from models.rules.reasons import MEANINGS, Reason
from models.session import Database
from models.working.assignment import LIFECYCLE, LIVE
from tests.cast import MONDAY, Cast, assigns, at, handbook_of, post_detail, signs_up

STARTS = datetime(2026, 11, 28, 11, tzinfo=UTC)
VOICES = {language: Voice(load(language), ZoneInfo("America/New_York")) for language in ("en", "es")}
# Figures by how their names end, or by name.
SAMPLES: dict[str, Any] = {"minutes": 480, "at": STARTS, "on": date(2004, 5, 1), "badge": "101", "detail": "4821"}
WORDS = {"qualification", "rank", "unit", "pool", "round", "theirs", "yours", "needs", "period"}


def _figures(reason: Reason) -> dict[str, Any]:
    return {name: _sample(name) for name in re.findall(r"`(\w+)`", MEANINGS[reason])}


def _sample(name: str) -> Any:
    ending = name.rsplit("_", 1)[-1]
    if ending in SAMPLES:
        return SAMPLES[ending]
    return "motor" if ending in WORDS else 3


@pytest.mark.parametrize("reason", Reason, ids=str)
@pytest.mark.parametrize("language", VOICES)
def test_every_reason_is_a_sentence(language: str, reason: Reason) -> None:
    said = render_prompt(f"verdicts.{reason}", _figures(reason), VOICES[language])
    assert said.endswith("."), said
    assert len(said) > 10, said
    assert not re.search(r"[{}]|None|  ", said), said


def _told(outcome: str) -> dict[str, Any]:
    return {
        "code": "4821",
        "during": (STARTS, STARTS + timedelta(hours=8)),
        "closes_at": STARTS - timedelta(days=2),
        "award_at": STARTS - timedelta(days=2),
        "verdict": {"reason": "outranked_by_fewest_hours", "figures": _figures(Reason.OUTRANKED_BY_FEWEST_HOURS)},
        "standby_place": 1,
        "holders": ["Rosa Alvarez"],
        "signed_up": 4,
        "keeps_turn": outcome == "lapsed",
        "spends_turn": outcome != "lapsed",
        "words": "the river is over its banks",
        "asked": [{"prompt": "why.asked_declined"}],
        "remedy": [{"prompt": "why.owed_none"}],
        "charged_minutes": 480,
        "barred_until": STARTS,
        "withdrawn_at": STARTS,
        "listed_at": STARTS,
    }


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("language", VOICES)
def test_every_outcome_is_told_with_code_and_time(language: str, outcome: str) -> None:
    said = render_prompt(f"why.{outcome}", _told(outcome), VOICES[language])
    assert "4821" in said
    assert "6AM" in said.replace(" ", "").upper() or "6-" in said, said
    assert not re.search(r"[{}]|None|  ", said), said


# outcome, what must be told of place, hours and bar, in English
COUNTED = [
    ("lapsed", ["You keep your place in the rotation.", "8h stay on your count."]),
    ("declined", ["Your turn in the rotation is spent."]),
    ("no_show", ["You take no details until Sat Nov 28"]),
    ("dropped", ["You take no details until Sat Nov 28"]),
    ("standby", ["You are 1st standby, of 4 signed up."]),
]


@pytest.mark.parametrize(("outcome", "parts"), COUNTED)
def test_what_counts_next_is_told(outcome: str, parts: list[str]) -> None:
    said = render_prompt(f"why.{outcome}", _told(outcome), VOICES["en"])
    assert [part for part in parts if part not in said] == [], said


def test_there_are_words_for_every_end_of_an_assignment() -> None:
    ends = {arrow.target for arrow in LIFECYCLE.arrows} - set(LIVE)
    assert ends <= set(OUTCOMES)


def test_who_withdrew_in_time_is_not_told_that_he_never_signed_up(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, MONDAY + timedelta(days=5))
        signs_up(work, cast.millbrook, cast.alvarez, about)
        assert withdraw(work, cast.alvarez, about.id)
        work.conn.execute(sa.text("update posting set state = 'closed' where id = :p"), {"p": about.posting_id})
    with at(database, cast.millbrook, MONDAY + timedelta(hours=2)) as work:
        opening = about.opening
        found = why(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.alvarez, opening)
    assert (found.outcome, found.withdrawn_at) == ("withdrew", MONDAY)


def test_who_holds_it_is_told_so(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, MONDAY + timedelta(days=5))
        assigns(work, cast.millbrook, cast.alvarez, about)
        found = why(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.alvarez, about.opening)
    assert found.outcome == "came_first"
