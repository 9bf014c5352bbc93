"""Whatever is posted under a valid signature, no answer is an error, and no text is one we stumble over.

`make test` posts some hundreds of requests to each webhook, `make chaos` ten thousand between them.
"""

import os
from collections.abc import Callable, Collection
from itertools import count
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from bot.app import create_app
from bot.services import services_of
from models.people.phone import number_of
from tests.cast import assemble
from tests.one_line import PUBLIC_URL, TOKEN, config_for, open_line

IS_LONG = bool(os.environ.get("DUTYLINE_CHAOS"))
Posted = tuple[str, bytes, str]
Post = Callable[[Posted], int]
Known = dict[str, st.SearchStrategy[str]]
SIDS = count(1)

FORM = "application/x-www-form-urlencoded"
CONTENT_TYPES = (
    "", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=x",
    f"{FORM}; charset=utf-16", "text/xml; charset=\xff", "a/b; ;=",
)  # fmt: skip
HUGE = ("x" * 10_000, "🚨" * 10_000, "9" * 5_000, "a\n" * 20_000, "S" + " 1234" * 300, "\0" * 2_000)
WORDS = (
    "LIST", "S4821", "drop 4821", "A 1 2 3", "yes", "N", "STOP", "START", "help", "MENU", "ESPANOL", "JOIN Pat 105",
    "IN", "OUT 25:99", "out 1:30", "UNDO", "RANK", "officer down", "me siento mal, no voy", "WHY 9570", "0", "-1",
    "1e999", "²",
)  # fmt: skip

anything = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Cc", "Co", "Cn", "Mn", "So", "Nd"]), max_size=20),
    st.sampled_from(WORDS),
    st.sampled_from(HUGE),
)
counts = st.sampled_from(["0", "1", "2", "11", "-1", "999999999999", "1.5", "many", "٣", "²", "", "\0"])
names = st.one_of(st.text(max_size=12), st.sampled_from(["Body", "From", "To", "MessageSid"]))
# How often each happens to a field; what a form is about must mostly come through, or only the door is tried.
FATES = st.sampled_from(["whole"] * 20 + ["missing", "garbled", "twice"])


@st.composite
def fields(draw: st.DrawFn, known: Known) -> list[tuple[str, str]]:
    """A form of these fields, of which any may be missing, garbled or there twice, and some that are not known."""
    form: list[tuple[str, str]] = []
    for name, usual in known.items():
        fate = draw(FATES)
        form += [(name, draw(usual))] if fate in ("whole", "twice") else []
        form += [(name, draw(anything))] if fate in ("garbled", "twice") else []
    strays = draw(st.lists(st.tuples(names, anything), max_size=2)) if draw(FATES) != "whole" else []
    return form + strays


@st.composite
def requests(draw: st.DrawFn, paths: st.SearchStrategy[str], known: Known) -> Posted:
    """Mostly forms; sometimes bytes that are none, or a form under another name."""
    body = urlencode(draw(fields(known)), errors="surrogatepass").encode()
    fate = draw(FATES)
    body = draw(st.binary(max_size=200)) if fate == "garbled" else body
    return draw(paths), body, draw(st.sampled_from(CONTENT_TYPES)) if fate == "missing" else FORM


@pytest.fixture(scope="module")
def app(postgres_url: str, redis_url: str):
    """The application as it is, dialog and all."""
    made = create_app(config_for(postgres_url, redis_url))
    yield made
    services_of(made).database.dispose()
    services_of(made).redis.close()


@pytest.fixture(scope="module")
def post(app: Flask) -> Post:
    """Posts bytes under the signature that Twilio would have made of what is read in them; gives the status."""
    client, validator = app.test_client(), RequestValidator(TOKEN)

    def post(request: Posted) -> int:
        path, body, content_type = request
        builder = EnvironBuilder(path, method="POST", data=body, content_type=content_type)
        read = Request(builder.get_environ()).form
        signed = validator.compute_signature(f"{PUBLIC_URL}{path}", read)
        headers = {"X-Twilio-Signature": signed}
        return client.post(path, data=body, content_type=content_type, headers=headers).status_code

    return post


