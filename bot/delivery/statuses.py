"""What becomes of a text and of a call, in the carrier's words and in ours."""

from models.line.outbound_call_status import CallStatus

# A read text was delivered; a cancelled one never left.
STATUS_OF = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}

# A call that was cancelled before anybody answered was never put to him.
CALL_STATUS_OF: dict[str, CallStatus] = {
    "queued": "ringing",
    "initiated": "ringing",
    "ringing": "ringing",
    "in-progress": "answered",
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "failed",
}


def is_machine(answered_by: str) -> bool:
    """Whether the carrier takes what answered for a machine; a fax counts as one."""
    return answered_by.startswith("machine") or answered_by == "fax"
