"""The lifecycles that are drawn are the ones that are lived: each arrow has its verb, its event and its sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.lifecycle import Arrow, Lifecycle
from models.lifecycle_drawings import RECORDS, document
from tests.models.test_schema import LIFECYCLES

HOUSE = Path(__file__).parents[2]
ARROWS = [(title, arrow) for title, life in RECORDS.items() for arrow in life.arrows]

# The states stand in the department's own paper, so the database knows them; their verbs come with the desk that
# cancels and the office that pays.
WITHOUT_VERB_YET = {
    ("Assignment", "cancel"),
    ("Assignment", "pay"),
    ("Detail", "cancel"),
    ("Slot", "cancel"),
    ("Posting", "withdraw"),
}


def _is_arrow(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Arrow"


def _words(node: ast.AST) -> Iterator[str]:
    """Every string in the code, those in the arrows' own declarations left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in () if _is_arrow(node) else ast.iter_child_nodes(node):
        yield from _words(child)


@pytest.fixture(scope="module")
def words() -> set[str]:
    return {
        word
        for folder in ("models", "workers", "flows", "bot/dialog", "bot/delivery")
        for path in (HOUSE / folder).rglob("*.py")
        for word in _words(ast.parse(path.read_text()))
    }


def test_every_lifecycle_is_drawn() -> None:
    assert {life.table.name for life in RECORDS.values()} == {name for name, _ in LIFECYCLES}


def test_the_committed_drawings_are_those_of_the_code() -> None:
    written = (HOUSE / "docs" / "lifecycles.md").read_text()
    assert written == document(), "python -m models.lifecycle_drawings > docs/lifecycles.md"


def test_every_arrow_is_taken_by_its_verb_somewhere(words: set[str]) -> None:
    unused = {(title, arrow.verb) for title, arrow in ARROWS if arrow.verb not in words}
    assert unused <= WITHOUT_VERB_YET


@pytest.mark.parametrize(("title", "arrow"), ARROWS, ids=lambda one: one.verb if isinstance(one, Arrow) else one)
def test_an_arrow_says_when_it_is_taken_in_a_sentence(title: str, arrow: Arrow) -> None:
    assert arrow.meaning[0].isupper(), title
    assert arrow.meaning.endswith("."), title


@pytest.mark.parametrize("life", RECORDS.values(), ids=RECORDS.keys())
def test_no_verb_has_two_arrows_and_every_state_can_be_reached(life: Lifecycle) -> None:
    verbs = [arrow.verb for arrow in life.arrows]
    assert len(set(verbs)) == len(verbs)
    reached = set(life.starts)
    for _ in life.arrows:
        reached |= {arrow.target for arrow in life.arrows if reached & set(arrow.sources)}
    assert reached == set(life.states())


def test_a_verb_that_no_arrow_has_is_a_mistake_and_not_a_lost_race() -> None:
    with pytest.raises(KeyError, match="no verb 'vanish'"):
        RECORDS["Slot"].arrow("vanish")
