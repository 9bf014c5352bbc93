"""The mail queue: hands due mails to the mail server, each line at its own pace (workers/paced.py)."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from bot.delivery.asking import Refused, Result, Sent, Unknown
from bot.delivery.mail import Envelope, MailServer
from bot.dialog.mails import whole_body
from models.line import mail_delivery
from models.line.mail_delivery import OUTBOX, DueMail
from models.session import Actor, Work
from workers import counts
from workers.paced import Carrying, go_round
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

POST = Actor("carrier", "email")
# Longer than a worker needs for a batch: ten seconds for each of the few words that a mail takes, if they are slow.
LEASE = timedelta(minutes=5)
Outcome: TypeAlias = tuple[DueMail, Result]


def mail(queue: str, department_id: int) -> int:
    """Answer the mail bell of a department; returns how many mails the server took or refused.

    Without a mail server they wait: `dutyline doctor` says so.
    """
    kit = tools()
    kit.bell.answered(queue, department_id)
    return go_round(kit, department_id, _MAILS) if kit.mail is not None else 0


def send_stuck_again(kit: Tools, department_id: int) -> int:
    """What a worker that died was handing over goes out once more, under the Message-ID that it had."""
    with kit.database.begin([department_id], POST) as work:
        stuck = OUTBOX.stuck(work, department_id, LEASE)
        return sum(OUTBOX.not_found(work, department_id, row.id, row.claimed_at) for row in stuck)


def _hand_over(kit: Tools, department_id: int, mails: Sequence[DueMail]) -> list[Outcome]:
    if kit.mail is None:
        return []
    envelopes = [_envelope(kit.mail, department_id, each) for each in mails]
    return list(zip(mails, kit.mail.hand_over(envelopes), strict=True))


def _envelope(server: MailServer, department_id: int, mail: DueMail) -> Envelope:
    link = server.links.of(department_id, mail.officer_id, mail.to_address)
    return Envelope(
        key=f"dutyline-{department_id}-{mail.id}",
        sender_name=mail.sender,
        to_address=mail.to_address,
        title=mail.title,
        body=whole_body(mail.body, mail.language, mail.sender, mail.from_number, link),
        language=mail.language,
        stop_link=link,
        sent_at=datetime.now(UTC),
        attempts=mail.attempts,
    )


def _settle(kit: Tools, department_id: int, outcomes: Sequence[Outcome]) -> None:
    """Write down what the server said of each. What nobody knows stays `sending` until the lease is over."""
    with kit.database.begin([department_id], POST) as work:
        mail_delivery.accept(work, department_id, [each.id for each, result in outcomes if isinstance(result, Sent)])
        for each, result in outcomes:
            if isinstance(result, Refused):
                _settle_refusal(work, department_id, each, result)
    for each, result in outcomes:
        _tell(department_id, each, result)


def _settle_refusal(work: Work, department_id: int, mail: DueMail, refused: Refused) -> None:
    failure = refused.failure
    if refused.retry_after is None or mail.gives_up:
        mail_delivery.refuse(work, department_id, mail, failure.word, refused.code)
    else:
        OUTBOX.requeue(work, department_id, mail.id, refused.retry_after, refused.code)
    if failure.slows_line:
        OUTBOX.slow_down(work, mail.line_id, refused.retry_after or timedelta(minutes=1))
    if failure.alerts or (mail.gives_up and not failure.is_permanent):
        mail_delivery.tell_of_trouble(work, department_id, failure.word)


def _tell(department_id: int, mail: DueMail, result: Result) -> None:
    told = {"mail": f"{department_id}-{mail.id}", "outcome": _name_of(result)}
    counts.mails_out.labels(_name_of(result)).inc()
    if isinstance(result, Sent):
        log.info("mail handed over", extra=told)
    elif isinstance(result, Unknown):
        log.warning("mail server unclear", extra={**told, "why": result.reason})
    else:
        log.warning("mail not taken", extra={**told, "code": result.code})


def _name_of(result: Result) -> str:
    return result.failure.word if isinstance(result, Refused) else type(result).__name__.lower()


# Fewer than of texts, which go out several at once: a mail server may take a second for each.
BATCH = 10

_MAILS = Carrying(OUTBOX, mail_delivery.claim, _hand_over, _settle, batch=BATCH, gives_way=True)
