"""Times that do not fit together: closing, answering, dropping, replacing, coming."""

from models.rules.checking.finding import Findings, Path, error, figure, note, warning
from models.rules.checking.moments import moments
from models.rules.clauses.working import Answer
from models.rules.handbook import Handbook

#: A free time that ends a year before the start is there to say that no drop is free.
NEVER_FREE = 8784


def times(handbook: Handbook) -> Findings:
    """What is found in the times from the close of sign-up to the start."""
    yield from _award(handbook)
    yield from _answers(handbook)
    yield from _drops(handbook)
    yield from _replacement(handbook)


def _award(handbook: Handbook) -> Findings:
    for each in moments(handbook):
        if each.is_fixed and each.last <= 0:
            yield error(
                ("signup", "award_after_close_minutes")
                if each.band.award_after_close_minutes is None
                else ("notice", "bands", each.number, "award_after_close_minutes"),
                "the award is made so long after the close of sign-up that the detail has begun by then",
            )


def _answers(handbook: Handbook) -> Findings:
    for each in moments(handbook):
        own = each.band.answer
        path: Path = ("answer",) if own is None else ("notice", "bands", each.number, "answer")
        if each.is_fixed and each.first > 0:
            yield from _answer(own or handbook.answer, path, each.first)
    yield from _reminders(handbook.answer, ("answer",))


def _answer(clause: Answer, path: Path, award: float) -> Findings:
    left = round((award - clause.due_hours_before_start) * 60)
    if left < clause.minutes:
        yield warning(
            (*path, "minutes"),
            f"nobody gets {clause.minutes} minutes to answer: an award {figure(award)} hours before the start leaves "
            f"{max(left, clause.least_minutes)} (due_hours_before_start, least_minutes)",
        )
    if award * 60 < clause.least_minutes:
        yield error(
            (*path, "least_minutes"),
            f"{clause.least_minutes} minutes is longer than from the award to the start, {figure(award)} hours",
        )


def _reminders(clause: Answer, path: Path) -> Findings:
    for place, minutes in enumerate(clause.remind_after_minutes):
        if minutes >= clause.minutes:
            yield warning(
                (*path, "remind_after_minutes", place),
                f"never sent: after {minutes} minutes the {clause.minutes} to answer are over",
            )


def _drops(handbook: Handbook) -> Findings:
    clause, award = handbook.drops, max(each.first for each in moments(handbook))
    costs = clause.late_drop_bar_days > 0 or any(ladder.on == "late_drop" for ladder in clause.ladders)
    if costs and 0 < award <= clause.free_until_hours_before < NEVER_FREE:
        yield warning(
            ("drops", "free_until_hours_before"),
            f"nobody can drop free: awards are made {figure(award)} hours before the start (signup, notice), "
            f"and a drop is free only until {figure(clause.free_until_hours_before)} hours before it; "
            f"for a time in which it is free, write fewer than {figure(award)}, or award earlier",
        )
    if clause.free_until_hours_before == clause.locked_within_hours_before > 0:
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
            f"every drop is locked: awards are made {figure(award)} hours before the start (signup, notice)",
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
