"""A mail server inside this process, which takes what it is given, or refuses what it is told to; and whose mails are
whose, by the phone that a transcript knows its officers by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.delivery.asking import Refused, Result, Sent
from bot.delivery.failures import back_off
from bot.delivery.mail import Envelope
from bot.delivery.mail_failures import DOWN, MAILBOX_FULL, UNKNOWN_ADDRESS
from bot.delivery.mail_link import StopLinks
from bot.transcripts.playing import Sent as Received
from bot.transcripts.playing import StageError
from bot.transcripts.script import Fault
from models.session import Database

FAULTS = {"mail refused": UNKNOWN_ADDRESS, "mailbox full": MAILBOX_FULL, "mail down": DOWN}

_WHOSE = sa.text(
    "select h.number, l.number as line from mail_out m"
    "  join officer o on o.department_id = m.department_id and o.id = m.officer_id"
    "  join line l on l.id = m.line_id"
    "  join phone h on h.person_id = o.person_id"
    " where m.department_id = :d and m.id = :id order by h.place limit 1"
)


@dataclass(slots=True)
class FakeMail:
    """Speaks like bot.delivery.mail.MailServer."""

    links: StopLinks = field(default_factory=lambda: StopLinks("of no matter here", "https://line.example.org"))
    _taken: list[Envelope] = field(default_factory=list)
    _fault: Fault | None = None
    _left: int | None = 0

    def hand_over(self, envelopes: Sequence[Envelope]) -> list[Result]:
        """Take each, or not."""
        return [self._take(each) for each in envelopes]

    def fault(self, fault: Fault) -> None:
        """From now on refuse so, as often as is said; `well again` ends it."""
        self._fault, self._left = (None, 0) if fault.kind == "well again" else (fault, fault.count)

    def delivered(self) -> list[Envelope]:
        """What was taken since the last call."""
        taken, self._taken = self._taken, []
        return taken

    def _take(self, envelope: Envelope) -> Result:
        if self._fault is None or self._left == 0:
            self._taken.append(envelope)
            return Sent(envelope.key)
        self._left = None if self._left is None else self._left - 1
        failure = FAULTS[self._fault.kind]
        return Refused(failure, None, None if failure.is_permanent else back_off(envelope.attempts))


def received(database: Database, mails: Iterable[tuple[str, str, str]]) -> list[Received]:
    """Mails, each its key, subject and body, as a transcript tells them; raises `StageError` for what is not ours."""
    return [_received(database, *each) for each in mails]


def _received(database: Database, key: str, title: str, body: str) -> Received:
    _, department_id, mail_id = key.split("-")
    with database.begin([int(department_id)]) as work:
        row = work.conn.execute(_WHOSE, {"d": int(department_id), "id": int(mail_id)}).one_or_none()
    if row is None:
        raise StageError(f"a mail came that is none of ours: {key}")
    words = body.replace("\r\n", "\n").partition("\n\n--\n")[0]
    told = [line.strip() for line in words.splitlines() if line.strip()]
    return Received(row.number, row.line, "\n".join([title, *told]), by_mail=True)
