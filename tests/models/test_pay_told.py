"""What officers are told an hour pays: the detail's rate, or what the handbook's clause makes of it at the start."""

from itertools import count
from typing import Any

import pytest
import yaml

from models.bundle import read
from models.bundle.load import load
from models.details.opening import openings_to_fill
from models.session import Database

_NUMBERS = count(1)
NIGHT = {"name": "night", "factor": 1.5, "from_time": "19:00", "until_time": "07:00"}
BY_RANK = [{"rank": "Sergeant", "cents_per_hour": 8000}, {"cents_per_hour": 7000}]

# the clause, the start, the detail's rate, ranks, what is told
CASES: list[tuple[dict[str, Any], str, bool, list[str], int | None]] = [
    ({}, "20:00", True, [], 6000),
    ({}, "20:00", False, [], None),
    ({"premiums": [NIGHT]}, "20:00", True, [], 9000),
    ({"premiums": [NIGHT]}, "18:00", True, [], 6000),
    ({"rates": BY_RANK, "premiums": [NIGHT]}, "18:00", True, [], 6000),
    ({"rates": BY_RANK}, "18:00", False, [], 7000),
    ({"rates": BY_RANK}, "18:00", False, ["Sergeant"], 8000),
    ({"rates": BY_RANK}, "18:00", False, ["Sergeant", "Officer"], 7000),
]


@pytest.mark.parametrize(("clause", "starts", "has_rate", "ranks", "told"), CASES)
def test_officers_are_told_what_holds_at_the_start(
    database: Database, clause: dict[str, Any], starts: str, has_rate: bool, ranks: list[str], told: int | None
) -> None:
    number = next(_NUMBERS)
    detail = {
        "ref": "fair",
        "site": "main",
        "starts_at": f"2099-11-10 {starts}",
        "ends_at": "2099-11-10 23:00",
        "openings": [{"count": 1, "ranks": ranks}],
        **({"rate": "usual"} if has_rate else {}),
    }
    bundle = {
        "department": {"slug": f"paying-{number}", "name": "Paying", "timezone": "America/New_York",
                       "lines": [f"+1508555{number:04}"]},
        "handbook": {"pay": clause},
        "officers": [],
        "contractors": [{"ref": "paving", "name": "Paving"}],
        "sites": [{"ref": "main", "contractor": "paving", "name": "Main St"}],
        "rates": [{"ref": "usual", "name": "Usual", "pay_cents_per_hour": 6000}],
        "details": [detail],
    }  # fmt: skip
    loaded = load(database, read(yaml.safe_dump(bundle), "paying.yaml"), "paying.yaml")
    with database.begin([loaded.department_id]) as work:
        (opening,) = openings_to_fill(work, loaded.department_id)
    assert opening.told()["pay_cents"] == told
