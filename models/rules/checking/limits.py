"""Limits and rests that never stop anybody, or that stop everybody."""

from collections.abc import Sequence

from models.rules.checking.finding import Finding, Findings, Path, error, figure, note, warning
from models.rules.clauses.hours import Rest, TimeRule, kinds_of
from models.rules.clauses.limits import CalendarLimit, Limit, RollingLimit, WindowLimit
from models.rules.clauses.limits_in_a_row import DaysLimit, ShiftsLimit
from models.rules.handbook import Handbook

_LONGEST_REST = 168 * 60
_HOURS_IN = {"day": 25, "week": 169, "28_days": 673, "month": 745}


def limits(handbook: Handbook) -> Findings:
    """What is found in limits and rests."""
    for place, each in enumerate(handbook.limits):
        path: Path = ("limits", place)
        yield from _one(handbook, each, path)
        yield from _beside(handbook.limits[:place], each, path)
    for place, rest in enumerate(handbook.rest):
        yield from _rest(rest, ("rest", place))
    yield from _never_asked(handbook)
    yield from _lifted(handbook)
    yield from _never_back(handbook)


def _never_asked(handbook: Handbook) -> Findings:
    """Rules about orders in a handbook that orders nobody."""
    if handbook.awarding.orders_in:
        return
    named: tuple[tuple[str, Sequence[TimeRule]], ...] = (("limits", handbook.limits), ("rest", handbook.rest))
    for where, rules in named:
        for place, rule in enumerate(rules):
            if rule.holds_for == "orders":
                yield warning((where, place, "holds_for"), "never holds: no round of awarding orders officers in")


def _never_back(handbook: Handbook) -> Findings:
    """Who is off the list until the next turn of a pool that never turns would never be back: so he is not put off."""
    for place, each in enumerate(handbook.consequences):
        lasting = [pool.name for pool in handbook.pools if pool.reset.period == "never"]
        if lasting and (each.off_days is None or each.within_days is None):
            yield error(
                ("consequences", place),
                f"counts by the turns of {lasting[0]!r}, which has none: say within_days and off_days, or its reset",
            )


def _lifted(handbook: Handbook) -> Findings:
    """An emergency lifts by name: a name that is nobody's lifts nothing when it is needed."""
    known = {each.name for each in (*handbook.limits, *handbook.rest) if each.name}
    for place, name in enumerate(handbook.emergency.lifts if handbook.emergency else ()):
        if name not in known:
            yield error(("emergency", "lifts", place), f"{name!r} is the name of no limit and no rest")


def _one(handbook: Handbook, limit: Limit, path: Path) -> Findings:
    is_without_it = isinstance(limit, WindowLimit) and limit.is_without_it
    if "details" not in limit.counts and not is_without_it:
        yield warning((*path, "counts"), "no hours of details count, so this limit never keeps anybody from one")
        return
    if isinstance(limit, DaysLimit | ShiftsLimit) or limit.most_minutes is None:
        return
    if is_without_it and limit.most_minutes:
        return
    if limit.most_minutes == 0:
        yield error((*path, "hours"), "a limit of 0 hours forbids every detail")
    elif limit.most_minutes < handbook.pay.least_hours * 60:
        yield _shorter_than_pay(handbook, limit.most_minutes, path)
    window = _minutes_in(limit)
    if window is not None and limit.most_minutes >= window:
        yield warning(
            (*path, "hours"),
            f"never keeps anybody from anything: there are no more than {figure(window / 60)} hours in "
            + (f"a {limit.period}".replace("_", " ") if isinstance(limit, CalendarLimit) else "that stretch"),
        )
    if isinstance(limit, CalendarLimit):
        yield from _unused(limit, path)


def _minutes_in(limit: Limit) -> int | None:
    """How long the longest window of a limit is; None where that is without end."""
    if isinstance(limit, RollingLimit):
        return limit.window_minutes
    if isinstance(limit, CalendarLimit):
        return (_HOURS_IN[limit.period] if limit.days_long is None else 24 * limit.days_long + 1) * 60
    return None


def _shorter_than_pay(handbook: Handbook, most_minutes: int, path: Path) -> Finding:
    return warning(
        (*path, "hours"),
        f"{figure(most_minutes / 60)} hours is less than the {figure(handbook.pay.least_hours)} that a detail "
        "pays at least (pay.minimum_hours): hardly any detail is short enough",
    )


def _unused(limit: CalendarLimit, path: Path) -> Findings:
    said = limit.model_fields_set
    if "week_starts" in said and limit.period != "week":
        yield note((*path, "week_starts"), f"has no meaning for a limit per {limit.period}".replace("_", " "))
    if limit.anchor_on is not None and limit.period not in ("28_days", "days"):
        yield note((*path, "anchor_on"), f"has no meaning for a limit per {limit.period}".replace("_", " "))


def _beside(before: tuple[Limit, ...], limit: Limit, path: Path) -> Findings:
    """A limit that an earlier or later one of the same window makes needless."""
    for place, other in enumerate(before):
        if _plain_window(limit) is None or _plain_window(other) != _plain_window(limit):
            continue
        one, two = _most_minutes(limit), _most_minutes(other)
        looser, tighter = (limit, other) if one >= two else (other, limit)
        if set(looser.counts) <= set(tighter.counts):
            which = path if looser is limit else ("limits", place)
            yield warning(
                which,
                f"never decides: the limit of {figure(min(one, two) / 60)} hours in the same window counts as "
                f"much or more (limits[{place if looser is limit else path[1]}])",
            )


def _most_minutes(limit: Limit) -> int:
    return 0 if isinstance(limit, DaysLimit | ShiftsLimit) else limit.most_minutes or 0


def _plain_window(limit: Limit) -> tuple[object, ...] | None:
    """The window of a limit on hours that holds for everybody and everything alike; None for any other limit."""
    if isinstance(limit, DaysLimit | ShiftsLimit) or limit.most_minutes is None or limit.details is not None:
        return None
    if not limit.only.is_everyone or limit.counts_pools or limit.counts_kinds or limit.binds_from != "signup":
        return None
    if limit.counts_orders or limit.holds_for != "all" or (isinstance(limit, WindowLimit) and limit.is_without_it):
        return None
    if isinstance(limit, RollingLimit):
        return "rolling", limit.window_minutes
    if not isinstance(limit, CalendarLimit) or limit.raised_by or limit.long:
        return None
    week = limit.week_starts if limit.period == "week" else None
    return limit.period, week, limit.days_long, limit.anchor_on, limit.begins_at, limit.split


def _rest(rest: Rest, path: Path) -> Findings:
    if rest.hours is not None and rest.least_minutes == 0:
        yield warning((*path, "hours"), "a rest of 0 hours is none")
    if rest.least_minutes > _LONGEST_REST and rest.after_hours is None:
        yield warning(
            (*path, "hours"),
            f"{figure(rest.least_minutes / 60)} hours is longer than a week: whoever has a tour in each keeps to none",
        )
    if rest.until_tour is None and "details" not in rest.after and "details" not in rest.before:
        yield warning(path, "never keeps anybody from a detail: put details among after or before")
    if rest.tours_starting is not None and not _is_about_tours(rest):
        yield warning((*path, "tours_starting"), "has no meaning: no tours stand among after and before")
    if rest.tours_starting is not None and rest.tours_starting.from_time == rest.tours_starting.until_time:
        yield warning((*path, "tours_starting"), "from_time and until_time are the same: every tour is meant")


def _is_about_tours(rest: Rest) -> bool:
    return not kinds_of(("tours",)).isdisjoint(kinds_of((*rest.after, *rest.before)))
