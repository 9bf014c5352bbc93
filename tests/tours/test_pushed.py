"""A system pushes tours with a token: what the token opens, what it does not, and answers that say what to do."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from bot.app import create_app
from bot.services import services_of
from models.session import Database
from models.tours.mapping import TourMapping
from models.tours.source import issue_token, put_source
from tests.cast import Cast, at
from tests.one_line import config_for

HEADS = "Badge,Start,End\n"


@pytest.fixture
def app(postgres_url: str, redis_url: str) -> Iterator[Flask]:
    made = create_app(config_for(postgres_url, redis_url))
    yield made
    services_of(made).database.dispose()
    services_of(made).redis.close()


@pytest.fixture
def web(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def token(database: Database, cast: Cast) -> str:
    with at(database, cast.millbrook) as work:
        return issue_token(work, put_source(work, cast.millbrook.id, "dispatch", TourMapping()))


def tour_of(badge: str) -> str:
    return f"{HEADS}{badge},2031-06-02 08:00,2031-06-02 16:00\n"


def push(web: FlaskClient, token: str, body: str | bytes):
    return web.post("/api/tours", data=body, headers={"Authorization": f"Bearer {token}"})


def test_what_is_pushed_is_brought_in_and_answered(web: FlaskClient, token: str, cast: Cast) -> None:
    answer = push(web, token, tour_of(cast.brooks.badge))
    assert (answer.status_code, answer.json["added"]) == (
        200,
        [
            {
                "officer": cast.brooks.badge,
                "kind": "duty",
                "starts_at": "2031-06-02T08:00-04:00",
                "ends_at": "2031-06-02T16:00-04:00",
            }
        ],
    )
    assert push(web, token, tour_of(cast.brooks.badge)).json["unchanged"] == 1


def test_what_is_wrong_is_answered_with_every_place(web: FlaskClient, token: str) -> None:
    answer = push(web, token, f"{HEADS}nobody,2031-06-02 08:00,2031-06-02 07:00\n,2031-06-02 08:00,\n")
    assert answer.status_code == 422
    assert [each["place"] for each in answer.json["problems"]] == ["line 2", "line 3"]


@pytest.mark.parametrize("shown", ["", "nonsense", "dlt_1_1_" + "x" * 43, "dlt_1_1_short"])
def test_without_a_token_that_holds_nothing_is_read(web: FlaskClient, shown: str, cast: Cast) -> None:
    assert push(web, shown, tour_of(cast.brooks.badge)).status_code == 401


def test_a_token_opens_its_own_department_only(web: FlaskClient, token: str, cast: Cast) -> None:
    answer = push(web, token, tour_of(cast.evans.badge))
    assert answer.status_code == 422
    forged = token.replace(f"dlt_{cast.millbrook.id}_", f"dlt_{cast.harbor.id}_")
    assert push(web, forged, tour_of(cast.evans.badge)).status_code == 401


def test_a_new_token_voids_the_one_before(web: FlaskClient, token: str, cast: Cast, database: Database) -> None:
    with at(database, cast.millbrook) as work:
        issue_token(work, put_source(work, cast.millbrook.id, "dispatch", TourMapping()))
    assert push(web, token, tour_of(cast.brooks.badge)).status_code == 401


def test_the_token_itself_is_not_kept(token: str, cast: Cast, database: Database) -> None:
    with at(database, cast.millbrook) as work:
        kept = work.conn.execute(sa.text("select tour_source::text from tour_source")).scalar_one()
    assert token.rpartition("_")[2] not in kept


def test_more_than_ten_megabytes_are_refused(web: FlaskClient, token: str) -> None:
    assert push(web, token, b"x" * 10_000_001).status_code == 413
