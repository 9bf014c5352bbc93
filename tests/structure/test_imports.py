"""Imports run one way, so that what is true never depends on who asks: read from the source, nothing is run."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
OURS = ("bot", "flows", "ivr_prompts", "models", "workers")
WEB_PARTS = ("bot.webhooks", "bot.console", "bot.pages", "bot.api", "bot.app", "bot.pocket_phone")

# Who: what it never imports (beginnings of dotted names). From section 2 of the design; the command line composes all.
NEVER = {
    "models": ("bot", "flows", "ivr_prompts", "workers", "flask", "twilio", "rq", "redis", "click", "gunicorn"),
    "models/rules": ("sqlalchemy", "psycopg", "models.session", "models.tables"),
    "ivr_prompts": ("bot", "flows", "models", "workers", "flask", "twilio", "sqlalchemy"),
    "flows": ("bot.webhooks", "bot.delivery", "bot.console", "bot.bell", "bot.cli", "bot.app", "bot.pocket_phone",
              "workers", "flask", "twilio", "rq", "redis", "psycopg"),
    "bot/dialog": (*WEB_PARTS, "bot.cli", "bot.delivery", "workers", "flask", "twilio", "rq", "redis"),
    "bot/delivery": (*WEB_PARTS, "bot.cli", "workers", "flask", "rq", "redis"),
    "bot/bell.py": (*WEB_PARTS, "bot.cli", "workers", "flask", "twilio", "models"),
    "bot/webhooks": ("workers", "rq", "bot.cli", "bot.pocket_phone"),
    "bot/console": ("workers", "rq", "bot.cli"),
    "bot/pages": ("workers", "rq", "bot.cli"),
    "bot/api": ("workers", "rq", "bot.cli"),
    "bot/pocket_phone": ("workers", "rq", "bot.cli", "bot.dialog", "bot.webhooks", "flows"),
    "bot/app.py": ("workers", "rq", "bot.cli"),
    "bot/transcripts": ("workers",),
    "workers": (*WEB_PARTS, "bot.cli", "flask"),
}  # fmt: skip


def _files(place: str) -> list[Path]:
    path = HOUSE / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module or name the file imports, by line, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports by dots; we write the whole name"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("place", NEVER)
def test_a_part_imports_nothing_of_the_floors_above_it(place: str) -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{line} imports {name}"
        for path in _files(place)
        for line, name in _imported(path)
        if name.startswith(tuple(f"{each}." for each in NEVER[place])) or name in NEVER[place]
    ]
    assert wrong == []


def test_outside_the_command_line_nobody_who_answers_imports_who_initiates() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}:{line} imports {name}"
        for path in _files("bot")
        if "cli" not in path.relative_to(HOUSE).parts
        for line, name in _imported(path)
        if name.split(".")[0] == "workers"
    ]
    assert wrong == []


def test_flows_speak_no_sql() -> None:
    """Nothing of SQLAlchemy but its types, and no statement in a string."""
    wrong = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in _files("flows")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("text", "select", "insert", "update", "delete", "execute")
        and getattr(node.func.value, "id", getattr(node.func.value, "attr", "")) in ("sa", "conn", "sqlalchemy")
    ]
    assert wrong == []


@pytest.mark.parametrize("part", OURS)
def test_no_file_is_longer_than_five_hundred_lines(part: str) -> None:
    long = {str(path.relative_to(HOUSE)): lines for path in _files(part) if (lines := _lines(path)) > 500}
    long.pop("models/migrations/versions/0001_the_house.py", None)  # a migration is read once, from top to bottom
    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_the_top_of_the_house_holds_what_it_promises() -> None:
    for name in ("pyproject.toml", "bot", "flows", "ivr_prompts", "models", "workers", "tests", "Procfile"):
        assert (HOUSE / name).exists(), name


def test_which_index_a_conflict_is_about_is_written_out() -> None:
    """A value that is bound there makes a plan for all values fail: PostgreSQL cannot tell which index is meant."""
    found = [
        (path.name, clause)
        for path in (HOUSE / "models").rglob("*.py")
        for clause in re.findall(r"index_where=(.{12})", path.read_text(encoding="utf-8"))
        if not clause.startswith(('sa.text("', "_"))
    ]
    assert found == []
