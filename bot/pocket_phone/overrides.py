"""Connection overrides: what may stand behind the # of a webhook URL.

Source: Twilio, "Webhooks: connection overrides". Numbers out of range and unknown words are left at the default.
"""

import dataclasses
from urllib.parse import parse_qsl, urldefrag

_RETRIED = frozenset({"ct", "rt", "4xx", "5xx", "all"})


@dataclasses.dataclass(frozen=True)
class Overrides:
    """Times in milliseconds; `retry_policy` names the failures that are worth another try."""

    connect_timeout: int = 5000
    read_timeout: int = 15000
    total_time: int = 15000
    retry_count: int = 1
    retry_policy: frozenset[str] = frozenset({"ct"})

    def retries(self, failure: str) -> bool:
        return failure in self.retry_policy or "all" in self.retry_policy


def split_overrides(url: str) -> tuple[str, Overrides]:
    """The URL that is requested and signed, and how it is tried."""
    plain, fragment = urldefrag(url)
    given = dict(parse_qsl(fragment))
    policy = frozenset(given.get("rp", "ct").split(",")) & _RETRIED
    return plain, Overrides(
        connect_timeout=_within(given.get("ct"), 100, 10000, 5000),
        read_timeout=_within(given.get("rt"), 100, 15000, 15000),
        total_time=_within(given.get("tt"), 100, 15000, 15000),
        retry_count=_within(given.get("rc"), 0, 5, 1),
        retry_policy=policy or frozenset({"ct"}),
    )


def _within(text: str | None, least: int, most: int, default: int) -> int:
    return int(text) if text and text.isdigit() and least <= int(text) <= most else default
