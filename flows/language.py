"""ESPANOL, ENGLISH: the language of the line for this person, in answers and in texts we send of our own accord."""

from flows.answers import Choice, Option
from flows.caller import Caller
from flows.choosing import EXITS
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, SwitchLanguage, verb
from models.people.person import set_language

LANGUAGE_OF_COMMAND = {"english": "en", "spanish": "es"}

ENGLISH = ("ENGLISH", "IN ENGLISH", "INGLES", "EN INGLES")
SPANISH = ("ESPANOL", "EN ESPANOL", "SPANISH", "IN SPANISH")
ASKED = ("LANGUAGE", "IDIOMA", "LENGUAJE")
"""In every language alike: who wants another does not speak the one that is on."""


@verb("changed", "which", acts=True)
def choose(caller: Caller, memory: Memory) -> Outcome:
    """Remembers the language that was said; the word LANGUAGE alone says none."""
    language = memory.get("language") or LANGUAGE_OF_COMMAND.get(str(memory.get("command", "")))
    if language is None:
        return Outcome("which")
    set_language(caller.work, caller.department.id, caller.officer.person_id, language)
    return Outcome("changed", {"language": language})


FLOW = Flow(
    name="language",
    start="choose",
    manner="digression",
    commands=(
        Command("spanish", {"en": SPANISH, "es": SPANISH}),
        Command("english", {"en": ENGLISH, "es": ENGLISH}),
        Command("language", {"en": ASKED, "es": ASKED}),
    ),
    exits=EXITS,
    steps={
        "choose": Do(choose, {"changed": "switch", "which": "which"}),
        "which": Ask(
            "language.which",
            (
                Choice(
                    into="language",
                    then="choose",
                    options=(Option("en", "1"), Option("es", "2")),
                ),
            ),
        ),
        "switch": SwitchLanguage("language", "changed"),
        "changed": Say("language.changed"),
        "person": HandOff("lost_in_language", "again.person"),
    },
)
