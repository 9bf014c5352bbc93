"""Orders over records: a lottery's seed is drawn and kept, and a cap per month counts what an officer holds already."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.award import replay, run_award
from models.people.handbook import publish
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, at, post_detail, signs_up

LOTTERY = {"name": "draw", "order": ["lottery"]}
ONE_A_MONTH = {"name": "monthly", "at_most": {"details": 1, "period": "month"}}


def signed_up_for_two(database: Database, cast: Cast, each_round: dict[str, Any]) -> list[Posted]:
    """Two details on two days of one month, that Alvarez and Brooks both want, in a department of that one round."""
    rules = Handbook.model_validate({"awarding": {"rounds": [each_round]}})
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, rules)
        details = [post_detail(work, cast.millbrook, MONDAY + timedelta(days=days)) for days in (2, 3)]
        for officer in (cast.alvarez, cast.brooks):
            signs_up(work, cast.millbrook, officer, *details)
    return details


def awarded(database: Database, cast: Cast, detail: Posted) -> tuple[dict[str, Any], dict[int, str]]:
    """The facts of the detail's award, which comes out the same again, and the reason each officer was told."""
    with at(database, cast.millbrook) as work:
        award_id = run_award(work, cast.millbrook, [detail.posting_id], "by hand")
    assert award_id is not None
    with at(database, cast.millbrook) as work:
        assert replay(work, cast.millbrook.id, award_id) == []
        facts = work.conn.execute(sa.text("select facts from award where id = :a"), {"a": award_id}).scalar_one()
        told = work.conn.execute(sa.text("select officer_id, reason from verdict where award_id = :a"), {"a": award_id})
        return facts, {row.officer_id: row.reason for row in told}


def test_each_award_draws_a_seed_that_its_facts_keep(database: Database, cast: Cast):
    details = signed_up_for_two(database, cast, LOTTERY)
    awards = [awarded(database, cast, each) for each in details]
    assert all(sorted(told.values()) == ["awarded", "outranked_by_lottery"] for _, told in awards)
    assert len({facts["seed"] for facts, _ in awards}) == 2


def test_a_cap_per_month_counts_what_was_awarded_before(database: Database, cast: Cast):
    first, second = signed_up_for_two(database, cast, ONE_A_MONTH)
    assert awarded(database, cast, first)[1] == {
        cast.alvarez.id: "awarded",
        cast.brooks.id: "outranked_by_seniority",
    }
    assert awarded(database, cast, second)[1] == {
        cast.alvarez.id: "month_details_reached",
        cast.brooks.id: "awarded",
    }


def test_fewest_details_and_names_are_read_from_the_records_and_details_are_counted(database: Database, cast: Cast):
    details = signed_up_for_two(database, cast, {"name": "turns", "order": ["fewest_turns", "name"]})
    first, told = awarded(database, cast, details[0])
    assert told == {cast.alvarez.id: "awarded", cast.brooks.id: "outranked_by_name"}
    assert "Alvarez" not in str(first)
    assert awarded(database, cast, details[1])[1] == {
        cast.alvarez.id: "outranked_by_fewest_turns",
        cast.brooks.id: "awarded",
    }
