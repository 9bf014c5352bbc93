"""The records' fixtures, for reports over them."""

from tests.models.conftest import cast, database

__all__ = ["cast", "database"]
