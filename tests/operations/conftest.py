"""Running it is tested on the same records as tests/models, and on what would be logged meanwhile."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import JsonLines
from tests.models.conftest import database

__all__ = ["database", "told"]


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """Every line that would be logged, as it would be, down to what is usually left out."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(JsonLines())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
