"""AUTO TRAFFIC <8H SAT: what a standing order asks for, as people write it, in both languages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.clock_times import read_clock_time
from models.rules.standing_orders import Wish

_DAYS: tuple[tuple[str, ...], ...] = (
    ("MON", "MONDAY", "MONDAYS", "LUN", "LUNES"),
    ("TUE", "TUES", "TUESDAY", "TUESDAYS", "MAR", "MARTES"),
    ("WED", "WEDS", "WEDNESDAY", "WEDNESDAYS", "MIE", "MIERCOLES"),
    ("THU", "THUR", "THURS", "THURSDAY", "THURSDAYS", "JUE", "JUEVES"),
    ("FRI", "FRIDAY", "FRIDAYS", "VIE", "VIERNES"),
    ("SAT", "SATURDAY", "SATURDAYS", "SAB", "SABADO", "SABADOS"),
    ("SUN", "SUNDAY", "SUNDAYS", "DOM", "DOMINGO", "DOMINGOS"),
)
DAY_OF = {word: number for number, words in enumerate(_DAYS) for word in words}
_GROUPS = {
    **dict.fromkeys(("WEEKEND", "WEEKENDS", "FINDE", "FINES DE SEMANA", "FIN DE SEMANA"), (5, 6)),
    **dict.fromkeys(("WEEKDAY", "WEEKDAYS", "ENTRE SEMANA", "DIAS HABILES"), (0, 1, 2, 3, 4)),
}
_PARTS_OF_DAY = {
    **dict.fromkeys(("MORNINGS", "MORNING", "MANANAS"), (300, 720)),
    **dict.fromkeys(("AFTERNOONS", "AFTERNOON", "TARDES"), (720, 1020)),
    **dict.fromkeys(("EVENINGS", "EVENING"), (1020, 1320)),
    **dict.fromkeys(("NIGHTS", "NIGHT", "NOCHES"), (1080, 300)),
}
_NOISE = frozenset(
    word
    for words in (
        "AUTO AUTOMATIC AUTOMATICALLY SIGN ME UP FOR ON IN AT THE A AN AND OR ANY ALL EVERY EVERYTHING ANYTHING ONLY",
        "DETAIL DETAILS JOB JOBS PLEASE OF TO WITH SHIFT SHIFTS THAT ARE IS WORK",
        "AUTOMATICO LOS LAS EL LA DE PARA EN Y O TODO TODOS CUALQUIER SERVICIO SERVICIOS SOLO POR FAVOR",
    )
    for word in words.split()
)
_ENDS = re.compile(r"\b(?:OFF|STOP|END|NO MORE|APAGAR|QUITAR|FUERA|TERMINAR)\b")

# Said of a car, and no standing order.
_CARS = (
    "ACCIDENT|CRASH|WRECK|INSURANCE|THEFT|STOLEN|PARTS|SHOP|BODY|LOAN|REPAIR|GLASS|CORRECT|REPLY|SHOW|"
    "CHOCADO|CHOQUE|SEGURO|ACCIDENTE|ROBADO|TALLER|DADO"
)
WISH = (
    rf"(?!.*\b(?:{_CARS})\b)"
    r"(?:(?=.*(?:[<>]|\d ?H|\d ?[AP]M?\b"
    r"|\b(?:UNDER|LESS|MOST|OVER|LEAST|AFTER|BEFORE|OFF|ALL|ANY|EVERYTHING|MENOS|MAS|HASTA|TODO)\b"
    rf"|\b(?:{'|'.join((*DAY_OF, *_GROUPS, *_PARTS_OF_DAY))})\b)).{{1,80}}|\S+(?: \S+)?)"
)
"""What may follow AUTO: something a standing order says, or two words at most, which may be a kind of work."""

_LENGTH = r"(\d{1,2}(?:[.,]5)?)\s*(?:H|HR|HRS|HOUR|HOURS|HORA|HORAS)?\b"
_LENGTHS = (
    (re.compile(rf"(?:<=|AT MOST|UP TO|MAX(?:IMUM)?|NO MORE THAN|HASTA|MAXIMO)\s*{_LENGTH}"), "most", 0),
    (re.compile(rf"{_LENGTH}\s*(?:OR LESS|O MENOS|MAX)"), "most", 0),
    (re.compile(rf"(?:<|UNDER|LESS THAN|SHORTER THAN|BELOW|MENOS DE)\s*{_LENGTH}"), "most", -1),
    (re.compile(rf"(?:>=|AT LEAST|MIN(?:IMUM)?|AL MENOS|MINIMO)\s*{_LENGTH}"), "least", 0),
    (re.compile(rf"{_LENGTH}\s*(?:OR MORE|O MAS)"), "least", 0),
    (re.compile(rf"(?:>|OVER|MORE THAN|LONGER THAN|MAS DE)\s*{_LENGTH}"), "least", 1),
)
_TIME = r"(\d{1,2}(?::\d{2})?\s?[AP]\.?M?\.?|\d{1,2}:\d{2}|\d{4})"
_BETWEEN_TIMES = re.compile(rf"(?:FROM |BETWEEN |DE |ENTRE )?{_TIME}\s*(?:-|TO|AND|UNTIL|A|Y|HASTA)\s*{_TIME}")
_AFTER, _BEFORE = (
    re.compile(rf"(?:AFTER|DESPUES DE(?: LAS)?)\s+{_TIME}"),
    re.compile(rf"(?:BEFORE|ANTES DE(?: LAS)?)\s+{_TIME}"),
)
_NAMES = "|".join(sorted(DAY_OF, key=len, reverse=True))
_FROM_DAY = re.compile(rf"\b({_NAMES})\s*(?:-|TO|THRU|THROUGH|A|HASTA)\s*({_NAMES})\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class ReadWish:
    """What was understood, and the words that were not: those are asked about, never left out."""

    wish: Wish
    unknown: tuple[str, ...] = ()


def day_named(word: str) -> int | None:
    """The day of the week, Monday 0, that a word in upper case names; None for any other word."""
    return DAY_OF.get(word)


def ends_orders(text: str) -> bool:
    """Whether a standing order is to be ended (AUTO OFF 2)."""
    return _ENDS.search(text) is not None


def read_wish(text: str, kinds: Sequence[str]) -> ReadWish:
    """Reads what follows AUTO, in upper case; `kinds` are the department's kinds of work and pools."""
    rest, lengths = _lengths(text)
    rest, starts = _starts(rest)
    rest, days = _days(rest)
    named, unknown = _kinds(rest, kinds)
    wish = Wish(
        kinds=named,
        weekdays=days,
        least_minutes=lengths.get("least"),
        most_minutes=lengths.get("most"),
        from_minute=starts[0],
        until_minute=starts[1],
    )
    return ReadWish(wish, unknown)


