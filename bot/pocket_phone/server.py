"""The pocket phone as a process: one gunicorn worker, since one process keeps the state, with many threads."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # it ships none

from bot.pocket_phone.app import create_app
from bot.pocket_phone.clock import Clock
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.saving import Saver
from bot.pocket_phone.settings import Settings


class _Server(BaseApplication):  # type: ignore[misc]  # its base is untyped
    def __init__(self, settings: Settings, clock: Clock | None, saver: Saver | None, host: str, bind: str) -> None:
        self._settings, self._clock, self._saver = settings, clock, saver
        self._host, self._bind = host, bind
        self._phone: PocketPhone | None = None
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self._bind,
            "worker_class": "gthread",
            "workers": 1,
            "threads": 32,
            "keepalive": 75,
            "graceful_timeout": 2,
            "loglevel": "warning",
            "proc_name": "dutyline pocket-phone",
            "control_socket_disable": True,
            "worker_exit": self._stop_phone,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        # In the worker, after the fork: threads and an open SQLite file do not survive one.
        self._phone = PocketPhone(self._settings, clock=self._clock, saver=self._saver)
        self._phone.start()
        return create_app(self._phone, host=self._host)

    def _stop_phone(self, _server: object, _worker: object) -> None:
        if self._phone:
            self._phone.stop()


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    fd: int | None = None,
    clock: Clock | None = None,
    saver: Saver | None = None,
) -> None:
    """Serve until told to stop; deliveries begun by then are finished, the others kept for the next start.

    `fd` is a socket that is open at that address already, and that stays open while this process is started again.
    """
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    _Server(settings, clock, saver, host, address if fd is None else f"fd://{fd}").run()
