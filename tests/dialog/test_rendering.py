"""Values in people's words: the department's zone, money, durations, lists, and GSM-7 only."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialog.events import Line
from bot.dialog.rendering import RenderError, Voice, render, render_prompt, to_gsm7
from ivr_prompts import Prompts, load
from models.line.segments import encoding_of

SIX = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
TWO = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)


def say(text: str, zone: str = "America/New_York", more: dict[str, str] | None = None, **values: Any) -> str:
    texts = {key: {"sms": wording} for key, wording in {"toy.it": text, **(more or {})}.items()}
    voice = Voice(Prompts("en", texts, load("en").words), ZoneInfo(zone))
    return render([Line("toy.it", values)], voice)


@pytest.mark.parametrize(
    ("format_name", "value", "said"),
    [
        ("day", SIX, "Sat Nov 28"),
        ("day", date(2026, 12, 1), "Tue Dec 1"),
        ("weekday", SIX, "Sat"),
        ("time", SIX, "6AM"),
        ("time", datetime(2026, 11, 28, 18, 30, tzinfo=UTC), "1:30PM"),
        ("time", datetime(2026, 11, 28, 5, 0, tzinfo=UTC), "12AM"),
        ("moment", SIX, "Sat Nov 28 6AM"),
        ("soon", SIX, "Sat 6AM"),
        ("span", [SIX, TWO], "Sat Nov 28 6AM-2PM"),
        ("times", [SIX, TWO], "6AM-2PM"),
        ("span", [SIX, datetime(2026, 11, 30, 11, tzinfo=UTC)], "Sat Nov 28 6AM-Mon 6AM"),
        ("money", 6200, "$62"),
        ("money", 6250, "$62.50"),
        ("money", -125000, "-$1,250"),
        ("hours", 480, "8h"),
        ("hours", 450, "7.5h"),
        ("hours", 440, "7h 20min"),
        ("hours", 20, "20 min"),
        ("hours", -90, "-1.5h"),
        ("about", 45, "45 min"),
        ("about", 1195, "20h"),
        ("minutes", 30, "30 min"),
        ("ordinal", 1, "1st"),
        ("ordinal", 2, "2nd"),
        ("ordinal", 13, "13th"),
        ("ordinal", 23, "23rd"),
        ("phone", "+19785550142", "978-555-0142"),
        ("clip 12", "Harbor Paving and Sons", "Harbor Pavi."),
        ("clip 40", "Harbor Paving", "Harbor Paving"),
    ],
)
def test_formats(format_name: str, value: Any, said: str):
    assert say(f"{{it:{format_name}}}", it=value) == said


def test_the_departments_own_zone_is_used():
    assert say("{at:moment}", "America/Los_Angeles", at=SIX) == "Sat Nov 28 3AM"


def test_lists_are_joined_as_people_join_them():
    codes = ["4821", "5170", "6039"]
    assert say("{codes:join}; {codes:and}; {codes:or}", codes=codes) == (
        "4821, 5170, 6039; 4821, 5170 and 6039; 4821, 5170 or 6039"
    )
    assert say("{codes:and}", codes=["4821"]) == "4821"
    assert say("{codes:or toy.a}", more={"toy.a": "A{item}"}, codes=["4821", "5170"]) == "A4821 or A5170"


def test_items_are_said_by_a_prompt_of_their_own_a_line_each():
    items = [{"number": 1, "name": "Main St"}, {"number": 2, "name": "Pier"}]
    said = say("Open:\n{all:each toy.one}", more={"toy.one": "{number} {name}"}, all=items)
    assert said == "Open:\n1 Main St\n2 Pier"


def test_parts_that_depend_on_a_value():
    more = {"toy.late": " late", "toy.on_time": " on time", "toy.one": "1 detail", "toy.many": "{n} details"}
    text = "In{late:if toy.late}{late:unless toy.on_time}: {n:plural toy.one toy.many}"
    assert say(text, more=more, late=True, n=1) == "In late: 1 detail"
    assert say(text, more=more, n=3) == "In on time: 3 details"


def test_a_verdict_is_said_with_its_figures():
    more = {"verdicts.rest_after_tour": "your tour ends {tour_ends_at:soon}, you need {needed_minutes:hours}"}
    verdict = {"reason": "rest_after_tour", "figures": {"tour_ends_at": SIX, "needed_minutes": 240}}
    assert say("No: {why:verdict}.", more=more, why=verdict) == "No: your tour ends Sat 6AM, you need 4h."


def test_lines_make_one_text():
    voice = Voice(load("en"), ZoneInfo("America/New_York"))
    assert render([], voice) == ""
    assert render([Line("system.bridge", {}), Line("agent.coming", {})], voice).startswith("Back to what I asked. I ")


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("José Núñez", "José Nuñez"),
        ("María", "Maria"),
        ("it\u2019s \u2014 \u201cfine\u201d\u2026", 'it\'s - "fine"...'),
        ("Łódź \U0001f600", "?odz ?"),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_gsm_7_lacks_is_replaced_not_paid_for(text: str, sent: str):
    assert to_gsm7(text) == sent
    assert encoding_of(to_gsm7(text)) == "GSM-7"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{code}", {}),
        ("{at}", {"at": SIX}),
        ("{at:time}", {"at": "6AM"}),
        ("{at:time}", {"at": SIX.replace(tzinfo=None)}),
        ("{cents:money}", {"cents": 62.5}),
        ("{codes:shuffled}", {"codes": []}),
        ("{codes:each toy.nowhere}", {"codes": ["1"]}),
    ],
)
def test_what_cannot_be_said_names_its_prompt(text: str, values: dict[str, Any]):
    with pytest.raises(RenderError, match=r"toy\."):
        say(text, **values)


def test_a_prompt_that_is_not_there_is_named():
    with pytest.raises(RenderError, match=r"toy\.nowhere"):
        render_prompt("toy.nowhere", {}, Voice(load("en"), ZoneInfo("UTC")))
