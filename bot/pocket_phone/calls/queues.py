"""Queues of callers, and who waits in them: kept in memory, for no call outlives the process."""

import dataclasses
import hashlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime

_USUAL_SIZE = 1000


@dataclasses.dataclass(frozen=True)
class Member:
    """One caller; `waited` gives for how many seconds he has."""

    sid: str
    waited: Callable[[], float]
    joined_at: datetime


class Queue:
    """Who came first is first; `watchers` are calls that wait to serve whoever comes."""

    def __init__(self, name: str, *, max_size: int = _USUAL_SIZE) -> None:
        self.sid = "QU" + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
        self.name = name
        self.max_size = max_size
        self.created_at = datetime.now(UTC)
        self.watchers: list[str] = []
        self._members: list[Member] = []
        self._lock = threading.Lock()

    @property
    def members(self) -> list[Member]:
        return list(self._members)

    @property
    def average_wait(self) -> int:
        """Seconds that those who wait now have waited, on average."""
        waits = [member.waited() for member in self.members]
        return round(sum(waits) / len(waits)) if waits else 0

    def join(self, sid: str, waited: Callable[[], float]) -> bool:
        """False if it is full."""
        with self._lock:
            if len(self._members) >= self.max_size:
                return False
            self._members.append(Member(sid, waited, datetime.now(UTC)))
            return True

    def leave(self, sid: str) -> None:
        """Whether or not he was in it."""
        with self._lock:
            self._members = [member for member in self._members if member.sid != sid]

    def take_first(self) -> Member | None:
        """The one who has waited longest, who is in the queue no more; None if nobody waits."""
        with self._lock:
            return self._members.pop(0) if self._members else None

    def position(self, sid: str) -> int:
        """1 is next; 0 is not in it."""
        return next((place for place, member in enumerate(self.members, 1) if member.sid == sid), 0)


class Queues:
    """The account's queues, by name and by sid."""

    def __init__(self) -> None:
        self._queues: dict[str, Queue] = {}
        self._lock = threading.Lock()

    def named(self, name: str) -> Queue:
        """The queue of that name, made now if it is the first time."""
        with self._lock:
            return self._queues.setdefault(name, Queue(name))

    def find(self, name: str) -> Queue | None:
        return self._queues.get(name)

    def of_sid(self, sid: str) -> Queue | None:
        return next((queue for queue in self.all() if queue.sid == sid), None)

    def holding(self, call_sid: str) -> Queue | None:
        """The queue that this call waits in."""
        return next((queue for queue in self.all() if queue.position(call_sid)), None)

    def all(self) -> list[Queue]:
        return list(self._queues.values())

    def rename(self, queue: Queue, name: str) -> None:
        with self._lock:
            del self._queues[queue.name]
            queue.name = name
            self._queues[name] = queue

    def remove(self, queue: Queue) -> None:
        self._queues.pop(queue.name, None)

    def clear(self) -> None:
        self._queues.clear()
