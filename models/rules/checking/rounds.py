"""Rounds that leave gaps, that can never open, or in which nobody is left to be awarded anything."""

from itertools import pairwise

from models.rules.checking.finding import Findings, Path, error, figure, note, warning
from models.rules.checking.moments import FAR, moments
from models.rules.clauses.rounds import Round
from models.rules.clauses.tiers import AtMost, Who
from models.rules.handbook import Handbook


def rounds(handbook: Handbook) -> Findings:
    """What is found in the rounds, one by one and beside each other."""
    yield from _gaps(handbook)
    for place, each in enumerate(handbook.awarding.rounds):
        path: Path = ("awarding", "rounds", place)
        yield from _never_opens(handbook, each, path)
        yield from _nothing_left(handbook.awarding.rounds[:place], each, path)
        yield from _order(handbook, each, path)
        yield from _cap(handbook, each, path)
        yield from _lifts(handbook, each, path)


def _window(each: Round) -> tuple[float, float]:
    """The hours before the start in which a round is open: more than the first, at most the second."""
    first = each.from_hours_before
    return each.until_hours_before or 0, FAR if first is None else first


def _goes_by_days(each: Round) -> bool:
    edges = (each.from_days_before, each.until_days_before, each.from_on, each.until_on)
    return any(edge is not None for edge in edges)


def _gaps(handbook: Handbook) -> Findings:
    """Hours before the start at which no round takes a slot; nothing is said of rounds that go by calendar days."""
    if any(_goes_by_days(each) for each in handbook.awarding.rounds):
        return
    windows = sorted(_window(each) for each in handbook.awarding.rounds)
    covered = [(0.0, 0.0), *windows, (FAR, FAR)]
    reached = 0.0
    for (_, last), (following, _) in pairwise(covered):
        reached = max(reached, last)
        if following > reached:
            until = "and more" if following == FAR else f"to {figure(following)}"
            yield warning(
                ("awarding", "rounds"),
                f"no round is open {figure(reached)} {until} hours before the start: an award made then gives nobody "
                f"the slot; let a round reach there (until_hours_before, from_hours_before)",
            )


def _never_opens(handbook: Handbook, each: Round, path: Path) -> Findings:
    until, opens = _window(each)
    used = [one for one in moments(handbook) if not one.band.rounds or each.name in one.band.rounds]
    if not used or any(one.first > until and one.last <= opens for one in used):
        return
    when = ", ".join(f"{figure(one.first)} hours before the start" for one in used)
    if all(one.last > opens for one in used):
        yield warning(
            (*path, "from_hours_before"),
            f"round {each.name!r} opens {figure(opens)} hours before the start, but awards are made {when} (signup, "
            "notice): it only takes details that are posted with a later close",
        )
    else:
        yield warning(
            (*path, "until_hours_before"),
            f"round {each.name!r} ends {figure(until)} hours before the start, and awards are made {when} (signup, "
            "notice): it only takes details that are posted with an earlier close",
        )


def _nothing_left(before: tuple[Round, ...], each: Round, path: Path) -> Findings:
    first, last = _window(each)
    if each.orders or _goes_by_days(each):
        return
    for earlier in before:
        if earlier.orders or _goes_by_days(earlier):
            continue
        covers = _window(earlier)[0] <= first and last <= _window(earlier)[1]
        takes_more = not earlier.goes_by_tours or _by_tours(earlier) == _by_tours(each)
        if covers and takes_more and earlier.who in (Who(), each.who) and _is_unlimited(earlier.at_most):
            yield warning(
                path,
                f"round {each.name!r} never awards anything: round {earlier.name!r} comes before it, is open to the "
                "same officers at the same time, and has no at_most, so it leaves nobody who could still be awarded",
            )
            return


def _by_tours(each: Round) -> tuple[str | None, int, str | None]:
    return each.beside_tour, each.beside_tour_minutes, each.on_day


def _is_unlimited(at_most: AtMost) -> bool:
    return at_most.details is None and at_most.hours is None


def _order(handbook: Handbook, each: Round, path: Path) -> Findings:
    keys = [key.key for key in each.order]
    for place, key in enumerate(keys):
        same = _all_alike(handbook, each, key)
        if same:
            yield warning((*path, "order", place), f"{key} never decides in round {each.name!r}: {same}")
    if len(keys) == 2 and keys[0] in _OFTEN_TIE:
        yield note(
            (*path, "order"), f"{keys[0]} often ties, and then the badge decides; seniority after it is more usual"
        )


_OFTEN_TIE = ("rank", "preference", "own_unit", "fewest_hours", "fewest_turns", "points", "job_class")


def _all_alike(handbook: Handbook, each: Round, key: str) -> str | None:
    """Why all candidates of a round are alike by a key, if they are."""
    if key == "rank" and (len(handbook.ranks) == 1 or len(each.who.ranks) == 1):
        return "all in it have the same rank"
    if key == "job_class" and len(handbook.job_classes) < 2:
        return "the handbook's job_classes do not tell officers apart"
    if key == "own_unit" and (each.who.own_unit or handbook.eligibility.only_own_unit):
        return "all in it are of the detail's unit"
    return None


def _lifts(handbook: Handbook, each: Round, path: Path) -> Findings:
    names = {rule.name for rule in (*handbook.rest, *handbook.limits, handbook.travel)} - {""}
    for place, name in enumerate(each.lifts):
        if name not in names:
            yield error(
                (*path, "lifts", place),
                f"round {each.name!r} lifts {name!r}, but no limit and no rest has that name"
                + (f"; there are {', '.join(sorted(names))}" if names else ""),
            )


def _cap(handbook: Handbook, each: Round, path: Path) -> Findings:
    most, least = each.at_most.hours, handbook.pay.least_hours
    if most is not None and most < least:
        yield warning(
            (*path, "at_most", "hours"),
            f"at most {figure(most)} hours is less than the {figure(least)} that a detail pays at least "
            "(pay.minimum_hours): hardly any detail is short enough",
        )
