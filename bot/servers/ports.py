"""The web server's door: opened by the supervisor, so that it stays open while the web server is started
again.
"""

import errno
import socket
import time
from http.client import HTTPConnection, HTTPException

from bot.servers.folders import ServerError

PORTS_TO_TRY = 50
PATIENCE_SECONDS = 5.0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at `host` and `port`. Raises ServerError when another program has it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        door = _try_to_listen(host, port)
        if door is not None:
            return door
        if time.monotonic() > deadline:
            raise ServerError(f"Port {port} is taken by another program; name another with --port.")
        time.sleep(0.2)


def listen_at_first_free(host: str, port: int) -> socket.socket:
    """A listening socket at `host`, on `port` or the next free one after it."""
    for candidate in range(port, min(port + PORTS_TO_TRY, 65536)):
        door = _try_to_listen(host, candidate)
        if door is not None:
            return door
    raise ServerError(f"No port from {port} on is free; name one with --port.")


def answers(door: socket.socket, path: str) -> bool:
    """Whether a web server behind `door` answers `path` by now, whatever it says."""
    host, port = door.getsockname()[:2]
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not listened at
    connection = HTTPConnection(everywhere.get(host, host), port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def port_number(door: socket.socket) -> int:
    """The port that `door` listens on."""
    return int(door.getsockname()[1])


def _try_to_listen(host: str, port: int) -> socket.socket | None:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        raise ServerError(f"Cannot listen at {host} port {port}: {error.strerror}.") from None
