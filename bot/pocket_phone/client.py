"""A small client of the control API, for the demonstration's player and for tests."""

from typing import Any
from urllib.parse import quote

import requests


class PocketPhoneError(Exception):
    """The pocket phone refused or did not answer; the text says why."""


class PocketPhoneClient:
    """One pocket phone, reached at its base URL such as http://127.0.0.1:8081. Not shared between threads."""

    def __init__(self, base_url: str, *, timeout_seconds: float = 10) -> None:
        self._base = f"{base_url.rstrip('/')}/pocket"
        self._timeout = timeout_seconds
        self._http = requests.Session()
        # A proxy of the environment has no business between two processes of one machine.
        self._http.trust_env = False

    def text(
        self, from_number: str, to_number: str, body: str, *, media: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        """A person texts a line; gives the message, which is not yet delivered."""
        return self._ask("POST", "/texts", {"from": from_number, "to": to_number, "body": body, "media": media or []})

    def messages(self, number: str | None = None, *, after: int = 0) -> list[dict[str, Any]]:
        """Messages with an id above `after`, oldest first; of one person's phone if a number is given."""
        path = f"/phones/{quote(number)}/messages" if number else "/messages"
        found: list[dict[str, Any]] = self._ask("GET", f"{path}?after={after}")["messages"]
        return found

    def place_call(
        self, from_number: str, to_number: str, *, timed: bool = False, verstat: str | None = None
    ) -> dict[str, Any]:
        """A person calls a line; gives the call as soon as it stands at something, or is over.

        On a `timed` call time passes as it does for a person. Any other waits for his next act, and only
        `stay_silent` lets a time-out pass. `verstat` is Twilio's StirVerstat.
        """
        asked = {"from": from_number, "to": to_number, "timed": timed, "verstat": verstat}
        return self.fetch_call(self._ask("POST", "/calls", asked)["sid"])

    def press(self, sid: str, keys: str) -> dict[str, Any]:
        """The person on the call presses keys; gives the call when that has had its effect."""
        return self._do(sid, "press", keys=keys)

    def say(self, sid: str, text: str, *, confidence: float = 0.9) -> dict[str, Any]:
        """The person speaks."""
        return self._do(sid, "say", text=text, confidence=confidence)

    def stay_silent(self, sid: str) -> dict[str, Any]:
        """The person lets the time pass."""
        return self._do(sid, "silent")

    def hang_up(self, sid: str) -> dict[str, Any]:
        return self._do(sid, "hang-up")

    def mails(self, *, after: int = 0) -> list[dict[str, Any]]:
        """What was mailed after a number: id, key, from, to, subject, body."""
        return list(self._ask("GET", f"/mails?after={after}")["mails"])

    def answer(self, sid: str, *, by: str = "person") -> dict[str, Any]:
        """The phone that rings is taken up, by a person or a `machine`."""
        return self._do(sid, "answer", by=by)

    def turn_away(self, sid: str, status: str = "busy") -> dict[str, Any]:
        """The phone that rings is not taken up: busy, no-answer or failed."""
        return self._do(sid, "turn-away", status=status)

    def fetch_call(self, sid: str, *, after: int = 0, wait_seconds: float = 20) -> dict[str, Any]:
        """The call with its lines after an id, once it stands at something or is over."""
        path = f"/calls/{quote(sid)}?after={after}&wait={wait_seconds}"
        return self._ask("GET", path, timeout_seconds=wait_seconds + self._timeout)

    def heard(self, sid: str, *, after: int = 0) -> list[dict[str, Any]]:
        """What was heard on the call after a line's id: kind, text, ssml, language, voice."""
        return [line for line in self.fetch_call(sid, after=after)["lines"] if not line["mine"]]

    def lines_on(self, recording_sid: str) -> list[dict[str, Any]]:
        """What is on a recording that the REST API began: everything heard, keyed and said while it ran."""
        found: list[dict[str, Any]] = self._ask("GET", f"/recordings/{quote(recording_sid)}/lines")["lines"]
        return found

    def calls(self, number: str) -> list[dict[str, Any]]:
        """The calls of one phone, oldest first; those of which `status` is ringing wait for `answer`."""
        found: list[dict[str, Any]] = self._ask("GET", f"/phones/{quote(number)}/calls")["calls"]
        return found

    def changed_calls(self, *, after: int = 0) -> list[dict[str, Any]]:
        """Calls made or changed since the change `after`; each tells its `change_id`."""
        return list(self._ask("GET", f"/calls?after={after}")["calls"])

    def habit(self, number: str, answering: str, *, verstat: str | None = None, timed: bool = False) -> None:
        """What a phone does when it rings: nobody, by hand, person, machine, busy, declined, unreachable."""
        asked = {"number": number, "answering": answering, "verstat": verstat, "timed": timed}
        self._ask("POST", "/habits", asked)

    def wait_idle(self, *, seconds: float = 30) -> bool:
        """Wait until nothing is on its way to or from our webhooks; whether that came in time."""
        return bool(self._ask("GET", f"/idle?wait={seconds}", timeout_seconds=seconds + self._timeout)["idle"])

    def add_contact(self, number: str, name: str) -> None:
        self._ask("POST", "/contacts", {"number": number, "name": name})

    def add_line(self, number: str, name: str = "", **more: object) -> None:
        """Own a number; `more` may give sms_url, sms_fallback_url, service_sid and advanced_opt_out."""
        self._ask("POST", "/lines", {"number": number, "name": name} | more)

    def fault(
        self,
        kind: str,
        *,
        number: str | None = None,
        count: int | None = None,
        code: int | None = None,
        seconds: float = 0,
    ) -> int:
        """Turn a fault on, for one phone or any, for the next `count` or until cleared; gives its id."""
        asked = {"kind": kind, "number": number, "count": count, "code": code, "seconds": seconds}
        return int(self._ask("POST", "/faults", asked)["id"])

    def faults(self) -> list[dict[str, Any]]:
        """The faults that are on, each with how often it was `taken`."""
        found: list[dict[str, Any]] = self._ask("GET", "/faults")["faults"]
        return found

    def clear_faults(self) -> None:
        self._ask("DELETE", "/faults")

    def alerts(self) -> list[dict[str, Any]]:
        """Webhooks that failed, newest first."""
        found: list[dict[str, Any]] = self._ask("GET", "/alerts")["alerts"]
        return found

    def tell_clock(self, now: str) -> None:
        """Say what the demonstration's clock shows, in ISO 8601; messages bear it from now on."""
        self._ask("POST", "/clock", {"now": now})

    def clear(self, *, contacts: bool = False, lines: bool = False) -> None:
        self._ask("POST", "/clear", {"contacts": contacts, "lines": lines})

    def close(self) -> None:
        self._http.close()

    def _do(self, sid: str, act: str, **more: object) -> dict[str, Any]:
        self._ask("POST", f"/calls/{quote(sid)}/{act}", more)
        return self.fetch_call(sid)

    def _ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, timeout_seconds: float | None = None
    ) -> dict[str, Any]:
        try:
            answer = self._http.request(
                method, f"{self._base}{path}", json=body, timeout=timeout_seconds or self._timeout
            )
        except requests.RequestException as error:
            raise PocketPhoneError(f"The pocket phone at {self._base} does not answer: {error}") from None
        if not answer.ok:
            raise PocketPhoneError(f"{method} {path}: {answer.status_code} {answer.text.strip()}")
        return answer.json() if answer.content else {}
