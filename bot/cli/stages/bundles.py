"""The departments a transcript plays on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import sqlalchemy as sa

from bot.transcripts.playing import StageError
from models.bundle.reading import read
from models.bundle.schema import Bundle
from models.session import Database


def read_bundles(names: Sequence[str], folder: Path) -> Mapping[str, Bundle]:
    """The bundles by their files' paths. Raises `StageError` for a file that is not there, BundleErrors."""
    return {str(folder / name): _read(folder / name) for name in names}


def _read(path: Path) -> Bundle:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise StageError(f"the bundle {path} cannot be read: {error.strerror}") from error
    return read(text, str(path))


def hurry(database: Database) -> None:
    """Let the lines send as fast as they can: their pace is kept in real time, and a play has little of it."""
    with database.engine.begin() as conn:
        conn.execute(
            sa.text(
                "update line set messages_per_minute = 1000000, calls_per_minute = 1000000, mails_per_minute = 1000000"
            )
        )
