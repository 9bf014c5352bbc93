"""Folders of our own: private, never behind another's symbolic link, never widening what is above them."""

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # the kernel takes 108 bytes, macOS 104; whatever is longer is refused at bind


class ServerError(Exception):
    """An embedded server cannot be had here; the message says why in one sentence, for whoever set it up."""


def own_folder(path: Path, mode: int = 0o700, owner: int | None = None) -> Path:
    """Make sure that `path` is a real folder of `owner`'s (None: ours) with exactly `mode`; returns it.

    Raises ServerError when somebody else put something there: a folder in a place where all may write could
    be theirs.
    """
    uid = os.geteuid()
    owner = uid if owner is None else owner
    try:
        path.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        pass
    except OSError as error:
        raise ServerError(f"{path} cannot be made: {error.strerror}.") from None
    seen = path.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid not in {uid, owner}:
        raise ServerError(f"{path} is not a folder of our own; move it away.")
    _settle(path, seen, mode, owner)
    return path


def socket_folder(home: Path, name: str, owner: int | None = None) -> Path:
    """A private folder for the socket file `name`: in `home` if its path is short enough, else below /tmp.

    The place depends on `home` alone, so that every process finds it without being told.
    """
    folder = socket_place(home, name)
    return own_folder(folder, 0o700, owner)


def socket_place(home: Path, name: str) -> Path:
    """Where `socket_folder` is or would be."""
    inside = home / "sock"
    if len(os.fsencode(inside / name)) < LONGEST_SOCKET_PATH:
        return inside
    # Not TMPDIR first: it differs from one shell to the next, and may itself be long.
    temporary = "/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir()  # noqa: S108 - own_folder checks whose it is
    return Path(temporary) / f"dutyline-{os.geteuid()}-{fingerprint(home)}"


def drop_socket_folder(home: Path, name: str) -> None:
    """Remove the socket folder if it stands among temporary files and nothing is in it any more."""
    folder = socket_place(home, name)
    if folder.parent != home:
        with contextlib.suppress(OSError):
            folder.rmdir()


def fingerprint(path: Path) -> str:
    """A short name that stands for `path`."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]


def _settle(path: Path, seen: os.stat_result, mode: int, owner: int) -> None:
    # Order matters: once it is another's, only root could still change the mode.
    if stat.S_IMODE(seen.st_mode) != mode:
        path.chmod(mode)
    if seen.st_uid != owner:
        os.chown(path, owner, -1)
