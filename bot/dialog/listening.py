"""What a call listens for at a question, with no word about the carrier: keys, speech, how long, for which words."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.dialog.conversation import Conversation
from bot.dialog.events import Question
from bot.dialog.questions import asks_for_pin
from bot.dialog.understanding.keys import is_long
from bot.dialog.understanding.words import words_of
from flows.answers import AnyKey, Choice, Recording, YesNo
from flows.loading import Catalogue

SECONDS = 5
"""Of silence, until it is one."""
SECONDS_FOR_PIN = 8
MOST_HINTS = 60

HINTED = ("list", "mine", "drop", "check_in", "check_out", "signup", "accept", "decline", "withdraw", "rank", "agent")
"""The commands whose words a recogniser is told to expect at any question."""


@dataclass(frozen=True, slots=True)
class Listening:
    """How the caller is listened to. `keys` is how many keys there can be, 0 where # ends them.

    `speech` is off where a PIN is asked for: nobody shall say it aloud. With `records` he is recorded for so many
    seconds at the most, after a tone, and nothing else is listened for.
    """

    keys: int
    speech: bool
    seconds: int
    hints: tuple[str, ...]
    records: int = 0

    def to_json(self) -> dict[str, Any]:
        """For the record of the turn."""
        return {**asdict(self), "hints": list(self.hints)}


QUIETING = Listening(0, speech=False, seconds=1, hints=())
"""While a recording is being stopped: what is keyed meanwhile is taken in, so that it is known that it was."""


def listening_at(catalogue: Catalogue, conversation: Conversation, question: Question) -> Listening:
    """How to listen at the question that the conversation stands at."""
    if asks_for_pin(question):
        return Listening(0, speech=False, seconds=SECONDS_FOR_PIN, hints=())
    recording = next((each for each in question.ask.answers if isinstance(each, Recording)), None)
    if recording:
        return Listening(0, speech=False, seconds=SECONDS, hints=(), records=recording.seconds)
    keys = 0 if is_long(question) else 1
    if any(isinstance(answer, AnyKey) for answer in question.ask.answers):
        # The words of a mailbox are no answer.
        return Listening(keys, speech=False, seconds=SECONDS, hints=())
    return Listening(keys, speech=True, seconds=SECONDS, hints=_hints(catalogue, conversation.language, question))


def _hints(catalogue: Catalogue, language: str, question: Question) -> tuple[str, ...]:
    """What can be said here: the question's own words first."""
    said: list[str] = []
    for answer in question.ask.answers:
        if isinstance(answer, Choice):
            said += [word for option in answer.options for word in option.words.get(language, ())]
        if isinstance(answer, YesNo):
            words = words_of(language)
            said += [*sorted(words.yes)[:4], *sorted(words.no)[:4]]
    for name in (*HINTED, "repeat", "back"):
        command = catalogue.commands.get(name)
        said += command.words.get(language, ()) if command else ()
    return tuple(dict.fromkeys(word.lower() for word in said))[:MOST_HINTS]
