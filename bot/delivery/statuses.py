"""What becomes of a text, in the carrier's words and in ours."""

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
