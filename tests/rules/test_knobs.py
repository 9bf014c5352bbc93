"""Every setting of a handbook says what it means, how it is written, and which public text asks for it."""

from typing import Any

import pytest

from models.rules.clauses.base import Clause
from models.rules.knobs import Knob, knobs

EVERY = tuple(knobs())


@pytest.mark.parametrize("knob", EVERY, ids=lambda knob: knob.path)
def test_a_setting_has_a_meaning_an_example_and_a_source(knob: Knob) -> None:
    assert knob.field.description, "give it a description that a coordinator understands"
    if not knob.is_part:
        assert knob.field.examples, "give it examples=[...], as they would be written in YAML"
        assert knob.source, 'give it json_schema_extra={"source": …}: a public text, or "illustrative"'


@pytest.mark.parametrize("knob", [each for each in EVERY if not each.is_part], ids=lambda knob: knob.path)
def test_every_example_is_right_in_its_place(knob: Knob) -> None:
    for example in knob.field.examples or ():
        knob.clause.model_validate({**_needed(knob.clause), knob.name: example})


def _needed(clause: type[Clause]) -> dict[str, Any]:
    """What must be said so that the clause is one at all, each by its first example."""
    return {
        name: _needed(field.annotation)
        if isinstance(field.annotation, type) and issubclass(field.annotation, Clause)
        else (field.examples or [None])[0]
        for name, field in clause.model_fields.items()
        if field.is_required()
    }
