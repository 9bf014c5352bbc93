"""Holidays as days: people say "thanksgiving" and "nochebuena" where others say the date."""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

_MONDAY, _THURSDAY = 0, 3


def holiday_named(said: str, today: date) -> date | None:
    """The holiday's next day, today included; None when the words name none."""
    day_of = _HOLIDAYS.get(said)
    if day_of is None:
        return None
    this_year = day_of(today.year)
    return this_year if this_year >= today else day_of(today.year + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(weekday: int, which: int, month: int) -> Callable[[int], date]:
    """The which-th such weekday of the month."""

    def day_of(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))

    return day_of


def _memorial_day(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


_thanksgiving = _nth(_THURSDAY, 4, 11)

_HOLIDAYS: dict[str, Callable[[int], date]] = {
    **dict.fromkeys(("thanksgiving", "turkey day", "accion de gracias"), _thanksgiving),
    "black friday": lambda year: _thanksgiving(year) + timedelta(days=1),
    **dict.fromkeys(("christmas", "xmas", "navidad"), _fixed(12, 25)),
    **dict.fromkeys(("christmas eve", "xmas eve", "nochebuena"), _fixed(12, 24)),
    **dict.fromkeys(("new years", "new years day", "new year", "ano nuevo"), _fixed(1, 1)),
    **dict.fromkeys(("new years eve", "new year eve", "nye", "nochevieja", "fin de ano"), _fixed(12, 31)),
    "halloween": _fixed(10, 31),
    "veterans day": _fixed(11, 11),
    "juneteenth": _fixed(6, 19),
    "memorial day": _memorial_day,
    "labor day": _nth(_MONDAY, 1, 9),
    "columbus day": _nth(_MONDAY, 2, 10),
    "presidents day": _nth(_MONDAY, 3, 2),
    "mlk day": _nth(_MONDAY, 3, 1),
    **dict.fromkeys(("easter", "easter sunday", "pascua"), easter),
}
LONGEST_HOLIDAY = 3
"""Words."""
