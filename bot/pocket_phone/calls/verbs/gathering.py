"""<Gather>: keys and words, with Twilio's defaults.

Source: Twilio, "TwiML Voice: <Gather>". Keys come first: what a person says after he has begun to press is not heard.
"""

import dataclasses
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Event, Pressed, Said, Script, TimeUp, Wait
from bot.pocket_phone.calls.session import Session, goto_of
from bot.pocket_phone.calls.verbs.prompts import begin, is_stopped_by

_PROMPTS = ("Say", "Play", "Pause")
_SILENCE_SECONDS = 5.0


@dataclasses.dataclass(frozen=True)
class _Wanted:
    keys: bool
    words: bool
    finish_on: str
    most_keys: int | None
    seconds: float
    barge_in: bool
    language: str


@dataclasses.dataclass
class _Given:
    keys: str = ""
    finished_on: str = ""
    said: Said | None = None

    @property
    def is_empty(self) -> bool:
        return not self.keys and self.said is None


def run_gather(session: Session, document: Document, node: Element) -> Script:
    """Prompt, listen, and go to the action with what came; with nothing, on to the next verb."""
    wanted = _wanted(node)
    first = yield from _prompt(session, document, node, wanted)
    given = yield from _collect(wanted, first)
    if given.is_empty and node.get("actionOnEmptyResult") != "true":
        return None
    return goto_of(document, node, **_fields(wanted, given))


def _wanted(node: Element) -> _Wanted:
    kinds = node.get("input", "dtmf").split()
    digits = node.get("numDigits", "")
    timeout = node.get("timeout", "")
    return _Wanted(
        keys="dtmf" in kinds,
        words="speech" in kinds,
        finish_on=node.get("finishOnKey", "#"),
        most_keys=int(digits) if digits.isdecimal() else None,
        seconds=float(timeout) if timeout.isdecimal() else _SILENCE_SECONDS,
        barge_in=node.get("bargeIn", "true") != "false",
        language=node.get("language", "en-US"),
    )


def _prompt(session: Session, document: Document, node: Element, wanted: _Wanted) -> Script:
    """What is nested, until somebody presses or speaks; gives what he did, None if he heard it out."""
    for prompt in node:
        if prompt.tag not in _PROMPTS:
            continue
        wait = begin(session, document, prompt)
        while not isinstance(event := (yield wait), TimeUp):
            if is_stopped_by(event, keys=wanted.keys, words=wanted.words and wanted.barge_in):
                return event
    return None


def _collect(wanted: _Wanted, event: Event | None) -> Script:
    given = _Given()
    while not _is_done(wanted, given, event):
        event = yield Wait("person", wanted.seconds, has_begun=bool(given.keys))
    return given


def _is_done(wanted: _Wanted, given: _Given, event: Event | None) -> bool:
    """Take in what happened; whether the gathering is over by it."""
    if isinstance(event, TimeUp):
        return True
    if isinstance(event, Said) and wanted.words and not given.keys:
        given.said = event
        return True
    if isinstance(event, Pressed) and wanted.keys:
        return any(_takes_key(wanted, given, key) for key in event.keys)
    return False


def _takes_key(wanted: _Wanted, given: _Given, key: str) -> bool:
    """Whether this key is the last. What finishes counts only after another key."""
    if key and key == wanted.finish_on:
        given.finished_on = key if given.keys else ""
        return bool(given.keys)
    given.keys += key
    return len(given.keys) == wanted.most_keys


def _fields(wanted: _Wanted, given: _Given) -> dict[str, str]:
    if given.said:
        return {
            "SpeechResult": given.said.text,
            "Confidence": str(given.said.confidence),
            "Language": wanted.language,
            "msg": "Gather End",
        }
    if wanted.keys:
        return {"Digits": given.keys, "FinishedOnKey": given.finished_on, "msg": "Gather End"}
    return {"SpeechResult": "", "Confidence": "0.0", "Language": wanted.language, "msg": "Gather End"}
