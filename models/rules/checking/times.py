"""Times that do not fit together: closing, answering, dropping, replacing, coming."""

from models.rules.checking.finding import Findings, error, figure, note, warning
from models.rules.handbook import Handbook


def times(handbook: Handbook) -> Findings:
    """What is found in the times from the close of sign-up to the start."""
    yield from _award(handbook)
    yield from _answer(handbook)
    yield from _drops(handbook)
    yield from _replacement(handbook)


def _award_hours_before(handbook: Handbook) -> float:
    return handbook.signup.closes_hours_before - handbook.signup.award_after_close_minutes / 60


def _award(handbook: Handbook) -> Findings:
    if _award_hours_before(handbook) <= 0:
        yield error(
            ("signup", "award_after_close_minutes"),
            f"the award is made {handbook.signup.award_after_close_minutes} minutes after a close that is "
            f"{figure(handbook.signup.closes_hours_before)} hours before the start: the detail has begun by then",
        )


def _answer(handbook: Handbook) -> Findings:
    clause, award = handbook.answer, _award_hours_before(handbook)
    left = round((award - clause.due_hours_before_start) * 60)
    if award > 0 and left < clause.minutes:
        yield warning(
            ("answer", "minutes"),
            f"nobody gets {clause.minutes} minutes to answer: an award {figure(award)} hours before the start leaves "
            f"{max(left, clause.least_minutes)} (answer.due_hours_before_start, answer.least_minutes)",
        )
    if 0 < award * 60 < clause.least_minutes:
        yield error(
            ("answer", "least_minutes"),
            f"{clause.least_minutes} minutes is longer than from the award to the start, {figure(award)} hours",
        )
    for place, minutes in enumerate(clause.remind_after_minutes):
        if minutes >= clause.minutes:
            yield warning(
                ("answer", "remind_after_minutes", place),
                f"never sent: after {minutes} minutes the {clause.minutes} to answer are over (answer.minutes)",
            )


def _drops(handbook: Handbook) -> Findings:
    clause, award = handbook.drops, _award_hours_before(handbook)
    if 0 < award <= clause.free_until_hours_before:
        yield warning(
            ("drops", "free_until_hours_before"),
            f"nobody can drop free: awards are made {figure(award)} hours before the start (signup), and a drop is "
            f"free only until {figure(clause.free_until_hours_before)} hours before it",
        )
    if clause.free_until_hours_before == clause.locked_within_hours_before:
        yield warning(
            ("drops", "locked_within_hours_before"),
            "there is no time in which a drop needs a replacement: it is free until "
            f"{figure(clause.free_until_hours_before)} hours before the start and locked from there; "
            "late_drop_bar_days and forgiven_if_replaced never apply",
        )
    if clause.locked_within_hours_before == 0:
        yield note(("drops", "locked_within_hours_before"), "0: a drop is never locked, up to the minute of the start")
    if 0 < award <= clause.locked_within_hours_before:
        yield warning(
            ("drops", "locked_within_hours_before"),
            f"every drop is locked: awards are made {figure(award)} hours before the start (signup)",
        )


def _replacement(handbook: Handbook) -> Findings:
    clause, locked = handbook.replacement, handbook.drops.locked_within_hours_before
    if clause.then == "nobody" and not clause.standby_first:
        yield warning(
            ("replacement", "then"), "nobody is ever asked to replace: standby_first is false and then is nobody"
        )
    if clause.then == "nobody" and handbook.awarding.standbys == 0:
        yield warning(
            ("replacement", "then"), "nobody is ever asked to replace: no standbys are kept (awarding.standbys)"
        )
    if 0 < locked * 60 < clause.answer_minutes:
        yield warning(
            ("replacement", "answer_minutes"),
            f"an offer stands {clause.answer_minutes} minutes, longer than from the last drop to the start, "
            f"{figure(locked)} hours (drops.locked_within_hours_before): only one officer is asked",
        )
