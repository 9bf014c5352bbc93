"""The pocket phone's memory: one SQLite file, so that it survives being killed and started again."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path


class Store:
    """One connection that all threads take turns on; a transaction here is tens of microseconds."""

    def __init__(self, path: str) -> None:
        if path != ":memory:":
            # What people wrote to each other is read by nobody else, not even in a demonstration.
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).touch(mode=0o600)
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        # A killed process loses nothing this way; only a power cut could, and a demonstration may.
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = off")
        self._db.executescript(resources.files(__package__).joinpath("schema.sql").read_text("utf-8"))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection, all or nothing; an inner transaction joins the outer one."""
        with self._lock:
            if self._depth:
                yield self._db
                return
            self._db.execute("begin immediate")
            self._depth = 1
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            else:
                self._db.execute("commit")
            finally:
                self._depth = 0

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        with self._lock:
            return self._db.execute(sql, values).fetchone()

    def close(self) -> None:
        with self._lock:
            self._db.close()
