"""What each attribute of voice TwiML may say.

Source: Twilio, "TwiML for Programmable Voice", the page of each verb and noun. An attribute that is not here may say
anything; whether it may stand there at all is the twilio package's word.
"""

from bot.pocket_phone.grammar.speech import GATHER_LANGUAGES, INTERPRET_AS, SAY_LANGUAGES, is_voice
from bot.pocket_phone.grammar.values import (
    Check,
    among,
    boolean,
    caller,
    either,
    hints,
    keys,
    matching,
    method,
    one_of,
    some_of,
    tones,
    url,
    whole,
)  # fmt: skip

_A_DAY = 86_400
_loop = whole(0, 1000)
_call_events = some_of("initiated", "ringing", "answered", "completed")
_recording_events = some_of("in-progress", "completed", "absent")
_recording = {
    "trim": one_of("trim-silence", "do-not-trim"),
    "recordingStatusCallback": url,
    "recordingStatusCallbackMethod": method,
    "recordingStatusCallbackEvent": _recording_events,
}
_called = {
    "url": url,
    "method": method,
    "statusCallback": url,
    "statusCallbackMethod": method,
    "statusCallbackEvent": _call_events,
}


def _voice(value: str) -> str | None:
    return None if is_voice(value) else "a voice of Twilio's, such as Polly.Joanna-Neural"


CHECKS: dict[str, dict[str, Check]] = {
    "Say": {
        "loop": _loop,
        "voice": _voice,
        "language": among(SAY_LANGUAGES, "a language of text-to-speech, such as en-US"),
    },
    "Play": {"loop": _loop, "digits": tones},
    "Pause": {"length": whole()},
    "Gather": {
        "input": some_of("dtmf", "speech"),
        "action": url,
        "method": method,
        "timeout": whole(),
        "speechTimeout": either(one_of("auto"), whole()),
        "maxSpeechTime": whole(1, 60),
        "profanityFilter": boolean,
        "finishOnKey": matching(r"[0-9#*]?", "one key out of 0-9, # and *, or nothing"),
        "numDigits": whole(),
        "partialResultCallback": url,
        "partialResultCallbackMethod": method,
        "language": among(GATHER_LANGUAGES, "a language of speech recognition, such as en-US"),
        "hints": hints,
        "bargeIn": boolean,
        "actionOnEmptyResult": boolean,
        "speechModel": matching(
            r"default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
            r"|(googlev2|deepgram)_[a-z0-9_-]+",
            "a speech model of Twilio's, such as phone_call",
        ),
        "enhanced": boolean,
    },
    "Record": _recording
    | {
        "action": url,
        "method": method,
        "timeout": whole(),
        "finishOnKey": keys,
        "maxLength": whole(1, 14_400),
        "playBeep": boolean,
        "transcribe": boolean,
        "transcribeCallback": url,
    },
    "Redirect": {"method": method},
    "Reject": {"reason": one_of("rejected", "busy")},
    "Refer": {"action": url, "method": method},
    "Enqueue": {
        "action": url,
        "method": method,
        "maxQueueSize": whole(1, 5000),
        "waitUrl": url,
        "waitUrlMethod": method,
        "workflowSid": matching(r"WW[0-9a-f]{32}", "the sid of a workflow"),
    },
    "Dial": _recording
    | {
        "action": url,
        "method": method,
        "timeout": whole(1, 600),
        "timeLimit": whole(1, _A_DAY),
        "callerId": caller,
        "hangupOnStar": boolean,
        "answerOnBridge": boolean,
        "sequential": boolean,
        "referUrl": url,
        "referMethod": method,
        "record": one_of(
            "do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual",
            "record-from-ringing-dual", "true", "false",
        ),
    },
    "Number": _called
    | {
        "sendDigits": tones,
        "machineDetection": one_of("Enable", "DetectMessageEnd"),
        "machineDetectionTimeout": whole(3, 59),
        "machineDetectionSpeechThreshold": whole(1000, 6000),
        "machineDetectionSpeechEndThreshold": whole(500, 5000),
        "machineDetectionSilenceTimeout": whole(2000, 10_000),
        "amdStatusCallback": url,
        "amdStatusCallbackMethod": method,
    },
    "Client": _called,
    "Queue": {"url": url, "method": method},
    "Conference": _recording
    | {
        "muted": boolean,
        "beep": one_of("true", "false", "onEnter", "onExit"),
        "startConferenceOnEnter": boolean,
        "endConferenceOnExit": boolean,
        "waitUrl": either(one_of(""), url),
        "waitMethod": method,
        "maxParticipants": whole(2, 250),
        "record": one_of("do-not-record", "record-from-start", "true", "false"),
        "coach": matching(r"CA[0-9a-f]{32}", "the sid of a call"),
        "statusCallback": url,
        "statusCallbackMethod": method,
        "statusCallbackEvent": some_of(
            "start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"
        ),
        "participantLabel": matching(r".{1,128}", "at most 128 characters"),
    },
    "break": {
        "strength": one_of("none", "x-weak", "weak", "medium", "strong", "x-strong"),
        "time": matching(
            r"(10|\d(\.\d+)?)s|(10000|\d{1,4})ms", "seconds or milliseconds up to ten seconds, such as 500ms"
        ),
    },
    "emphasis": {"level": one_of("strong", "moderate", "reduced", "none")},
    "lang": {"xml:lang": among(SAY_LANGUAGES, "a language of text-to-speech, such as en-US")},
    "phoneme": {"alphabet": one_of("ipa", "x-sampa")},
    "prosody": {
        "volume": matching(r"default|silent|x-soft|soft|medium|loud|x-loud|[+-]\d+(\.\d+)?dB", "a volume such as loud"),
        "rate": matching(r"x-slow|slow|medium|fast|x-fast|default|\d{2,3}%", "a rate such as slow or 90%"),
        "pitch": matching(r"default|x-low|low|medium|high|x-high|[+-]\d+(\.\d+)?(%|st)", "a pitch such as low or -10%"),
    },
    "say-as": {"interpret-as": one_of(*sorted(INTERPRET_AS))},
}  # fmt: skip

# Without these the element means nothing.
REQUIRED = {
    "say-as": ("interpret-as",),
    "sub": ("alias",),
    "phoneme": ("ph",),
    "lang": ("xml:lang",),
    "w": ("role",),
}
