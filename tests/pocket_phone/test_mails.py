"""The pocket phone's mail server: what is mailed is shown, to nobody else; what is refused is not."""

import smtplib
from email.message import EmailMessage

import pytest

from bot.pocket_phone.app import create_app
from bot.pocket_phone.mailbox import mail_server
from bot.pocket_phone.phone import PocketPhone


def _mail(to: str, body: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "details@example.org", to, "9570 is yours"
    mail["Message-ID"] = "<dutyline-1-7@example.org>"
    mail.set_content(body)
    return mail


def test_a_mail_is_shown_as_it_was_sent(settings) -> None:
    phone = PocketPhone(settings)
    body = "Ask for José.\n.hidden line\n<script>alert(1)</script>\n"
    with mail_server(phone.mailbox) as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(_mail("rosa@example.org", body))
        client.send_message(_mail("dan@example.org", "second"))
    page = create_app(phone).test_client()
    first, second = page.get("/pocket/mails").get_json()["mails"]
    assert (first["key"], first["to"], first["subject"]) == ("dutyline-1-7", "rosa@example.org", "9570 is yours")
    assert first["body"].replace("\r\n", "\n") == body
    assert [each["to"] for each in page.get(f"/pocket/mails?after={first['id']}").get_json()["mails"]] == [second["to"]]
    assert "&lt;script&gt;" in page.get("/mails").get_data(as_text=True)
    phone.clear()
    assert page.get("/pocket/mails").get_json() == {"mails": []}
    phone.store.close()


def test_what_is_to_be_refused_is_and_goes_nowhere(settings) -> None:
    phone = PocketPhone(settings)
    phone.mailbox.refusals["nobody@example.org"] = "550 5.1.1 no such user"
    with mail_server(phone.mailbox) as port, smtplib.SMTP("127.0.0.1", port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.send_message(_mail("nobody@example.org", "x"))
        assert client.noop()[0] == 250
        assert client.verify("rosa")[0] == 502
    assert phone.mailbox.after(0) == []
    phone.store.close()
