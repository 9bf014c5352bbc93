"""What is said on calls, checked: each rule fails on the wording that breaks it, and says what to add or change."""

from collections.abc import Mapping

import pytest

from bot.dialog.outbound import CALLED
from bot.dialog.prompt_checks import fields_of
from bot.dialog.prompt_uses import HOUSE, said_in
from bot.dialog.speakable import seconds_to_say
from bot.dialog.spoken_checks import keys_named, needed_on_calls, problems_on_calls, words_before_choice
from bot.dialog.spoken_samples import said_with_samples
from flows.catalogue import catalogue
from ivr_prompts import Prompts, languages, load

LANGUAGES = {language: load(language) for language in languages()}
SAID = said_in([HOUSE / "flows"])


def test_nothing_is_wrong_with_what_is_said_on_calls():
    assert [str(one) for one in problems_on_calls(LANGUAGES, catalogue(), SAID)] == []


def test_all_that_flows_say_and_every_reason_has_words_for_a_call():
    needed = needed_on_calls(LANGUAGES["en"], SAID)
    assert {
        "drop.confirm",
        "mine.signup",
        "again.silent_second",
        "verdicts.rest_before_tour",
        "outbound.award",
    } <= needed
    assert not needed & {"posting.new", "award.awarded", "watch.late"}


def changed(language: str, key: str, voice: str | None, sms: str | None = None) -> Prompts:
    """The real prompts with one wording changed, or without one."""
    prompts = LANGUAGES[language]
    kept: Mapping[str, str] = {"sms": sms} if sms else prompts.texts.get(key, {})
    wordings = {channel: text for channel, text in {**kept, "voice": voice}.items() if text is not None}
    return Prompts(language, {**prompts.texts, key: wordings}, prompts.words)


def about(key: str, voice: str | None) -> list[str]:
    """What is wrong with one English wording, looked for among those of its conversation and those said inside it."""
    said_inside = {key.split(".", maxsplit=1)[0], "accept", "list", "offer", "posting"}
    few = changed("en", key, voice)
    texts = {name: text for name, text in few.texts.items() if name.split(".")[0] in said_inside}
    found = problems_on_calls({"en": Prompts("en", texts, few.words)}, catalogue(), SAID)
    return [str(one) for one in found if one.prompt == key]


def told(*prompts: Prompts) -> list[str]:
    found = problems_on_calls({**LANGUAGES, **{one.language: one for one in prompts}}, catalogue(), SAID)
    return [str(one) for one in found]


CHOICE = "To drop it, press 1. To keep it, press 2."
TOLD = "{during:span} {is_free:if drop.free}{is_late:if drop.late}{bars_same_day:if drop.same_day}"
OFFER = "{during:span}, {place:address}."
REST = "{pay_cents:if posting.pay}{is_race:if offer.race} By {due_at:soon}."

CASES = [
    ("keep.kept", None, 'has no words for a call: add a line `voice: "..."` that tells {code} {during} under kept in'),
    ("keep.kept", "Kept.", "leaves out on a call what its text tells: during"),
    ("keep.kept", "Kept: {during:span}, {place:address}.", "tells on a call what its text does not have: place"),
    ("keep.kept", "Kept: {during:span}, {code}.", "must say {code} as {code:code}"),
    ("keep.kept", "Kept: {during:loud}.", "{during:loud} is no format for a call"),
    ("keep.kept", "Kept: {during:if posting.new}.", "says posting.new, which has no words for a call: give it some"),
    ("keep.kept", "Kept: {during:span}, #1 & more.", "has what no voice says: # &"),
    ("keep.kept", "Reply KEEP. {during:span}.", 'talks as a text does: "Reply"'),
    ("keep.kept", "{during:span}. MINE shows yours.", 'talks as a text does: "MINE"'),
    ("keep.kept", "{during:span}. Say K{code:code}.", 'talks as a text does: "K{"'),
    ("keep.kept", "{during:span}. To keep it, press 1.", "names key 1, and asks nothing"),
    ("again.first", "I did not get that. To go on, press 3.", "names key 3, and asks nothing"),
    ("drop.confirm", f"{TOLD} Press 1 to drop it. Press 2 to keep it.", "names a key before what it does"),
    ("drop.confirm", f"{TOLD} To drop it, press 1. To keep it, press 1.", "names a key twice: 1, 1"),
    ("drop.confirm", f"{TOLD} To keep it, press 2. To drop it, press 1.", "names its keys out of order: 2, 1"),
    ("drop.confirm", f"{TOLD} To drop it, press 1.", "names other keys than its question takes: add 2, leave out none"),
    ("drop.confirm", f"{TOLD} {CHOICE} To swap it, press 3.", "takes: add none, leave out 3"),
    ("drop.confirm", f"{TOLD} {'well ' * 20}. {CHOICE}", "words before the first choice; at most 25"),
    ("drop.silent_1", "I did not hear anything. To drop it, press 1.", "add 2, leave out none"),
    ("drop.which", "Which one? {held:numbered accept.one}", "does not name the keys of its list"),
    (
        "check_out.again_1",
        "For the reason I named, press 1. For another, press 2.",
        "asks for something to key and does not say: then pound",
    ),
    (
        "outbound.offer",
        f"{OFFER} To a, press 1. To b, press 2. To c, press 3. To d, press 4. To e, press 5. {REST}",
        "has 5 choices; a listener keeps 4",
    ),
    ("outbound.offer", f"{OFFER} {REST.replace('posting.pay', 'list.pay')} Ask {{contact}}.", "does not have: contact"),
]


