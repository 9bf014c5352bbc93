"""Handbooks that were stored before most settings were there: they are read still, and mean what they meant."""

import json
from pathlib import Path

from models.rules.handbook import Handbook

STORED = json.loads(Path(__file__).with_name("stored_handbooks.json").read_text("utf-8"))


def test_what_was_stored_by_the_first_version_is_what_the_same_words_mean_today() -> None:
    """A setting that came later has a default that changes nothing for a department that never heard of it."""
    assert Handbook.model_validate(STORED["by default"]) == Handbook()
    assert Handbook.model_validate(STORED["with rounds and limits"]) == Handbook.model_validate(STORED["said"])
