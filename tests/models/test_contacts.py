"""Contacts: what came of asking is a fact of its own, priced by the handbook it was asked under."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.asking.contact import Asked, note_sent, record_contact, take_back
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.replacement import ask_next
from models.awarding.counting.turn_taking import owe_call, spend_turn
from models.awarding.deciding.award import run_award
from models.awarding.telling.why import why
from models.people.handbook import current
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.clauses.outcomes import OutcomeName
from models.rules.facts import CounterFacts
from models.rules.handbook import Handbook
from models.rules.orders.rotations import Rotations
from models.session import Database, Work
from models.tables import span
from models.tours.tour import tours
from models.working.attendance import check_in, check_out
from tests.cast import (
    MONDAY,
    TODAY_SINCE,
    Cast,
    Posted,
    assemble,
    at,
    offers,
    post_detail,
    signs_up,
    stands_in_rotation,
)

STARTS = MONDAY + timedelta(days=3)
AWARD = MONDAY + timedelta(hours=1)


def _house(database: Database, **rules: Any) -> tuple[Cast, Posted]:
    """Departments that award by rotation; Alvarez is first of Millbrook's, and signed up for an eight-hour detail."""
    by_rotation = {"awarding": {"rounds": [{"name": "turns", "order": ["rotation"]}]}}
    cast = assemble(database, Handbook.model_validate({**by_rotation, **rules}))
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez, cast.brooks, cast.chen)
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    return cast, about


def _awarded(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook, AWARD) as work:
        award_id = run_award(work, cast.millbrook)
        return work.conn.execute(sa.text("select id from assignment where award_id = :a"), {"a": award_id}).scalar_one()


def _contacts(work: Work) -> list[tuple[Any, ...]]:
    work.flush()
    rows = work.conn.execute(
        sa.text("select step, outcome, turn, charged_minutes, refused_minutes, charged_points from contact order by id")
    )
    return [tuple(row) for row in rows]


def _counts(work: Work, who: Officer) -> dict[str, Any]:
    row = work.conn.execute(
        sa.text(
            "select h.minutes, h.turns, h.points, h.refused_minutes, h.offered_minutes, r.place from officer o"
            " left join hours_count h on h.officer_id = o.id left join rotation r on r.officer_id = o.id"
            " where o.id = :o"
        ),
        {"o": who.id},
    ).one()
    return dict(row._mapping)


@pytest.mark.parametrize(
    ("verb", "outcome", "written"),
    [
        ("decline", None, ("award", "declined", "spent", 0, 480, 0)),
        ("lapse", None, ("award", "no_answer", "kept", 0, 0, 0)),
        ("lose_contact", None, ("award", "unreachable", "kept", 0, 0, 0)),
        ("lose_contact", "not_attempted", ("award", "not_attempted", "kept", 0, 0, 0)),
    ],
)
def test_declined_no_answer_unreachable_and_not_attempted_are_four_facts(
    database: Database, verb: str, outcome: OutcomeName | None, written: tuple[Any, ...]
) -> None:
    cast, _ = _house(database)
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        assert end_award(work, cast.millbrook, held, verb, outcome)
        assert _contacts(work) == [written]


def test_a_row_for_short_notice_decides_over_the_outcomes_own_and_why_says_what_it_cost(database: Database) -> None:
    case = {"on": ["declined"], "notice_over_hours": 48, "turn": "kept", "hours": "charged", "points": 2}
    cast, about = _house(database, outcomes={"cases": [case]})
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        assert end_award(work, cast.millbrook, held, "decline")
        assert _contacts(work) == [("award", "declined", "kept", 480, 0, 2)]
        counts = _counts(work, cast.alvarez)
        assert (counts["minutes"], counts["turns"], counts["points"], counts["place"]) == (480, 0, 2, 1)
        edition = current(work, cast.millbrook.id, TODAY_SINCE)
        told = why(work, cast.millbrook, edition, cast.alvarez, about.opening).given
        assert told is not None
        assert (told.keeps_turn, told.spends_turn, told.charged_minutes) == (True, False, 480)


def test_points_are_given_with_the_award_and_taken_back_when_it_comes_to_nothing(database: Database) -> None:
    cast, _ = _house(database, outcomes={"accepted": {"turn": "spent", "hours": "charged", "points": 3}})
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        assert _counts(work, cast.alvarez)["points"] == 3
        assert accept_award(work, cast.millbrook, held)
        assert _counts(work, cast.alvarez)["points"] == 3
        assert end_award(work, cast.millbrook, held, "drop")
        assert _counts(work, cast.alvarez)["points"] == 0