@pytest.mark.parametrize(("key", "voice", "problem"), CASES)
def test_each_rule_fails_on_the_wording_that_breaks_it(key: str, voice: str | None, problem: str):
    assert [one for one in about(key, voice) if problem in one]


def test_spanish_must_tell_what_english_tells():
    found = told(changed("es", "keep.kept", "Conservado."))
    assert "es keep.kept: has other fields on a call than in English: during" in found


def test_spanish_may_not_talk_as_a_text_does():
    assert any('talks as a text does: "Escriba"' in one for one in told(changed("es", "courtesy.text", "Escriba ya.")))


def test_what_no_text_has_may_stand_for_calls_alone():
    assert LANGUAGES["en"].text("outbound.too_late") is None
    added = [changed(language, "toy.new", "Hello.") for language in ("en", "es")]
    assert told(*added) == []


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("To drop it, press 1. To keep it, press 2.", ["1", "2"]),
        ("To accept, press 1. To decline, 2.", ["1", "2"]),
        ("Para soltarlo, oprima 1. Para conservarlo, marque el 2.", ["1", "2"]),
        ("To write it down, press 1 or 2, by the reason.", ["1", "2"]),
        ("You are 2nd of 2 now. It takes 3 hours.", []),
    ],
)
def test_the_keys_that_are_told(said: str, keys: list[str]):
    assert keys_named(said) == keys


def test_words_are_counted_up_to_the_sentence_of_the_first_choice():
    assert words_before_choice("Saturday the 28th, 6 AM. To drop it, press 1.", LANGUAGES["en"]) == 5
    assert words_before_choice("Sábado 28, 6 de la mañana. Para soltarlo, oprima 1.", LANGUAGES["es"]) == 4
    assert words_before_choice("For a person, press 0.", LANGUAGES["en"]) == 0


def test_a_call_of_ours_says_what_the_text_says():
    for text, call in CALLED.items():
        named = {field.name for field in fields_of(LANGUAGES["en"], call, "voice")}
        assert named == {field.name for field in fields_of(LANGUAGES["en"], text)} - {"code"}, text


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_whoever_picks_up_or_finds_the_message_learns_nothing(language: str):
    for key in ("outbound.greeting", "outbound.voicemail"):
        names = {field.name for field in fields_of(LANGUAGES[language], key, "voice")}
        assert names <= {"department", "officer", "matter", "line", "callback", "is_recorded"}, key
    assert (
        said_with_samples("outbound.too_late", LANGUAGES["en"])
        == "Someone else took it before you. Nothing changed for you."
    )


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        # As espeak-ng reads them, 165 words a minute.
        ("To accept it,", 1.2),
        ("An award: Saturday the 28th, 6 AM to 2 PM, Main Street and 4th, ask for Dana.", 7.1),
        (
            "¿Rechaza sábado 28, de 6 de la mañana a 2 de la tarde, Main Street y Fourth? Pasa al siguiente oficial.",
            8.1,
        ),
    ],
)
def test_how_long_it_takes_to_say_is_known_without_a_voice(said: str, seconds: float) -> None:
    assert seconds_to_say(said) == pytest.approx(seconds, abs=0.5)
