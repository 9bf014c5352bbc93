"""A handbook out of a text: one that holds the handbook alone, or a bundle, of which only that part is read."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.bundle.document import Document, parse
from models.bundle.messages import told
from models.bundle.problems import BundleErrors, Path, Problem
from models.bundle.reading import problem
from models.rules.checking import Known
from models.rules.handbook import Handbook


@dataclass(frozen=True, slots=True)
class HandbookText:
    """
    A handbook and the text it was read from; `inside` is where in the text it stands. `known` are the
    people of the bundle around it, if it is in one that has officers.
    """

    name: str
    handbook: Handbook
    document: Document
    inside: Path
    known: Known | None = None

    def problem(self, path: Path, message: str) -> Problem:
        """Something found wrong with the handbook, with its place in the text."""
        return Problem((*self.inside, *path), self.document.line((*self.inside, *path)), message)


def read_handbook(text: str, name: str) -> HandbookText:
    """
    The handbook that a YAML or JSON text describes; `name` is the file's, for messages. Raises BundleErrors with every
    problem found, each with its line, what is wrong and what would be right.
    """
    document = parse(text)
    if document.problems:
        raise BundleErrors(name, document.problems)
    if not isinstance(document.data, dict):
        raise BundleErrors(name, [Problem((), None, "is not a handbook: it must have parts like `ranks:`")])
    inside: Path = ("handbook",) if {"handbook", "department"} & document.data.keys() else ()
    said = document.data.get("handbook") or {} if inside else document.data
    try:
        return HandbookText(name, Handbook.model_validate(said), document, inside, _known(document.data))
    except ValidationError as error:
        errors = told(error.errors(include_url=False))
    raise BundleErrors(name, [problem(document, Handbook, each, inside) for each in errors])


def _known(data: dict[str, Any]) -> Known | None:
    listed = data.get("officers")
    officers = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    if not officers:
        return None
    held = (each.get("qualifications") for each in officers)
    return Known(
        units=frozenset(str(each["unit"]) for each in officers if each.get("unit")),
        ranks=frozenset(str(each["rank"]) for each in officers if each.get("rank")),
        qualifications=frozenset(name for each in held if isinstance(each, dict) for name in each),
    )
