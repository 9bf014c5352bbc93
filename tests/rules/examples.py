"""The worked examples of the demonstration data: whole departments, each with a handbook of one of the known kinds."""

from pathlib import Path
from typing import Any

from models.bundle import Bundle, read
from models.bundle.document import parse
from models.rules.handbook import Handbook

EXAMPLES = sorted((Path(__file__).parents[2] / "bot" / "cli" / "demonstration" / "examples").glob("*.yaml"))


def example(name: str) -> dict[str, Any]:
    """The example's handbook as plain data, for the tables' departments."""
    said: dict[str, Any] = parse(_file(name).read_text("utf-8")).data["handbook"]
    return said


def rules_of(name: str) -> Handbook:
    """The example's handbook."""
    return bundle_of(name).handbook


def bundle_of(name: str) -> Bundle:
    """The whole department."""
    return read(_file(name).read_text("utf-8"), _file(name).name)


def _file(name: str) -> Path:
    return next(each for each in EXAMPLES if each.stem == name)
