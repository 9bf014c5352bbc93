"""What reasons tell today and did not when an award was made: the award is the same with and without."""

from typing import Any

from models.rules.reasons import TOLD_SINCE, Reason


def as_told_then(stored: list[dict[str, Any]], again: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Verdicts as plain data, without those figures that reasons only tell since the stored ones were made."""
    if len(stored) != len(again):
        return again
    return [_one(old, new) for old, new in zip(stored, again, strict=True)]


def _one(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    if old["reason"] == Reason.EARLIER_ROUND:
        # Until reasons of his own round were kept, this was said wherever a later round was for him too.
        return new | {"reason": old["reason"], "figures": old["figures"]}
    return new | {"figures": _then(old["figures"], new["figures"])}


def _then(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in new.items() if name in old or name not in TOLD_SINCE}
