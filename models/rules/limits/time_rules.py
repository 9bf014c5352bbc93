"""The handbook's rules about time, put to work: which of them hold for whom, and what they say together."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from models.rules.clauses.base import in_minutes
from models.rules.clauses.hours import Binding, Only, Rest, TimeRule
from models.rules.clauses.limits import CalendarLimit, ConsecutiveLimit, Limit, RollingLimit
from models.rules.clauses.limits_in_a_row import DaysLimit, ShiftsLimit
from models.rules.facts import OfficerFacts
from models.rules.handbook import Handbook
from models.rules.limits.calendar import Calendar
from models.rules.limits.consecutive import Consecutive
from models.rules.limits.in_a_row import InARow
from models.rules.limits.rests import PlainRest, StretchRest
from models.rules.limits.rolling import Rolling
from models.rules.limits.shift_rests import ShiftRest
from models.rules.limits.shifts_in_a_row import ShiftsInARow
from models.rules.limits.tour_rests import TourRest
from models.rules.limits.travel import Ways
from models.rules.time.shifts import Shifts
from models.rules.time.spans import Span
from models.rules.time.timeline import Timeline
from models.rules.verdict import ELIGIBLE, Verdict

LimitAtWork = Rolling | Calendar | Consecutive | InARow | ShiftsInARow
RuleAtWork = Ways | PlainRest | ShiftRest | StretchRest | TourRest | LimitAtWork
Bound = Callable[[TimeRule], bool]


class TimeRules:
    """Rules of one handbook that `bound` chooses; the others are as if they were not written."""

    def __init__(self, handbook: Handbook, zone: str, bound: Bound) -> None:
        ways = Ways(handbook.travel)
        self.ways = ways if ways.longest_minutes and bound(handbook.travel) else None
        rests = [clause for clause in handbook.rest if bound(clause)]
        shifts = Shifts(handbook.shifts, zone)
        self.rests = [_rest_at_work(clause, shifts, zone) for clause in rests if not _looks_far(clause)]
        self.far_rests = [_far_rest_at_work(clause) for clause in rests if _looks_far(clause)]
        self.limits = [limit_at_work(limit, zone, shifts) for limit in handbook.limits if bound(limit)]
        self._is_for_all = all(rule.clause.only.is_everyone for rule in self.every())
        # What lies farther away is no concern of rest and travel.
        self.reach_minutes = max([rest.reach_minutes for rest in self.rests], default=0)
        self.reach_minutes = max(self.reach_minutes, self.ways.longest_minutes if self.ways else 0)

    def every(self) -> Iterator[RuleAtWork]:
        """All the rules, in the order in which they are asked."""
        if self.ways:
            yield self.ways
        yield from self.rests
        yield from self.far_rests
        yield from self.limits

    def __bool__(self) -> bool:
        return bool(self.ways or self.rests or self.far_rests or self.limits)

    def verdict(
        self, officer: OfficerFacts, status: str, wanted: Span, near: Sequence[Span], time: Timeline
    ) -> Verdict:
        """
        The first rule that is broken: travel, rest, limits. `near` is what lies within reach of rest and travel,
        `time` all of it with the wanted detail.
        """
        for found in self._asked(officer, status, wanted, near, time):
            if not found.is_eligible:
                return found
        return ELIGIBLE

    def broken(
        self, officer: OfficerFacts, status: str, wanted: Span, near: Sequence[Span], time: Timeline
    ) -> list[Verdict]:
        """Every rule that is broken, each once."""
        return [found for found in self._asked(officer, status, wanted, near, time) if not found.is_eligible]

    def _asked(
        self, officer: OfficerFacts, status: str, wanted: Span, near: Sequence[Span], time: Timeline
    ) -> Iterator[Verdict]:
        def holds(rule: RuleAtWork) -> bool:
            return self._is_for_all or is_for(rule.clause.only, officer, status, wanted)

        if self.ways and holds(self.ways):
            yield _first(_named(self.ways, self.ways.verdict(wanted, span)) for span in near)
        rests = [rest for rest in self.rests if holds(rest)]
        if rests:
            yield _first(_named(rest, rest.verdict(wanted, span)) for span in near for rest in rests)
        yield from (_named(rest, rest.verdict(time, wanted)) for rest in self.far_rests if holds(rest))
        limits = (limit for limit in self.limits if concerns(limit, wanted) and holds(limit))
        yield from (_named(limit, limit.verdict(time, wanted)) for limit in limits)


def bound_at(stage: Binding, lifted: Collection[str] = (), is_ordering: bool = False) -> Bound:
    """Rules that bind at a stage and are not lifted by name; those for orders alone only where officers are ordered."""

    def binds(rule: TimeRule) -> bool:
        is_lifted = bool(rule.name) and rule.name in lifted
        return rule.binds_from in ("signup", stage) and not is_lifted and (is_ordering or not is_for_orders(rule))

    return binds


def advice_at(stage: Binding) -> Bound:
    """Rules that do not bind at a stage, of which people are told all the same."""
    binds = bound_at(stage)
    return lambda rule: not binds(rule) and not is_for_orders(rule)


def is_for_orders(rule: TimeRule) -> bool:
    """Whether what officers volunteer for does not ask for the rule."""
    return rule.holds_for == "orders"


def concerns(limit: LimitAtWork, wanted: Span) -> bool:
    """Whether a limit asks for a detail: it counts there, or the limit goes by what there is without it."""
    return limit.what.has(wanted) or goes_without(limit)


def goes_without(limit: LimitAtWork) -> bool:
    """Whether the limit goes by what an officer has without the detail he wants."""
    return isinstance(limit, Rolling | Calendar) and limit.is_without_it


def is_for(only: Only, officer: OfficerFacts, status: str, wanted: Span) -> bool:
    """Whether a rule holds for an officer, in the status he has then, and a detail."""
    return is_for_officer(only, officer, status) and (
        (not only.pools or wanted.pool in only.pools) and (not only.kinds or wanted.work in only.kinds)
    )


def is_for_officer(only: Only, officer: OfficerFacts, status: str) -> bool:
    """Whether a rule holds for an officer in a status."""
    return (
        (not only.ranks or officer.rank in only.ranks)
        and (not only.units or officer.unit in only.units)
        and (not only.statuses or status in only.statuses)
    )


def _looks_far(clause: Rest) -> bool:
    """Whether the rest depends on more than what lies directly beside a detail."""
    return clause.after_hours is not None or clause.until_tour is not None


def _far_rest_at_work(clause: Rest) -> StretchRest | TourRest:
    return TourRest(clause) if clause.after_hours is None else StretchRest(clause, in_minutes(clause.after_hours))


def _rest_at_work(clause: Rest, shifts: Shifts, zone: str) -> PlainRest | ShiftRest:
    return PlainRest(clause, zone) if clause.shifts is None else ShiftRest(clause, clause.shifts, shifts, zone)


def limit_at_work(limit: Limit, zone: str, shifts: Shifts) -> LimitAtWork:
    """A limit of whatever kind, put to work."""
    match limit:
        case RollingLimit():
            return Rolling(limit)
        case CalendarLimit():
            return Calendar(limit, zone)
        case ConsecutiveLimit():
            return Consecutive(limit)
        case DaysLimit():
            return InARow(limit, zone)
        case ShiftsLimit():
            return ShiftsInARow(limit, shifts)


def _named(rule: RuleAtWork, found: Verdict) -> Verdict:
    """The verdict with what the department calls the rule, where it has a name."""
    if found.reason is None or not rule.clause.name:
        return found
    return Verdict(found.reason, {**found.figures, "rule": rule.clause.name})


def _first(verdicts: Iterable[Verdict]) -> Verdict:
    return next((found for found in verdicts if not found.is_eligible), ELIGIBLE)
