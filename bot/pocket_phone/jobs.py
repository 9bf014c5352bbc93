"""What is still to be carried: rows, so that a pocket phone killed in the middle goes on where it was."""

import dataclasses
import json
import time
from collections.abc import Iterable
from typing import Any

from bot.pocket_phone.store import Store


@dataclasses.dataclass(frozen=True)
class Job:
    """One thing to do for one message, no sooner than `due_at` (seconds since 1970)."""

    id: int
    kind: str
    message_sid: str
    detail: dict[str, Any]
    due_at: float


def add_job(store: Store, kind: str, message_sid: str, *, delay_seconds: float = 0, **detail: object) -> Job:
    due_at = time.time() + delay_seconds
    with store.transaction() as db:
        cursor = db.execute(
            "insert into job (kind, message_sid, detail, due_at) values (?, ?, ?, ?)",
            (kind, message_sid, json.dumps(detail), due_at),
        )
    return Job(cursor.lastrowid or 0, kind, message_sid, detail, due_at)


def finish_job(store: Store, job: Job) -> None:
    with store.transaction() as db:
        db.execute("delete from job where id = ?", (job.id,))


def unfinished_jobs(store: Store) -> Iterable[Job]:
    return [
        Job(row["id"], row["kind"], row["message_sid"], json.loads(row["detail"]), row["due_at"])
        for row in store.rows("select * from job order by id")
    ]
