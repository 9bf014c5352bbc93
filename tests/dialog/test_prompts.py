"""Every prompt there is, in every language: fields that can be filled, GSM-7, short, no word of the carrier's."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.dialog.prompt_checks import fields_of, problems, unused
from bot.dialog.prompt_uses import HOUSE, SPEAKERS, said_in
from bot.dialog.rendering import COMPOSERS
from flows.catalogue import catalogue
from ivr_prompts import PromptError, Prompts, languages, load

LANGUAGES = {language: load(language) for language in languages()}
ENGLISH = LANGUAGES["en"]


def test_the_line_speaks_english_and_spanish():
    assert set(LANGUAGES) == {"en", "es"}


def test_nothing_is_wrong_with_any_prompt_in_any_language():
    assert [str(one) for one in problems(LANGUAGES, catalogue())] == []


def test_something_says_every_prompt():
    assert unused(ENGLISH, said_in(HOUSE / speaker for speaker in SPEAKERS)) == []


@pytest.mark.parametrize("channel", ["sms", "voice"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_time_that_may_not_be_set_yet_is_said_only_where_it_is(language: str, channel: str):
    """An award waits for its answer from the moment it is made, and knows until when only once the officer was told."""
    prompts = LANGUAGES[language]
    ours = [key for key in prompts.texts if not key.startswith("verdicts.")]
    conditional = {field.extra for key in ours for field in fields_of(prompts, key, channel) if field.format == "if"}
    told_by_workers = {"award", "offer", "posting", "invitation", "outbound"}
    for key in ours:
        names = {field.name for field in fields_of(prompts, key, channel) if field.format not in COMPOSERS}
        if key not in conditional and key.split(".")[0] not in told_by_workers:
            assert not names & {"due_at", "award_at"}, key


def with_texts(language: str, **texts: str) -> Prompts:
    """A language of these prompts alone; two underscores stand for the dot of a key."""
    named: Mapping[str, Mapping[str, str]] = {key.replace("__", "."): {"sms": text} for key, text in texts.items()}
    return Prompts(language, named, LANGUAGES[language].words)


CASES = [
    ("is missing", "", "Hola."),
    ("is not there in English", "Hello.", "extra"),
    ("has other fields than in English: code", "Hello {code}.", "Hola."),
    ("characters that are not in GSM-7: á", "Hello.", "Mañana está."),
    ("names CANCEL, which belongs to the carrier", "Hello.", "Escriba CANCEL."),
    ("to send BAILAR, which is not understood", "Hello.", "Escriba BAILAR."),
    ("{code:loud} is no format", "Hello {code}.", "Hola {code:loud}."),
    ("says nowhere.at_all, which is no prompt", "Hello {code}.", "Hola {code:if nowhere.at_all}."),
    ("takes 3 parts with long names", "Hello.", "Hola a todos. " * 25),
]


@pytest.mark.parametrize(("problem", "english", "spanish"), CASES)
def test_what_is_wrong_with_a_prompt_is_told_with_its_language_and_key(problem: str, english: str, spanish: str):
    en = with_texts("en", toy__hello=english, toy__other="x")
    es = with_texts("es", toy__hello=spanish, toy__other="x")
    if problem == "is missing":
        en, es = with_texts("en", toy__hello="x", toy__other="x"), with_texts("es", toy__other="x")
    if problem == "is not there in English":
        es = with_texts("es", toy__hello="x", toy__other="x", toy__extra="x")
    told = [str(one) for one in problems({"en": en, "es": es}, catalogue()) if one.prompt.startswith("toy.")]
    assert len(told) == 1, told
    assert told[0].startswith("es toy.")
    assert problem in told[0]


def test_a_prompt_that_nothing_says_is_told():
    english = with_texts("en", toy__hello="{code:if toy.named}", toy__named="x", toy__each_one="x", toy__forgotten="x")
    assert [one.prompt for one in unused(english, frozenset({"toy.hello", "toy.each_"}))] == ["toy.forgotten"]


def test_prompts_check_says_what_it_looked_at():
    result = CliRunner().invoke(main, ["prompts", "check", "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told == {"prompts": len(ENGLISH.texts), "languages": ["en", "es"], "problems": []}


def test_prompts_check_ends_with_1_when_something_is_wrong(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.cli.prompts.said_in", lambda _folders: frozenset())
    result = CliRunner().invoke(main, ["prompts", "check"])
    assert result.exit_code == 1
    assert "en menu.text: nothing says it\n" in result.stdout


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello: just words\n", r"bad\.yaml: hello must say for which channel"),
        ("hello: {sms: Hello.}\nhello: {sms: Hi.}\n", r"bad\.yaml has hello twice"),
    ],
)
def test_a_file_that_is_no_prompt_file_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str
):
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "bad.yaml").write_text(text)
    monkeypatch.setattr("ivr_prompts.files", lambda _package: tmp_path)
    with pytest.raises(PromptError, match=problem):
        load.__wrapped__("xx")
