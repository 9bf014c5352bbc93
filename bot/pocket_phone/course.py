"""An outgoing message on its way: the statuses it passes through, and a callback for each."""

from typing import Any

from bot.pocket_phone.alerts import add_alert
from bot.pocket_phone.faults import CODES, Faults
from bot.pocket_phone.jobs import Job, add_job
from bot.pocket_phone.message import Message, set_status
from bot.pocket_phone.post import idempotency_token, post_signed
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store

API_VERSION = "2010-04-01"
_CALLBACK_FAULTS = ("out_of_order", "callback_twice", "callback_lost")


def begin_course(store: Store, faults: Faults, message: Message, *, first: str | None, sender: str) -> Job:
    """Plan how the message will fare and put it on its way.

    `first` is the status between accepted and sent that a messaging service adds; `sender` the line it picked.
    """
    number = message.to_number
    failed = faults.take("failed", number)
    undelivered = None if failed else faults.take("undelivered", number)
    late = faults.take("late", number)
    steps = ["failed"] if failed else ["sent", "undelivered" if undelivered else "delivered"]
    misfortune = failed or undelivered
    return add_job(
        store,
        "course",
        message.sid,
        delay_seconds=late.seconds if late else 0,
        steps=[first, *steps] if first else steps,
        passed=[],
        code=misfortune.code if misfortune else None,
        callbacks=next((kind for kind in _CALLBACK_FAULTS if faults.take(kind, number)), "as they come"),
        sender=sender,
    )


def follow_course(store: Store, settings: Settings, job: Job) -> list[Job]:
    """Take the next step, tell the application, and give the job of the step after it."""
    step, *later = job.detail["steps"]
    code = job.detail["code"] if step in ("failed", "undelivered") else None
    message = set_status(store, job.message_sid, step, error_code=code, sender=job.detail["sender"])
    if message is None:
        return []
    passed = [*job.detail["passed"], step]
    for status in _told_now(job.detail["callbacks"], passed, is_last=not later):
        _tell(store, settings, message, status, code)
    if not later:
        return []
    return [add_job(store, "course", job.message_sid, **(job.detail | {"steps": later, "passed": passed}))]


def _told_now(callbacks: str, passed: list[str], *, is_last: bool) -> list[str]:
    """The statuses that a callback goes out for after this step."""
    if callbacks == "callback_lost":
        return []
    if callbacks == "callback_twice":
        return [passed[-1], passed[-1]]
    if callbacks == "out_of_order":
        return passed[::-1] if is_last else []
    return [passed[-1]]


def _tell(store: Store, settings: Settings, message: Message, status: str, code: int | None) -> None:
    url = message.status_callback
    if not url:
        return
    token = idempotency_token(message.sid, status)
    fields = status_fields(settings, message, status, code)
    answer = post_signed(url, fields, settings.auth_token, token=token)
    if answer.error is not None:
        text = f"The status callback {status!r} was not taken."
        add_alert(store, answer.error, text, url=url, message_sid=message.sid)


def status_fields(settings: Settings, message: Message, status: str, code: int | None) -> dict[str, str]:
    """The form of a status callback, its names as Twilio has them."""
    fields: dict[str, Any] = {
        "SmsSid": message.sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "MessageSid": message.sid,
        "To": message.to_number,
        "From": message.from_number or "",
        "AccountSid": settings.account_sid,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if status in ("failed", "undelivered") and code:
        fields |= {"ErrorCode": str(code), "ErrorMessage": CODES[code]}
    if status in ("delivered", "undelivered"):
        fields["RawDlrDoneDate"] = message.updated_at.strftime("%y%m%d%H%M")
    return fields
