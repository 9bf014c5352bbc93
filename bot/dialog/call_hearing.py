"""What came in on a call, understood: keys, speech or silence, against the question the call stands at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.dialog.call_input import RING, CallInput
from bot.dialog.conversation import Conversation
from bot.dialog.events import Event, Heard, Question, Silence, Started
from bot.dialog.questions import asks_for_pin, question_of
from bot.dialog.understanding.courtesies import is_goodbye
from bot.dialog.understanding.keys import read_keys
from bot.dialog.understanding.reading import Hearing, understand
from bot.dialog.understanding.tokens import in_figures
from bot.dialog.understanding.understood import Understood
from flows.answers import Choice, Code, Recording
from flows.caller import PhoneCaller
from flows.loading import Catalogue
from flows.said import ACTING, LOSING

BEFORE_IDENTIFIED = frozenset({"agent", "emergency", "back", "repeat", "unrecorded"})
"""What anybody may ask for on the telephone; all other commands wait until it is known who calls."""

BADLY_HEARD, WELL_HEARD = 0.6, 0.75
"""Below the one a deed is read back; from the other on a yes drops what was just read out with its price."""

UNRECORDED = "7"
"""Alone it objects to being recorded, also where a longer entry is asked for: nobody's PIN or badge is so short."""
MENU_COMMANDS = frozenset({"menu", "help"})
"""In a call they mean the menu that is spoken."""


@dataclass(frozen=True, slots=True)
class CallHearing:
    """What is listened against."""

    catalogue: Catalogue
    conversation: Conversation
    caller: PhoneCaller
    now: datetime
    may_refuse: bool = False
    """Whether the key that objects to being recorded means anything in this call."""

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
        return _rung(came)
    if came.recording and hearing.question is not None:
        return Heard(read_recording(came.recording, hearing.question))
    if not came.keys and not came.speech:
        return Silence()
    heard = _keyed(came.keys, hearing) if came.keys else _said(came, hearing)
    if not hearing.caller.is_identified:
        return _before_identified(heard, hearing)
    if heard.command in MENU_COMMANDS:
        return Started("call_menu", entry="choices")
    return Heard(heard) if came.keys else _weighed(heard, came, hearing)


def read_recording(recording: Mapping[str, Any], question: Question) -> Understood:
    """The message that was left, where the question asks for one."""
    for place, answer in enumerate(question.ask.answers):
        if isinstance(answer, Recording):
            return Understood("answer", "", answer=place, value=dict(recording), then=answer.then)
    return Understood("nothing", "")


def _keyed(keys: str, hearing: CallHearing) -> Understood:
    """Keys. The one that objects to being recorded means that wherever it is not on a list that was read out."""
    if hearing.may_refuse and keys.rstrip("#") == UNRECORDED and not _is_listed(hearing.question):
        return Understood("command", keys, command="unrecorded")
    return read_keys(keys, hearing.question)


def _is_listed(question: Question | None) -> bool:
    answers = question.ask.answers if question is not None else ()
    return any(isinstance(answer, Choice) and answer.listed for answer in answers) and (
        read_keys(UNRECORDED, question).kind == "answer"
    )


def _rung(came: CallInput) -> Event:
    """Who calls us is asked who he is; whom we call hears who calls."""
    if came.outbound is None:
        return Started("identify")
    department_id, call_id = came.outbound
    return Started("outbound", {"department_id": department_id, "call": call_id, "by_machine": came.by_machine})


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
    """Speech. Where a list is read out a command comes first: what is on it is told in words that are commands too."""
    question = hearing.question
    if question is None or asks_for_secret(question):
        return Understood("nothing", "")
    caller = hearing.caller
    zone = caller.department.zone if caller.is_identified else None
    against = Hearing(
        catalogue=hearing.catalogue,
        question=question,
        language=hearing.conversation.language,
        now=hearing.now.astimezone(zone) if zone else None,
        spoken=True,
    )
    if any(isinstance(answer, Choice) and answer.value == "command" for answer in question.ask.answers):
        command = _understood(came.speech, replace(against, question=None))
        if command.kind == "command":
            return command
    return _understood(came.speech, against)


def _understood(speech: str, against: Hearing) -> Understood:
    """A command that takes a wish in words ("auto under eight hours") takes its figures as figures."""
    heard = understand(speech, against)
    figures = in_figures(speech)
    if figures == speech or (heard.kind in ("command", "answer") and "rest" not in heard.slots):
        return heard
    again = understand(figures, against)
    takes_figures = again.certain and {"rest", "time"} & again.slots.keys()
    return again if again.kind == "command" and takes_figures else heard


def _weighed(heard: Understood, came: CallInput, hearing: CallHearing) -> Event:
    """What was said, unless it is read back first: it loses something, or does something and was heard badly."""
    sure = came.confidence or 0.0
    if heard.kind == "command":
        return _weighed_command(heard, sure, hearing)
    if is_goodbye(came.speech) and heard.kind != "answer":
        return Started("goodbye")
    return Heard(_confirming(heard, sure, hearing.question))


def _weighed_command(heard: Understood, sure: float, hearing: CallHearing) -> Event:
    command, top = heard.command.removeprefix("sure_"), hearing.conversation.top
    slots = dict(heard.slots)
    if command in ("accept", "decline") and "codes" not in slots and top is not None and top.flow == "call_menu":
        # At the question whether he accepts, that is what he answers.
        slots |= {"codes": top.memory["codes"]} if top.memory.get("codes") else {}
    if command in LOSING or (command in ACTING and sure < BADLY_HEARD):
        said = {**slots, "words": heard.text}
        return Started("said", {"command": command, "heard": said, "codes": slots.get("codes", [])})
    return Heard(replace(heard, slots=slots))


def _confirming(heard: Understood, sure: float, question: Question | None) -> Understood:
    """A yes that drops something: in a text the code must be said; in a call a yes that was heard well is enough."""
    if question is None or heard.kind != "answer" or heard.value is not True:
        return heard
    codes = [(place, answer) for place, answer in enumerate(question.ask.answers) if isinstance(answer, Code)]
    if not codes:
        return heard
    place, code = codes[0]
    if sure < WELL_HEARD:
        return Understood("nothing", heard.text)
    expected = question.memory[code.matching]
    value = expected if isinstance(expected, str) else expected[0]
    return replace(heard, answer=place, value=value, then=code.then)
