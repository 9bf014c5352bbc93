"""Pay that contradicts itself: blocks shorter than the minimum, notice bands that overlap, rates that never hold."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from models.rules.checking.finding import Findings, Path, error, figure, warning
from models.rules.clauses.pay import Pay
from models.rules.clauses.pay_rates import PaidHoliday, Rate
from models.rules.clauses.weekdays import WeekdayMoment
from models.rules.handbook import Handbook
from models.rules.sentences.explain import parts_with_places
from models.rules.time.named_days import names_in


def pay(handbook: Handbook) -> Findings:
    """What is found in the clause on pay."""
    yield from _blocks(handbook.pay)
    yield from _bands(handbook.pay)
    yield from _rates(handbook.pay)
    yield from _premiums(handbook.pay)
    yield from _holidays(handbook)


def _blocks(clause: Pay) -> Findings:
    for place, hours in enumerate(clause.blocks):
        if hours < clause.minimum_hours:
            yield error(
                ("pay", "blocks", place),
                f"a block of {figure(hours)} hours is shorter than the minimum of {figure(clause.minimum_hours)} "
                "(pay.minimum_hours), so nothing is ever raised to it",
            )


def _bands(clause: Pay) -> Findings:
    for place, each in enumerate(clause.cancellation.bands):
        path: Path = ("pay", "cancellation", "bands", place)
        for other in clause.cancellation.bands[:place]:
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
        if each.on_holidays and not clause.holidays:
            yield error(("pay", "premiums", place), "is for holidays, and the clause names none (pay.holidays)")
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
