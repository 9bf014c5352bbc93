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
