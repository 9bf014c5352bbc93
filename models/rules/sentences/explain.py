"""A handbook in sentences: every setting, also those that nobody touched, said as a union steward would read it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pydantic.fields import FieldInfo

from models.rules.clauses.base import Clause
from models.rules.clauses.orders import OrderKey

Path = tuple[str | int, ...]

_OPPOSITES = {
    "longest": "shortest",
    "highest": "lowest",
    "lowest": "highest",
    "fewest": "most",
    "most": "fewest",
    "top": "bottom",
}
_SO_MANY = re.compile(r"\bso many (?P<unit>\w+)", re.IGNORECASE)
_EMPTY = re.compile(r";? ?\b(?:it is )?empty(?: is| keeps| for|:| takes| means)? (?P<then>[^.]+)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A setting with its value as plain data, whether nobody touched it, and what it means in a sentence."""

    path: Path
    value: Any
    is_default: bool
    sentence: str


def explained(clause: Clause, path: Path = (), untouched: Clause | None = None) -> Iterator[Said]:
    """
    Every setting of a handbook, or of a part of it, in the order in which they are defined. `untouched` is what the
    part is where nobody says anything of it.
    """
    for name, field in type(clause).model_fields.items():
        value, default, here = getattr(clause, name), default_of(clause, name, untouched), (*path, name)
        if not isinstance(value, Clause):
            yield Said(here, plain(value), value == default, sentence(field, value))
        for place, part in parts_of(value):
            yield from explained(part, (*here, *place), part_untouched(value, part, default))


def default_of(clause: Clause, name: str, untouched: Clause | None) -> Any:
    """What a setting is where nobody says anything of it: a part may be made with other values than its clause has."""
    return getattr(untouched, name) if untouched is not None else type(clause).model_fields[name].get_default()


def part_untouched(value: Any, part: Clause, default: Any) -> Clause | None:
    """What a part of a value is by default: by the default of the whole, where that has it."""
    return part if value == default else default if isinstance(default, Clause) else None


def parts_of(value: Any) -> Iterator[tuple[Path, Clause]]:
    """The clauses that a value is or holds, with their place in it. A key of an order is said in one with its order."""
    if isinstance(value, OrderKey):
        return
    if isinstance(value, Clause):
        yield (), value
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from (((place,), part) for _, part in parts_of(each))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from (((name,), part) for _, part in parts_of(each))


def parts_with_places(clause: Clause, path: Path = ()) -> Iterator[tuple[Path, Clause]]:
    """Every clause inside of a clause, however deep, with its place."""
    for name in type(clause).model_fields:
        for place, part in parts_of(getattr(clause, name)):
            here = (*path, name, *place)
            yield here, part
            yield from parts_with_places(part, here)


def plain(value: Any) -> Any:
    """A value as it would be written in YAML; a key of an order by its name where that suffices."""
    if isinstance(value, OrderKey):
        return value.key if value.direction == "up" else {"key": value.key, "direction": value.direction}
    if isinstance(value, Clause):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value) if isinstance(value, date) else value


def sentence(field: FieldInfo, value: Any) -> str:
    """What a setting with this value means. The field's `says` has the words; without it, its description."""
    extra = field.json_schema_extra
    says = extra.get("says") if isinstance(extra, dict) else None
    if isinstance(says, dict):
        says = says.get(_key(value), says.get("else"))
    if isinstance(says, str):
        return says.replace("{value}", in_words(value))
    return _from_description((field.description or "").rstrip("."), value)


def _key(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return in_words(value).replace(" ", "_") if isinstance(value, str | int | float) else "else" if value else "empty"


def _from_description(description: str, value: Any) -> str:
    if value is None:
        empty = _EMPTY.search(description)
        return f"{_EMPTY.sub('', description)}: {empty['then'] if empty else 'not said'}."
    description = _EMPTY.sub("", description).rstrip(".")
    if isinstance(value, str) and (meaning := _meanings(description).get(value)):
        return f"{meaning[:1].upper()}{meaning[1:]}."
    if _SO_MANY.search(description) and not isinstance(value, bool):
        written = _SO_MANY.sub(lambda found: _many(value, found["unit"]), description, count=1)
        return f"{written[:1].upper()}{written[1:]}."
    if isinstance(value, tuple) and value and all(isinstance(each, OrderKey) for each in value):
        return f"{in_words(value)[:1].upper()}{in_words(value)[1:]}."
    return f"{description}: {in_words(value)}."


def _meanings(description: str) -> dict[str, str]:
    """What each allowed value means, where the description lists them as `value: meaning.`"""
    return {name: said.strip() for name, said in re.findall(r"`?(\b\w+)`?: ([^.]+)", description)}


def _many(value: Any, unit: str) -> str:
    written = in_words(value)
    return f"{written} {unit.removesuffix('s') if written == '1' else unit}"


def in_words(value: Any) -> str:
    """A value as it is read aloud: numbers without needless zeros, lists with `and`, orders by what their keys mean."""
    if isinstance(value, tuple | list) and value and all(isinstance(each, OrderKey) for each in value):
        return ", then ".join(_key_in_words(each) for each in value)
    if isinstance(value, tuple | list):
        words = [_name(each) for each in value]
        return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else _name(value)


def _name(value: Any) -> str:
    if isinstance(value, Clause):
        return str(getattr(value, "name", "") or getattr(value, "kind", "") or "one").replace("_", " ")
    return str(plain(value)).replace("_", " ")


def _key_in_words(key: OrderKey) -> str:
    meaning = _meanings(OrderKey.model_fields["key"].description or "").get(key.key, key.key)
    if key.direction == "up":
        return meaning
    first, _, rest = meaning.partition(" ")
    return f"{_OPPOSITES[first]} {rest}" if first in _OPPOSITES else f"{meaning.removesuffix(' first')} last"