def read_minutes(text: str) -> tuple[int, int] | None:
    """`10PM-6AM` as two minutes of the day; None for anything else."""
    found = _BETWEEN_TIMES.search(text)
    if found is None:
        return None
    first, last = _minute(found[1]), _minute(found[2])
    return None if first is None or last is None else (first, last)


def read_minute(text: str) -> int | None:
    """`6PM` as a minute of the day; None for anything else."""
    found = re.search(_TIME, text)
    return _minute(found[1]) if found else None


def _lengths(text: str) -> tuple[str, dict[str, int]]:
    found: dict[str, int] = {}
    for pattern, bound, by in _LENGTHS:
        match = pattern.search(text)
        if match:
            found[bound] = round(float(match[1].replace(",", ".")) * 60) + by
            text = _without(text, match)
    return text, found


def _starts(text: str) -> tuple[str, tuple[int | None, int | None]]:
    for words, span in _PARTS_OF_DAY.items():
        match = re.search(rf"\b{words}\b", text)
        if match:
            return _without(text, match), span
    between = _BETWEEN_TIMES.search(text)
    if between:
        return _without(text, between), (_minute(between[1]), _minute(between[2]))
    after, before = _AFTER.search(text), _BEFORE.search(text)
    for match in (after, before):
        text = text.replace(match[0], " ") if match else text
    return text, (_minute(after[1]) if after else None, _minute(before[1]) if before else None)


def _days(text: str) -> tuple[str, tuple[int, ...]]:
    days: set[int] = set()
    for words, numbers in _GROUPS.items():
        match = re.search(rf"\b{words}\b", text)
        if match:
            days.update(numbers)
            text = _without(text, match)
    while match := _FROM_DAY.search(text):
        first, last = DAY_OF[match[1]], DAY_OF[match[2]]
        days.update(number % 7 for number in range(first, last + 1 if last >= first else last + 8))
        text = _without(text, match)
    for word in _WORD.findall(text):
        if word in DAY_OF:
            days.add(DAY_OF[word])
            text = re.sub(rf"\b{word}\b", " ", text)
    return text, tuple(sorted(days))


def _kinds(text: str, kinds: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The department's kinds that are named, longest names first, and the words left over."""
    left, named = f" {' '.join(_WORD.findall(text))} ", []
    for kind in sorted(kinds, key=len, reverse=True):
        said = f" {' '.join(_WORD.findall(kind.upper()))} "
        if said.strip() and said in left:
            named.append(kind)
            left = left.replace(said, " ")
    return tuple(sorted(named)), tuple(word for word in left.split() if word not in _NOISE)


def _minute(text: str) -> int | None:
    said = read_clock_time(text if len(text) != 4 or not text.isdecimal() else f"{text}H")
    return None if said is None else 60 * said.hour + said.minute


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
