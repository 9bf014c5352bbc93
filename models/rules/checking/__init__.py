"""What is wrong with a handbook that can be read: clauses that contradict each other, or that never come to pass."""

from models.rules.checking.finding import Finding, Known
from models.rules.checking.findings import check

__all__ = ["Finding", "Known", "check"]
