"""What a caller hears, as TwiML. Here and in `voice.py` alone is known how Twilio wants it."""

import re
from collections.abc import Iterator

from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.dialog.listening import Listening
from bot.dialog.spoken_answer import SpokenAnswer

QUEUE = "desk"
TURN = "/twilio/voice/turn"

SPEAKS = {"en": ("en-US", "Polly.Joanna"), "es": ("es-US", "Polly.Lupe")}
"""The language and the voice, by our name of the language. The recogniser knows both languages by the same names."""


def document(answer: SpokenAnswer) -> str:
    """The whole answer. The same answer gives the same document, so that a turn brought twice hears the same."""
    response = VoiceResponse()
    if answer.then == "listen" and answer.listening is not None:
        response.append(_gather(answer, answer.listening))
        # Twilio comes back after silence too; should it ever not, this does.
        response.redirect(f"{TURN}/{answer.token}", method="POST")
        return str(response)
    _say(response, answer)
    if answer.then == "queue":
        _enqueue(response, answer)
    else:
        response.hangup()
    return str(response)


def _gather(answer: SpokenAnswer, listening: Listening) -> Gather:
    """All that is said stands inside, so that whoever knows it can press at once."""
    gather = Gather(
        input="dtmf speech" if listening.speech else "dtmf",
        action=f"{TURN}/{answer.token}",
        method="POST",
        timeout=listening.seconds,
        action_on_empty_result=True,
        barge_in=True,
        language=SPEAKS[answer.language][0],
        # Without a number of keys # ends what is keyed; a key alone is itself, # included.
        **({"num_digits": listening.keys, "finish_on_key": ""} if listening.keys else {"finish_on_key": "#"}),
        **({"hints": ",".join(listening.hints), "speech_timeout": "auto"} if listening.speech else {}),
    )
    _say(gather, answer)
    return gather


def _say(verb: VoiceResponse | Gather, answer: SpokenAnswer) -> None:
    for language, words in filter(lambda part: part[1], _parts(answer.said, answer.language)):
        tongue, voice = SPEAKS[language]
        verb.say(words, voice=voice, language=tongue)


def _parts(said: str, language: str) -> Iterator[tuple[str, str]]:
    """What is said, by language: "[es]Para español, oprima 2.[/es]" among English words is for the other voice."""
    start = 0
    for found in _OTHER_LANGUAGE.finditer(said):
        yield language, said[start : found.start()].strip()
        yield found[1], found[2].strip()
        start = found.end()
    yield language, said[start:].strip()


_OTHER_LANGUAGE = re.compile(r"\[(en|es)\](.*?)\[/\1\]")


def _enqueue(response: VoiceResponse, answer: SpokenAnswer) -> None:
    """To a person. The queue comes back under the next token; the desk finds the hand-off by what stands there."""
    about = f"?hand_off={answer.hand_off}" if answer.hand_off else ""
    token = answer.token or "0"
    response.enqueue(QUEUE, action=f"{TURN}/{token}{about}", method="POST")
