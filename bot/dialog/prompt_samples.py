"""Values to try prompts with: the longest that are likely, so that a text which is too long shows before it is sent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_START = datetime(2026, 11, 28, 11, tzinfo=UTC)
_END = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)

_SAMPLE: Mapping[str, Any] = {
    "code": "48213",
    "in_line": 48213,
    "seconds": 120,
    "slug": "commonwealth",
    "how": [{"prompt": "desk.claimed_by_badge"}],
    "from": "+19785550142",
    "during": (_START, _END),
    "place": "Washington Boulevard & Fourteenth Street",
    "contractor": "Commonwealth Electric & Gas",
    "contact": "Dana Kowalski",
    "contact_number": "+19785550142",
    "pay_cents": 6250,
    "least_minutes": 240,
    "verdict": {
        "reason": "rest_before_tour",
        "figures": {"starts_at": _START, "rest_minutes": 120, "needed_minutes": 240},
    },
    "holders": ["Brooks", "Chen"],
    "out": ["Brooks", "Chen"],
    "inside": ["Diaz"],
    "expected": ["Evans"],
    "waits_for": ["Diaz", "Evans"],
    "missing": [{"name": "Kowalski", "badge": "10117"}, {"name": "Evans", "badge": "105"}],
    "codes": ["4821", "5170"],
    "waiting": [{"code": "4821", "starts_at": _START}, {"code": "5170", "starts_at": _END}],
    "demands": [{"prompt": "calls.orders"}, {"prompt": "calls.late"}],
    "held": [],
    "signups": [],
    "results": [],
    "departments": [],
    "names": ["Millbrook", "Commonwealth Port Authority"],
    "page": [],
    "period": [{"prompt": "rank.period"}],
    "price": [
        {
            "prompt": "drop.late",
            "left_minutes": 1200,
            "bar_days": 365,
            "is_forgiven": True,
            "is_repeated": True,
            "step": 3,
        }
    ],
    "reasons": [{"parts": [{"prompt": f"drop.reason_{name}"}]} for name in ("family", "called_to_duty", "other")],
    "late_minutes": 0,
    "left_minutes": 1200,
    "bar_days": 14,
    "item": "4821",
    "name": "Millbrook",
    "department": "Commonwealth Port Authority Police",
    "digits": "0142",
    "time": "1:30pm",
    "order": [{"prompt": "signup.by_fewest_hours"}],
    "asked": [{"prompt": "why.asked_withdrawn"}],
    "lines": [],
    "remedy": [{"prompt": "why.owed_offered"}],
    "line": "+19785550142",
    "why": [{"prompt": "headcount.least_senior"}],
    "orders": [{"number": 1, "parts": [{"prompt": "auto.kinds", "kinds": ["traffic"]}]}],
    "parts": [{"prompt": "auto.kinds", "kinds": ["traffic", "stadium"]}, {"prompt": "auto.under", "length": 480}],
    "kinds": ["traffic", "stadium"],
    "words": ["PARADES", "BRIDGE"],
    "days": [5, 6],
    "openings": [
        {"code": "48213", "during": (_START, _END), "place": "Washington Boulevard & Fourteenth Street"},
        {"code": "48213", "during": (_START, _END), "place": "Washington Boulevard & Fourteenth Street"},
    ],
}


class Samples(dict[str, Any]):
    """A value for every field: by its name, else by its ending (`_at`, `_on`, `_until` are times)."""

    def __missing__(self, name: str) -> Any:
        return sample(name)

    def get(self, name: str, default: Any = None) -> Any:
        """As `[]`: a condition counts as true, so that the longest wording is tried."""
        return self[name]


def sample(name: str) -> Any:
    """A likely and long value for the field."""
    if name in _SAMPLE:
        return _SAMPLE[name]
    return _START if name.endswith(("_at", "_on", "_until")) else 3