@pytest.mark.parametrize(("offers_cost", "place", "refused"), [("free", 1, 0), ("as_awards", 4, 480)])
def test_saying_no_to_an_offer_costs_what_the_handbook_says(
    database: Database, offers_cost: str, place: int, refused: int
) -> None:
    cast, about = _house(database, outcomes={"offers": offers_cost})
    with at(database, cast.millbrook, AWARD) as work:
        offer_id = offers(work, cast.millbrook, cast.alvarez, about)
        assert end_offer(work, cast.millbrook.id, offer_id, "decline")
        counts = _counts(work, cast.alvarez)
        assert (counts["place"], counts["refused_minutes"], counts["offered_minutes"]) == (place, refused, 480)
        assert [row[1] for row in _contacts(work)] == ["declined"]


def test_a_call_is_recorded_by_the_same_verb_and_busy_is_no_refusal(database: Database) -> None:
    cast, about = _house(database, outcomes={"offers": "as_awards"})
    with at(database, cast.millbrook, AWARD) as work:
        edition = current(work, cast.millbrook.id, TODAY_SINCE)
        asked = Asked(cast.alvarez.id, about.id, "details", STARTS, STARTS + timedelta(hours=8), "offer", about.slot_id)
        record_contact(work, cast.millbrook.id, edition.rules, asked, "busy", channel="voice")
        assert _contacts(work) == [("offer", "busy", "kept", 0, 0, 0)]
        assert _counts(work, cast.alvarez)["place"] == 1
        channel = work.conn.execute(sa.text("select channel from contact")).scalar_one()
        assert channel == "voice"


def test_the_kind_of_leave_decides_and_is_looked_up_only_where_a_row_asks(database: Database) -> None:
    case = {"on": ["declined"], "leave": ["military"], "turn": "kept", "hours": "not_charged"}
    cast, _ = _house(database, outcomes={"cases": [case]})
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        work.conn.execute(
            sa.insert(tours).values(
                department_id=cast.millbrook.id,
                officer_id=cast.alvarez.id,
                kind="leave",
                leave_kind="military",
                during=span(STARTS - timedelta(days=1), STARTS + timedelta(days=1)),
            )
        )
        assert end_award(work, cast.millbrook, held, "decline")
        assert _contacts(work) == [("award", "declined", "kept", 0, 0, 0)]


def _places(work: Work) -> list[tuple[int, int]]:
    """Officers as they come next, with what they are owed."""
    rows = work.conn.execute(sa.text("select officer_id, owed from rotation order by owed = 0, place"))
    return [(row.officer_id, row.owed) for row in rows]


def test_in_a_circle_who_could_not_be_reached_is_owed_a_call_and_nobody_else_moves(database: Database) -> None:
    cast, about = _house(database, pools=[{"name": "details", "rotation": "circle"}])
    alvarez, brooks, chen = cast.alvarez.id, cast.brooks.id, cast.chen.id
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        assert _places(work) == [(brooks, 0), (chen, 0), (alvarez, 0)]
        assert end_award(work, cast.millbrook, held, "lose_contact")
        assert _places(work) == [(alvarez, 1), (brooks, 0), (chen, 0)]
        lock_persons(work, [cast.chen.person_id])
        assert accept_offer(work, cast.millbrook, cast.chen, offers(work, cast.millbrook, cast.chen, about))
        assert _places(work) == [(alvarez, 1), (brooks, 0), (chen, 0)]


@pytest.mark.parametrize("seed", range(4))
def test_a_circle_in_the_records_moves_as_the_rules_say(database: Database, seed: int) -> None:
    cast, _ = _house(database)
    dice, crew = Random(seed), [cast.alvarez.id, cast.brooks.id, cast.chen.id]
    with at(database, cast.millbrook, AWARD) as work:
        work.conn.execute(sa.text("set constraints rotation_place_unique immediate"))
        rows = work.conn.execute(sa.text("select officer_id, place from rotation")).all()
        by_rules = Rotations((CounterFacts(row.officer_id, "details", place=row.place) for row in rows), {"details"})
        for _ in range(40):
            who = dice.choice(crew)
            if dice.random() < 0.3:
                owe_call(work, cast.millbrook.id, who, "details")
                by_rules.owe(who, "details")
            else:
                spend_turn(work, cast.millbrook.id, who, "details", is_circle=True)
                by_rules.spend(who, "details")
            assert [one for one, _ in _places(work)] == sorted(
                crew, key=lambda each: by_rules.position(each, "details")
            )


