"""Where root's PostgreSQL lives: outside any closed home, with a symbolic link in the place it was asked
for.
"""

from pathlib import Path

from bot.servers.folders import ServerError, fingerprint, own_folder
from bot.servers.installation import SERVICE_ROOT


def find_real_home(home: Path) -> Path:
    """The folder below /var/lib/dutyline that `home` stands for, there already or not.

    A checkout that was moved keeps its data; one that was copied gets a home of its own.
    """
    return _kept(home.absolute()) or SERVICE_ROOT / fingerprint(home)


def make_real_home(home: Path, target: Path) -> None:
    """Make `target` and turn `home` into a symbolic link to it. Raises ServerError."""
    if home.exists() and not home.is_symlink():
        raise ServerError(f"{home} was made by another user than root; go on as that user, or move it away.")
    own_folder(SERVICE_ROOT, 0o755)
    own_folder(target, 0o711)
    (target / "origin").write_text(f"{home}\n", encoding="utf-8")
    _link(home, target)


def _kept(home: Path) -> Path | None:
    """Where the link already leads, if what is there is this checkout's to keep."""
    if not home.is_symlink():
        return None
    target = home.readlink()
    if target.parent != SERVICE_ROOT or not target.is_dir():
        return None
    origin = target / "origin"
    came_from = Path(origin.read_text(encoding="utf-8").strip()) if origin.is_file() else home
    was_copied = came_from != home and came_from.is_symlink() and came_from.readlink() == target
    return None if was_copied else target


def _link(home: Path, target: Path) -> None:
    if home.is_symlink() and home.readlink() == target:
        return
    home.parent.mkdir(parents=True, exist_ok=True)
    home.unlink(missing_ok=True)
    home.symlink_to(target)
