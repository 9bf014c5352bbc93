"""A handbook as YAML with nothing left out, each setting below a sentence on it."""

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from models.rules.clauses.base import Clause
from models.rules.handbook import Handbook
from models.rules.sentences.explain import default_of, part_untouched, parts_of, plain, sentence

_WIDTH = 110
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def written_out(handbook: Handbook) -> str:
    """The handbook with every default made visible and marked as one. Read again, it is the same handbook."""
    return "\n".join(_clause(handbook, 0)) + "\n"


def _clause(clause: Clause, depth: int, untouched: Clause | None = None) -> Iterator[str]:
    for name, field in type(clause).model_fields.items():
        value, default, indent = getattr(clause, name), default_of(clause, name, untouched), "  " * depth
        parts = [part for _, part in parts_of(value)]
        said = field.description or "" if parts else sentence(field, value)
        is_default = value == default and not isinstance(value, Clause)
        yield from _comment(f"{said} (default)" if is_default else said, indent)
        if parts:
            yield f"{indent}{name}:"
            yield from _inside(value, parts, depth + 1, default)
        else:
            yield f"{indent}{name}: {_flow(plain(value))}"


def _inside(value: Any, parts: list[Clause], depth: int, default: Any) -> Iterator[str]:
    if isinstance(value, Clause):
        yield from _clause(value, depth, part_untouched(value, value, default))
    elif isinstance(value, dict):
        for name, part in zip(value, parts, strict=True):
            yield f"{'  ' * depth}{_flow(name)}:"
            yield from _clause(part, depth + 1)
    else:
        for part in parts:
            yield from _item(part, depth, part_untouched(value, part, default))


def _item(part: Clause, depth: int, untouched: Clause | None) -> Iterator[str]:
    """A clause of a list: its dash goes before its first setting, below that one's sentence."""
    lines = list(_clause(part, depth + 1, untouched))
    first = next(place for place, line in enumerate(lines) if not line.lstrip().startswith("#"))
    lines[first] = f"{'  ' * depth}- {lines[first].lstrip()}"
    yield from lines


def _comment(words: str, indent: str) -> list[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def _flow(value: Any) -> str:
    text: str = yaml.dump(
        value, Dumper=_DUMPER, default_flow_style=True, width=10_000, allow_unicode=True, sort_keys=False
    )
    return text.removesuffix("...\n").strip()
