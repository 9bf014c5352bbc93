"""EMAIL as a conversation: what each word keeps, what a new phone may not, and what a turn costs."""

import pytest
import sqlalchemy as sa

from models.line.mail_choice import mail_choice
from tests.cast import at
from tests.dialog.street import Street
from tests.dialog.test_turn import MOST_STATEMENTS


@pytest.fixture
def mailing(street: Street) -> Street:
    street.database.mails = True
    return street


def _code(street: Street) -> str:
    with at(street.database, street.cast.millbrook) as work:
        return work.conn.execute(sa.text("select code from one_time_code order by id desc limit 1")).scalar_one()


def _kept(street: Street) -> tuple[str, str] | None:
    cast = street.cast
    with at(street.database, cast.millbrook) as work:
        chosen = mail_choice(work, cast.millbrook.id, cast.alvarez.id)
    return (chosen.address, chosen.wanted) if chosen else None


def test_an_address_is_kept_only_with_its_code_and_each_turn_makes_few_statements(mailing: Street) -> None:
    alvarez, made = mailing.cast.alvarez, {}
    mailing.text(alvarez, "menu")
    for body, kept in (
        ("EMAIL ON rosa@example.org", None),
        ("{code}", ("rosa@example.org", "all")),
        ("EMAIL NEWS", ("rosa@example.org", "news")),
        ("EMAIL", ("rosa@example.org", "news")),
        ("email backup new@example.org", ("rosa@example.org", "news")),
        ("{code}", ("new@example.org", "backup")),
        ("EMAIL OFF", ("new@example.org", "nothing")),
    ):
        mailing.text(alvarez, _code(mailing) if body == "{code}" else body)
        made[body] = len(mailing.statements)
        assert _kept(mailing) == kept, body
    assert max(made.values()) <= MOST_STATEMENTS, made


def test_without_a_mail_server_the_line_says_so_and_asks_for_no_code(street: Street) -> None:
    street.database.mails = False
    assert street.text(street.cast.alvarez, "EMAIL ON rosa@example.org").startswith("This line sends no e-mails.")
    assert _kept(street) is None


def test_what_a_new_phone_may_not_have_mailed_it_may_end(mailing: Street) -> None:
    alvarez = mailing.cast.alvarez
    with at(mailing.database, mailing.cast.millbrook) as work:
        work.conn.execute(sa.text("update phone set added_at = now() where person_id = :p"), {"p": alvarez.person_id})
    assert "code" not in mailing.text(alvarez, "EMAIL ON rosa@example.org")
    assert mailing.text(alvarez, "EMAIL OFF").startswith("No more e-mails.")
