"""The mail server, as we speak to it (SMTP). A batch goes over one connection, which is closed behind it."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from bot.config_problems import is_on_this_machine
from bot.delivery.asking import Refused, Result, Sent, Unknown
from bot.delivery.failures import Failure, back_off
from bot.delivery.mail_failures import BUSY, DOWN, SET_UP_WRONG, data_failure, recipient_failure
from bot.delivery.mail_link import StopLinks

TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail as it goes out. `key` is of this mail alone, the same at every try; `stop_link` ends such mails."""

    key: str
    sender_name: str
    to_address: str
    title: str
    body: str
    language: str
    stop_link: str
    sent_at: datetime
    attempts: int


class NoTls(Exception):
    """A password is not sent in the open."""


class MailServer:
    """The server of an SMTP_URL (`smtp://`, with STARTTLS where it is offered, or `smtps://`), which takes our mails as
    `sender`'s. `links` makes those that end them.
    """

    def __init__(self, url: str, sender: str, links: StopLinks, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self.links = links
        self._url = urlsplit(url)
        self._is_here = is_on_this_machine(url)
        self._sender = sender
        self._timeout = timeout_seconds

    def hand_over(self, envelopes: Sequence[Envelope]) -> list[Result]:
        """What became of each; never raises for what the server or the network does."""
        results: list[Result] = []
        try:
            with self._connected() as server:
                for each in envelopes:
                    results.append(self._give(server, each))
                    if isinstance(results[-1], Unknown):
                        break
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, NoTls, ssl.SSLError):
            return [*results, *(_later(SET_UP_WRONG, each) for each in envelopes[len(results) :])]
        except (OSError, smtplib.SMTPException):
            pass
        return [*results, *(_later(DOWN, each) for each in envelopes[len(results) :])]

    def look(self) -> None:
        """Come as far as a mail would, and send none; raises what stands in the way (OSError, SMTPException, NoTls)."""
        with self._connected() as server:
            code, said = server.mail(self._sender)
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, said, self._sender)
            server.rset()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._open()
        try:
            server.ehlo_or_helo_if_needed()
            if self._url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            elif self._url.scheme == "smtp" and self._url.username and not self._is_here:
                raise NoTls("the server offers no STARTTLS, so the password of SMTP_URL would travel in the open")
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            yield server
        finally:
            # All that was said is settled by now; how it takes its leave changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=self._timeout, context=ssl.create_default_context())
        return smtplib.SMTP(host, port or 587, timeout=self._timeout)

    def _give(self, server: smtplib.SMTP, envelope: Envelope) -> Result:
        try:
            server.sendmail(self._sender, [envelope.to_address], self._message(envelope).as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[envelope.to_address]
            return _refusal(recipient_failure(code, said.decode("utf-8", "replace")), code, envelope)
        except smtplib.SMTPSenderRefused as error:
            return _refusal(SET_UP_WRONG if error.smtp_code >= 500 else BUSY, error.smtp_code, envelope)
        except smtplib.SMTPDataError as error:
            said = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
            return _refusal(data_failure(error.smtp_code, said.decode("utf-8", "replace")), error.smtp_code, envelope)
        except (OSError, smtplib.SMTPException) as error:
            return Unknown(type(error).__name__)
        return Sent(envelope.key)

    def _message(self, envelope: Envelope) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(envelope.sender_name, addr_spec=self._sender)
        message["To"] = envelope.to_address
        message["Subject"] = " ".join(envelope.title.split())
        message["Date"] = format_datetime(envelope.sent_at)
        message["Message-ID"] = f"<{envelope.key}@{self._sender.rpartition('@')[2]}>"
        message["Content-Language"] = envelope.language
        # Nobody's out-of-office answer is to come back, and one click ends such mails (RFC 3834, RFC 8058).
        message["Auto-Submitted"] = "auto-generated"
        message["List-Unsubscribe"] = f"<{envelope.stop_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(envelope.body)
        return message


def _refusal(failure: Failure, code: int, envelope: Envelope) -> Refused:
    return Refused(failure, code, None) if failure.is_permanent else _later(failure, envelope, code)


def _later(failure: Failure, envelope: Envelope, code: int | None = None) -> Refused:
    wait = back_off(envelope.attempts)
    return Refused(failure, code, max(wait, failure.retries[0]) if failure is SET_UP_WRONG else wait)
