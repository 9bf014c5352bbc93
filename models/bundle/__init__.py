"""A department in one document: its schema, reading it with every error in its place, and facts out of it."""

from models.bundle.problems import BundleErrors, Problem
from models.bundle.reading import read
from models.bundle.schema import Bundle, json_schema

__all__ = ["Bundle", "BundleErrors", "Problem", "json_schema", "read"]
