"""How long a recording plays, so that waiting with music takes the time it takes."""

import io
import logging
import wave
from collections.abc import Callable

import requests

# A recording that cannot be had, or is none that can be read here, is taken to be so long.
UNKNOWN_SECONDS = 3.0
TIMEOUT_SECONDS = 5.0

log = logging.getLogger(__name__)

Fetch = Callable[[str], bytes]


class Recordings:
    """Each is fetched once, by `fetch`."""

    def __init__(self, fetch: Fetch | None = None) -> None:
        self._fetch = fetch or fetch_over_http
        self._known: dict[str, float] = {}

    def seconds_of(self, url: str) -> float:
        """The length of a WAV file; `UNKNOWN_SECONDS` for anything else."""
        if url not in self._known:
            self._known[url] = self._measured(url)
        return self._known[url]

    def _measured(self, url: str) -> float:
        try:
            with wave.open(io.BytesIO(self._fetch(url))) as file:
                return file.getnframes() / file.getframerate()
        except (OSError, EOFError, wave.Error, ValueError) as error:
            log.info("recording of unknown length", extra={"url": url, "why": str(error)})
            return UNKNOWN_SECONDS


def fetch_over_http(url: str) -> bytes:
    """The file behind the address; OSError (of which requests' errors are) when it cannot be had."""
    with requests.get(url, timeout=TIMEOUT_SECONDS) as answer:
        answer.raise_for_status()
        return answer.content
