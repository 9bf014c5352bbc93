"""If no one takes the overtime, the supervisor orders in the last officer he had contact with."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.awarding.award import award, replay
from models.rules.clauses.sources import CALL_IN
from models.rules.facts import ContactFacts, to_json
from models.rules.handbook import Handbook
from tests.rules.cast import at, department, officer, opening
from tests.rules.test_award_table import EVENING, MORNING, told, winners

LAST = {"key": "last_contacted"}
FIRST = {"key": "last_contacted", "direction": "down"}
JUNIOR = {"key": "seniority", "direction": "down"}
ILLUSTRATIVE = "illustrative"


def contact(who: int, when: str, outcome: str = "declined", opening_id: int | None = 1) -> ContactFacts:
    """He was asked for the morning, and this came of it."""
    return ContactFacts(who, "details", outcome, at(f"2026-11-09 {when}"), opening_id)


# clause, order, contacts, who is ordered to the morning, by which figure
TABLE: list[tuple[str, list[Any], list[ContactFacts], int, str | None]] = [
    (CALL_IN, [LAST], [contact(1, "08:00"), contact(2, "08:10"), contact(3, "08:05")], 2, "08:10"),
    # The last of several times counts; heard and hung up is contact, no answer and a busy line are none.
    (CALL_IN, [LAST], [contact(1, "08:00"), contact(2, "08:10"), contact(1, "08:20")], 1, "08:20"),
    (CALL_IN, [LAST], [contact(1, "08:00", "heard_and_hung_up"), contact(2, "08:10", "no_answer"),
                       contact(3, "08:20", "busy")], 1, "08:00"),
    # What he said of another detail says nothing of this one.
    (CALL_IN, [LAST, JUNIOR], [contact(1, "08:00"), contact(2, "09:00", opening_id=2)], 1, "08:00"),
    (CALL_IN, [LAST, JUNIOR], [contact(2, "09:00", opening_id=None)], 3, None),
    (ILLUSTRATIVE, [FIRST], [contact(1, "08:10"), contact(3, "08:00")], 3, "08:00"),
    # Nobody was reached: the next key decides, whichever way the first is turned.
    (ILLUSTRATIVE, [LAST, JUNIOR], [], 3, None),
    (ILLUSTRATIVE, [FIRST, JUNIOR], [], 3, None),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "order", "contacts", "ordered", "when"), TABLE)
def test_who_was_reached_last_is_ordered(clause: str, order: Any, contacts: Any, ordered: int, when: Any) -> None:
    rules = {"awarding": {"rounds": [{"name": "posted"}, {"name": "orders", "kind": "order_in", "order": order}]}}
    openings = [opening(1, MORNING), opening(2, EVENING)]
    facts = department(rules, [officer(each) for each in (1, 2, 3)], openings, {}, {2: 0}, has_everybody=True)
    facts = replace(facts, contacts=tuple(contacts))
    result = award(facts)
    assert winners(result) == {1: [ordered]}, clause
    figures = told(result, ordered, 1)[2]
    assert figures.get("contacted_at") == (when and at(f"2026-11-09 {when}"))
    assert replay(to_json(facts)) == result


def test_rounds_that_award_sign_ups_do_not_go_by_who_was_reached() -> None:
    with pytest.raises(ValueError, match="rounds that order in or recall"):
        Handbook.model_validate({"awarding": {"rounds": [{"name": "posted", "order": ["last_contacted"]}]}})
    bands = [{"name": "soon", "method": "ladder", "ladder": {"order": ["last_contacted"]}}]
    with pytest.raises(ValueError, match="rounds that order in or recall"):
        Handbook.model_validate({"notice": {"bands": bands}})
