"""Two handbooks side by side: what differs, in the sentences of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.rules.clauses.base import Clause
from models.rules.handbook import Handbook
from models.rules.sentences.explain import Path, Said, explained, in_words, parts_of


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that differs; `old` or `new` is None where the clause around it is new or gone."""

    place: str
    old: Said | None
    new: Said | None


def changes(old: Handbook, new: Handbook) -> tuple[Change, ...]:
    """Every setting that differs, in the order of the handbook. Rounds and the like are known again by their names."""
    before, after = dict(_settings(old)), dict(_settings(new))
    places = [*after, *(place for place in before if place not in after)]
    return tuple(
        Change(place, before.get(place), after.get(place))
        for place in places
        if _value(before.get(place)) != _value(after.get(place))
    )


def told(change: Change) -> str:
    """A change in words: where, and what was said before and is said now."""
    lines = [change.place]
    if change.old is not None:
        lines.append(f"  was: {change.old.sentence}" if change.new else f"  gone: {change.old.sentence}")
    if change.new is not None:
        lines.append(f"  now: {change.new.sentence}" if change.old else f"  new: {change.new.sentence}")
    return "\n".join(lines)


def _value(said: Said | None) -> Any:
    return None if said is None else (said.value,)


def _settings(handbook: Handbook) -> Iterator[tuple[str, Said]]:
    """Settings by their place in words, without the lists of clauses, whose members are told one by one."""
    for said in explained(handbook):
        members = [_name(part, place) for place, part in parts_of(_at(handbook, said.path))]
        listed = Said(said.path, members, said.is_default, f"In this order: {in_words(members)}.")
        yield _place(handbook, said.path), listed if members else said


def _at(handbook: Handbook, path: Path) -> Any:
    value: Any = handbook
    for part in path:
        value = getattr(value, str(part)) if isinstance(value, Clause) else value[part]
    return value


def _place(handbook: Handbook, path: Path) -> str:
    """`awarding.rounds[monthly].order`."""
    words, value = "", handbook
    for part in path:
        value = getattr(value, str(part)) if isinstance(value, Clause) else value[part]
        words += f"[{_name(value, (part,))}]" if isinstance(part, int) else f".{part}"
    return words.removeprefix(".")


def _name(part: Any, place: Path) -> str:
    name = getattr(part, "name", "")
    return str(name) if name else str(place[0])
