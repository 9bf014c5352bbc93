"""What is said beside a command: days, times, lengths of time, how many officers, and codes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.dialog.understanding.clock import MORNING, Clock
from bot.dialog.understanding.days import read_date
from bot.dialog.understanding.moments import read_duration, read_minutes_to, read_time, word_at
from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import word_set
from flows.clock_times import ClockTime

_UNTIL = frozenset(("to", "-", "until", "til", "till", "thru", "through", "a", "hasta"))
_BETWEEN, _AND = frozenset(("between", "entre")), frozenset(("and", "y"))
_CODE_LEADS = frozenset(
    ("detail", "number", "code", "for", "job", "servicio", "numero", "codigo", "trabajo", "order", "orden")
)
_LONGEST_OFFICERS = 2


def spotted(tokens: Sequence[Token], clock: Clock, *, orders: bool = False) -> list[Token]:
    """The tokens with every slot that shows by itself put into one token; what needs the command is left a number.

    Who `orders` says "10 to 4" of a whole detail; to everybody else it is ten minutes before four.
    """
    return list(_spot(tokens, clock, orders=orders))


def _spot(tokens: Sequence[Token], clock: Clock, *, orders: bool) -> Iterator[Token]:
    place = 0
    while place < len(tokens):
        found = _slot_at(tokens, place, clock, orders=orders)
        if found is None:
            yield tokens[place]
            place += 1
        else:
            token, place = found
            yield token


def _slot_at(tokens: Sequence[Token], place: int, clock: Clock, *, orders: bool) -> tuple[Token, int] | None:
    if tokens[place].kind in ("mark", "ten"):
        return None
    return (
        _phone(tokens, place)
        or _ago(tokens, place, clock)
        or (None if orders else _minutes_to(tokens, place))
        or _range(tokens, place)
        or _duration(tokens, place)
        or _date(tokens, place, clock)
        or _time(tokens, place)
        or _officers(tokens, place)
    )


def _phone(tokens: Sequence[Token], place: int) -> tuple[Token, int] | None:
    """Ten figures in a row or as 978 555 0142, with a 1 before them or not, that can be dialled in North America."""
    parts: list[str] = []
    end = place
    while end < len(tokens) and len(parts) < _PHONE_PARTS and tokens[end].kind in ("number", "mark"):
        parts += [tokens[end].text] if tokens[end].kind == "number" else []
        if tokens[end].kind == "mark" and tokens[end].text not in "-.+":
            break
        end += 1
        found = _PHONE.fullmatch(" ".join(parts))
        if found:
            whole = _one(tokens, place, end, "phone", None)
            return replace(whole, groups=("".join(figure for figure in found[1] if figure.isdecimal()),)), end
    return None


_PHONE = re.compile(r"(?:1 ?)?([2-9]\d{2} ?[2-9]\d{2} ?\d{4})", re.ASCII)
_PHONE_PARTS = 4


def _ago(tokens: Sequence[Token], place: int, clock: Clock) -> tuple[Token, int] | None:
    """ "20 minutes ago", "hace media hora": a time of day by a running watch."""
    led = word_at(tokens, place) == "hace"
    found = read_duration(tokens, place + led) if clock.near and place + led < len(tokens) else None
    if found is None or not (led or word_at(tokens, found[1]) == "ago"):
        return None
    then = clock.after(-timedelta(minutes=found[0]))
    end = found[1] + (not led)
    return _one(tokens, place, end, "time", ClockTime(then.hour, then.minute, settled=True)), end


def _minutes_to(tokens: Sequence[Token], place: int) -> tuple[Token, int] | None:
    found = read_minutes_to(tokens, place, asked=True)
    return (_one(tokens, place, found[1], "time", found[0]), found[1]) if found else None


def _range(tokens: Sequence[Token], place: int) -> tuple[Token, int] | None:
    """ "7 to 3", "from 6am until 2pm", "0700-1500", "de 7 a 3", "between 10pm and 6am".

    The first of the two may stand without its half.
    """
    first = read_time(tokens, place, asked=True) if tokens[place].kind in ("number", "clock", "word") else None
    if first is None or first[1] >= len(tokens):
        return None
    joint = first[1]
    if tokens[joint].text not in (_UNTIL | _AND if _is_between(tokens, place) else _UNTIL):
        return None
    start = joint + (1 if word_at(tokens, joint + 1) not in ("las", "la") else 2)
    second = read_time(tokens, start, asked=True) if start < len(tokens) and tokens[start].kind != "mark" else None
    if second is None or _is_code(tokens[place]) or _is_code(tokens[start]):
        return None
    return _one(tokens, place, second[1], "range", (first[0], second[0])), second[1]


def _is_between(tokens: Sequence[Token], place: int) -> bool:
    """Whether AND joins the two times: "between 10 and 6", "entre las 10 y las 6"."""
    return bool({word_at(tokens, place - 1), word_at(tokens, place - 2)} & _BETWEEN) if place else False


def _is_code(token: Token) -> bool:
    """Four figures that are no time of day, or five and six."""
    return token.kind == "number" and len(token.text) >= 3 and (len(token.text) > 4 or int(token.text[:-2]) > 23)


def _duration(tokens: Sequence[Token], place: int) -> tuple[Token, int] | None:
    if tokens[place].kind == "number" and len(tokens[place].text) > 3:
        return None
    found = read_duration(tokens, place)
    return (_one(tokens, place, found[1], "duration", found[0]), found[1]) if found else None


def _date(tokens: Sequence[Token], place: int, clock: Clock) -> tuple[Token, int] | None:
    found = read_date(tokens, place, clock)
    return (replace(_one(tokens, place, found[1], "date", None), value=found[0]), found[1]) if found else None


def _time(tokens: Sequence[Token], place: int) -> tuple[Token, int] | None:
    led_in_code = (
        tokens[place].kind == "number" and len(tokens[place].text) >= 3 and word_at(tokens, place - 1) in ("at", "to")
    )
    found = read_time(tokens, place)
    if found is None or (led_in_code and found[1] == place + 1 and len(tokens[place].groups) == 1):
        return None
    return _one(tokens, place, found[1], "time", found[0]), found[1]


def _officers(tokens: Sequence[Token], place: int) -> tuple[Token, int] | None:
    token = tokens[place]
    if token.text in ("couple", "pair", "par"):
        end = place + 1 + (word_at(tokens, place + 1) in ("of", "de"))
        is_named = word_at(tokens, end) in word_set("officers")
        return (_one(tokens, place, end + 1, "officers", 2), end + 1) if is_named else None
    if (
        token.kind != "number"
        or len(token.text) > _LONGEST_OFFICERS
        or len(token.groups) != 1
        or not token.text.isdecimal()
    ):
        return None
    end = place + 1
    while word_at(tokens, end) in ("more", "police", "detail", "uniformed", "off", "duty", "mas", "otros"):
        end += 1
    if word_at(tokens, end) in word_set("officers"):
        return _one(tokens, place, end + 1, "officers", int(token.text)), end + 1
    plain = end > place + 1 and word_at(tokens, end - 1) == "police"
    return (_one(tokens, place, end, "officers", int(token.text)), end) if plain else None


def _one(
    tokens: Sequence[Token],
    start: int,
    end: int,
    kind: str,
    value: ClockTime | tuple[ClockTime, ClockTime] | int | None,
) -> Token:
    text = {"officers": "slot:officers"}.get(kind, f"<{kind}>")
    return Token(kind, text, tokens[start].start, tokens[end - 1].end, value=value)  # type: ignore[arg-type] # one of Kind


def codes_in(numbers: Sequence[Token]) -> list[str]:
    """Runs of three to six digits, in the order said, each once; "48 21" is one of them."""
    found = [token.text for token in numbers if token.text.isdecimal() and 3 <= len(token.text) <= 6]
    if not found and len(numbers) >= 2:
        apart = [token.text for token in numbers if len(token.text) == 2]
        found = ["".join(apart)] if len(apart) == 2 and len(numbers) == 2 else []
    return list(dict.fromkeys(found))


def clock_time_of(token: Token) -> ClockTime | None:
    """The time of day that a number can be, where a time may be meant: "1330", "2", "one thirty"."""
    found = read_time([token], 0, asked=True)
    return found[0] if found and found[1] == 1 else None


def leads_to_code(before: str) -> bool:
    """Whether this word makes the number after it a code."""
    return before in _CODE_LEADS


def settle_range(said: tuple[ClockTime, ClockTime]) -> tuple[time, time]:
    """The two ends of a detail: the shortest span they allow, begun by day where that is open."""
    spans = [
        ((_apart(start, end), _begins_oddly(start)), start, end)
        for start in said[0].readings()
        for end in said[1].readings()
        if _apart(start, end) >= timedelta(hours=1)
    ]
    if not spans:
        return said[0].readings()[0], said[1].readings()[0]
    _, start, end = min(spans, key=lambda span: span[0])
    return start, end


def _apart(start: time, end: time) -> timedelta:
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - only the difference is used
    span = datetime.combine(day, end) - datetime.combine(day, start)
    return span if span > timedelta(0) else span + timedelta(days=1)


def _begins_oddly(start: time) -> bool:
    return not (start.hour in MORNING or 12 <= start.hour <= 17)
