"""Rows of outcomes that no circumstance reaches, and counts that no order reads."""

from typing import get_args

from models.rules.checking.finding import Findings, note, warning
from models.rules.clauses.outcomes import OutcomeCase, OutcomeName
from models.rules.handbook import Handbook


def counting(handbook: Handbook) -> Findings:
    """What is found in the table of outcomes and in the pools."""
    yield from _cases(handbook)
    keys = _keys(handbook)
    yield from _points(handbook, keys)
    yield from _reads(handbook, keys)


def _cases(handbook: Handbook) -> Findings:
    for place, case in enumerate(handbook.outcomes.cases):
        before = handbook.outcomes.cases[:place]
        hidden = next((number for number, other in enumerate(before) if _covers(other, case)), None)
        if hidden is not None:
            yield warning(
                ("outcomes", "cases", place),
                f"never decides: cases[{hidden}] comes before it and fits always when it does",
            )


def _covers(one: OutcomeCase, other: OutcomeCase) -> bool:
    """Whether the first row fits whenever the second does."""
    return (
        set(other.on) <= set(one.on)
        and all(_wider(getattr(one, name), getattr(other, name)) for name in ("steps", "rounds", "leave"))
        and all(getattr(one, name) in (None, getattr(other, name)) for name in ("may_be_called", "replaced"))
        and (one.notice_under_hours is None or (other.notice_under_hours or 9999) <= one.notice_under_hours)
        and (one.notice_over_hours is None or (other.notice_over_hours or 0) >= one.notice_over_hours)
    )


def _wider(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or (bool(other) and set(other) <= set(one))


def _keys(handbook: Handbook) -> set[str]:
    """Everything that anybody is ordered by."""
    ladders = (band.ladder.order for band in handbook.notice.bands if band.ladder and band.ladder.order)
    in_rounds = {key for each in handbook.awarding.rounds for key in each.keys}
    return in_rounds | {key.key for order in ladders for key in order}


def _points(handbook: Handbook, keys: set[str]) -> Findings:
    outcomes = handbook.outcomes
    rows = [outcomes.row(name) for name in get_args(OutcomeName)]
    gives = any(each.points for each in (*rows, *outcomes.cases))
    if "points" in keys and not gives:
        yield warning(("awarding", "rounds"), "points never decides: no outcome gives any (outcomes, points)")
    if gives and "points" not in keys:
        yield note(("outcomes",), "points are given, and no order goes by them")


def _reads(handbook: Handbook, keys: set[str]) -> Findings:
    for place, pool in enumerate(handbook.pools):
        if "fewest_hours" not in keys and pool.counts != ("hours",):
            yield note(("pools", place, "counts"), "no order goes by fewest_hours, so these sums are only shown")
        if "rotation" not in keys and pool.reset.rotation != "as_it_stands":
            yield warning(("pools", place, "reset", "rotation"), "no order goes by rotation, so nothing is sorted anew")
