"""What a mail server's refusals mean to us: by its reply code (RFC 5321) and, where it gives one, the enhanced status
code behind it (RFC 3463).
"""

import re
from datetime import timedelta

from bot.delivery.failures import Failure
from models.line.mail_delivery import BAD_ADDRESS

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)

DOWN = Failure("mail_server_down", retries=(_MINUTE,) * 8, slows_line=True)
BUSY = Failure("mail_server_busy", retries=(_MINUTE,) * 8)
SET_UP_WRONG = Failure("mail_set_up_wrong", retries=(5 * _MINUTE, 30 * _MINUTE, _HOUR), slows_line=True, alerts=True)
UNKNOWN_ADDRESS = Failure(BAD_ADDRESS)
MAILBOX_FULL = Failure("mailbox_full")
REFUSED = Failure("mail_refused", alerts=True)

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")


def recipient_failure(code: int, said: str) -> Failure:
    """Why a server does not take a mail for this address: nobody's, full, or a policy against us."""
    enhanced = _enhanced(said)
    if code < 500:
        return BUSY
    if enhanced.startswith("5.2.2") or code == 552:
        return MAILBOX_FULL
    if enhanced.startswith(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")):
        return UNKNOWN_ADDRESS
    # Without an enhanced code 550 says of a recipient that there is none; with one it may be any policy.
    return UNKNOWN_ADDRESS if not enhanced and code in (550, 551, 553) else REFUSED


def data_failure(code: int, said: str) -> Failure:
    """Why it does not take the words, after it took the address."""
    return BUSY if code < 500 else MAILBOX_FULL if _enhanced(said).startswith("5.2.2") else REFUSED


def _enhanced(said: str) -> str:
    found = _ENHANCED.match(said)
    return found[1] if found else ""
