"""The page below every mail: opening it changes nothing, its button and a mail program's one click end the mails."""

from dataclasses import dataclass

import pytest
from flask import Flask

from bot.delivery.mail_link import StopLinks
from bot.services import services_of
from models.line.mail_choice import confirm_address, mail_choice
from models.session import Database
from tests.cast import Cast, assemble, at

ROSA = "rosa@example.org"


@dataclass(frozen=True)
class Link:
    """The page below a mail to Alvarez, who wants everything mailed to ROSA."""

    app: Flask
    cast: Cast

    def to(self, address: str) -> str:
        """Its address, where the mail went to `address`."""
        links = StopLinks(services_of(self.app).config.secret_key or "", "")
        return links.of(self.cast.millbrook.id, self.cast.alvarez.id, address)

    def wanted(self) -> str:
        """What she wants mailed now."""
        with at(services_of(self.app).database, self.cast.millbrook) as work:
            chosen = mail_choice(work, self.cast.millbrook.id, self.cast.alvarez.id)
        assert chosen is not None
        return chosen.wanted


@pytest.fixture
def link(app: Flask, database: Database) -> Link:
    cast = assemble(database)
    with at(database, cast.millbrook) as work:
        confirm_address(work, cast.alvarez, ROSA, "all", "text")
    return Link(app, cast)


def test_to_open_it_changes_nothing_and_the_button_ends_it(app: Flask, link: Link) -> None:
    page = app.test_client().get(link.to(ROSA), headers={"Accept-Language": "es"})
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "es"
    assert "<form" in page.get_data(as_text=True)
    assert ROSA not in page.get_data(as_text=True)
    assert link.wanted() == "all"
    assert app.test_client().post(link.to(ROSA)).status_code == 200
    assert link.wanted() == "nothing"


def test_one_click_of_a_mail_program_ends_it_and_twice_does_no_harm(app: Flask, link: Link) -> None:
    for _ in range(2):
        done = app.test_client().post(link.to(ROSA), data={"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
    assert link.wanted() == "nothing"


def test_the_link_of_an_address_that_he_has_left_ends_nothing_of_the_new_one(app: Flask, link: Link) -> None:
    assert app.test_client().post(link.to("old@example.org")).status_code == 200
    assert link.wanted() == "all"


@pytest.mark.parametrize("token", ["", "?t=", "?t=made.up", "?t=WzEsMiwieCJd.AAAA"])
def test_a_link_that_we_did_not_sign_is_no_page(app: Flask, link: Link, token: str) -> None:
    assert app.test_client().get(f"/mail/stop{token}").status_code == 404
    assert app.test_client().post(f"/mail/stop{token}").status_code == 404
