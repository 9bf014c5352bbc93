"""The telephones of a play: the pocket phone's own switchboard, its webhooks into the web's views of this process."""

import secrets
from collections.abc import Callable, Iterable, Mapping

from flask import Flask
from redis import Redis
from twilio.request_validator import RequestValidator

from bot import webhooks
from bot.cli.stages.cast import Cast
from bot.config import Config
from bot.pocket_phone.alerts import latest_alerts
from bot.pocket_phone.calls.call_line import CallLine
from bot.pocket_phone.calls.switchboard import NoSuchCall, Switchboard
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.in_process import post_into
from bot.pocket_phone.lines import put_line
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store
from bot.services import Services, lend
from bot.transcripts.playing import StageError
from bot.transcripts.script import Calls, HangsUp, OnPhone, Presses, Says
from models.line.line import numbers
from models.people.phone import owner_of
from models.people.pin import set_pin
from models.session import Database, Work

ACCOUNT, TOKEN, HOME = "AC" + "0" * 32, secrets.token_hex(16), "https://stage.example"
MOST_DRAWS = 50


class Telephones:
    """Everybody's telephone. `heard` gathers what was heard on each since it was last asked for."""

    def __init__(self, database: Database, cast: Cast, with_pin: Iterable[str]) -> None:
        self._cast = cast
        self._pins = {number: pin for number in with_pin if (pin := _draw_pin(database, number))}
        self._sids: dict[str, str] = {}
        self._told: dict[str, int] = {}
        self._board = _switchboard(database)

    def act(self, act: OnPhone, said: str, line_of: Callable[[str, str], str]) -> None:
        """Do what a line says; raises `StageError` for what cannot be done now."""
        try:
            if isinstance(act, Calls):
                self._call(act, line_of(act.department, act.who))
            elif isinstance(act, Presses):
                self._board.press(self._sid_of(act.who), self._with_pin(act.who, said))
            elif isinstance(act, Says):
                self._board.say(self._sid_of(act.who), said, confidence=act.percent / 100)
            elif isinstance(act, HangsUp):
                self._board.hang_up(self._sid_of(act.who))
                del self._sids[act.who]
            else:
                self._board.stay_silent(self._sid_of(act.who))
        except NoSuchCall:
            raise StageError(f"the call of {act.who} is over") from None
        for alert in latest_alerts(self._board.store, limit=1):
            raise StageError(f"the carrier complains: {alert['code']} {alert['text']}")

    def heard(self) -> Mapping[str, str]:
        """What each heard, by how the play calls him, and how the call stands where that is not listening."""
        said = {who: self._heard_by(who, sid) for who, sid in list(self._sids.items())}
        return {who: words for who, words in said.items() if words}

    def _call(self, act: Calls, line: str) -> None:
        own = self._cast.number_of(act.who)
        number = self._cast.number_of(act.number) if act.number else own
        call = self._board.place_call(number, line)
        self._sids[act.who] = call.sid

    def _with_pin(self, who: str, keys: str) -> str:
        if "PIN" not in keys and "WRONG" not in keys:
            return keys
        pin = self._pins.get(self._cast.number_of(who))
        if pin is None:
            raise StageError(f"{who} has no PIN")
        wrong = pin[:-1] + str((int(pin[-1]) + 1) % 10)
        return keys.replace("PIN", pin).replace("WRONG", wrong)

    def _sid_of(self, who: str) -> str:
        if who not in self._sids:
            raise StageError(f"{who} has not called")
        return self._sids[who]

    def _heard_by(self, who: str, sid: str) -> str:
        lines = self._board.heard(sid, after=self._told.get(sid, 0))
        self._told[sid] = max((line.id for line in lines), default=self._told.get(sid, 0))
        words = [_words(line) for line in lines]
        if self._board.call(sid).is_over:
            del self._sids[who]
            words.append("(the line hangs up)")
        return " ".join(words)


def _words(line: CallLine) -> str:
    return line.text if line.kind == "say" else "(waits for a person)" if line.kind == "hold" else f"({line.kind})"


def _draw_pin(database: Database, number: str) -> str:
    """A PIN that nobody knows but this play, for whose number it is; empty for nobody's."""
    for department_id in database.departments()[:1]:
        with database.begin(database.departments()) as work:
            person_id = owner_of(work, number)
            return _new_pin(work, department_id, person_id) if person_id is not None else ""
    return ""


def _new_pin(work: Work, department_id: int, person_id: int) -> str:
    for _ in range(MOST_DRAWS):
        pin = f"{secrets.randbelow(10**6):06d}"
        if set_pin(work, department_id, person_id, pin) is None:
            return pin
    raise StageError("no PIN could be drawn that is not refused")


def _switchboard(database: Database) -> Switchboard:
    app = Flask(__name__)
    lend(app, Services(Config(), database, Redis(), RequestValidator(TOKEN), HOME))
    app.register_blueprint(webhooks.blueprint)
    store = Store(":memory:")
    with database.engine.connect() as conn:
        for number in numbers(conn):
            put_line(store, number)
    settings = Settings(account_sid=ACCOUNT, auth_token=TOKEN, public_url=HOME)
    return Switchboard(store, settings, Faults(store), post=post_into(app))
