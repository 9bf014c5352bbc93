"""
YAML and JSON text as plain data with the line of every value. Words stay words: what YAML would guess to be a
number, a time or a yes is left for the schema to read, so that badge 0114 and rank NO come through unharmed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from models.bundle.problems import Path, Problem

# Beside two values for each character, which no text has that repeats nothing.
_REPEATED_VALUES = 10_000
_MOST_DEPTH = 30
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Document:
    """What a text says, where it says it, and what kept it from being read."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def parse(text: str) -> Document:
    """Text that begins with a brace is JSON, all else YAML. What cannot be read is a problem, never an exception."""
    text = text.removeprefix("\ufeff")
    return _parse_json(text) if text.lstrip().startswith("{") else _parse_yaml(text)


def _parse_json(text: str) -> Document:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return Document(problems=[Problem((), error.lineno, f"is not JSON: {error.msg}")])
    except RecursionError:
        return Document(problems=[Problem((), None, "is nested too deep")])
    # JSON is YAML once tabs are blanks, which outside of strings they may be; only the lines are read this way.
    located = _parse_yaml(text.replace("\t", " "))
    return Document(data, located.lines, [each for each in located.problems if each.path])


def _parse_yaml(text: str) -> Document:
    document = Document()
    if _is_too_deep(text):
        document.problems.append(Problem((), None, "is nested too deep"))
        return document
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        document.problems.append(Problem((), line, f"is not YAML: {_in_words(text, error, line)}"))
        return document
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        document.problems.append(Problem((), line, "has a character in it that cannot be seen: type the line anew"))
        return document
    except (yaml.YAMLError, ValueError) as error:
        document.problems.append(Problem((), None, f"is not YAML: {error}"))
        return document
    document.data = None if node is None else _Reading(document, 2 * len(text) + _REPEATED_VALUES).value(node, ())
    return document


def _in_words(text: str, error: yaml.MarkedYAMLError, line: int | None) -> str:
    mark = error.problem_mark
    here = "".join(text.splitlines()[line - 1 : line]) if line else ""
    if mark is not None and "\t" in here[: mark.column + 1]:
        return "a tab stands where only spaces may: indent with spaces"
    return str(error.problem or error.context)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _is_too_deep(text: str) -> bool:
    """The parser recurses in C for each bracket; far beyond what a bundle needs it would bring the process down."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth = max(depth - 1, 0)
    return deepest > 500 or _most_indented(text) > 1000


def _most_indented(text: str) -> int:
    return max((len(line) - len(line.lstrip(" -?")) for line in text.splitlines()), default=0)


class _Reading:
    """Turns nodes into data. Anchors may repeat a part, but not so often that a small text becomes a huge one."""

    def __init__(self, document: Document, most_values: int) -> None:
        self.document = document
        self.most_values = most_values
        self.values = 0
        self.is_over = False

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.values += 1
        self.document.lines[path] = node.start_mark.line + 1
        if self.values > self.most_values or len(path) > _MOST_DEPTH:
            if not self.is_over:
                self._problem(node, path[:3], "is nested too deep or repeated too often, by an anchor (&, *)")
            self.is_over = True
            return None
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith("tag:yaml.org,2002:python"):
            self._problem(
                node, path, f"has a tag, {node.tag.rpartition(':')[2]!r}, which nothing here means: leave it out"
            )
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, place)) for place, each in enumerate(node.value)]
        is_nothing = not getattr(node, "style", None) and node.value in _NOTHING
        return None if is_nothing else node.value

    def _entries(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, path, "has a key that is not a word")
                continue
            if key.value in seen:
                self._problem(key, (*path, key.value), "is given twice")
            seen.add(key.value)
            yield key.value, self.value(value, (*path, key.value))

    def _problem(self, node: yaml.Node, path: Path, message: str) -> None:
        if len(self.document.problems) < 100:
            self.document.problems.append(Problem(path, node.start_mark.line + 1, message))
