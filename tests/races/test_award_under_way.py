"""An award run among people who sign up, withdraw and answer at the same moment: all or nothing, nobody forgotten."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import end_award
from models.awarding.deciding import award as awarding
from models.awarding.deciding.award import run_award
from models.awarding.signing_up.signup import sign_up, withdraw
from models.details.opening import opening
from models.details.posting import close_posting
from models.people.officer import Officer
from models.people.person import lock_persons
from models.retry import whole
from models.session import Database, Work
from models.working.assignment import SlotTaken
from tests.cast import MONDAY, Cast, Posted, assigns, at, handbook_of, post_detail, signed_up, signs_up
from tests.races.racing import race

STARTS = MONDAY + timedelta(days=3)
AWARD = MONDAY + timedelta(hours=1)
JUST_BEFORE = AWARD - timedelta(seconds=1)


def _award(database: Database, cast: Cast) -> int | None:
    def attempt() -> int | None:
        with at(database, cast.millbrook, AWARD) as work:
            return run_award(work, cast.millbrook)

    return whole(attempt, lost=(SlotTaken,))


def _begin(run: Callable[[], Any]) -> Future[Any]:
    """Start `run` beside us, and leave it time to end, or to get where it must wait for us."""
    pool = ThreadPoolExecutor(1)
    running = pool.submit(run)
    pool.shutdown(wait=False)
    with suppress(TimeoutError):
        running.exception(timeout=0.25)
    return running


def _signs_up_in_turn(work: Work, cast: Cast, who: Officer, about: Posted) -> str:
    lock_persons(work, [who.person_id])
    seen = opening(work, cast.millbrook.id, about.id)
    return sign_up(work, cast.millbrook, handbook_of(work, cast.millbrook), who, [seen])[0].outcome


def _outcomes(work: Work, about: Posted) -> dict[int, str]:
    rows = work.conn.execute(sa.text("select officer_id, outcome from verdict where opening_id = :o"), {"o": about.id})
    return {row.officer_id: row.outcome for row in rows}


def test_who_withdraws_while_the_award_waits_for_him_is_not_awarded(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
        signs_up(work, cast.millbrook, cast.brooks, about)
    with at(database, cast.millbrook, JUST_BEFORE) as work:
        lock_persons(work, [cast.alvarez.person_id])
        withdraw(work, cast.alvarez, about.id)
        awarding_now = _begin(partial(_award, database, cast))
    assert awarding_now.result()
    with at(database, cast.millbrook) as work:
        assert _outcomes(work, about) == {cast.brooks.id: "awarded"}


def test_a_sign_up_in_the_last_second_is_waited_for_and_judged(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.brooks, about)
    with at(database, cast.millbrook, JUST_BEFORE) as work:
        assert _signs_up_in_turn(work, cast, cast.alvarez, about) == "signed_up"
        awarding_now = _begin(partial(_award, database, cast))
    assert awarding_now.result()
    with at(database, cast.millbrook) as work:
        assert _outcomes(work, about) == {cast.alvarez.id: "awarded", cast.brooks.id: "standby"}


@pytest.mark.parametrize("ending", ["award", "close"])
def test_a_sign_up_that_comes_while_the_posting_ends_is_told_closed(
    database: Database, cast: Cast, ending: str
) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.brooks, about)

    def late() -> str:
        with at(database, cast.millbrook, JUST_BEFORE) as work:
            return _signs_up_in_turn(work, cast, cast.alvarez, about)

    with at(database, cast.millbrook, AWARD) as work:
        if ending == "award":
            run_award(work, cast.millbrook)
        else:
            close_posting(work, cast.millbrook.id, about.posting_id)
        signing = _begin(late)
    assert signing.result() == "closed"
    with at(database, cast.millbrook) as work:
        assert signed_up(work, cast.millbrook, about) == {cast.brooks.id}


def test_hours_given_back_while_an_award_is_made_stay_given_back(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        first, second = (
            post_detail(work, cast.millbrook, STARTS + timedelta(days=day), award_at=MONDAY + timedelta(hours=1 + day))
            for day in range(2)
        )
        signs_up(work, cast.millbrook, cast.alvarez, first)
        signs_up(work, cast.millbrook, cast.alvarez, second)
    _award(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        held = work.conn.execute(sa.text("select id from assignment where officer_id = :o"), {"o": cast.alvarez.id})
        assignment_id = held.scalar_one()
        assert _minutes(work, cast.alvarez) == 480

    def award_second() -> int | None:
        with at(database, cast.millbrook, AWARD + timedelta(hours=1)) as work:
            return run_award(work, cast.millbrook)

    with at(database, cast.millbrook, AWARD) as work:
        end_award(work, cast.millbrook, assignment_id, "lapse")
        awarding_now = _begin(award_second)
    assert awarding_now.result()
    with at(database, cast.millbrook) as work:
        assert _minutes(work, cast.alvarez) == 480


def test_after_the_award_a_signup_is_no_longer_there_to_be_withdrawn(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    _award(database, cast)
    with at(database, cast.millbrook, AWARD) as work:
        assert not withdraw(work, cast.alvarez, about.id)


def test_two_award_runs_at_once_award_everything_once(database: Database, cast: Cast) -> None:
    for day in range(8):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day), count_slots=2)
            for who in (cast.alvarez, cast.brooks, cast.chen):
                signs_up(work, cast.millbrook, who, about)
        ends = race([partial(_award, database, cast)] * 3)
        assert sorted(isinstance(end, int) for end in ends) == [False, False, True], ends
        assert [end for end in ends if not isinstance(end, int)] == [None, None]
        with at(database, cast.millbrook) as work:
            found = sorted(_outcomes(work, about).values())
            assert found == ["awarded", "awarded", "standby"]


def test_an_award_among_sign_ups_and_withdrawals_forgets_nobody_and_awards_nobody_who_left(
    database: Database, cast: Cast
) -> None:
    crew = (cast.alvarez, cast.brooks, cast.chen, cast.diaz)

    def comes(who: Officer, about: Posted) -> str:
        with at(database, cast.millbrook, JUST_BEFORE) as work:
            return _signs_up_in_turn(work, cast, who, about)

    def leaves(who: Officer, about: Posted) -> bool:
        with at(database, cast.millbrook, JUST_BEFORE) as work:
            lock_persons(work, [who.person_id])
            return withdraw(work, who, about.id)

    for day in range(12):
        with at(database, cast.millbrook) as work:
            about = post_detail(work, cast.millbrook, STARTS + timedelta(days=day), count_slots=2)
            for who in crew[:2]:
                signs_up(work, cast.millbrook, who, about)
        runs = [partial(whole, partial(leaves, who, about)) for who in crew[:2]]
        runs += [partial(whole, partial(comes, who, about)) for who in crew[2:]]
        ends = race([partial(_award, database, cast), *runs])
        assert isinstance(ends[0], int), ends
        with at(database, cast.millbrook) as work:
            left = {who.id for who, end in zip(crew[:2], ends[1:3], strict=True) if end}
            came = {who.id for who, end in zip(crew[2:], ends[3:], strict=True) if end == "signed_up"}
            standing = signed_up(work, cast.millbrook, about)
            assert standing == ({who.id for who in crew[:2]} - left) | came
            assert set(_outcomes(work, about)) == standing, "a verdict for everyone who stood, and nobody else"


def test_an_award_that_fails_at_its_end_leaves_nothing_behind(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2)
        for who in (cast.alvarez, cast.brooks):
            signs_up(work, cast.millbrook, who, about)
    before = _everything(database, cast)

    def fails(*_: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(awarding, "_close_postings", fails)
        with pytest.raises(RuntimeError):
            _award(database, cast)
    assert _everything(database, cast) == before
    assert _award(database, cast)


def test_an_award_whose_officer_was_taken_behind_its_back_is_made_again_without_him(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should somebody ever give time without the lock, the constraint refuses the run, and the next one sees it."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.grant_in_millbrook, about)
        signs_up(work, cast.millbrook, cast.diaz, about)
        work.conn.execute(
            sa.text("update officer set seniority_on = '1990-01-01' where id = :o"), {"o": cast.grant_in_millbrook.id}
        )
    decide, tries = awarding.rule.award, []

    def decide_while_harbor_takes_him(facts: Any) -> Any:
        tries.append(facts)
        if len(tries) == 1:
            monkeypatch.setattr("tests.cast.lock_persons", lambda *_: None)
            with at(database, cast.harbor) as work:
                assigns(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, STARTS))
        return decide(facts)

    monkeypatch.setattr(awarding.rule, "award", decide_while_harbor_takes_him)
    assert _award(database, cast)
    assert len(tries) == 2
    with at(database, cast.millbrook) as work:
        assert _outcomes(work, about) == {cast.grant_in_millbrook.id: "ineligible", cast.diaz.id: "awarded"}


def _minutes(work: Work, who: Officer) -> int:
    return work.conn.execute(
        sa.text("select minutes from hours_count where officer_id = :o"), {"o": who.id}
    ).scalar_one()


def _everything(database: Database, cast: Cast) -> dict[str, int]:
    tables = ("award", "verdict", "assignment", "duty", "event", "hours_count", "rotation")
    with at(database, cast.millbrook) as work:
        counts = {name: work.conn.execute(sa.text(f"select count(*) from {name}")).scalar_one() for name in tables}
        held = work.conn.execute(sa.text("select count(*) from slot where state <> 'open'")).scalar_one()
        open_ones = work.conn.execute(sa.text("select count(*) from posting where state = 'open'")).scalar_one()
    return {**counts, "held": held, "open": open_ones}
