"""What is wrong with a bundle, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: `line` counts from 1 and is None where the text has no line for it."""

    path: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (in_words(self.path), self.line and f"line {self.line}") if part)
        return f"{place}: {self.message}" if place else self.message


def in_words(path: Path) -> str:
    """`details[3].ends_at`, with list places counted from 0."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


class BundleErrors(ValueError):
    """Everything that is wrong with a bundle, at once; nothing of it was read."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda each: (each.line or 0, in_words(each.path))))
        super().__init__("\n".join(f"{name}: {problem}" for problem in self.problems))