def test_who_is_on_duty_when_his_turn_comes_is_skipped_once_and_loses_it_where_the_handbook_says(
    database: Database,
) -> None:
    skipped = {"turn": "spent", "hours": "not_charged"}
    cast, about = _house(database, outcomes={"skipped": skipped, "offers": "as_awards"})
    with at(database, cast.millbrook, AWARD) as work:
        work.conn.execute(
            sa.insert(tours).values(
                department_id=cast.millbrook.id,
                officer_id=cast.alvarez.id,
                kind="duty",
                during=span(STARTS, STARTS + timedelta(hours=2)),
            )
        )
        assert ask_next(work, cast.millbrook, about.slot_id) == 1
        work.flush()
        work.conn.execute(sa.text("update offer set state = 'declined'"))
        assert ask_next(work, cast.millbrook, about.slot_id) == 1
        assert _contacts(work) == [("offer", "skipped", "spent", 0, 0, 0)]
        assert work.conn.execute(sa.text("select reason from contact")).scalar_one() == "overlaps_tour"
        assert [one for one, _ in _places(work)][-1] == cast.alvarez.id


def test_what_a_refusal_cost_is_taken_back_from_who_is_ordered_in(database: Database) -> None:
    declined = {"turn": "spent", "hours": "charged", "points": -2}
    cast, about = _house(database, outcomes={"declined": declined, "offers": "as_awards"})
    with at(database, cast.millbrook, AWARD) as work:
        end_offer(work, cast.millbrook.id, offers(work, cast.millbrook, cast.alvarez, about), "decline")
        work.flush()
        paid = _counts(work, cast.alvarez)
        assert (paid["minutes"], paid["points"], paid["refused_minutes"]) == (480, -2, 480)
        take_back(work, cast.millbrook.id, cast.alvarez.id, about.opening)
        left = _counts(work, cast.alvarez)
        assert (left["minutes"], left["points"], left["refused_minutes"], left["turns"]) == (0, 0, 0, 1)
        assert [row[1] for row in _contacts(work)] == ["declined"]


def test_a_text_that_the_carrier_took_is_a_contact_once(database: Database) -> None:
    cast, _ = _house(database)
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        message_id = work.conn.execute(
            sa.text(
                "insert into message_out (department_id, line_id, to_number, prompt, body, segments, subject_kind,"
                " subject_id, due_at, made_at) select :d, id, '+19785550199', 'award.awarded', 'x', 1, 'assignment',"
                " :held, now(), now() from line limit 1 returning id"
            ),
            {"d": cast.millbrook.id, "held": held},
        ).scalar_one()
        note_sent(work, cast.millbrook.id, [message_id])
        note_sent(work, cast.millbrook.id, [message_id])
        assert _contacts(work) == [("award", "sent", None, 0, 0, 0)]


def test_contacts_are_never_changed(database: Database) -> None:
    cast, _ = _house(database)
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        end_award(work, cast.millbrook, held, "decline")
    with pytest.raises(sa.exc.DBAPIError), at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update contact set outcome = 'accepted'"))


def test_hours_are_corrected_at_check_out_and_again_when_another_time_is_stated(database: Database) -> None:
    cast, _ = _house(database, pools=[{"name": "details", "credit": {"hours": "worked", "minimum_hours": 3}}])
    held = _awarded(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        assert accept_award(work, cast.millbrook, held)
    with at(database, cast.millbrook, STARTS) as work:
        check_in(work, cast.alvarez, held)
    with at(database, cast.millbrook, STARTS + timedelta(hours=9)) as work:
        assert _counts(work, cast.alvarez)["minutes"] == 480
        check_out(work, cast.alvarez, held)
        assert _counts(work, cast.alvarez)["minutes"] == 540
        check_out(work, cast.alvarez, held, STARTS + timedelta(hours=2))
        assert _counts(work, cast.alvarez)["minutes"] == 180


def test_an_offer_that_is_taken_counts_the_least_credit_and_the_offer(database: Database) -> None:
    cast, about = _house(database, pools=[{"name": "details", "credit": {"minimum_hours": 10}}])
    with at(database, cast.millbrook, AWARD) as work:
        lock_persons(work, [cast.brooks.person_id])
        offer_id = offers(work, cast.millbrook, cast.brooks, about)
        assert accept_offer(work, cast.millbrook, cast.brooks, offer_id).outcome == "accepted"
        counts = _counts(work, cast.brooks)
        assert (counts["minutes"], counts["offered_minutes"], counts["turns"]) == (600, 480, 1)
        assert _contacts(work) == [("offer", "accepted", "spent", 600, 0, 0)]
