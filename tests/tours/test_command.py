"""`dutyline tours`: previewed, brought in, refused whole; and the sources it lists."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from models.session import Database
from tests.cast import Cast
from tests.production import on_servers, put


@pytest.fixture
def run(cast: Cast, postgres_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch):
    put(monkeypatch, on_servers(postgres_url, redis_url))

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(main, ["tours", *map(str, words), "--department", cast.millbrook.slug])

    return invoke


@pytest.fixture
def file(tmp_path: Path, cast: Cast) -> Path:
    path = tmp_path / "november.csv"
    path.write_text(f"Badge,Date,Platoon\n{cast.brooks.badge},6/2/2031,N\n")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.yaml"
    path.write_text('shifts: {N: "23:00-07:00"}\n')
    return path


def test_a_preview_changes_nothing_and_the_import_does(run, file: Path, mapping: Path, cast: Cast, database: Database):
    looked = run("import", file, "--mapping", mapping, "--preview")
    assert f"+ {cast.brooks.badge}: duty Mon 2031-06-02 23:00 to Tue 2031-06-03 07:00" in looked.output
    assert "This was a preview: nothing was changed." in looked.output
    assert "1 added, 0 removed" in run("import", file, "--mapping", mapping).output
    assert "0 added, 0 removed, 1 as they were; 0 conflicts." in run("import", file).output


def test_what_is_wrong_is_said_by_line_and_nothing_is_imported(run, file: Path) -> None:
    refused = run("import", file)
    assert refused.exit_code == 1
    assert "has errors; nothing was imported." in refused.output
    assert f"{file}: line 2: 'N' is no kind of day that is known; say under kinds" in refused.output


def test_the_days_replaced_may_be_named(run, file: Path, mapping: Path, tmp_path: Path, cast: Cast) -> None:
    run("import", file, "--mapping", mapping)
    empty = tmp_path / "june.csv"
    empty.write_text(f"Badge,Date,Platoon\n{cast.chen.badge},6/9/2031,N\n")
    assert "1 added, 1 removed" in run("import", empty, "--from", "2031-06-01", "--until", "2031-06-30").output
    assert "go together" in run("import", empty, "--from", "2031-06-01").output


def test_a_mapping_that_is_wrong_is_refused_with_its_place(run, file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("shifts: {N: nights}\nwatch: 3\n")
    said = run("import", file, "--mapping", wrong).output
    assert "shifts: Value error, the hours of shift 'N' are 'nights'" in said
    assert "watch: Extra inputs are not permitted" in said


def test_sources_are_listed_with_how_they_are_doing(run) -> None:
    assert "No source yet" in run("sources").output
    run("source", "duty", "--url", "https://city.example.org/duty.ics", "--every", "30")
    assert run("token", "dispatch").output.startswith("dlt_")
    listed = run("sources").output
    assert "duty: https://city.example.org/duty.ics every 30 minutes" in listed
    assert "dispatch: pushes with a token" in listed


def test_a_feed_needs_an_address(run) -> None:
    assert "must begin with https://" in run("source", "duty", "--url", "ftp://city.example.org").output
    assert "give its --url too" in run("source", "duty", "--every", "30").output
