"""Signed form posts to the application, as Twilio's proxy makes them."""

import dataclasses
import http.client
import select
import threading
import time
import uuid
from collections.abc import Mapping
from urllib.parse import SplitResult, urlencode, urlsplit

from twilio.request_validator import RequestValidator

from bot.pocket_phone.overrides import Overrides, split_overrides

# Twilio's error dictionary: what a webhook's failure is called.
HTTP_RETRIEVAL_FAILURE = 11200
HTTP_CONNECTION_FAILURE = 11205

_connections = threading.local()


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came of a post: the answer's body, or the number of the error that stood in its place."""

    status: int | None
    content_type: str
    body: bytes
    error: int | None


@dataclasses.dataclass(frozen=True)
class Request:
    """One signed request, ready to be sent."""

    method: str
    url: SplitResult
    body: bytes
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """Path and query."""
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")


@dataclasses.dataclass(frozen=True)
class _Failed(Exception):
    """`how` in the words of the retry policy: ct (no connection) or rt (no answer in time)."""

    how: str


def post_signed(url: str, fields: Mapping[str, str], auth_token: str, *, token: str, method: str = "POST") -> Answer:
    """Send a form to the URL, tried again as its connection overrides say; never raises.

    `token` is the idempotency token; retries carry the same one. With GET the fields stand in the address.
    """
    plain, overrides = split_overrides(url)
    request = signed_request(plain, fields, auth_token, token=token, method=method)
    deadline = time.monotonic() + overrides.total_time / 1000
    tries = overrides.retry_count + 1
    while True:
        tries -= 1
        answer, failure = _try(request, overrides, deadline)
        again = failure and tries > 0 and overrides.retries(failure) and time.monotonic() < deadline
        if not again:
            return answer


def signed_request(
    url: str, fields: Mapping[str, str], auth_token: str, *, token: str, method: str = "POST"
) -> Request:
    """The request as Twilio's proxy makes it."""
    address, body = (_with_query(url, fields), b"") if method == "GET" else (url, urlencode(fields).encode())
    headers = {
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "X-Twilio-Signature": RequestValidator(auth_token).compute_signature(
            address, {} if method == "GET" else fields
        ),
        "I-Twilio-Idempotency-Token": token,
    }
    if method != "GET":
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    return Request(method, urlsplit(address), body, headers)


def idempotency_token(*parts: str) -> str:
    """The same parts give the same token: an event delivered twice says so."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def _with_query(url: str, fields: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(fields)}" if fields else url


def _try(request: Request, overrides: Overrides, deadline: float) -> tuple[Answer, str | None]:
    try:
        answer = _exchange(request, overrides, deadline)
    except _Failed as failed:
        return Answer(None, "", b"", HTTP_CONNECTION_FAILURE), failed.how
    if (answer.status or 500) < 400:
        return answer, None
    return answer, f"{(answer.status or 500) // 100}xx"


def _exchange(request: Request, overrides: Overrides, deadline: float) -> Answer:
    connection, is_fresh = _connection(request.url, overrides)
    try:
        connection.sock.settimeout(max(0.05, min(overrides.read_timeout / 1000, deadline - time.monotonic())))
        connection.request(request.method, request.path, request.body or None, request.headers)
        response = connection.getresponse()
        content = response.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        if is_fresh or isinstance(error, TimeoutError):
            raise _Failed("rt") from None
        # The application closed the kept connection just then: that is no failure of this request.
        return _exchange(request, overrides, deadline)
    error_code = None if response.status < 300 else HTTP_RETRIEVAL_FAILURE
    return Answer(response.status, response.headers.get_content_type(), content, error_code)


def _connection(url: SplitResult, overrides: Overrides) -> tuple[http.client.HTTPConnection, bool]:
    """This thread's connection to that host, and whether it was opened just now."""
    kept: dict[str, http.client.HTTPConnection] = _connections.__dict__.setdefault("kept", {})
    key = f"{url.scheme}://{url.netloc}"
    connection = kept.get(key)
    if connection is not None and connection.sock is not None and not _is_closed(connection):
        return connection, False
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kept[key] = kind(url.hostname or "", url.port, timeout=overrides.connect_timeout / 1000)
    try:
        connection.connect()
    except OSError:
        connection.close()
        raise _Failed("ct") from None
    return connection, True


def _is_closed(connection: http.client.HTTPConnection) -> bool:
    """An idle connection with something to read has been closed by the other side."""
    readable = select.poll()
    readable.register(connection.sock, select.POLLIN)
    return bool(readable.poll(0))
