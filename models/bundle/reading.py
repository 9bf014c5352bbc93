"""From the text of a bundle to the bundle, or to everything that is wrong with it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.bundle.document import Document, parse
from models.bundle.messages import message, told
from models.bundle.problems import BundleErrors, Path, Problem
from models.bundle.references import Known, reference_problems
from models.bundle.schema import Bundle

_LISTS = ("officers", "contractors", "sites", "rates", "details", "signups", "tours")
_NEVER_SAID = {"department": {"slug": "unknown", "name": "unknown", "timezone": "UTC"}}


def read(text: str, name: str) -> Bundle:
    """
    The bundle that a YAML or JSON text describes; `name` is the file's, for messages. Raises BundleErrors with every
    problem found: in single records, and between those records that are right in themselves.
    """
    document = parse(text)
    problems = list(document.problems)
    partial = None
    if document.data is not None or not problems:
        partial, found = _records(document)
        problems.extend(found)
    if partial is not None:
        problems.extend(Problem(path, document.line(path), message) for path, message in partial.reference_problems())
    if problems or partial is None:
        raise BundleErrors(name, problems)
    return partial.bundle


@dataclass(frozen=True, slots=True)
class _Partial:
    """
    A bundle, if need be without what is wrong in it, so that the rest can be checked in the same pass. `known` are
    all refs the text gives, `places` where the records that are left stood.
    """

    bundle: Bundle
    known: Known
    places: dict[str, list[int]]

    def reference_problems(self) -> Iterator[tuple[Path, str]]:
        """What is wrong between the records that are left."""
        for path, said in reference_problems(self.bundle, self.known):
            yield self._as_written(path), said

    def _as_written(self, path: Path) -> Path:
        """The path in the text, where records that were left out still count."""
        if path[0] in self.places and len(path) > 1:
            return (path[0], self.places[str(path[0])][int(path[1])], *path[2:])
        return path


def _records(document: Document) -> tuple[_Partial | None, list[Problem]]:
    data = document.data
    if not isinstance(data, dict):
        return None, [Problem((), None, "is not a bundle: it must have parts like `department:`")]
    try:
        return _Partial(Bundle.model_validate(data), Known(_refs_given(data)), {}), []
    except ValidationError as error:
        errors = told(error.errors(include_url=False))
    return _without_wrong(data, errors), [problem(document, Bundle, each) for each in errors]


def _without_wrong(data: dict[str, Any], errors: list[ErrorDetails]) -> _Partial | None:
    wrong = {(str(part), place) for part, place, *_ in (_padded(each["loc"]) for each in errors)}
    gone = {part for part, place in wrong if place is None or part not in _LISTS}
    kept = {name: value for name, value in data.items() if name not in gone}
    places = {
        name: [place for place in range(len(kept[name])) if (name, place) not in wrong]
        for name in _LISTS
        if isinstance(kept.get(name), list)
    }
    kept.update({name: [kept[name][place] for place in left] for name, left in places.items()})
    try:
        bundle = Bundle.model_validate({**_NEVER_SAID, **kept})
    except ValidationError:
        return None
    return _Partial(bundle, Known(_refs_given(data), has_handbook="handbook" not in gone), places)


def _padded(loc: tuple[str | int, ...]) -> tuple[str | int | None, int | None]:
    """The part of the bundle and, where the error is in one of its records, which."""
    part, place = (*loc, None, None)[:2]
    return part, place if isinstance(place, int) else None


def problem(document: Document, root: type[BaseModel], error: ErrorDetails, inside: Path = ()) -> Problem:
    """One of pydantic's errors with its place in the text; `inside` is the part of the text that was read as `root`."""
    data = document.data
    for part in inside:
        data = data[part]
    said = message(root, error)
    path = (*inside, *_path(data, error))
    if error["type"] == "value_error":
        path = (*path, *_mentioned(error["input"], said))
    return Problem(path, document.line(path), said)


def _mentioned(data: Any, said: str) -> Path:
    """Where what a message about a whole part puts in quotes stands in it; what is named last is looked for first."""
    for name in reversed(re.findall(r"'([^']+)'", said)):
        found = next((path for path, value in _values(data, ()) if value == name), None)
        if found is not None:
            return found
    return ()


def _values(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every single value with its place, from the back: a name is wrong where it is used, not where others stand."""
    if isinstance(data, dict | list):
        parts = list(data.items() if isinstance(data, dict) else enumerate(data))
        for part, value in reversed(parts):
            yield from _values(value, (*path, part))
    elif path:
        yield path, data


def _path(data: Any, error: ErrorDetails) -> Path:
    """The place in the document; pydantic's own steps, such as which of two shapes it tried, are left out."""
    path: Path = ()
    for part in error["loc"]:
        if part in _parts(data):
            data = data[part]
        elif not (error["type"] == "missing" and part == error["loc"][-1]):
            continue
        path = (*path, part)
    return path


def _parts(data: Any) -> Collection[str | int]:
    if isinstance(data, dict):
        return data.keys()
    return range(len(data)) if isinstance(data, list) else ()


def _refs_given(data: dict[str, Any]) -> dict[str, set[str]]:
    lists = {name: data.get(name) for name in _LISTS}
    return {
        name: {str(each["ref"]) for each in records if isinstance(each, dict) and "ref" in each}
        for name, records in lists.items()
        if isinstance(records, list)
    }
