"""Duties are done on the same records as tests/models, each handler called as a drain calls it."""

from tests.models.conftest import cast, database

__all__ = ["cast", "database"]
