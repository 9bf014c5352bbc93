"""Signing up: interest, with a preference when several are named, and a truthful answer for each."""

from datetime import timedelta

import sqlalchemy as sa

from models.awarding.signing_up.signup import sign_up, withdraw
from models.details.opening import opening
from models.people.handbook import publish
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import (
    MONDAY,
    TODAY_SINCE,
    Cast,
    add_detail,
    assigns,
    at,
    by_text,
    handbook_of,
    post_detail,
    signed_up,
    signs_up,
)

STARTS = MONDAY + timedelta(days=3)


def test_several_named_at_once_are_meant_in_order_of_preference(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        first, second = (post_detail(work, cast.millbrook, STARTS + timedelta(days=day)) for day in range(2))
        assert signs_up(work, cast.millbrook, cast.alvarez, second, first) == ["signed_up", "signed_up"]
        rows = work.conn.execute(sa.text("select opening_id, preference from signup order by preference"))
        assert [tuple(row) for row in rows] == [(second.id, 1), (first.id, 2)]


def test_a_code_named_twice_in_one_text_is_one_signup(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        assert signs_up(work, cast.millbrook, cast.alvarez, about, about) == ["signed_up", "already"]


def test_signing_up_again_later_says_so_and_after_a_withdrawal_works(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    with at(database, cast.millbrook) as work:
        assert signs_up(work, cast.millbrook, cast.alvarez, about) == ["already"]
        assert withdraw(work, cast.alvarez, about.id)
        assert not withdraw(work, cast.alvarez, about.id)
        assert signs_up(work, cast.millbrook, cast.alvarez, about) == ["signed_up"]


def test_what_binds_from_the_award_is_told_at_sign_up(database: Database, cast: Cast) -> None:
    """Six hours a day from the award on: the sign-up for eight is taken, with a word of warning."""
    limit = {"kind": "calendar", "period": "day", "hours": 6, "binds_from": "award"}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate({"limits": [limit]}))
    with at(database, cast.millbrook, MONDAY, by_text(cast.alvarez)) as work:
        about = opening(work, cast.millbrook.id, post_detail(work, cast.millbrook, STARTS).id)
        [answer] = sign_up(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.alvarez, [about])
        assert (answer.outcome, answer.refusal) == ("signed_up", None)
        assert answer.advice is not None
        assert answer.advice.reason == "limit_day"


def test_a_detail_not_posted_or_past_its_close_is_closed(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about, never = post_detail(work, cast.millbrook, STARTS), add_detail(work, cast.millbrook, STARTS)
        assert signs_up(work, cast.millbrook, cast.alvarez, never) == ["closed"]
    with at(database, cast.millbrook, MONDAY + timedelta(hours=1)) as work:
        assert signs_up(work, cast.millbrook, cast.alvarez, about) == ["closed"]
        assert signed_up(work, cast.millbrook, about) == set()


def test_time_given_in_another_department_makes_him_ineligible_and_only_that_is_said(
    database: Database, cast: Cast
) -> None:
    with at(database, cast.harbor) as work:
        assigns(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, STARTS))
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        assert signs_up(work, cast.millbrook, cast.grant_in_millbrook, about) == ["ineligible"]


def test_sign_up_goes_one_after_the_other_where_the_handbook_says_so(database: Database, cast: Cast):
    rounds = {"awarding": {"rounds": [{"name": "by seniority", "entry_minutes_apart": 10}]}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(rounds))
        detail = post_detail(work, cast.millbrook, MONDAY + timedelta(days=3))
    for minutes, outcome in ((9, "ineligible"), (10, "signed_up")):
        now = MONDAY + timedelta(minutes=minutes)
        with at(database, cast.millbrook, now, by_text(cast.brooks)) as work:
            (answer,) = sign_up(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.brooks, [detail.opening])
        assert answer.outcome == outcome
        if answer.refusal is not None:
            assert answer.refusal.figures["opens_at"] == MONDAY + timedelta(minutes=10)
