"""Every prompt there is: fields that can be filled, GSM-7, short, and no word of the carrier's suggested."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialog.formats import FORMATS
from bot.dialog.rendering import COMPOSERS, Field, pieces_of, render_prompt, voice_for
from flows.catalogue import catalogue
from flows.system import CARRIER_WORDS
from ivr_prompts import PromptError, languages, load
from models.line.segments import encoding_of, segments
from models.rules.reasons import Reason

START = datetime(2026, 11, 28, 11, tzinfo=UTC)
END = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)
WAITING = [{"code": "4821", "starts_at": START}, {"code": "5170", "starts_at": END}]
SAMPLE: dict[str, Any] = {
    "code": "48213",
    "during": (START, END),
    "place": "Washington Boulevard & Fourteenth Street",
    "contractor": "Commonwealth Electric & Gas",
    "kind": "Traffic",
    "contact": "Dana Kowalski",
    "contact_number": "+19785550142",
    "pay_cents": 6250,
    "least_minutes": 240,
    "verdict": {
        "reason": "rest_before_tour",
        "figures": {"starts_at": START, "rest_minutes": 120, "needed_minutes": 240},
    },
    "holders": ["Brooks", "Chen"],
    "codes": ["4821", "5170"],
    "waiting": WAITING,
    "held": [],
    "signups": [],
    "results": [],
    "departments": [],
    "page": [],
    "more": True,
    "is_free": False,
    "is_late": True,
    "is_forgiven": True,
    "bars_same_day": True,
    "early_minutes": 30,
    "late_minutes": 0,
    "left_minutes": 1200,
    "bar_days": 14,
    "item": "4821",
    "name": "Millbrook",
    "time": "1:30pm",
}
ENGLISH = load("en")
OURS = sorted(key for key in ENGLISH.texts if not key.startswith("verdicts."))


def sampled(name: str) -> Any:
    """A value for a field the sample does not name, by the rule of names."""
    if name in SAMPLE:
        return SAMPLE[name]
    return START if name.endswith(("_at", "_on")) else 3


def fields_of(key: str) -> list[Field]:
    return [piece for piece in pieces_of(ENGLISH.text(key) or "") if isinstance(piece, Field)]


@pytest.mark.parametrize("key", sorted(ENGLISH.texts))
def test_fields_name_formats_and_prompts_that_exist(key: str):
    for field in fields_of(key):
        assert field.format in FORMATS or field.format in COMPOSERS
        if field.format in COMPOSERS:
            assert all(ENGLISH.text(named) for named in field.extra.split())


@pytest.mark.parametrize("key", OURS)
def test_a_prompt_is_gsm_7_and_two_parts_at_most_even_with_long_names(key: str):
    text = render_prompt(key, {name: sampled(name) for name in ALL_NAMES}, VOICE)
    assert encoding_of(text) == "GSM-7"
    assert segments(text) <= 2, text


def test_a_time_that_may_not_be_set_yet_is_said_only_where_it_is():
    """An award waits for its answer from the moment it is made, and knows until when only once the officer was told."""
    conditional = {field.extra for key in OURS for field in fields_of(key) if field.format == "if"}
    told_by_workers = {"award", "offer", "posting"}
    for key in OURS:
        names = {field.name for field in fields_of(key) if field.format not in COMPOSERS}
        if key not in conditional and key.split(".")[0] not in told_by_workers:
            assert not names & {"due_at", "award_at"}, key


@pytest.mark.parametrize("key", sorted(ENGLISH.texts))
def test_no_text_suggests_a_word_that_belongs_to_the_carrier(key: str):
    words = set(re.findall(r"[A-Z]{2,}", ENGLISH.text(key) or ""))
    allowed = {"STOP"} if key == "opt_out.help" else set()
    assert not words & (CARRIER_WORDS - allowed)


def test_every_word_a_prompt_tells_people_to_send_is_one_we_know():
    commands = {word for command in catalogue().commands.values() for word in command.words.get("en", ())}
    known = {part for word in commands for part in word.split()} | {"NO", "YES", "MORE", "AM", "PM", "NOT", "STOP"}
    letters = {command.letter for command in catalogue().commands.values()}
    for key in ENGLISH.texts:
        for word in re.findall(r"\b[A-Z]{2,}\b", re.sub(r"\{[^}]*\}", "", ENGLISH.text(key) or "")):
            assert word in known or word in letters, (key, word)


def test_every_reason_of_the_rules_has_its_sentence():
    assert [reason for reason in Reason if ENGLISH.text(f"verdicts.{reason}") is None] == []


def test_every_language_has_every_prompt():
    for language in languages():
        assert set(load(language).texts) == set(ENGLISH.texts), language


def test_a_file_that_is_no_prompt_file_is_refused_by_name(tmp_path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "bad.yaml").write_text("hello: just words\n")
    monkeypatch.setattr("ivr_prompts.files", lambda _package: tmp_path)
    with pytest.raises(PromptError, match=r"bad\.yaml: hello must say for which channel"):
        load.__wrapped__("xx")


ALL_NAMES = {field.name for key in ENGLISH.texts for field in fields_of(key)}
VOICE = voice_for("en", ZoneInfo("America/New_York"))
