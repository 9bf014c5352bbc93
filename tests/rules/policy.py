"""Policies of departments we do not know, written down as handbooks by their public texts: tests/rules/policies."""

from pathlib import Path
from typing import Any

from models.bundle.document import parse
from models.bundle.handbook_text import HandbookText, read_handbook
from models.rules.handbook import Handbook

POLICIES = sorted((Path(__file__).parent / "policies").glob("*.yaml"))


def text_of(name: str) -> HandbookText:
    """The policy as it is read from its file."""
    file = next(each for each in POLICIES if each.stem == name)
    return read_handbook(file.read_text("utf-8"), file.name)


def policy(name: str) -> dict[str, Any]:
    """The policy as plain data, for the tables' departments."""
    file = next(each for each in POLICIES if each.stem == name)
    said: dict[str, Any] = parse(file.read_text("utf-8")).data
    return said


def rules(name: str) -> Handbook:
    """The policy as a handbook."""
    return text_of(name).handbook
