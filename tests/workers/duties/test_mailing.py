"""Mails as a mail server gets them: over SMTP, once, refused, given up; and what becomes of the officer then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.delivery.mail import MailServer
from bot.delivery.mail_failures import BUSY, MAILBOX_FULL, REFUSED, UNKNOWN_ADDRESS, recipient_failure
from bot.delivery.mail_link import StopLinks, read_token
from bot.pocket_phone.mailbox import Mailbox, mail_server
from models.line import mail_out
from models.line.line import line_of
from models.line.mail_choice import confirm_address, mail_choice, read_address
from models.line.mail_out import Letter
from models.rules.asking.telling import Ways
from models.session import Database
from tests.cast import Cast, at, post_detail
from tests.workers.duties.doing import handed_off, planned, said, texts
from workers import tools
from workers.mailing import mail, send_stuck_again
from workers.news import Bulletin
from workers.tools import Tools

LINKS = StopLinks("0123456789abcdef0123456789abcdef", "https://line.example.org")
ROSA = "rosa@example.org"


class Still:
    """A bell that nobody hears."""

    def __getattr__(self, _name: str):
        return lambda *_: False


@pytest.fixture
def mailbox(database: Database) -> Iterator[Mailbox]:
    """A mail server that the workers of this process use."""
    database.mails = True
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        server = MailServer(f"smtp://127.0.0.1:{port}", "details@example.org", LINKS)
        tools.use(Tools(database, Still(), None, server))  # type: ignore[arg-type] # no text goes out
        yield mailbox


def _chooses(database: Database, cast: Cast, wanted="all", address: str = ROSA) -> None:
    with at(database, cast.millbrook) as work:
        confirm_address(work, cast.alvarez, address, wanted, "text")


def _writes(database: Database, cast: Cast, subject: tuple[str, int] | None = None) -> None:
    with at(database, cast.millbrook, datetime.now(UTC)) as work:
        letter, line_id = Letter("9570 is yours", "9570 is yours: ask for José."), line_of(work, cast.millbrook.id)
        mail_out.write(
            work, cast.millbrook.id, line_id, cast.alvarez.id, ROSA, letter, prompt="award.awarded", subject=subject
        )


def _states(database: Database, cast: Cast) -> list[tuple[str, str | None, int]]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select state, failure, attempts from mail_out order by id"))
        return [tuple(row) for row in rows]  # type: ignore[misc] # three columns


def test_a_mail_has_what_mailboxes_ask_for_and_a_link_that_only_ends_it(
    database: Database, cast: Cast, mailbox: Mailbox
) -> None:
    _chooses(database, cast)
    _writes(database, cast)
    assert mail("mail", cast.millbrook.id) == 1
    [sent] = mailbox.mails
    assert sent["Subject"] == "9570 is yours"
    assert sent["To"] == ROSA
    assert "details@example.org" in sent["From"]
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = sent["List-Unsubscribe"].strip("<>").replace(" ", "")
    assert sent.get_content().startswith("9570 is yours: ask for José.")
    assert link in sent.get_content()
    named = read_token(LINKS.secret, link.partition("?t=")[2])
    assert named is not None
    assert (named.department_id, named.officer_id) == (cast.millbrook.id, cast.alvarez.id)
    assert named.is_of(ROSA)
    assert not named.is_of("other@example.org")
    assert _states(database, cast) == [("accepted", None, 1)]
    assert mail("mail", cast.millbrook.id) == 0


@pytest.mark.parametrize(("others_wait", "sent"), [(True, 10), (False, 12)])
def test_mails_give_way_to_everything_else(
    database: Database, cast: Cast, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, others_wait: bool, sent: int
) -> None:
    monkeypatch.setattr(Still, "others_wait", lambda _: others_wait, raising=False)
    _chooses(database, cast)
    for _ in range(12):
        _writes(database, cast)
    assert mail("mail", cast.millbrook.id) == sent
    assert len(mailbox.mails) == sent


def test_who_wants_no_more_gets_not_even_what_was_waiting(database: Database, cast: Cast, mailbox: Mailbox) -> None:
    _chooses(database, cast)
    _writes(database, cast)
    _chooses(database, cast, "nothing")
    mail("mail", cast.millbrook.id)
    assert mailbox.mails == []
    assert _states(database, cast) == [("withheld", "not_wanted", 0)]


def test_what_nobody_could_send_in_time_goes_out_no_more(database: Database, cast: Cast, mailbox: Mailbox) -> None:
    """After a restore, or a night without workers: a detail told a day late is no news."""
    _chooses(database, cast)
    _writes(database, cast)
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update mail_out set due_at = due_at - interval '5 hours'"))
    mail("mail", cast.millbrook.id)
    assert mailbox.mails == []
    assert _states(database, cast) == [("withheld", "too_late", 0)]


def test_a_bad_address_is_marked_told_to_the_desk_and_to_him_and_news_go_by_text(
    database: Database, cast: Cast, mailbox: Mailbox
) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, work.now + timedelta(days=3))
    _chooses(database, cast, "news")
    _writes(database, cast, ("opening", about.id))
    mailbox.refusals[ROSA] = "550 5.1.1 no such user"
    mail("mail", cast.millbrook.id)
    assert _states(database, cast) == [("failed", "unknown_address", 1)]
    assert handed_off(database, cast.millbrook) == ["mail_address_bad"]
    assert len(planned(database, cast.millbrook, "tell_mail_bad")) == 1
    assert [subject for subject, _ in planned(database, cast.millbrook, "tell_digest")] == [cast.alvarez.id]
    with at(database, cast.millbrook) as work:
        chosen = mail_choice(work, cast.millbrook.id, cast.alvarez.id)
    assert chosen is not None
    assert (chosen.state, chosen.is_mailed) == ("bad", False)


@pytest.mark.parametrize("is_beside", [False, True])
def test_the_news_of_a_day_that_no_mail_could_bring_is_texted_unless_it_was(
    database: Database, cast: Cast, mailbox: Mailbox, is_beside: bool
) -> None:
    _chooses(database, cast, "news")
    with at(database, cast.millbrook, datetime.now(UTC)) as work:
        values = {"count": 2, "openings": [], "more": 0}
        chosen = mail_choice(work, cast.millbrook.id, cast.alvarez.id)
        bulletin = Bulletin(work, cast.millbrook, "telling.digest_news", values, (mail_out.DIGEST, cast.alvarez.id))
        bulletin.tell(cast.alvarez, Ways(text=is_beside, mail=True), chosen)
    mailbox.refusals[ROSA] = "552 mailbox full"
    mail("mail", cast.millbrook.id)
    assert said(database, cast.millbrook, cast.alvarez) == ["telling.digest_news"]
    [text] = texts(database, cast.millbrook, cast.alvarez)
    assert text.body.startswith("2 new details")


def test_a_server_that_is_down_is_asked_again_and_given_up_after_four_hours_with_one_word_to_the_desk(
    database: Database, cast: Cast, mailbox: Mailbox
) -> None:
    _chooses(database, cast)
    _writes(database, cast)
    _writes(database, cast)
    mailbox.refusals[ROSA] = "451 try later"
    mail("mail", cast.millbrook.id)
    assert [state for state, *_ in _states(database, cast)] == ["queued", "queued"]
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update mail_out set due_at = due_at - interval '5 hours', retry_at = 'epoch'"))
    mail("mail", cast.millbrook.id)
    assert _states(database, cast) == [("failed", "mail_server_busy", 2)] * 2
    assert handed_off(database, cast.millbrook) == ["mail_not_taken"]


def test_what_a_worker_that_died_was_handing_over_goes_out_under_the_same_message_id(
    database: Database, cast: Cast, mailbox: Mailbox
) -> None:
    _chooses(database, cast)
    _writes(database, cast)
    mail("mail", cast.millbrook.id)
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update mail_out set state = 'sending', claimed_at = now() - interval '6 minutes'"))
    assert send_stuck_again(tools.tools(), cast.millbrook.id) == 1
    mail("mail", cast.millbrook.id)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert send_stuck_again(tools.tools(), cast.millbrook.id) == 0


@pytest.mark.parametrize(
    ("code", "said", "failure"),
    [
        (550, "5.1.1 no such user", UNKNOWN_ADDRESS),
        (550, "mailbox unavailable", UNKNOWN_ADDRESS),
        (550, "5.7.1 blocked by policy", REFUSED),
        (552, "mailbox full", MAILBOX_FULL),
        (550, "5.2.2 over quota", MAILBOX_FULL),
        (451, "greylisted", BUSY),
    ],
)
def test_only_an_address_that_is_nobodys_is_bad(code: int, said: str, failure) -> None:
    assert recipient_failure(code, said) is failure


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("ON PAT@EXAMPLE.ORG", "pat@example.org"),
        ("pat.o'evans+duty@mail.example.org.", "pat.o'evans+duty@mail.example.org"),
        ("<pat@example.org>", "pat@example.org"),
        ("pat@example", None),
        ("pat@example.org kim@example.org", None),
        ("pat..o@example.org", None),
        ("pat@-example.org", None),
        ("", None),
    ],
)
def test_an_address_is_read_or_not(said: str, address: str | None) -> None:
    assert read_address(said) == address


def test_a_link_that_we_did_not_sign_names_nobody() -> None:
    mine = LINKS.of(1, 2, ROSA).partition("?t=")[2]
    assert read_token(LINKS.secret, mine) is not None
    assert read_token("another secret of at least 32 chars", mine) is None
    assert read_token(LINKS.secret, f"{mine}x") is None
    assert replace(LINKS, public_url="").of(1, 2, ROSA).startswith("/mail/stop?t=")
