"""Whose telephones a play uses: a switchboard in this process, or that of a pocket phone that runs somewhere."""

import secrets
from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from flask import Flask
from redis import Redis
from twilio.request_validator import RequestValidator

from bot import pages, webhooks
from bot.cli.stages.taping import Taping
from bot.config import Config
from bot.delivery.client import CALL_EVENTS
from bot.pocket_phone.alerts import latest_alerts
from bot.pocket_phone.calls.call import FINAL, Orders
from bot.pocket_phone.calls.habit import Habit, put_habit
from bot.pocket_phone.calls.switchboard import NoSuchCall, NotRinging, Switchboard
from bot.pocket_phone.client import PocketPhoneClient, PocketPhoneError
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.in_process import post_into
from bot.pocket_phone.lines import put_line
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store
from bot.services import Services, lend
from bot.transcripts.playing import StageError
from models.line.call_placing import DueCall
from models.line.line import numbers
from models.session import Database

ACCOUNT, TOKEN, HOME = "AC" + "0" * 32, secrets.token_hex(16), "https://stage.example"

Tapes = TypeVar("Tapes", bound=Taping)

Said = tuple[int, str, str]
"""One thing heard on a call: its place, its kind (say, hold, ...), its words."""


class Exchange(Protocol):
    """Telephones that people call with, and what is heard on them; what cannot be done is a `StageError`."""

    def place_call(self, from_number: str, line: str) -> str:
        """Somebody calls; returns the call's sid when the line has answered."""

    def press(self, sid: str, keys: str) -> None: ...

    def say(self, sid: str, words: str, confidence: float) -> None: ...

    def stay_silent(self, sid: str) -> None: ...

    def hang_up(self, sid: str) -> None: ...

    def answer(self, sid: str, by: str) -> None:
        """A person, or his machine, picks up the telephone that rings."""

    def turn_away(self, sid: str, status: str) -> None:
        """Nobody picks up the telephone that rings: busy, or no-answer."""

    def heard(self, sid: str, after: int) -> list[Said]:
        """What was heard on the call after that place."""

    def is_over(self, sid: str) -> bool: ...


class InThisProcess:
    """The pocket phone's own switchboard, its webhooks into the web's views of this process."""

    def __init__(self, database: Database) -> None:
        app = Flask(__name__)
        lend(app, Services(Config(), database, Redis(), RequestValidator(TOKEN), HOME))
        app.register_blueprint(webhooks.blueprint)
        app.register_blueprint(pages.blueprint)
        self._store = Store(":memory:")
        with database.engine.connect() as conn:
            for number in numbers(conn):
                put_line(self._store, number)
        settings = Settings(account_sid=ACCOUNT, auth_token=TOKEN, public_url=HOME)
        self._board = Switchboard(
            self._store,
            settings,
            Faults(self._store),
            post=post_into(app),
            fetch=lambda url: app.test_client().get(urlsplit(url).path).get_data(),
        )

    def taped_by(self, taping: type[Tapes]) -> Tapes:
        """The carrier's recordings of these calls."""
        return taping(self._board, HOME)

    def place_call(self, from_number: str, line: str) -> str:
        sid = self._board.place_call(from_number, line).sid
        self._look_for_complaints()
        return sid

    def ring(self, name: str, call: DueCall) -> str:
        """The line calls, as the real client would have it (bot/delivery/client.py), under that name; gives the sid."""
        put_habit(self._store, call.to_number, Habit("by hand"))
        orders = Orders(
            url=f"{HOME}/twilio/voice/outbound?call={name}",
            status_callback=f"{HOME}/twilio/call-status?call={name}",
            status_callback_events=tuple(CALL_EVENTS),
            machine_detection="DetectMessageEnd" if call.leaves_message else "Enable",
            timeout_seconds=call.ring_seconds,
        )
        return self._board.call_out(call.from_number, call.to_number, orders).sid

    def answer(self, sid: str, by: str) -> None:
        self._do(lambda: self._board.answer(sid, by=by))

    def turn_away(self, sid: str, status: str) -> None:
        self._do(self._board.turn_away, sid, status)

    def press(self, sid: str, keys: str) -> None:
        self._do(self._board.press, sid, keys)

    def say(self, sid: str, words: str, confidence: float) -> None:
        self._do(lambda: self._board.say(sid, words, confidence=confidence))

    def stay_silent(self, sid: str) -> None:
        self._do(self._board.stay_silent, sid)

    def hang_up(self, sid: str) -> None:
        self._do(self._board.hang_up, sid)

    def heard(self, sid: str, after: int) -> list[Said]:
        return [(line.id, line.kind, line.text) for line in self._board.heard(sid, after=after)]

    def is_over(self, sid: str) -> bool:
        return self._board.call(sid).is_over

    def _do(self, act: Callable[..., None], *about: str) -> None:
        try:
            act(*about)
        except (NoSuchCall, NotRinging):
            raise StageError("the call is over") from None
        self._look_for_complaints()

    def _look_for_complaints(self) -> None:
        for alert in latest_alerts(self._store, limit=1):
            raise StageError(f"the carrier complains: {alert['code']} {alert['text']}")


class OfPocketPhone:
    """The telephones of a pocket phone that runs as a process of its own."""

    def __init__(self, phone: PocketPhoneClient) -> None:
        self._phone = phone

    def place_call(self, from_number: str, line: str) -> str:
        return str(self._do(lambda: self._phone.place_call(from_number, line))["sid"])

    def answer(self, sid: str, by: str) -> None:
        self._do(lambda: self._phone.answer(sid, by=by))

    def turn_away(self, sid: str, status: str) -> None:
        self._do(lambda: self._phone.turn_away(sid, status))

    def press(self, sid: str, keys: str) -> None:
        self._do(lambda: self._phone.press(sid, keys))

    def say(self, sid: str, words: str, confidence: float) -> None:
        self._do(lambda: self._phone.say(sid, words, confidence=confidence))

    def stay_silent(self, sid: str) -> None:
        self._do(lambda: self._phone.stay_silent(sid))

    def hang_up(self, sid: str) -> None:
        self._do(lambda: self._phone.hang_up(sid))

    def heard(self, sid: str, after: int) -> list[Said]:
        return [(line["id"], line["kind"], line["text"]) for line in self._phone.heard(sid, after=after)]

    def is_over(self, sid: str) -> bool:
        return str(self._phone.fetch_call(sid)["status"]) in FINAL

    def _do(self, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            return act()
        except PocketPhoneError as error:
            raise StageError(str(error)) from error
