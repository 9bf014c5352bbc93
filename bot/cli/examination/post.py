"""The mail server: does it let us in, and take us as the sender."""

import smtplib
from collections.abc import Iterator

from bot.cli.examination.finding import Finding, bad, well
from bot.config import Config
from bot.delivery.mail import MailServer, NoTls
from bot.delivery.mail_link import StopLinks


def examine_mail(config: Config) -> Iterator[Finding]:
    """Go as far as a mail would go, and send none."""
    if config.smtp_url is None or config.problems():
        return
    server = MailServer(config.smtp_url, config.mail_from, StopLinks("", ""))
    try:
        server.look()
    except (OSError, smtplib.SMTPException, NoTls) as error:
        yield bad(
            "mail",
            f"The mail server does not take our mails: {_said(error)}",
            "Officers who asked for e-mails get none; after four hours what waited is texted, and the desk is told.",
            "Correct SMTP_URL (host, port, user, password), and DUTYLINE_MAIL_FROM to an address it lets us send from.",
        )
    else:
        yield well("mail", f"The mail server takes mails from {config.mail_from}.")


def _said(error: Exception) -> str:
    """Without what was given to it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "it does not know user and password."
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__
