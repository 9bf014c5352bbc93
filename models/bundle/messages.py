"""What is wrong with a value, in words that say what would be right: the names there are, the unit, an example."""

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from models.bundle.meant import meant_by, written_instead
from models.bundle.schema import PHONE, REF, SLUG
from models.rules.handbook import Handbook
from models.rules.sentences.knobs import knobs

_WANTED = {
    "tuple_type": "a list",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number{unit}",
    "int_type": "a whole number{unit}",
    "int_from_float": "a whole number{unit}",
    "float_parsing": "a number{unit}",
    "float_type": "a number{unit}",
    "time_parsing": "a time",
    "time_type": "a time",
    "date_from_datetime_parsing": "a date",
    "date_parsing": "a date",
    "date_type": "a date",
}
_PATTERNS = {
    PHONE: "a telephone number with its country, like +12035550100",
    REF: "a word of letters, digits, '.', '_', ':' and '-', like main-1",
    SLUG: "a word of small letters, digits and '-', like elm-falls",
}
_UNITS = ("hours", "minutes", "days", "cents")


def message(root: type[BaseModel], error: ErrorDetails) -> str:
    """One of pydantic's errors in our words; `root` is what was read."""
    kind, loc, given = error["type"], error["loc"], error["input"]
    if kind == "extra_forbidden":
        return _unknown(root, loc)
    if kind in ("literal_error", "enum"):
        return _not_among(str(given), _allowed(root, loc))
    if kind.startswith("union_tag"):
        return _no_kind(root, error)
    return _complaint(root, error) + _example(root, loc)


def told(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those that only follow from others: a list that is too short without its wrong members."""
    places = {error["loc"] for error in errors}
    inside = {loc[:end] for loc in places for end in range(len(loc))}
    return [each for each in errors if each["type"] != "too_short" or each["loc"] not in inside]


def _complaint(root: type[BaseModel], error: ErrorDetails) -> str:
    kind, given = error["type"], _given(error["input"])
    if kind == "missing":
        return "is needed"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"must have parts of its own, like `{_first_part(root, error['loc'])}: …`{given}"
    if kind == "too_short":
        return "must have something in it"
    if kind in _WANTED:
        return f"must be {_WANTED[kind].format(unit=_unit(error['loc']))}{given}"
    if wanted := _PATTERNS.get(str(error.get("ctx", {}).get("pattern"))):
        return f"must be {wanted}{given}"
    said = error["msg"].removeprefix("Value error, ").replace("Input should", "should").replace("String", "text")
    return said.replace("Tuple", "list")[:1].lower() + said.replace("Tuple", "list")[1:] + given


def _unknown(root: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    if "\xa0" in str(loc[-1]):
        return "has a blank that is no space, as text processors write them: type the line anew"
    name, known = str(loc[-1]), sorted({each for one in models_at(root, loc[:-1]) for each in one.model_fields})
    # Beside the handbook a record's own settings are meant, and a like one of the handbook is far off.
    in_handbook = root is Handbook or loc[0] == "handbook"
    elsewhere = _elsewhere(name) if in_handbook else None
    if near := get_close_matches(name, known, 1, 0.75):
        return f"is not known here: did you mean {near[0]}?"
    if elsewhere:
        return f"is not known here: it belongs to {elsewhere}"
    if near := get_close_matches(name, known, 1):
        return f"is not known here: did you mean {near[0]}?"
    return f"is not known here; known are {', '.join(known)}" if known else "is not known here"


def _elsewhere(name: str) -> str | None:
    """Where in a handbook a setting of that name stands, if it is of one place only."""
    places = {knob.path.rpartition(".")[0] or "the handbook itself" for knob in knobs() if knob.name == name}
    return places.pop() if len(places) == 1 else None


def _not_among(given: str, allowed: list[str]) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFD", given.lower()) if not unicodedata.combining(one))
    if advice := written_instead(plain, allowed):
        return f"{given[:60]!r} is not one of {', '.join(allowed)}: {advice}"
    meant = meant_by(plain, allowed)
    begun = [each for each in allowed if len(meant) >= 2 and each.startswith(meant)]
    near = get_close_matches(meant, allowed, 1) or begun[:1]
    hint = f": did you mean {near[0]}?" if near else ""
    return f"{given[:60]!r} is not one of {', '.join(allowed)}{hint}"


def _no_kind(root: type[BaseModel], error: ErrorDetails) -> str:
    name = str(error.get("ctx", {}).get("discriminator", "kind")).strip("'")
    fields = (one.model_fields.get(name) for one in models_at(root, error["loc"]))
    kinds = [str(kind) for field in fields if field for kind in _literals(field.annotation)]
    if error["type"] == "union_tag_not_found":
        return f"needs {name}: {' or '.join(kinds)}"
    return f"{name}: {_not_among(str(error.get('ctx', {}).get('tag')), kinds)}"


def _first_part(root: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    return next((name for one in models_at(root, loc) for name in one.model_fields), "name")


def _unit(loc: tuple[str | int, ...]) -> str:
    words = str(next((part for part in reversed(loc) if isinstance(part, str)), "")).split("_")
    return next((f" of {unit}" for unit in _UNITS if unit in words), "")


def _given(value: Any) -> str:
    return f" (given: {str(value)[:60]!r})" if isinstance(value, str | int | float) else ""


def _example(root: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    """An example of what would be right, where the setting has one that fits into a message."""
    field = field_at(root, loc)
    if field is None or not field.examples:
        return ""
    example = field.examples[0]
    if isinstance(loc[-1], int) and isinstance(example, list):
        example = example[0]
    fits = isinstance(example, str | int | float) and not isinstance(example, bool)
    return f"; for example {example}" if fits else ""


def models_at(root: type[BaseModel], loc: Iterable[str | int]) -> list[type[BaseModel]]:
    """What may stand at a place: one model, or several where shapes are told apart by a value in them."""
    here = [root]
    for part in loc:
        fields = [one.model_fields[part] for one in here if part in one.model_fields] if isinstance(part, str) else []
        if fields:
            here = [model for field in fields for model in _models_in(field.annotation)]
        elif isinstance(part, str) and len(here) > 1:
            here = [one for one in here if any(part in _literals(f.annotation) for f in one.model_fields.values())]
    return here


def field_at(root: type[BaseModel], loc: tuple[str | int, ...]) -> FieldInfo | None:
    """The field that a place is in."""
    for end in range(len(loc), 0, -1):
        name = loc[end - 1]
        if isinstance(name, str):
            for model in models_at(root, loc[: end - 1]):
                if name in model.model_fields:
                    return model.model_fields[name]
    return None


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _allowed(root: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    field = field_at(root, loc)
    return [] if field is None else [str(each) for each in _literals(field.annotation)]


def _literals(annotation: Any) -> list[Any]:
    found = [each for each in get_args(annotation) if isinstance(each, str | int)]
    return found + [value for inner in get_args(annotation) for value in _literals(inner)]
