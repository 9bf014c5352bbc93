"""One live call, as what carries out its TwiML sees it: what it may hear, ask, and be told."""

import time
import uuid
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from bot.pocket_phone.alerts import add_alert
from bot.pocket_phone.calls.board import Board
from bot.pocket_phone.calls.call import Call, get_call, move_call, note_on_call
from bot.pocket_phone.calls.call_line import add_line
from bot.pocket_phone.calls.document import Document, parse_document, read_document
from bot.pocket_phone.calls.events import Goto, Moved
from bot.pocket_phone.calls.fields import call_fields
from bot.pocket_phone.calls.tape import end_tapes
from bot.pocket_phone.twiml import SCHEMA_WARNING, BadTwiml

INVALID_URL = 11100
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."


class Session:
    """Made when the call begins; what outlives the call is in the store."""

    def __init__(self, board: Board, sid: str, *, fallback_url: str = "") -> None:
        self.board = board
        self.sid = sid
        self.fallback_url = fallback_url
        # Documents carried out since the person last did something: what goes round in circles shows here.
        self.documents = 0
        self._passed = 0.0
        self._answered_at: float | None = None

    @property
    def call(self) -> Call:
        call = get_call(self.board.store, self.sid)
        if call is None:
            raise LookupError(self.sid)
        return call

    # --- what its person hears

    def hear(
        self, kind: str, text: str = "", *, ssml: str | None = None, language: str | None = None,
        voice: str | None = None,
    ) -> None:  # fmt: skip
        add_line(self.board.store, self.sid, kind, text, ssml=ssml, language=language, voice=voice)

    # --- time: as the person says, or as it is

    def now(self) -> float:
        """Seconds, of which only differences mean something."""
        return time.monotonic() if self.board.is_timed(self.sid) else self._passed

    def pass_seconds(self, seconds: float) -> None:
        """So much is taken to have passed, where time passes only as its person says."""
        self._passed += seconds

    def seconds_connected(self) -> int:
        """How long since it was answered, begun seconds counted whole."""
        return 0 if self._answered_at is None else max(1, round(self.now() - self._answered_at))

    # --- its life

    def answer(self, *, by: str | None = None) -> None:
        """The call is taken up, unless it was already; `by` is what answered, if somebody wants to know."""
        if self.call.status != "ringing":
            return
        if by:
            note_on_call(self.board.store, self.sid, answered_by=by)
        move_call(self.board.store, self.sid, "in-progress")
        self._answered_at = self.now()
        self.board.tell_status(self.sid, "answered")

    def end(self, status: str) -> None:
        """The call is over; what was never taken up has no duration."""
        seconds = self.seconds_connected() if self._answered_at is not None else None
        was_over = self.call.is_over
        end_tapes(self.board, self.call)
        call = move_call(self.board.store, self.sid, status, duration_seconds=seconds)
        if call and call.is_over and not was_over:
            self.board.tell_status(self.sid, "completed")

    # --- documents

    def fetch(self, goto: Goto) -> Document | None:
        """The next document, or the fallback's; None if neither can be had."""
        self.documents += 1
        fields = call_fields(self.board.settings, self.call) | goto.fields
        document, error = self._ask(goto.url, goto.method, fields)
        if document or not self.fallback_url or goto.url == self.fallback_url:
            return document
        failed = {"ErrorCode": str(error), "ErrorUrl": goto.url.partition("#")[0]}
        return self._ask(self.fallback_url, "POST", fields | failed)[0]

    def given(self, twiml: str) -> Document | None:
        """TwiML that came with the call; None, and an alert, if it is none."""
        try:
            return self._checked(parse_document(twiml.encode(), ""))
        except BadTwiml as bad:
            self.warn(bad.code, str(bad))
            return None

    def moved_to(self, moved: Moved) -> Document | None:
        """Where the REST API sent the call."""
        self.documents = 0
        return self.fetch(moved.goto) if moved.goto else self.given(moved.twiml)

    def warn(self, code: int, text: str, *, url: str = "") -> None:
        """What Twilio's debugger would show of this call."""
        add_alert(self.board.store, code, text, url=url, message_sid=self.sid)

    def _ask(self, url: str, method: str, fields: dict[str, str]) -> tuple[Document | None, int]:
        if urlsplit(url).scheme not in ("http", "https"):
            self.warn(INVALID_URL, f"{url!r} is no URL that can be asked.")
            return None, INVALID_URL
        try:
            return self._checked(read_document(self.board.ask(self.call, url, method, fields), _plain(url))), 0
        except BadTwiml as bad:
            self.warn(bad.code, str(bad), url=url)
            return None, bad.code

    def _checked(self, document: Document) -> Document:
        if document.complaints:
            self.warn(SCHEMA_WARNING, " ".join(document.complaints), url=document.url)
        return document


def goto_of(document: Document, node: Element, *, name: str = "action", **fields: str) -> Goto:
    """Where this verb leads: the address in its attribute, relative to the document, else the document itself."""
    address = node.get(name)
    method = node.get("method", "POST").upper()
    return Goto(urljoin(document.url, address) if address else document.url, method, fields)


def unique_token() -> str:
    """The idempotency token of one request; a duplicate of it bears the same."""
    return str(uuid.uuid4())


def _plain(url: str) -> str:
    return url.partition("#")[0]
