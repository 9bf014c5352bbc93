"""The embedded Redis: bells only, so nothing is kept on disk and it may be lost at any moment."""

import signal
from pathlib import Path
from typing import ClassVar

from redis import Redis
from redis.exceptions import RedisError

from bot.servers.folders import socket_folder, socket_place
from bot.servers.installation import redis_program
from bot.servers.server import EmbeddedServer, leashed

SOCKET = "dutyline-redis.sock"
DATABASES = 256


class EmbeddedRedis(EmbeddedServer):
    """redis-server on a socket file in a private folder; no network, no persistence."""

    name: ClassVar[str] = "redis"
    socket_name: ClassVar[str] = SOCKET

    def set_up(self, gone: int | None) -> None:
        """Make the socket's folder; redis-server itself replaces a stale socket file."""
        socket_folder(self.home, SOCKET)

    def command(self) -> list[str]:
        """Run redis-server in the foreground."""
        return leashed([str(redis_program()), *self._options()], signal.SIGTERM)

    def url(self, database: int = 0) -> str:
        """A URL for redis-py and RQ; `database` is below 256."""
        return f"unix://{self._socket()}?db={database}"

    def is_ready(self) -> bool:
        """Whether it answers a ping."""
        if not self._socket().exists():
            return False
        try:
            with Redis.from_url(self.url()) as client:
                return bool(client.ping())
        except RedisError:
            return False

    def _options(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self._socket()),
            "unixsocketperm": "700",
            "databases": str(DATABASES),
            "save": "",
            "appendonly": "no",
            "dir": str(self.home),
            "daemonize": "no",
            "loglevel": "warning",
        }
        return [word for key, value in options.items() for word in (f"--{key}", value)]

    def _socket(self) -> Path:
        return socket_place(self.home, SOCKET) / SOCKET


def is_embedded_redis(url: str | None) -> bool:
    """Whether `url` was made by an EmbeddedRedis, here or before the checkout was moved."""
    return url is not None and url.startswith("unix://") and url.partition("?")[0].endswith(f"/{SOCKET}")