@pytest.fixture(scope="module")
def numbers(app: Flask) -> dict[str, list[str]]:
    """Phones and lines: ours, and others."""
    database = services_of(app).database
    cast = assemble(database)
    with database.begin([cast.millbrook.id, cast.harbor.id]) as work:
        phones = [number_of(work, who.person_id) or "" for who in (cast.alvarez, cast.evans, cast.grant_in_harbor)]
        query = sa.text("select number from line where department_id = any (:ours)")
        lines = list(work.conn.execute(query, {"ours": [cast.millbrook.id, cast.harbor.id]}).scalars())
    strangers = ["+13125550199", "72975", "anonymous", "+", "+1", "whatsapp:+13125550111", "client:pat", "+266696687"]
    return {"From": [*phones * 6, *strangers], "To": [*lines * 8, "+13125550198", "72975"]}


def _try(requests: st.SearchStrategy[Posted], post: Post, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(requests)
    def post_one(request: Posted) -> None:
        assert post(request) == 200

    post_one()


def test_no_text_whatever_is_answered_with_an_error(app: Flask, post: Post, numbers: dict[str, list[str]]):
    known: Known = {
        "MessageSid": st.builds(lambda: f"SM{next(SIDS):032x}"),
        "From": st.sampled_from(numbers["From"]),
        "To": st.sampled_from(numbers["To"]),
        "Body": anything,
        "NumMedia": counts,
        "MediaUrl0": anything,
        "MediaContentType0": anything,
        "OptOutType": st.sampled_from(["STOP", "START", "HELP", "stop", "\0", "sideways"]),
        "FromCity": anything,
    }
    paths = st.sampled_from(["/twilio/sms", "/twilio/sms/fallback", "/twilio/sms/fallback?ErrorCode=11200&x=%ED%A0"])
    examples = 8_000 if IS_LONG else 250
    _try(requests(paths, known), post, examples)
    assert _stumbled_over(app, numbers["To"]) == []
    assert _taken(app) > examples // 3, "most of what is posted does reach the dialog"


def test_no_report_whatever_is_answered_with_an_error(app: Flask, post: Post):
    house = open_line(services_of(app).database)
    text = f"{house.department_id}-{house.text()}"
    known: Known = {
        "MessageSid": st.one_of(st.just("SM" + "0" * 32), anything),
        "MessageStatus": st.one_of(st.sampled_from(["queued", "sent", "delivered", "failed", "undelivered"]), anything),
        "ErrorCode": st.one_of(st.sampled_from(["30003", "30022", "0"]), counts),
        "To": anything,
    }
    queries = ["", "?message=", "?message=1-1", "?message=1-2", "?message=1-1%00", "?message=1-1&message=x",
               "?%FF=%00", "?message=999999999999999999-999999999999999999", "?bodySHA256=0",
               *[f"?message={text}"] * 6]  # fmt: skip
    paths = st.sampled_from([f"/twilio/message-status{query}" for query in queries])
    _try(requests(paths, known), post, 2_000 if IS_LONG else 150)


def _taken(app: Flask) -> int:
    database = services_of(app).database
    with database.begin(database.departments()) as work:
        return work.conn.execute(sa.text("select count(*) from message_in")).scalar_one()


def _stumbled_over(app: Flask, lines: Collection[str]) -> list[str]:
    """Texts to these lines that were kept for a person because the dialog failed on them."""
    database = services_of(app).database
    query = sa.text(
        "select m.body from event e join message_in m on m.department_id = e.department_id"
        " and m.id = cast(e.data ->> 'message_in' as bigint) join line l on l.id = m.line_id"
        " where e.name = 'handed_off' and e.data ->> 'reason' = 'text_not_taken' and l.number = any (:lines)"
    )
    with database.begin(database.departments()) as work:
        return list(work.conn.execute(query, {"lines": list(lines)}).scalars())
