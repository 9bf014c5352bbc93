"""Keeps a PostgreSQL and a Redis running while anybody holds a lease: `python -m bot.servers.keeper HOME`.

A lease is an open connection to the keeper's socket, so it ends with its holder, however that dies. Test
runs share one keeper this way, whether started together or apart, and the servers go when the last of them
has gone.
"""

import json
import selectors
import signal
import socket
import sys
import time
from pathlib import Path

from redis import Redis

from bot.servers.databases import databases_like, drop_database
from bot.servers.folders import ServerError, drop_socket_folder, own_folder, socket_folder
from bot.servers.postgres import EmbeddedPostgres
from bot.servers.redis import DATABASES, EmbeddedRedis
from bot.servers.server import Lock

SOCKET = "keeper.sock"
SCRATCH = "scratch_"
FIRST_LEASE_WITHIN_SECONDS = 10.0
LINGER_SECONDS = 0.5


def main(home: Path) -> int:
    """Run until nobody holds a lease any more; says `ready`, or why not, on standard output."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    keeper = Keeper(home)
    try:
        keeper.open()
    except ServerError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    else:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        keeper.serve()
        return 0
    finally:
        keeper.close()


class Keeper:
    """The servers of one home and the leases on them."""

    def __init__(self, home: Path) -> None:
        self._home = own_folder(home)
        self._lock = Lock(home / "keeper.lock")
        self._postgres = EmbeddedPostgres(home / "pg", keep=False)
        self._redis = EmbeddedRedis(home / "redis")
        self._selector = selectors.DefaultSelector()
        self._door: socket.socket | None = None
        self._leases: dict[socket.socket, int] = {}

    def open(self) -> None:
        """Start the servers, clear away what killed runs left in them, and let holders in. Raises
        ServerError.
        """
        if not self._lock.acquire(patience_seconds=20.0):
            raise ServerError(f"Another keeper is running in {self._home}.")
        self._postgres.start()
        self._redis.start()
        for name in databases_like(self._postgres, SCRATCH):
            drop_database(self._postgres, name)
        self._door = self._listen()

    def serve(self) -> None:
        """Grant leases until the last one has ended."""
        close_at = time.monotonic() + FIRST_LEASE_WITHIN_SECONDS
        while self._leases or time.monotonic() < close_at:
            for key, _ in self._selector.select(timeout=LINGER_SECONDS / 2):
                if key.fileobj is self._door:
                    self._grant(self._door.accept()[0])
                else:
                    self._end(self._held(key.fileobj))
                    close_at = time.monotonic() + LINGER_SECONDS

    def close(self) -> None:
        """Let nobody in any more, then stop the servers."""
        if self._door is not None:
            Path(self._door.getsockname()).unlink(missing_ok=True)
            self._door.close()
            drop_socket_folder(self._home, SOCKET)
        for lease in list(self._leases):
            self._end(lease)
        self._selector.close()
        self._redis.stop()
        self._postgres.stop()
        self._lock.release()

    def _listen(self) -> socket.socket:
        path = socket_folder(self._home, SOCKET) / SOCKET
        path.unlink(missing_ok=True)
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        door.bind(str(path))
        door.listen(64)
        self._selector.register(door, selectors.EVENT_READ)
        return door

    def _grant(self, lease: socket.socket) -> None:
        database = min(set(range(1, DATABASES)) - set(self._leases.values()))
        with Redis.from_url(self._redis.url(database)) as client:
            client.flushdb()
        self._leases[lease] = database
        self._selector.register(lease, selectors.EVENT_READ)
        lease.sendall(json.dumps({"redis_url": self._redis.url(database)}).encode() + b"\n")

    def _held(self, fileobj: object) -> socket.socket:
        return next(lease for lease in self._leases if lease is fileobj)

    def _end(self, lease: socket.socket) -> None:
        self._selector.unregister(lease)
        del self._leases[lease]
        lease.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
