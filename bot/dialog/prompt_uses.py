"""Which prompts the code says, read from its source: a key in quotes, or the beginning of one ("why." + outcome)."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_KEY = re.compile(r"[a-z_]+\.[a-z_0-9]*")
HOUSE = Path(__file__).parents[2]
SPEAKERS = ("flows", "bot", "workers")
"""The folders that name prompts."""


def said_in(folders: Iterable[Path]) -> frozenset[str]:
    """Every key, and every beginning of a key that is completed at run time."""
    return frozenset(key for folder in folders for file in sorted(folder.rglob("*.py")) for key in _said(file))


def _said(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KEY.fullmatch(node.value):
            yield node.value
