"""The pocket phone itself: the carrier, its customers' phones and Twilio's side, in one object."""

import functools
import random
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from socketserver import BaseServer

from bot.pocket_phone.alerts import add_alert
from bot.pocket_phone.calls.pace import Threads
from bot.pocket_phone.calls.switchboard import Switchboard
from bot.pocket_phone.carrier_words import REPLIES, apply_carrier_word, is_opted_out
from bot.pocket_phone.clock import Clock, ClockFace, NoClock
from bot.pocket_phone.course import begin_course, follow_course
from bot.pocket_phone.deliveries import Deliveries
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.jobs import Job, add_job
from bot.pocket_phone.lines import Line, NoSuchLine, line_of, lines_of_service
from bot.pocket_phone.mailbox import Mailbox, serve_mail
from bot.pocket_phone.message import Message, add_message, begin_era, get_message
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.saving import NoSaver, Saver
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store
from bot.pocket_phone.twiml import Reply
from bot.pocket_phone.webhook import deliver_incoming


class OptedOut(Exception):
    """The person has told the carrier to take nothing more from this sender."""


class PocketPhone:
    """Everything that lies between a person's thumb and our webhook, both ways."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None, saver: Saver | None = None) -> None:
        self.settings = settings
        self.started_at = datetime.now(UTC)
        self.store = Store(settings.state)
        self.faults = Faults(self.store)
        self.clock = ClockFace(clock or NoClock())
        self.saver = saver or NoSaver()
        self.mailbox = Mailbox()
        self._mail_server: BaseServer | None = None
        self.deliveries = Deliveries(self.store, self._carry, threads=settings.delivery_threads)
        self.calls = Switchboard(
            self.store, settings, self.faults, pace=Threads(), clock_at=lambda: self.clock.last_read
        )

    def start(self) -> None:
        self.deliveries.start()
        self.calls.start()
        if self.settings.mail_fd is not None:
            self._mail_server = serve_mail(self.mailbox, socket.socket(fileno=self.settings.mail_fd))

    def stop(self) -> None:
        if self._mail_server is not None:
            self._mail_server.shutdown()
        self.calls.pace.stop()
        if self.deliveries.stop() and self.calls.wait_idle(0):
            self.store.close()

    def wait_idle(self, seconds: float) -> bool:
        """Wait until nothing is on its way and no call is being carried on, at most so long; whether that came."""
        return self.deliveries.wait_idle(seconds) and self.calls.wait_idle(seconds)

    def text(
        self, from_number: str, to_number: str, body: str, *, media: list[dict[str, str]] | None = None
    ) -> Message:
        """A person texts one of the account's numbers; NoSuchLine if it is not one."""
        with self.store.transaction():
            line = line_of(self.store, to_number)
            if line is None:
                raise NoSuchLine(to_number)
            message = add_message(
                self.store,
                direction="inbound",
                from_number=from_number,
                to_number=to_number,
                body=body,
                status="received",
                media=media,
                service_sid=line.service_sid,
                clock_at=self.clock.last_read,
            )
            self._answer_carrier_word(message, line)
            jobs = self._incoming_jobs(message)
        self.deliveries.push(jobs)
        return message

    def send(
        self,
        *,
        to_number: str,
        body: str,
        senders: Sequence[Line],
        service_sid: str | None = None,
        is_sender_named: bool = True,
        media: list[dict[str, str]] | None = None,
        status_callback: str | None = None,
        direction: str = "outbound-api",
    ) -> Message:
        """The account sends a text from one of these lines; OptedOut if the person will have none of it.

        Unless the sender is named, a messaging service picks it on the way: the one that last wrote to this person.
        """
        with self.store.transaction():
            line = self._pick(senders, to_number)
            if is_opted_out(self.store, sender=line.sender, number=to_number):
                raise OptedOut(to_number)
            message = add_message(
                self.store,
                direction=direction,
                from_number=line.number if is_sender_named else None,
                to_number=to_number,
                body=body,
                status="accepted" if service_sid else "queued",
                media=media,
                service_sid=service_sid,
                status_callback=status_callback,
                clock_at=self.clock.last_read,
            )
            first = "queued" if service_sid else None
            job = begin_course(self.store, self.faults, message, first=first, sender=line.number)
        self.deliveries.push([job])
        return message

    def clear(self) -> None:
        """Forget messages, calls, mails, opt-outs, faults, alerts and what is on its way; lines and contacts stay."""
        self.deliveries.drop_all()
        self.calls.clear()
        self.faults.clear()
        self.mailbox.clear()
        with self.store.transaction() as db:
            for table in ("message", "call", "call_line", "recording", "phone_habit", "opt_out", "alert"):
                db.execute(f"delete from {table}")
            begin_era(db)

    def _answer_carrier_word(self, message: Message, line: Line) -> None:
        number = message.from_number or ""
        done = apply_carrier_word(self.store, sender=line.sender, number=number, body=message.body)
        if done is None:
            return
        add_message(
            self.store,
            direction="outbound-reply",
            from_number=line.number,
            to_number=number,
            body=REPLIES[done],
            status="delivered",
            by_carrier=True,
            clock_at=self.clock.last_read,
        )

    def _incoming_jobs(self, message: Message) -> list[Job]:
        number = message.from_number or ""
        late = self.faults.take("late", number)
        times = 2 if self.faults.take("duplicate", number) else 1
        make = functools.partial(add_job, self.store, "incoming", message.sid)
        return [make(delay_seconds=late.seconds if late else 0) for _ in range(times)]

    def _pick(self, senders: Sequence[Line], to_number: str) -> Line:
        if len(senders) == 1:
            return senders[0]
        last = self.store.row(
            "select from_number from message where to_number = ? and direction <> 'inbound' and from_number is not null"
            " order by id desc limit 1",
            to_number,
        )
        same = [line for line in senders if last and line.number == last["from_number"]]
        return same[0] if same else random.choice(senders)  # noqa: S311 - which line is no secret

    def _carry(self, job: Job) -> list[Job]:
        if job.kind == "course":
            return follow_course(self.store, self.settings, job)
        message = get_message(self.store, job.message_sid)
        line = line_of(self.store, message.to_number) if message else None
        if message is None or line is None:
            return []
        for reply in deliver_incoming(self.store, self.settings, message, line):
            self._reply(message, line, reply)
        return []

    def _reply(self, message: Message, line: Line, reply: Reply) -> None:
        to_number = e164(reply.to or message.from_number or "")
        try:
            self.send(
                to_number=to_number or "",
                body=reply.body,
                senders=[line],
                media=[{"url": url, "content_type": ""} for url in reply.media],
                status_callback=reply.status_callback,
                direction="outbound-reply",
            )
        except OptedOut:
            add_alert(self.store, 21610, "Attempt to send to unsubscribed recipient", message_sid=message.sid)


def senders_for(phone: PocketPhone, *, from_number: str | None, service_sid: str | None) -> list[Line]:
    """The lines a send may go out on; none if the account does not own what was named."""
    if from_number:
        line = line_of(phone.store, from_number)
        return [line] if line else []
    return lines_of_service(phone.store, service_sid or "")
