"""What Twilio's debugger would show: webhooks that failed and answers that could not be read."""

import time

from bot.pocket_phone.store import Store


def add_alert(store: Store, code: int, text: str, *, url: str = "", message_sid: str | None = None) -> None:
    with store.transaction() as db:
        db.execute(
            "insert into alert (code, text, url, message_sid, created_at) values (?, ?, ?, ?, ?)",
            (code, text, url, message_sid, time.time()),
        )


def latest_alerts(store: Store, limit: int = 20) -> list[dict[str, object]]:
    """Newest first."""
    return [dict(row) for row in store.rows("select * from alert order by id desc limit ?", limit)]
