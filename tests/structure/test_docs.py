"""The documents tell what is so: settings, commands, words and files that they name exist, and none is left out."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot import config
from bot.cli.main import main
from bot.cli.rehearse import play_file
from bot.dialog.understanding.words import words_of
from flows.catalogue import FLOWS
from tests.conftest import TEST_HOME
from tests.structure import keywords, readme

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
README = (ROOT / "README.md").read_text("utf-8")

LINK = re.compile(r"\]\(([^)\s]+)\)")
# Paths are told in backticks and begin with a folder of the project.
PATH = re.compile(
    r"`((?:bot|flows|ivr_prompts|models|workers|tests|docs|bench)/[\w./-]*\w|\.ci/run|Procfile|Makefile)`"
)
FUNCTION_OF_FILE = re.compile(r"`([\w/]+\.py)`,\s+`(?:\w+\.)?(\w+)`")

# Made-up conversations that show how one is added.
EXAMPLES = {"flows/lend.py", "ivr_prompts/en/lend.yaml", "ivr_prompts/es/lend.yaml"}


def document(path: Path) -> str:
    return path.read_text("utf-8")


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


@pytest.mark.parametrize("name", config.NAMES)
def test_the_readme_explains_every_setting(name: str) -> None:
    assert re.search(rf"^\|.*`{name}`.*\|", README, re.MULTILINE), f"no row of the README's table is about {name}"


def test_the_readme_explains_no_setting_that_is_not_read() -> None:
    told = set(re.findall(r"^\| (`[A-Z_`, ]+`) \|", README, re.MULTILINE))
    names = {name for cell in told for name in re.findall(r"[A-Z_]{3,}", cell)}
    assert names == set(config.NAMES)


def test_the_readme_says_which_settings_are_needed() -> None:
    needed = {name.lower() for name in re.findall(r"^\| `([A-Z_]+)` \| yes \|", README, re.MULTILINE)}
    assert needed == set(config.NEEDED)


def commands(group: click.Group) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((name, *below) for below in commands(command))
        else:
            yield (name,)


def test_the_readme_names_every_command_of_the_command_line() -> None:
    table = README.partition("\n## Commands\n")[2].partition("\n## ")[0]
    rows = [re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", row.split("|")[1]))) for row in _rows(table)]
    for words in commands(main):
        assert any(set(words) <= set(row) for row in rows), f"dutyline {' '.join(words)} is not in the README"


def _rows(table: str) -> list[str]:
    return [line for line in table.splitlines() if line.startswith("| `")]


def test_the_page_of_keywords_is_what_the_flows_say() -> None:
    assert keywords.PAGE.read_text("utf-8") == keywords.page(), "write it anew: python -m tests.structure.keywords"


def test_every_keyword_of_every_flow_is_told() -> None:
    told = document(keywords.PAGE)
    for flow in FLOWS:
        for command in flow.commands:
            for word in command.words.get("en", ()):
                assert re.search(rf"[| ,]{re.escape(word)}[ ,|]", told), f"{word} of {flow.name} is not told"


def test_yes_and_no_are_told_as_they_are_understood() -> None:
    assert {"YES", "OK"} <= words_of("en").yes
    assert "bare yes means accept and a bare no means decline" in document(keywords.PAGE)


def test_the_readme_shows_what_the_line_really_says() -> None:
    assert readme.readme() == README, "write it anew: python -m tests.structure.readme"


def test_the_conversation_that_the_readme_shows_goes_as_written() -> None:
    played = play_file(readme.TRANSCRIPT, TEST_HOME)
    assert played.went_well, "\n".join(map(str, played.differences))


@each_document
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(document(path)):
        if "://" not in target and not target.startswith("#"):
            assert (path.parent / target.partition("#")[0]).exists(), f"{path.name} links to {target}"


@each_document
def test_every_file_that_is_named_exists(path: Path) -> None:
    for named in PATH.findall(document(path)):
        assert named in EXAMPLES or (ROOT / named).exists(), f"{path.name} names {named}"


@each_document
def test_every_function_that_is_named_with_its_file_is_there(path: Path) -> None:
    for file, name in FUNCTION_OF_FILE.findall(document(path)):
        found = [ROOT / file] if (ROOT / file).exists() else list((ROOT / "bot").rglob(file))
        assert found, f"{path.name} names {file}"
        assert re.search(rf"\b{name}\b", found[0].read_text("utf-8")), f"{path.name}: {name} is not in {file}"


def test_continuous_integration_runs_what_the_readme_says() -> None:
    ran = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in ran
    assert "make check" in ran
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), f"no make {target}"


def test_no_document_is_forgotten_in_the_list_of_documents() -> None:
    listed = document(ROOT / "docs" / "README.md")
    for path in ROOT.glob("docs/*.md"):
        assert path.name == "README.md" or f"]({path.name})" in listed, f"docs/README.md does not list {path.name}"
