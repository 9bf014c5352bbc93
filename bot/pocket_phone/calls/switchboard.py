"""The calls of the account: whoever places, answers or ends one, and whoever presses or speaks on one, comes here."""

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.pocket_phone.calls.addresses import voice_addresses
from bot.pocket_phone.calls.call import Call, Orders, add_call, get_call, move_call, unfinished_calls
from bot.pocket_phone.calls.call_line import CallLine, add_line, lines_of_call
from bot.pocket_phone.calls.conferences import Conferences
from bot.pocket_phone.calls.events import CallOver, Event, Goto, Moved, PickedUp, Pressed, Said, Script, TurnedAway
from bot.pocket_phone.calls.habit import habit_of
from bot.pocket_phone.calls.live import LiveCall, Silence
from bot.pocket_phone.calls.lives import connected, incoming, outgoing
from bot.pocket_phone.calls.pace import AtOnce, Mailbox, Pace, Turns
from bot.pocket_phone.calls.queues import Queues
from bot.pocket_phone.calls.recordings import Fetch, Recordings
from bot.pocket_phone.calls.session import Session, unique_token
from bot.pocket_phone.calls.status import alert_untaken, callback_fields, callback_url, callbacks_now, count_callback
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.in_process import Post
from bot.pocket_phone.lines import NoSuchLine
from bot.pocket_phone.post import Answer, post_signed
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store


class NoSuchCall(Exception):
    """There is no call of that sid, or it is over; the text is the sid."""


class NotRinging(Exception):
    """Only a phone that rings can be taken up or turned away; the text is the sid of the call."""


