"""What a caller hears, as TwiML. Here and in `voice.py` alone is known how Twilio wants it."""

import re
from collections.abc import Iterator

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from bot.dialog.hold import Hold
from bot.dialog.listening import Listening
from bot.dialog.recorded import recorded_parts
from bot.dialog.spoken_answer import SpokenAnswer
from ivr_prompts import speaker_of
from ivr_prompts.audio import sound_of

QUEUE = "desk"
TURN = "/twilio/voice/turn"
WAIT = "/twilio/voice/wait"
MUSIC = "/audio/hold.wav"
RING_SECONDS = 20
WHISPER_SECONDS = 8


def document(answer: SpokenAnswer) -> str:
    """The whole answer. The same answer gives the same document, so that a turn brought twice hears the same."""
    response = VoiceResponse()
    if answer.then == "listen" and answer.listening is not None:
        _listen(response, answer, answer.listening)
        # Twilio comes back after silence too; should it ever not, this does.
        response.redirect(f"{TURN}/{answer.token}", method="POST")
        return str(response)
    _say(response, answer)
    if answer.then == "ring_desk":
        _ring(response, answer)
    elif answer.then == "queue":
        _enqueue(response, answer)
    else:
        response.hangup()
    return str(response)


def hold_document(hold: Hold) -> str:
    """What a caller in the queue hears; when it ends, the carrier asks for the next."""
    response = VoiceResponse()
    if hold.leaves:
        response.leave()
        return str(response)
    gather = Gather(input="dtmf", action=WAIT, method="POST", timeout=1, num_digits=1, finish_on_key="", barge_in=True)
    _speak(gather, hold.said, hold.language, hold.audio)
    gather.play(MUSIC, loop=hold.rounds)
    response.append(gather)
    return str(response)


def whisper_document(said: str, waiting: str) -> str:
    """Who waits, to whoever picked up at the desk; he must press 1, as an answering machine cannot."""
    response = VoiceResponse()
    action = f"/twilio/voice/whisper/taken?waiting={waiting}"
    gather = Gather(input="dtmf", action=action, method="POST", timeout=WHISPER_SECONDS, num_digits=1)
    _speak(gather, said, "en")
    response.append(gather)
    response.hangup()
    return str(response)


def talk_document(*, talks: bool) -> str:
    """An empty answer lets the two talk; otherwise the desk's telephone hangs up."""
    response = VoiceResponse()
    if not talks:
        response.hangup()
    return str(response)


def _listen(response: VoiceResponse, answer: SpokenAnswer, listening: Listening) -> None:
    if not listening.records:
        response.append(_gather(answer, listening))
        return
    _say(response, answer)
    response.record(
        action=f"{TURN}/{answer.token}",
        method="POST",
        max_length=listening.records,
        timeout=listening.seconds,
        finish_on_key="#",
        play_beep=True,
        transcribe=True,
        transcribe_callback="/twilio/voice/transcript",
    )


def _gather(answer: SpokenAnswer, listening: Listening) -> Gather:
    """All that is said stands inside, so that whoever knows it can press at once."""
    gather = Gather(
        input="dtmf speech" if listening.speech else "dtmf",
        action=f"{TURN}/{answer.token}",
        method="POST",
        timeout=listening.seconds,
        action_on_empty_result=True,
        barge_in=True,
        # The recogniser knows the languages by the names that the voices have for them.
        language=speaker_of(answer.language).language,
        # Without a number of keys # ends what is keyed; a key alone is itself, # included.
        **({"num_digits": listening.keys, "finish_on_key": ""} if listening.keys else {"finish_on_key": "#"}),
        **({"hints": ",".join(listening.hints), "speech_timeout": "auto"} if listening.speech else {}),
    )
    _say(gather, answer)
    return gather


def _say(verb: VoiceResponse | Gather, answer: SpokenAnswer) -> None:
    _speak(verb, answer.said, answer.language, answer.audio)


def _speak(verb: VoiceResponse | Gather, said: str, in_language: str, audio: str = "") -> None:
    for language, words in filter(lambda part: part[1], _parts(said, in_language)):
        speaker = speaker_of(language)
        for part, recording in recorded_parts(words, language, audio):
            if recording is None:
                verb.say(part, voice=speaker.voice, language=speaker.language)
            else:
                verb.play(f"/audio/{sound_of(recording)}{recording.suffix.lower()}")


def _parts(said: str, language: str) -> Iterator[tuple[str, str]]:
    """What is said, by language: "[es]Para español, oprima 2.[/es]" among English words is for the other voice."""
    start = 0
    for found in _OTHER_LANGUAGE.finditer(said):
        yield language, said[start : found.start()].strip()
        yield found[1], found[2].strip()
        start = found.end()
    yield language, said[start:].strip()


_OTHER_LANGUAGE = re.compile(r"\[(en|es)\](.*?)\[/\1\]")


def _ring(response: VoiceResponse, answer: SpokenAnswer) -> None:
    """All telephones of the desk at once; whoever picks up hears who waits, and presses a key."""
    dial = Dial(action=f"{TURN}/{answer.token}", method="POST", timeout=RING_SECONDS)
    for number in answer.rings:
        dial.number(number, url=f"/twilio/voice/whisper?waiting={answer.waiting}", method="POST")
    response.append(dial)


def _enqueue(response: VoiceResponse, answer: SpokenAnswer) -> None:
    """To a person. The queue comes back under the next token; the desk finds the caller by what stands there."""
    about = f"?waiting={answer.waiting}" if answer.waiting else ""
    token = answer.token or "0"
    response.enqueue(QUEUE, action=f"{TURN}/{token}{about}", method="POST", wait_url=WAIT, wait_url_method="POST")
