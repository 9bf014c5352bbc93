"""Every setting of a handbook says what it means, how it is written, and which public text asks for it."""

import pytest

from models.rules.sentences.knobs import Knob, beside_of, example_of, knobs

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
        beside = {**example_of(knob.clause), **beside_of(knob.field.json_schema_extra)}
        knob.clause.model_validate({**beside, knob.name: example})
