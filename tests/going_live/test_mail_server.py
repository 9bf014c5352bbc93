"""Doctor goes as far as a mail would, and says what stands in the way."""

from bot.cli.examination.post import examine_mail
from bot.config import Config
from bot.pocket_phone.mailbox import Mailbox, mail_server
from bot.servers.ports import listen, port_number
from tests.production import GOOD


def _finding(smtp_url: str) -> tuple[bool, str]:
    [found] = examine_mail(Config.load({**GOOD, "SMTP_URL": smtp_url}))
    return found.is_well, found.sentence


def test_a_server_that_takes_our_mails_is_well_and_gets_none() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert _finding(f"smtp://127.0.0.1:{port}") == (
            True,
            "The mail server takes mails from details@line.example.org.",
        )
    assert mailbox.after(0) == []


def test_a_server_that_is_not_there_or_knows_no_password_is_said_so() -> None:
    door = listen("127.0.0.1", 0)
    port = port_number(door)
    door.close()
    is_well, sentence = _finding(f"smtp://127.0.0.1:{port}")
    assert not is_well
    assert "refused" in sentence
    with mail_server(Mailbox()) as port:
        is_well, sentence = _finding(f"smtp://user:geheim-geheim@127.0.0.1:{port}")
    assert not is_well
    assert "geheim" not in sentence


def test_without_one_there_is_nothing_to_look_at() -> None:
    assert list(examine_mail(Config.load(GOOD))) == []
