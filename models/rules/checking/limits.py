"""Limits and rests that never stop anybody, or that stop everybody."""

from models.rules.checking.finding import Finding, Findings, Path, error, figure, note, warning
from models.rules.clauses.eligibility import CalendarLimit, Limit, Rest, RollingLimit
from models.rules.handbook import Handbook

_HOURS_IN = {"day": 25, "week": 169, "28_days": 673, "month": 745}


def limits(handbook: Handbook) -> Findings:
    """What is found in limits and rests."""
    for place, each in enumerate(handbook.limits):
        path: Path = ("limits", place)
        yield from _one(handbook, each, path)
        yield from _beside(handbook.limits[:place], each, path)
    for place, rest in enumerate(handbook.rest):
        yield from _rest(rest, ("rest", place))


def _one(handbook: Handbook, limit: Limit, path: Path) -> Findings:
    if "details" not in limit.counts:
        yield warning((*path, "counts"), "no hours of details count, so this limit never keeps anybody from one")
        return
    if limit.most_minutes == 0:
        yield error((*path, "hours"), "a limit of 0 hours forbids every detail")
    elif limit.most_minutes < handbook.pay.minimum_hours * 60:
        yield _shorter_than_pay(handbook, limit, path)
    window = limit.window_minutes if isinstance(limit, RollingLimit) else _HOURS_IN[limit.period] * 60
    if limit.most_minutes >= window:
        yield warning(
            (*path, "hours"),
            f"never keeps anybody from anything: there are no more than {figure(window / 60)} hours in "
            + ("that stretch" if isinstance(limit, RollingLimit) else f"a {limit.period}".replace("_", " ")),
        )
    if isinstance(limit, CalendarLimit):
        yield from _unused(limit, path)


def _shorter_than_pay(handbook: Handbook, limit: Limit, path: Path) -> Finding:
    return warning(
        (*path, "hours"),
        f"{figure(limit.most_minutes / 60)} hours is less than the {figure(handbook.pay.minimum_hours)} that a detail "
        "pays at least (pay.minimum_hours): hardly any detail is short enough",
    )


def _unused(limit: CalendarLimit, path: Path) -> Findings:
    said = limit.model_fields_set
    if "week_starts" in said and limit.period != "week":
        yield note((*path, "week_starts"), f"has no meaning for a limit per {limit.period}".replace("_", " "))
    if limit.anchor_on is not None and limit.period != "28_days":
        yield note((*path, "anchor_on"), f"has no meaning for a limit per {limit.period}".replace("_", " "))


def _beside(before: tuple[Limit, ...], limit: Limit, path: Path) -> Findings:
    """A limit that an earlier or later one of the same window makes needless."""
    for place, other in enumerate(before):
        if _window(other) != _window(limit):
            continue
        looser, tighter = (limit, other) if limit.most_minutes >= other.most_minutes else (other, limit)
        if set(looser.counts) <= set(tighter.counts):
            which = path if looser is limit else ("limits", place)
            yield warning(
                which,
                f"never decides: the limit of {figure(tighter.most_minutes / 60)} hours in the same window counts as "
                f"much or more (limits[{place if looser is limit else path[1]}])",
            )


def _window(limit: Limit) -> tuple[object, ...]:
    if isinstance(limit, RollingLimit):
        return "rolling", limit.window_minutes
    return limit.period, limit.week_starts if limit.period == "week" else None, limit.anchor_on


def _rest(rest: Rest, path: Path) -> Findings:
    if rest.least_minutes == 0:
        yield warning((*path, "hours"), "a rest of 0 hours is none")
    if "details" not in rest.after and "details" not in rest.before:
        yield warning(path, "never keeps anybody from a detail: put details among after or before")
