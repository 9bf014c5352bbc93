"""Running it is tested on the same records as tests/models."""

from tests.models.conftest import database

__all__ = ["database"]
