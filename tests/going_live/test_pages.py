"""What carriers and officers read before a number may text: in both languages, without a script, with real samples."""

import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

import bot.pages
from bot.pages.samples import PROMPTS, samples
from ivr_prompts import load
from models.line.consent import WORDING

PAGES = ["/terms", "/privacy", "/opt-in"]
TEMPLATES = Path(bot.pages.__file__).with_name("templates")

# The words that are agreed to, by their version. Whoever changes them gives them a new version and a line here.
VERSIONS = {
    "2026-11": "7b9c30ce9618b19a",
}


@pytest.fixture
def read(app: Flask, millbrook: str):
    return lambda path, **headers: app.test_client().get(path, headers=headers)


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


class Outline(HTMLParser):
    """What a screen reader goes by."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_stands_in_both_languages_and_says_who_it_is(read, path: str, language: str) -> None:
    response = read(f"{path}?lang={language}&department=millbrook")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    assert "Millbrook Police Department" in text(response)
    assert "the detail office, 203-555-0199" in text(response)
    assert "(203) 555-0100" in text(response)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_but_its_own_style_sheet(read, path: str) -> None:
    response = read(path)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert "Set-Cookie" not in response.headers
    outline = Outline(response.get_data(as_text=True))
    assert not {"script", "style", "img", "iframe", "form"} & {tag for tag, _ in outline.tags}
    assert not [attributes for _, attributes in outline.tags if "style" in attributes]
    assert [a["href"] for tag, a in outline.tags if tag == "link"] == ["/pages/public.css"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_aloud(read, path: str) -> None:
    outline = Outline(read(f"{path}?lang=es").get_data(as_text=True))
    tags = [tag for tag, _ in outline.tags]
    assert (tags.count("h1"), tags.count("main"), tags.count("title")) == (1, 1, 1)
    assert next(a for tag, a in outline.tags if tag == "html")["lang"] == "es"
    headings = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    assert sum(a.get("aria-current") == "page" for _, a in outline.tags) == 1


def test_the_style_sheet_is_served(read) -> None:
    response = read("/pages/public.css")
    assert response.status_code == 200
    assert response.content_type.startswith("text/css")
    response.close()


def test_what_carriers_look_for_is_said(read) -> None:
    terms, privacy, opt_in = (text(read(path)) for path in PAGES)
    for words in ("Message frequency varies", "Message and data rates may apply", "STOP", "HELP", "not liable"):
        assert words in terms
    assert "No mobile information is sold, rented or shared with third parties or affiliates for marketing" in privacy
    assert "opt-in data and consent are not shared with any third party" in privacy
    for words in ("I agree to get text messages", "Message frequency varies", "STOP", "not a condition of employment"):
        assert words in opt_in
    assert "https://line.example.org/terms" in opt_in


def test_the_only_department_needs_no_name_and_an_unknown_one_is_not_found(read) -> None:
    assert "Millbrook Police Department" in text(read("/terms"))
    assert read("/terms?department=atlantis").status_code == 404


def test_of_several_departments_none_is_named_unasked(read, dutyline) -> None:
    dutyline("department", "create", "harbor", "--name", "Harbor Police", "--timezone", "America/Chicago",
             "--line", "+12035550101")  # fmt: skip
    assert "Millbrook" not in text(read("/terms"))
    assert "Harbor Police" in text(read("/terms?department=harbor"))


def test_a_browsers_own_language_is_taken(read) -> None:
    assert read("/terms", **{"Accept-Language": "es-PR,es;q=0.9,en;q=0.5"}).headers["Content-Language"] == "es"
    assert read("/terms", **{"Accept-Language": "fr"}).headers["Content-Language"] == "en"
    assert read("/terms?lang=xx").headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["en", "es"])
def test_samples_are_what_the_line_says(read, language: str) -> None:
    shown = text(read(f"/opt-in?lang={language}")).replace("&amp;", "&").replace("&#39;", "'")
    said = samples(language, ZoneInfo("America/New_York"))
    assert len(said) == len(PROMPTS)
    for sample in said:
        assert " ".join(sample.split()) in shown
    first_words = (load(language).text("posting.new", "sms") or "").partition("{")[0]
    assert said[0].startswith(first_words)
    assert "9570" in said[0]


def test_words_that_change_get_a_new_version() -> None:
    words = b"".join((TEMPLATES / language / "wording.html").read_bytes() for language in ("en", "es"))
    assert VERSIONS.get(WORDING) == hashlib.sha256(words).hexdigest()[:16]
