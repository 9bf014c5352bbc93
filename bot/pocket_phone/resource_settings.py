"""Settings of numbers and messaging services beyond what a line needs to work, by the API's own names."""

import json
from collections.abc import Mapping
from typing import Any

from bot.pocket_phone.store import Store


def settings_of(store: Store, sid: str) -> dict[str, Any]:
    """What was set of the resource; empty when nothing ever was."""
    rows = store.rows("select name, value from setting where sid = ?", sid)
    return {row["name"]: json.loads(row["value"]) for row in rows}


def set_of(store: Store, sid: str, settings: Mapping[str, Any]) -> None:
    """Set these, and leave the others."""
    with store.transaction() as db:
        db.executemany(
            "insert into setting (sid, name, value) values (?, ?, ?)"
            " on conflict (sid, name) do update set value = excluded.value",
            [(sid, name, json.dumps(value)) for name, value in settings.items()],
        )
