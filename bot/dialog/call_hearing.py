"""What came in on a call, understood: keys, speech or silence, against the question the call stands at."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialog.call_input import RING, CallInput
from bot.dialog.conversation import Conversation
from bot.dialog.events import Event, Heard, Question, Silence, Started
from bot.dialog.questions import asks_for_pin, question_of
from bot.dialog.understanding.keys import read_keys
from bot.dialog.understanding.reading import Hearing, understand
from bot.dialog.understanding.understood import Understood
from flows.caller import PhoneCaller
from flows.loading import Catalogue

BEFORE_IDENTIFIED = frozenset({"agent", "emergency", "back", "repeat"})
"""What anybody may ask for on the telephone; all other commands wait until it is known who calls."""

MENU_COMMANDS = frozenset({"menu", "help"})
"""In a call they mean the menu that is spoken."""


@dataclass(frozen=True, slots=True)
class CallHearing:
    """What is listened against."""

    catalogue: Catalogue
    conversation: Conversation
    caller: PhoneCaller
    now: datetime

    @property
    def question(self) -> Question | None:
        """The question the call stands at."""
        return question_of(self.catalogue, self.conversation, self.now)


def asks_for_secret(question: Question | None) -> bool:
    """Whether what comes in now must be masked. Where no question is known, it is."""
    return question is None or asks_for_pin(question)


def hear(came: CallInput, hearing: CallHearing) -> Event:
    """The event it is for the dialog."""
    if came.token == RING:
        return Started("identify")
    if not came.keys and not came.speech:
        return Silence()
    heard = read_keys(came.keys, hearing.question) if came.keys else _said(came, hearing)
    if not hearing.caller.is_identified:
        return _before_identified(heard, hearing)
    if heard.command in MENU_COMMANDS:
        return Started("call_menu", entry="choices")
    return Heard(heard)


def _before_identified(heard: Understood, hearing: CallHearing) -> Event:
    """Star leads from somebody's PIN to the badge of somebody else, and from there to the other language."""
    if heard.kind == "command" and heard.command not in BEFORE_IDENTIFIED:
        return Heard(Understood("nothing", ""))
    top = hearing.conversation.top
    if heard.command != "back" or top is None or top.flow != "identify" or top.trail:
        return Heard(heard)
    memory = {name: top.memory[name] for name in ("tries",) if name in top.memory}
    if top.step == "badge":
        other = "en" if hearing.conversation.language == "es" else "es"
        return Started("identify", {**memory, "language": other}, "other_language")
    return Started("identify", memory, "badge")


def _said(came: CallInput, hearing: CallHearing) -> Understood:
    """At the menu a command comes first: what is on it is told in words that are commands too."""
    question = hearing.question
    if asks_for_secret(question):
        return Understood("nothing", "")
    caller = hearing.caller
    zone = caller.department.zone if caller.is_identified else None
    against = Hearing(
        catalogue=hearing.catalogue,
        question=question,
        language=hearing.conversation.language,
        now=hearing.now.astimezone(zone) if zone else None,
    )
    top = hearing.conversation.top
    if top is not None and hearing.catalogue.flows[top.flow].comes_back:
        command = understand(came.speech, replace(against, question=None))
        if command.kind == "command":
            return command
    return understand(came.speech, against)
