"""Somebody who calls, as Twilio would bring him: follows the TwiML that is answered, and hears what is said."""

import uuid
import xml.etree.ElementTree as ET
from typing import Any

from tests.one_line import signature
from tests.twiml import check_twiml


class Caller:
    """One call through the real views. `heard` is what was said last, `call` what became of it."""

    def __init__(self, client: Any, from_number: str, line: str) -> None:
        self.client = client
        self.form = {"CallSid": f"CA{uuid.uuid4().hex}", "From": from_number, "To": line, "Direction": "inbound"}
        self.heard = ""
        self.call = "listening"
        self.action = ""
        self.document = ""

    def ring(self) -> str:
        return self.post("/twilio/voice", {"CallStatus": "ringing"})

    def press(self, keys: str) -> str:
        return self.post(self.action, {"Digits": keys})

    def say(self, words: str, confidence: float = 0.9) -> str:
        return self.post(self.action, {"SpeechResult": words, "Confidence": str(confidence)})

    def stay_silent(self) -> str:
        return self.post(self.action, {})

    def hang_up(self) -> None:
        form = {**self.form, "CallStatus": "completed"}
        self.client.post("/twilio/call-status", data=form, headers=signature("/twilio/call-status", form))

    def send(self, path: str, more: dict[str, str]) -> str:
        form = {**self.form, "CallStatus": "in-progress", **more}
        answer = self.client.post(path, data=form, headers=signature(path, form))
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def post(self, path: str, more: dict[str, str]) -> str:
        self.document = self.send(path, more)
        assert check_twiml(self.document) == []
        root = ET.fromstring(self.document)
        self.heard = " ".join(say.text or "" for say in root.iter("Say"))
        last = [each for each in root if each.tag in ("Gather", "Record", "Enqueue", "Hangup", "Reject")][-1]
        self.call = {
            "Gather": "listening",
            "Record": "recorded",
            "Enqueue": "queue",
            "Hangup": "hung up",
            "Reject": "rejected",
        }[last.tag]
        self.action = last.get("action", "")
        return self.heard