class Switchboard:
    """Twilio's side of voice. `post` carries the webhooks, `pace` does the work: at once where tests want it so."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        faults: Faults,
        *,
        post: Post = post_signed,
        pace: Pace | None = None,
        clock_at: Callable[[], str | None] = lambda: None,
        fetch: Fetch | None = None,
    ) -> None:
        self.store = store
        self.settings = settings
        self.pace = pace or AtOnce()
        self.faults = faults
        self._post = post
        self._clock_at = clock_at
        self._turns = Turns(settings.calls_per_second)
        self.recordings = Recordings(fetch)
        self.queues = Queues()
        self.conferences = Conferences()
        self._live: dict[str, LiveCall] = {}
        self._callbacks: dict[str, Mailbox] = {}
        self._held: dict[str, list[dict[str, str]]] = {}

    # --- what a person does

    def place_call(
        self, from_number: str, to_number: str, *, is_timed: bool = False, verstat: str | None = None
    ) -> Call:
        """A person calls one of the account's lines; NoSuchLine if it is not one.

        `verstat` is what the carriers attest of the caller's number, the phone's own habit if not given.
        """
        addresses = voice_addresses(self.store, self.settings, to_number)
        if addresses is None:
            raise NoSuchLine(to_number)
        call = add_call(
            self.store,
            direction="inbound",
            from_number=from_number,
            to_number=to_number,
            status="ringing",
            orders=Orders(),
            verstat=verstat or habit_of(self.store, from_number).verstat,
            is_timed=is_timed,
            clock_at=self._clock_at(),
        )
        session = Session(self, call.sid, fallback_url=addresses.fallback_url)
        self.begin(session, incoming(session, Goto(addresses.url, addresses.method)), is_timed=is_timed)
        return self.call(call.sid)

    def connect_client(self, identity: str, twiml: str) -> Call:
        """Somebody at a browser, such as an agent at a desk, connects and is led on by this TwiML; time is real."""
        call = add_call(
            self.store,
            direction="inbound",
            from_number=f"client:{identity}",
            to_number="",
            status="ringing",
            orders=Orders(twiml=twiml),
            is_timed=True,
            clock_at=self._clock_at(),
        )
        session = Session(self, call.sid)
        self.begin(session, connected(session), is_timed=True)
        return call

    def press(self, sid: str, keys: str) -> None:
        """The person presses keys; ValueError if a phone has no such key."""
        if not keys or set(keys) - set("0123456789*#"):
            raise ValueError(f"{keys!r} are no keys of a phone.")
        self._act(sid, "pressed", Pressed(keys), keys)

    def say(self, sid: str, text: str, *, confidence: float = 0.9) -> None:
        """The person speaks; `confidence` is how sure speech recognition is of it, from 0 to 1."""
        self._act(sid, "said", Said(text, confidence), text, confidence=confidence)

    def stay_silent(self, sid: str) -> None:
        """The person lets the time pass: what plays is over, a time-out has passed."""
        self._act(sid, "silent", Silence())

    def hang_up(self, sid: str) -> None:
        self._act(sid, "hung_up", CallOver())

    def answer(self, sid: str, *, by: str = "person") -> None:
        """Somebody, or the machine, takes up the phone that rings; NotRinging."""
        self._ringing(sid)
        self._act(sid, "answered", PickedUp(by), "" if by == "person" else by)

    def turn_away(self, sid: str, status: str = "busy") -> None:
        """The phone that rings is not taken up, and the call ends with `status`; NotRinging."""
        self._ringing(sid)
        self._live[sid].mailbox.put(TurnedAway(status))

    # --- what the account does by the REST API

    def call_out(self, from_number: str, to_number: str, orders: Orders) -> Call:
        """Call somebody, when it is this call's turn; gives the call as it is queued."""
        delay = self._turns.next()
        call = add_call(
            self.store,
            direction="outbound-api",
            from_number=from_number,
            to_number=to_number,
            status="queued",
            orders=orders,
            is_timed=habit_of(self.store, to_number).is_timed,
            queue_ms=round(delay * 1000),
            clock_at=self._clock_at(),
        )
        session = Session(self, call.sid, fallback_url=orders.fallback_url)
        self.begin(session, outgoing(session, delay_seconds=delay), is_timed=call.is_timed)
        return call

    def end_call(self, sid: str, status: str = "completed") -> None:
        """Hang up from our side; NoSuchCall if it is over."""
        self.send(sid, CallOver(status))

    def move_call(self, sid: str, goto: Goto | None = None, twiml: str = "") -> None:
        """Send the live call to another document; NoSuchCall if it is over."""
        self.send(sid, Moved(goto, twiml))

    # --- what can be seen

    def call(self, sid: str) -> Call:
        """NoSuchCall."""
        call = get_call(self.store, sid)
        if call is None:
            raise NoSuchCall(sid)
        return call

    def heard(self, sid: str, *, after: int = 0) -> list[CallLine]:
        """What was heard on the call after a line's id, in order."""
        return [line for line in lines_of_call(self.store, sid, after=after) if not line.mine]

    def wait_settled(self, sid: str, seconds: float) -> bool:
        """Wait until the call stands at something, or is over, at most so long; whether it does."""
        live = self._live.get(sid)
        return live is None or live.mailbox.wait_empty(seconds)

    def wait_idle(self, seconds: float) -> bool:
        """Wait until no call is being carried on: each is over or stands at something, and all callbacks are told."""
        return self.pace.wait_idle(seconds)

    def is_timed(self, sid: str) -> bool:
        live = self._live.get(sid)
        return live is not None and live.is_timed

    def live(self, sid: str) -> LiveCall | None:
        return self._live.get(sid)

    # --- what calls need of it (board.py)

    def is_live(self, sid: str) -> bool:
        return sid in self._live

    def now_on(self, sid: str) -> float:
        live = self._live.get(sid)
        return live.session.now() if live else 0.0

    def send(self, sid: str, letter: object) -> None:
        """Let this happen to the live call."""
        live = self._live.get(sid)
        if live is None:
            raise NoSuchCall(sid)
        live.mailbox.put(letter)

    def is_machine(self, sid: str) -> None:
        """A machine has taken this call up: it hears the person's part out, and does nothing."""
        self._live[sid].is_machine = True

    def ask(self, call: Call, url: str, method: str, fields: dict[str, str]) -> Answer:
        """Send a webhook of the call and give the answer; as the faults of its phone will have it."""
        token = unique_token()
        if late := self.faults.take("late", call.phone):
            self.pace.let_pass(late.seconds)

        def send() -> Answer:
            return self._post(url, fields, self.settings.auth_token, token=token, method=method)

        if self.faults.take("duplicate", call.phone):
            self.pace.soon(lambda: void(send()))
        return send()

    def tell(self, call: Call, url: str, fields: dict[str, str]) -> None:
        """Send something whose answer does not matter, after what was told of this call before."""
        self.tell_about(call.sid, url, fields)

    def tell_about(self, sid: str, url: str, fields: dict[str, str]) -> None:
        """Likewise of a conference."""
        if urlsplit(url).scheme in ("http", "https"):
            self._mailbox_of(sid).put((url, fields))

    def send_if_live(self, sid: str, letter: object) -> None:
        """Let this happen to another call, if it is still there."""
        live = self._live.get(sid)
        if live:
            live.mailbox.put(letter)

    def end_if_live(self, sid: str, status: str) -> None:
        self.send_if_live(sid, CallOver(status))

    def overhear(self, sid: str, kind: str, text: str) -> None:
        """Whoever is on that call hears what another one said or pressed."""
        if sid in self._live:
            add_line(self.store, sid, kind, text)

    def tell_status(self, sid: str, event: str) -> None:
        """Tell the status callback of a call what became of it."""
        call = self.call(sid)
        url = callback_url(self.store, self.settings, call, event)
        if not url:
            return
        fields = callback_fields(self.settings, call)
        count_callback(self.store, call)
        for each in callbacks_now(self.faults, call, self._held.setdefault(sid, []), fields):
            self.tell(call, url, each)

    def forget(self, sid: str) -> None:
        """The call is over."""
        self._live.pop(sid, None)
        self._held.pop(sid, None)
        self._callbacks.pop(sid, None)

    def start(self) -> None:
        """Calls that were live when the process was killed are cut off, as they are when a carrier fails."""
        for call in unfinished_calls(self.store):
            if call.sid not in self._live:
                status = "completed" if call.status == "in-progress" else "failed"
                move_call(self.store, call.sid, status, duration_seconds=0)
                self.tell_status(call.sid, "completed")

    def clear(self) -> None:
        """Forget all calls without telling anyone."""
        self.queues.clear()
        self.conferences.clear()
        for live in self._live.values():
            live.is_over = True
        self._live.clear()
        self._held.clear()

    def begin(self, session: Session, script: Script, *, is_timed: bool) -> None:
        """Carry on this call by its script from now on."""
        live = self._live[session.sid] = LiveCall(session, script, self.pace, is_timed=is_timed)
        live.begin()

    def _act(self, sid: str, kind: str, letter: "Event | Silence | CallOver", text: str = "", **more: float) -> None:
        live = self._live.get(sid)
        if live is None:
            raise NoSuchCall(sid)
        add_line(self.store, sid, kind, text, confidence=more.get("confidence"))
        live.mailbox.put(letter)

    def _ringing(self, sid: str) -> None:
        live, call = self._live.get(sid), self.call(sid)
        if live is None or call.direction == "inbound" or call.status != "ringing":
            raise NotRinging(sid)

    def _mailbox_of(self, sid: str) -> Mailbox:
        if sid not in self._callbacks:
            self._callbacks[sid] = Mailbox(self.pace, lambda told: self._post_told(sid, *told))
        return self._callbacks[sid]

    def _post_told(self, sid: str, url: str, fields: dict[str, str]) -> None:
        answer = self._post(url, fields, self.settings.auth_token, token=unique_token())
        alert_untaken(self.store, sid, url, answer)


def void(_answer: Answer) -> None:
    """The answer to a duplicate is not listened to."""
