"""Who does the work of the calls, and when: threads of their own, or whoever asks, at once."""

import collections
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

log = logging.getLogger(__name__)

Work = Callable[[], None]
# What is in hand when all stops is given so long.
_LAST_SECONDS = 3.0


class Pace(Protocol):
    """How work is done."""

    def soon(self, work: Work) -> None:
        """Do this as soon as possible."""

    def later(self, seconds: float, work: Work) -> None:
        """Do this when so much time has passed."""

    def let_pass(self, seconds: float) -> None:
        """Do nothing for so long."""

    def wait_idle(self, seconds: float) -> bool:
        """Wait until nothing is being done, at most so long; what is due later does not count."""

    def stop(self) -> None:
        """Begin nothing more."""


class AtOnce:
    """In the thread of whoever asks, before he gets his answer. Time does not pass: later is now."""

    def __init__(self) -> None:
        self._waiting: collections.deque[Work] = collections.deque()
        self._is_working = False

    def soon(self, work: Work) -> None:
        self._waiting.append(work)
        if self._is_working:
            return
        self._is_working = True
        try:
            while self._waiting:
                self._waiting.popleft()()
        finally:
            self._is_working = False

    def later(self, seconds: float, work: Work) -> None:
        self.soon(work)

    def let_pass(self, seconds: float) -> None:
        pass

    def wait_idle(self, seconds: float) -> bool:
        return not self._waiting

    def stop(self) -> None:
        self._waiting.clear()


class Threads:
    """In threads, and in real time."""

    def __init__(self, threads: int = 32) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="call")
        self._settled = threading.Condition()
        self._in_hand = 0
        self._timers: set[threading.Timer] = set()
        self._is_stopped = False

    def soon(self, work: Work) -> None:
        with self._settled:
            if self._is_stopped:
                return
            self._in_hand += 1
        self._pool.submit(self._do, work)

    def later(self, seconds: float, work: Work) -> None:
        def ring() -> None:
            self._timers.discard(timer)
            self.soon(work)

        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        self._timers.add(timer)
        timer.start()

    def let_pass(self, seconds: float) -> None:
        time.sleep(seconds)

    def wait_idle(self, seconds: float) -> bool:
        with self._settled:
            return self._settled.wait_for(lambda: not self._in_hand, seconds)

    def stop(self) -> None:
        with self._settled:
            self._is_stopped = True
        for timer in list(self._timers):
            timer.cancel()
        self.wait_idle(_LAST_SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _do(self, work: Work) -> None:
        try:
            work()
        except Exception:
            log.exception("A call was dropped")
        finally:
            with self._settled:
                self._in_hand -= 1
                self._settled.notify_all()


class Turns:
    """Whose turn it is, at so many a second; those who come too soon wait. 0 a second is no limit."""

    def __init__(self, per_second: float) -> None:
        self._apart = 1 / per_second if per_second else 0.0
        self._lock = threading.Lock()
        self._free_at = 0.0

    def next(self) -> float:
        """Seconds to wait from now; the turn is taken."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at)
            self._free_at = turn + self._apart
            return turn - now


class Mailbox:
    """What is put in is handled one after the other, in order, however many put something in."""

    def __init__(self, pace: Pace, handle: Callable[[Any], None]) -> None:
        self._pace = pace
        self._handle = handle
        self._emptied = threading.Condition()
        self._letters: collections.deque[Any] = collections.deque()
        self._is_open = False

    def put(self, letter: object) -> None:
        with self._emptied:
            self._letters.append(letter)
            if self._is_open:
                return
            self._is_open = True
        self._pace.soon(self._empty)

    def wait_empty(self, seconds: float) -> bool:
        """Wait until everything put in is handled, at most so long; whether it is."""
        with self._emptied:
            return self._emptied.wait_for(lambda: not self._is_open, seconds)

    def _empty(self) -> None:
        while True:
            with self._emptied:
                if not self._letters:
                    self._is_open = False
                    self._emptied.notify_all()
                    return
                letter = self._letters.popleft()
            try:
                self._handle(letter)
            except Exception:
                log.exception("A call could not take %r", letter)
