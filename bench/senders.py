"""Signed requests over kept connections, one a thread, as the carrier's proxies have them: texts and turns of calls."""

import http.client
import threading
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator


class Senders:
    """Brings texts and calls to the webhooks on this machine. Safe to share between threads."""

    def __init__(self, port: int, public_url: str, account_sid: str, auth_token: str) -> None:
        self._port = port
        self._url = public_url
        self._account = account_sid
        self._validator = RequestValidator(auth_token)
        self._local = threading.local()

    def post(self, sid: str, from_number: str, to_number: str, body: str) -> int:
        """The status the webhook answered. Raises OSError and http.client.HTTPException."""
        form = {
            "MessageSid": sid,
            "AccountSid": self._account,
            "From": from_number,
            "To": to_number,
            "Body": body,
            "NumMedia": "0",
        }
        try:
            return self._exchange("/twilio/sms", form)[0]
        except (OSError, http.client.HTTPException):
            self._local.connection = None
            raise

    def call(self, path: str, sid: str, from_number: str, to_number: str, more: dict[str, str]) -> tuple[int, str]:
        """A request about a call: the status, and the document. Raises as `post`."""
        form = {
            "CallSid": sid,
            "AccountSid": self._account,
            "From": from_number,
            "To": to_number,
            "Direction": "inbound",
            "CallStatus": "in-progress",
            **more,
        }
        try:
            return self._exchange(path, form)
        except (OSError, http.client.HTTPException):
            self._local.connection = None
            raise

    def _exchange(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)
        signature = self._validator.compute_signature(f"{self._url}{path}", form)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", path, urlencode(form), headers)
            answer = connection.getresponse()
        except ConnectionError:
            # The server closed a kept connection while this was on its way: as every client does, ask on a new one.
            connection.close()
            connection.request("POST", path, urlencode(form), headers)
            answer = connection.getresponse()
        document = answer.read().decode("utf-8", "replace")
        return int(answer.status), document
