"""An officer's own choice whether he is called: what rings all the same, and what goes by text instead."""

import pytest

from models.rules.asking.calling import CallChoice, is_wanted
from models.rules.clauses.calls import Calls, Demand
from tests.rules.sources import ILLUSTRATIVE

PLAIN = Calls()
DEMANDING = Calls(despite_choice=("orders", "late"))

# choice, handbook, demand, urgent, called
TABLE = [
    ("all", PLAIN, None, False, True),
    ("none", PLAIN, None, False, False),
    ("none", PLAIN, None, True, False),
    ("none", PLAIN, "orders", True, False),
    ("none", DEMANDING, "orders", False, True),
    ("none", DEMANDING, "late", True, True),
    ("none", DEMANDING, "emergencies", True, False),
    ("none", DEMANDING, None, True, False),
    ("urgent", PLAIN, None, False, False),
    ("urgent", PLAIN, None, True, True),
    ("urgent", PLAIN, "emergencies", True, True),
    ("urgent", DEMANDING, "orders", False, True),
]


@pytest.mark.parametrize(("choice", "clause", "demand", "is_urgent", "called"), TABLE)
def test_who_is_called(choice: CallChoice, clause: Calls, demand: Demand | None, is_urgent: bool, called: bool) -> None:
    assert is_wanted(choice, clause, demand, is_urgent=is_urgent) is called


def test_nothing_is_demanded_unless_a_handbook_says_so() -> None:
    assert Calls.model_fields["despite_choice"].json_schema_extra["source"] == ILLUSTRATIVE  # type: ignore[index, call-overload] # it is a dict with a text
    assert Calls().despite_choice == ()
