"""docs/handbook.md tells every setting that there is, and every example in it is right."""

from pathlib import Path

import pytest

from bot.cli.handbook_reference import reference, with_reference
from models.bundle.handbook_text import read_handbook
from models.rules.checking import check
from models.rules.clauses.orders import OrderKey
from models.rules.handbook import Handbook
from models.rules.sentences.comparison import changes
from models.rules.sentences.explain import explained
from models.rules.sentences.knobs import knobs
from models.rules.sentences.written_out import written_out

PAGE = (Path(__file__).parents[2] / "docs" / "handbook.md").read_text("utf-8")
EXAMPLES = [block.split("```")[0] for block in PAGE.split("```yaml\n")[1:]]


def test_the_page_is_as_the_settings_are() -> None:
    assert with_reference(PAGE) == PAGE, "write it anew: .venv/bin/dutyline handbook reference --into docs/handbook.md"


def test_every_setting_is_told_where_it_stands() -> None:
    told = reference()
    for knob in knobs():
        assert f"**`{knob.name}`**" in told, knob.path
    for key in (OrderKey.model_fields["key"].description or "").split(". "):
        assert key.rstrip(".") in told


def test_the_guide_leads_to_every_part_of_a_handbook() -> None:
    guide = PAGE.partition("## Reference")[0]
    assert [name for name in Handbook.model_fields if f"`{name}" not in guide] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.strip()[:40])
def test_every_example_is_a_handbook(example: str) -> None:
    handbook = read_handbook(example, "docs/handbook.md").handbook
    check(handbook)
    assert read_handbook(written_out(handbook), "written out").handbook == handbook
    assert changes(handbook, handbook) == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.strip()[:40])
def test_every_setting_is_said_in_a_sentence(example: str) -> None:
    for each in explained(read_handbook(example, "docs/handbook.md").handbook):
        assert each.sentence[0] == each.sentence[0].upper(), each
        assert each.sentence.endswith("."), each
        assert "{" not in each.sentence, each
        assert "so many" not in each.sentence.lower(), each
