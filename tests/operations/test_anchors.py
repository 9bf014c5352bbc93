"""`dutyline audit`: anchors in a file, and the chains held against them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.audit import audit
from models.session import Database
from tests.cast import assemble, at
from tests.models.test_proof import _happen, _seal, _wait_for_strangers
from tests.production import GOOD

Run = Callable[..., Result]


@pytest.fixture
def run(postgres_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name, value in (GOOD | {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url}).items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(audit, [str(word) for word in words])


@pytest.fixture
def slug(database: Database) -> str:
    """A department with a chain of two."""
    cast = assemble(database)
    with at(database, cast.millbrook) as work:
        _happen(work, cast, "first", "second")
    _wait_for_strangers(database, cast.millbrook)
    _seal(database, cast)
    return cast.millbrook.slug


def test_anchors_are_appended_and_hold(run: Run, slug: str, tmp_path: Path) -> None:
    file = tmp_path / "anchors"
    assert [run("anchor", file).exit_code for _ in range(2)] == [0, 0]
    mine = [line for line in map(json.loads, file.read_text().splitlines()) if line["department"] == slug]
    assert [(line["position"], len(line["hash"])) for line in mine] == [(2, 64), (2, 64)]
    assert json.loads(run("anchor").stdout.splitlines()[-1]).keys() == mine[0].keys()
    held = json.loads(run("verify", "--anchor", file, "--json").stdout)
    assert held[slug] == {"checked": 2, "broken_at": None, "not_sealed_yet": 0}


def test_an_anchor_that_is_missed_is_told_with_its_place_and_day(run: Run, slug: str, tmp_path: Path) -> None:
    file = tmp_path / "anchors"
    gone = {"department": slug, "position": 9, "hash": "f" * 64, "taken_at": "2026-11-22T08:00:00+00:00"}
    other = gone | {"position": 2}
    for told, words in ((gone, "the chain ends before position 9"), (other, "position 2 is not what it was on 2026")):
        file.write_text(json.dumps(told) + "\n")
        result = run("verify", "--anchor", file)
        assert (result.exit_code, f"{slug}: {words}" in result.stdout) == (1, True)


def test_a_department_that_is_not_there_any_more_is_missed(run: Run, slug: str, tmp_path: Path) -> None:
    file = tmp_path / "anchors"
    run("anchor", file)
    file.write_text(file.read_text().replace(f'"{slug}"', '"gone-for-good"'))
    result = run("verify", "--anchor", file)
    assert (result.exit_code, "gone-for-good: the anchors name it" in result.stdout) == (1, True)


@pytest.mark.parametrize("line", ["no json", "[]", '{"department": "x"}', '{"department": 1, "position": "y"}'])
def test_a_line_that_is_no_anchor_is_named(run: Run, tmp_path: Path, line: str) -> None:
    file = tmp_path / "anchors"
    file.write_text(f"\n{line}\n")
    result = run("verify", "--anchor", file)
    assert (result.exit_code, f"{file}:2: this is no anchor" in result.stderr) == (1, True)
