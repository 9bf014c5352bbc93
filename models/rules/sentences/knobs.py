"""Every setting that a handbook may have, found by walking the handbook's own types."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard, get_args, get_origin

from pydantic.fields import FieldInfo

from models.rules.clauses.base import Clause
from models.rules.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Knob:
    """A setting: where it stands, as in `awarding.rounds[].order[].key`, the clause it belongs to, and its field."""

    path: str
    clause: type[Clause]
    name: str
    field: FieldInfo

    @property
    def is_part(self) -> bool:
        """Whether it is nothing but a clause with settings of its own, as `drops` is."""
        return _is_clause(self.field.annotation)

    @property
    def parts(self) -> tuple[type[Clause], ...]:
        """The clauses that its value is made of, if any."""
        return tuple(_clauses_in(self.field.annotation))

    @property
    def is_list(self) -> bool:
        """Whether its value is a list, if it is said at all."""
        return any(get_origin(each) is tuple for each in (self.field.annotation, *get_args(self.field.annotation)))

    @property
    def source(self) -> str:
        """The public text that asks for this setting, or `illustrative`; empty if nobody said."""
        extra = self.field.json_schema_extra
        return str(extra.get("source", "")) if isinstance(extra, dict) else ""


def knobs(of: type[Clause] = Handbook, path: str = "") -> Iterator[Knob]:
    """All settings of a clause and, after each, those of the clauses in it, in the order in which they are defined."""
    for name, field in of.model_fields.items():
        knob = Knob(f"{path}{name}", of, name, field)
        yield knob
        brackets = "[]" if knob.is_list else ""
        for part in knob.parts:
            yield from knobs(part, f"{knob.path}{brackets}.")


def example_of(clause: type[Clause]) -> dict[str, Any]:
    """What must be said for a clause to be one at all, each setting by its first example."""
    return beside_of(clause.model_config.get("json_schema_extra")) | {
        name: example_of(field.annotation) if _is_clause(field.annotation) else (field.examples or [None])[0]
        for name, field in clause.model_fields.items()
        if field.is_required()
    }


def beside_of(extra: Any) -> dict[str, Any]:
    """What a setting, or any setting of a clause, needs beside it where it does not stand alone."""
    return dict(extra.get("beside", {})) if isinstance(extra, dict) else {}


def around_of(knob: Knob) -> dict[str, Any]:
    """What an example of a setting needs elsewhere in the handbook."""
    extras = (knob.clause.model_config.get("json_schema_extra"), knob.field.json_schema_extra)
    return {name: value for extra in extras if isinstance(extra, dict) for name, value in _around(extra).items()}


def _around(extra: Any) -> dict[str, Any]:
    return dict(extra.get("around", {}))


def _is_clause(annotation: Any) -> TypeGuard[type[Clause]]:
    return isinstance(annotation, type) and issubclass(annotation, Clause)


def _clauses_in(annotation: Any) -> Iterator[type[Clause]]:
    if _is_clause(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _clauses_in(inner)
