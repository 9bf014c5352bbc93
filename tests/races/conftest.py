"""Races run on the same records as tests/models."""

from tests.models.conftest import cast, database, owner

__all__ = ["cast", "database", "owner"]
