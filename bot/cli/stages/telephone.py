"""The telephones of a play: who calls with which PIN, and what each has heard since he was last asked."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from bot.cli.stages.cast import Cast
from bot.cli.stages.exchange import Exchange, Said
from bot.transcripts.playing import StageError
from bot.transcripts.script import Calls, HangsUp, OnPhone, PicksUp, Presses, Says, Transcript, TurnsAway
from bot.webhooks.twiml import MUSIC
from models.people.phone import owner_of
from models.people.pin import set_pin
from models.session import Database, Work

MOST_DRAWS = 50


class Telephones:
    """Everybody's telephone."""

    def __init__(self, exchange: Exchange, cast: Cast, pins: Mapping[str, str]) -> None:
        self._exchange = exchange
        self._cast = cast
        self._pins = dict(pins)
        self._chose: set[str] = set()
        self._sids: dict[str, str] = {}
        self._told: dict[str, int] = {}
        self._ringing: dict[str, datetime] = {}

    def act(self, act: OnPhone, said: str, line_of: Callable[[str, str], str]) -> None:
        """Do what a line says; raises `StageError` for what cannot be done now."""
        if isinstance(act, Calls):
            number = self._cast.number_of(act.number or act.who)
            self._sids[act.who] = self._exchange.place_call(number, line_of(act.department, act.who))
        elif isinstance(act, PicksUp | TurnsAway):
            self._take_up(act)
        elif isinstance(act, Presses):
            self._exchange.press(self._sid_of(act.who), self._with_pin(act.who, said))
        elif isinstance(act, Says):
            self._exchange.say(self._sid_of(act.who), said, act.percent / 100)
        elif isinstance(act, HangsUp):
            self._exchange.hang_up(self._sid_of(act.who))
            del self._sids[act.who]
        else:
            self._exchange.stay_silent(self._sid_of(act.who))

    def rings(self, number: str, sid: str, now: datetime) -> None:
        """The line calls this number: it rings until somebody does something, or the clock moves on from now."""
        who = self._cast.name_of(number)
        self._sids[who], self._ringing[who] = sid, now

    def ring_out(self, now: datetime) -> None:
        """Whatever has rung since before now was not picked up."""
        for who in [who for who, since in self._ringing.items() if since < now]:
            del self._ringing[who]
            self._exchange.turn_away(self._sids.pop(who), "no-answer")

    def heard(self) -> Mapping[str, str]:
        """What each heard, by how the play calls him, and how the call stands where that is not listening."""
        said = {who: self._heard_by(who, sid) for who, sid in list(self._sids.items())}
        return {who: words for who, words in said.items() if words}

    def _take_up(self, act: PicksUp | TurnsAway) -> None:
        if self._ringing.pop(act.who, None) is None:
            raise StageError(f"the telephone of {act.who} does not ring")
        if isinstance(act, TurnsAway):
            self._exchange.turn_away(self._sids.pop(act.who), "busy" if act.is_busy else "no-answer")
        else:
            self._exchange.answer(self._sids[act.who], "machine" if act.by_machine else "person")

    def _with_pin(self, who: str, keys: str) -> str:
        number = self._cast.number_of(who)
        if "NEW" in keys:
            return keys.replace("NEW", self._chosen(number))
        if "PIN" not in keys and "WRONG" not in keys:
            return keys
        pin = self._pins.get(number)
        if pin is None:
            raise StageError(f"{who} has no PIN")
        wrong = pin[:-1] + str((int(pin[-1]) + 1) % 10)
        return keys.replace("PIN", pin).replace("WRONG", wrong)

    def _chosen(self, number: str) -> str:
        """The PIN that he chooses now: drawn when he keys it first, and his from then on."""
        if number not in self._chose:
            self._chose.add(number)
            self._pins[number] = drawn_pin()
        return self._pins[number]

    def _sid_of(self, who: str) -> str:
        if who not in self._sids:
            raise StageError(f"{who} has no call under way")
        return self._sids[who]

    def _heard_by(self, who: str, sid: str) -> str:
        if who in self._ringing:
            # Told the first time; a telephone goes on ringing.
            return "" if sid in self._told else self._begin(sid)
        lines = self._exchange.heard(sid, self._told.get(sid, 0))
        self._told[sid] = max((place for place, _, _ in lines), default=self._told.get(sid, 0))
        words = [_words(line) for line in lines]
        # Rounds of music that nobody did anything about are one wait.
        words = [each for each, before in zip(words, ["", *words], strict=False) if each != before]
        if self._exchange.is_over(sid):
            del self._sids[who]
            words.append("(the line hangs up)")
        return " ".join(words)

    def _begin(self, sid: str) -> str:
        self._told[sid] = 0
        return "(the telephone rings)"


def pins_for(database: Database, transcript: Transcript, cast: Cast) -> Mapping[str, str]:
    """A PIN, drawn now and kept nowhere, for each who calls or is called in the transcript, by his number.

    Of those whom its head names as having none, and of numbers that are nobody's, there is none.
    """
    callers = dict.fromkeys(step.who for step in transcript.steps if isinstance(step, Calls | PicksUp))
    return _draw(database, [cast.number_of(who) for who in callers if who not in transcript.without_pin])


def _draw(database: Database, numbers: Iterable[str]) -> Mapping[str, str]:
    departments, pins = database.departments(), {}
    with database.begin(departments) as work:
        for number in numbers:
            person_id = owner_of(work, number)
            if person_id is not None:
                pins[number] = _new_pin(work, departments[0], person_id)
    return pins


def _new_pin(work: Work, department_id: int, person_id: int) -> str:
    for _ in range(MOST_DRAWS):
        pin = drawn_pin()
        if set_pin(work, department_id, person_id, pin) is None:
            return pin
    raise StageError("no PIN could be drawn that is not refused")


def drawn_pin() -> str:
    """Six digits by chance; one in some thousands is refused as too easy."""
    return f"{secrets.randbelow(10**6):06d}"


def _words(line: Said) -> str:
    _, kind, words = line
    if kind == "say":
        return words
    waits = kind == "hold" or words.endswith(MUSIC)
    return "(waits for a person)" if waits else f"({kind})"
