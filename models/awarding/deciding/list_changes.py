"""Facts that are nearly those of another list, as what differs: a roster changes little between two askings."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Plain = dict[str, Any]


def differing(base: Plain, facts: Plain) -> Plain:
    """What `restored` makes the facts of again, beside the base."""
    return {name: _differing(base.get(name), value) for name, value in facts.items() if base.get(name) != value}


def restored(base: Plain, changes: Plain) -> Plain:
    """The facts: those of the base with what differs."""
    return base | {name: _restored(base.get(name), change) for name, change in changes.items()}


def _differing(base: Any, value: Any) -> Plain:
    """Of lists what is gone and what is new, with places; all of it where the rest stands in another order."""
    if not (isinstance(base, list) and isinstance(value, list)):
        return {"all": value}
    gone, new = list(_surplus(base, value)), list(_surplus(value, base))
    change = {"gone": gone, "new": [[place, value[place]] for place in new]}
    return change if _restored(base, change) == value else {"all": value}


def _surplus(one: list[Any], other: list[Any]) -> Iterator[int]:
    """The places of what one list has more often than the other."""
    left = Counter(map(_key, other))
    for place, each in enumerate(one):
        key = _key(each)
        if left[key] > 0:
            left[key] -= 1
        else:
            yield place


def _restored(base: Any, change: Plain) -> Any:
    if "all" in change:
        return change["all"]
    gone = set(change["gone"])
    value = [each for place, each in enumerate(base) if place not in gone]
    for place, each in change["new"]:
        value.insert(place, each)
    return value


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
