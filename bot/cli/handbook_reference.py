"""`dutyline handbook reference`: every setting of a handbook as a page, made from the settings themselves."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import annotated_types
import click
import yaml
from pydantic import ValidationError

from models.rules.clauses.base import Clause
from models.rules.clauses.orders import OrderKey
from models.rules.handbook import Handbook
from models.rules.sentences.explain import plain
from models.rules.sentences.knobs import Knob, around_of, beside_of, example_of, knobs

BLOCK = re.compile(r"(?<=<!-- reference: written by dutyline handbook reference -->\n).*(?=<!-- end -->)", re.DOTALL)
_UNITS = ("hours", "minutes", "days", "cents")


@click.command("reference")
@click.option(
    "--into", "page", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Write it into a page."
)
def reference_command(page: Path | None) -> None:
    """Print the reference of all settings, in Markdown; --into docs/handbook.md writes it into that page."""
    if page is None:
        click.echo(reference(), nl=False)
    else:
        page.write_text(with_reference(page.read_text("utf-8")), "utf-8")


def with_reference(page: str) -> str:
    """The page with its reference as the settings are now."""
    return BLOCK.sub(lambda _: "\n" + reference() + "\n", page)


def reference() -> str:
    """For each setting its meaning, unit, default, an example as it stands in a handbook, and where it comes from."""
    return "\n".join(line for clause, places in _clauses().items() for line in _section(clause, places)).strip() + "\n"


def _clauses() -> dict[type[Clause], list[Knob]]:
    """Every clause with the settings that hold one: each is described once, however often it occurs."""
    found: dict[type[Clause], list[Knob]] = {Handbook: []}
    for knob in knobs():
        for part in knob.parts:
            found.setdefault(part, []).append(knob)
    return found


def _section(clause: type[Clause], places: list[Knob]) -> Iterator[str]:
    names = list(dict.fromkeys(f"`{knob.path}`" for knob in places))
    kind = _told_apart(clause)
    yield f"### {', '.join(names) or 'The handbook itself'}{kind}"
    yield ""
    yield _sentence(places[0].field.description if len(names) == 1 and not kind else clause.__doc__)
    yield ""
    first = next((knob for knob in knobs() if clause in knob.parts), None)
    for name in clause.model_fields:
        yield from _setting(Knob(_inside(first, name), clause, name, clause.model_fields[name]), first)
        yield ""


def _inside(holder: Knob | None, name: str) -> str:
    return name if holder is None else f"{holder.path}{'' if holder.is_part else '[]'}.{name}"


def _told_apart(clause: type[Clause]) -> str:
    """What makes a clause this one, where several shapes may stand in the same place."""
    field = clause.model_fields.get("kind")
    kinds = get_args(field.annotation) if field else ()
    return f", `kind: {kinds[0]}`" if len(kinds) == 1 else ""


def _setting(knob: Knob, holder: Knob | None) -> Iterator[str]:
    below = f" Its settings are below, under `{knob.path}`." if knob.is_part else ""
    yield f"**`{knob.name}`** {_sentence(knob.field.description)}{below}"
    if knob.is_part:
        yield from [_default(knob)] if _said(knob.field.get_default()) else []
        return
    values = _values(knob)
    yield f"{values[:1].upper()}{values[1:]}. {_default(knob)}"
    yield ""
    yield "```yaml"
    yield _yaml(_nested(knob, holder))
    yield "```"
    yield ""
    yield f"From: {knob.source}."


def _sentence(words: str | None) -> str:
    said = " ".join((words or "").split())
    return said if said.endswith(".") else f"{said}."


def _values(knob: Knob) -> str:
    """What may stand there, with its unit and its bounds."""
    annotation = knob.field.annotation
    if any(get_args(each) or each is bool for each in get_args(annotation) if each is not type(None)) and (
        choices := _choices(annotation)
    ):
        return " or ".join([", ".join(f"`{each}`" for each in choices[:-1]), f"`{choices[-1]}`"])
    inner = [each for each in get_args(annotation) if each not in (type(None), Ellipsis)]
    if annotation is bool:
        return "`true` or `false`"
    if inner and all(isinstance(each, str) for each in inner):
        return f"one of {', '.join(f'`{each}`' for each in inner)}"
    if knob.is_list:
        choices = [each for each in get_args(inner[0]) if isinstance(each, str)]
        return "a list" + (f" of {', '.join(f'`{each}`' for each in choices)}" if choices else "")
    return (_unit(knob) or "a value") + _bounds(knob)


def _choices(annotation: Any) -> list[str]:
    """All that may stand there, where a setting is true, false, or one of some words."""
    parts = [each for each in get_args(annotation) if each is not type(None)]
    if not all(each is bool or isinstance(each, str) or get_origin(each) is Literal for each in parts):
        return []
    return [word for each in parts for word in (("true", "false") if each is bool else get_args(each) or (each,))]


def _unit(knob: Knob) -> str:
    text = str(knob.field.annotation)
    if "time" in text and "datetime.time" in text:
        return "a time of day, like 19:30"
    if "date" in text:
        return "a date, like 2026-11-02"
    if knob.parts:
        return "a part of its own"
    if "int" not in text and "float" not in text:
        return "a name" if "str" in text else ""
    unit = next((unit for unit in _UNITS if unit in knob.name.split("_")), "")
    return ("whole " if "int" in text and unit else "") + (unit or "a number")


def _bounds(knob: Knob) -> str:
    said = []
    for each in [*knob.field.metadata, *_inner_metadata(knob.field.annotation)]:
        for part in getattr(each, "metadata", [each]):
            if isinstance(part, annotated_types.Ge):
                said.append(f"at least {part.ge}")
            elif isinstance(part, annotated_types.Gt):
                said.append(f"more than {part.gt}")
            elif isinstance(part, annotated_types.Le) and part.le != 8784:
                said.append(f"at most {part.le}")
    least = [each for each in said if each != "at least 0"] if len(said) > 1 else said
    return "".join(f", {each}" for each in dict.fromkeys(least))


def _inner_metadata(annotation: Any) -> list[Any]:
    return [each for part in get_args(annotation) for each in getattr(part, "__metadata__", ())]


def _default(knob: Knob) -> str:
    if knob.field.is_required():
        return "Must be said."
    default = _said(knob.field.get_default())
    return "Default: nothing." if default in (None, "", []) else f"Default: `{_flow(default)}`."


def _said(value: Any) -> Any:
    """A default as short as it can be written: what a clause leaves to its own defaults is left out."""
    if isinstance(value, Clause) and not isinstance(value, OrderKey):
        named = (name for name in type(value).model_fields if name in value.model_fields_set)
        return {name: _said(getattr(value, name)) for name in named}
    if isinstance(value, tuple):
        return [_said(each) for each in value]
    return plain(value)


def _nested(knob: Knob, holder: Knob | None) -> Any:
    """The first example as it stands in a handbook, with what must be said around it."""
    beside = {**example_of(knob.clause), **beside_of(knob.field.json_schema_extra)}
    said = {name: each for name, each in beside.items() if each is not None}
    value: Any = {**said, knob.name: (knob.field.examples or [None])[0]}
    while holder is not None:
        value = {**example_of(holder.clause), holder.name: _among_others(holder, value) if holder.is_list else value}
        holder = next((each for each in knobs() if holder.clause in each.parts), None)
    return around_of(knob) | value


def _among_others(holder: Knob, value: Any) -> list[Any]:
    """A list with this member; where it cannot be the only one, with the others of the holder's example behind it."""
    try:
        holder.clause.model_validate({**example_of(holder.clause), holder.name: [value]})
    except ValidationError:
        return [value, *(holder.field.examples or [[]])[0][1:]]
    return [value]


def _yaml(value: dict[str, Any]) -> str:
    return _dump(value, None)


def _flow(value: Any) -> str:
    return _dump(value, True)


def _dump(value: Any, flow: bool | None) -> str:
    text: str = yaml.safe_dump(value, default_flow_style=flow, width=10_000, allow_unicode=True, sort_keys=False)
    return text.removesuffix("...\n").strip()
