"""Who may decide by hand."""

from typing import Any

import pytest

from models.rules.by_hand import Decider, stopped_by
from models.rules.clauses.by_hand import ByHand

# clause, the decider's rank (None: nobody known by badge), whether he gains, the setting that is against it
CASES: list[tuple[dict[str, Any], str | None, bool, str | None]] = [
    ({}, None, False, None),
    ({}, "Officer", False, None),
    ({}, "Captain", True, "own_benefit"),
    ({"own_benefit": "allowed"}, "Captain", True, None),
    ({"allowed": False}, "Captain", False, "allowed"),
    ({"ranks": ["Captain"]}, "Captain", False, None),
    ({"ranks": ["Captain"]}, "Officer", False, "ranks"),
    ({"ranks": ["Captain"]}, None, False, "ranks"),
    ({"ranks": ["Captain"]}, "Captain", True, "own_benefit"),
]


@pytest.mark.parametrize(("clause", "rank", "gains", "against"), CASES)
def test_who_may_decide_by_hand(clause: Any, rank: str | None, gains: bool, against: str | None) -> None:
    assert stopped_by(ByHand.model_validate(clause), Decider(rank, gains)) == against
