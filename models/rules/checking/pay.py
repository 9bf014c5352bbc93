"""Pay that contradicts itself: blocks shorter than the minimum, notice bands that overlap, rates that never hold."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from models.rules.checking.finding import Findings, Path, error, figure, warning
from models.rules.clauses.holidays import PaidHoliday
from models.rules.clauses.pay import Pay
from models.rules.clauses.pay_charges import CancelBand
from models.rules.clauses.pay_rates import Rate
from models.rules.clauses.weekdays import WeekdayMoment
from models.rules.handbook import Handbook
from models.rules.pay.terms import terms_for
from models.rules.sentences.explain import parts_with_places
from models.rules.time.named_days import names_in


def pay(handbook: Handbook) -> Findings:
    """What is found in the clause on pay."""
    yield from _blocks(handbook.pay)
    yield from _kinds_once(handbook.pay)
    yield from _bands(handbook.pay)
    yield from _rates(handbook.pay)
    yield from _premiums(handbook.pay)
    yield from _holidays(handbook)


def _blocks(clause: Pay) -> Findings:
    yield from _too_short(clause.blocks, ("pay", "blocks"), clause.minimum_hours, "pay.minimum_hours")
    for place, each in enumerate(clause.for_work):
        terms = terms_for(clause, each.kinds[0])
        if each.blocks is not None or each.minimum_hours is not None:
            here: Path = ("pay", "for_work", place)
            path = here if each.blocks is None else (*here, "blocks")
            yield from _too_short(terms.blocks, path, terms.minimum_hours, terms.rule("minimum_hours"))


def _too_short(blocks: Iterable[float], path: Path, minimum: float, named: str) -> Findings:
    for place, hours in enumerate(blocks):
        if hours < minimum:
            yield error(
                (*path, place) if path[-1] == "blocks" else path,
                f"a block of {figure(hours)} hours is shorter than the minimum of {figure(minimum)} "
                f"({named}), so nothing is ever raised to it",
            )


def _kinds_once(clause: Pay) -> Findings:
    for place, each in enumerate(clause.for_work):
        before = {kind for other in clause.for_work[:place] for kind in other.kinds}
        twice = [kind for kind in each.kinds if kind in before]
        if twice:
            yield error(("pay", "for_work", place, "kinds"), f"has no terms for {twice[0]!r}: another before it has")


def _bands(clause: Pay) -> Findings:
    yield from _overlapping(clause.cancellation.bands, ("pay", "cancellation", "bands"))
    for place, each in enumerate(clause.for_work):
        yield from _overlapping(each.cancellation or (), ("pay", "for_work", place, "cancellation"))


def _overlapping(bands: Sequence[CancelBand], within: Path) -> Findings:
    for place, each in enumerate(bands):
        path: Path = (*within, place)
        for other in bands[:place]:
            if other.under_hours == each.under_hours:
                yield error(path, f"overlaps another band: both are for less than {figure(each.under_hours)} hours")
            near, far = sorted((each, other), key=lambda band: band.under_hours)
            if near.hours != "all" and (far.hours == "all" or near.hours < far.hours):
                yield warning(path, "a later cancellation costs less than an earlier one")


def _rates(clause: Pay) -> Findings:
    for place, each in enumerate(clause.rates):
        covered = next((at for at, other in enumerate(clause.rates[:place]) if _covers(other, each)), None)
        if covered is not None:
            yield error(("pay", "rates", place), f"never holds: pay.rates[{covered}] comes before and fits all of it")


def _covers(other: Rate, rate: Rate) -> bool:
    return other.rank in (None, rate.rank) and other.kind in (None, rate.kind)


def _premiums(clause: Pay) -> Findings:
    for place, each in enumerate(clause.premiums):
        if (each.on_holidays or each.holidays_too) and not clause.holidays:
            yield error(("pay", "premiums", place), "is for holidays, and the clause names none (pay.holidays)")
        for at, name in enumerate(each.holidays):
            known = [holiday.name for holiday in clause.holidays]
            if name not in known:
                said = f"{name!r} is no holiday of pay.holidays; there is {', '.join(known) or 'none'}"
                yield error(("pay", "premiums", place, "holidays", at), said)
        if each.factor == 1 and not each.add_charged_cents:
            yield warning(("pay", "premiums", place, "factor"), "a factor of 1 pays nothing more")


def _holidays(handbook: Handbook) -> Findings:
    clause, said_at = handbook.pay, ("pay", "holidays_of")
    yield from _by_calendar(clause.holidays, ("pay", "holidays"), clause.holidays_of, said_at)
    office = clause.cancellation.office.holidays
    yield from _by_calendar(office, ("pay", "cancellation", "office", "holidays"), clause.holidays_of, said_at)
    for path, moment in _weekday_moments(handbook):
        yield from _by_calendar(moment.earlier_for, (*path, "earlier_for"), moment.holidays_of, (*path, "holidays_of"))


def _weekday_moments(handbook: Handbook) -> Iterator[tuple[Path, WeekdayMoment]]:
    for path, clause in parts_with_places(handbook):
        if isinstance(clause, WeekdayMoment):
            yield path, clause


def _by_calendar(named: Iterable[PaidHoliday], path: Path, where: str, said_at: Path) -> Findings:
    for place, each in enumerate(named):
        if each.is_by_calendar:
            yield from _by_name(each, (*path, place, "name"), where, said_at)


def _by_name(holiday: PaidHoliday, path: Path, where: str, said_at: Path) -> Findings:
    known = names_in(where)
    if known is None:
        yield error(said_at, f"there is no calendar of holidays for {where}")
    elif holiday.name not in known:
        near = get_close_matches(holiday.name, known, 1)
        hint = f"did you mean {near[0]}?" if near else "give its date: on, every_year, weekday_of or from_easter"
        yield error(path, f"{holiday.name!r} is no holiday in the calendar of {where}: {hint}")
