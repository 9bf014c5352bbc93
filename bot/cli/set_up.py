"""Build `.venv` from the lock files: `python3 -I bot/cli/set_up.py [--dev]`, run by the Makefile.

Uses nothing but the standard library, because nothing else is there yet. Does nothing when nothing has changed; begins
afresh when an earlier run was cut off; two at once wait for each other.
"""

import fcntl
import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "dutyline-unfinished"


def main(*, dev: bool) -> int:
    """Bring `.venv` to what the lock files say; returns the exit status."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_up_to_date("dev") or (not dev and _is_up_to_date("run")):
            return 0
        return _set_up("dev" if dev else "run")


def _set_up(kind: str) -> int:
    _say(f"Setting up .venv with Python {platform.python_version()}; this takes a minute the first time.")
    if not _is_healthy():
        _run(sys.executable, "-I", "-m", "venv", "--clear", str(VENV))
    for old in VENV.glob("dutyline-*.stamp"):
        old.unlink()
    UNFINISHED.touch()
    _pip("--require-hashes", "--requirement", str(_lock_file(kind)))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    UNFINISHED.unlink()
    _stamp(kind).write_text(_key(kind), encoding="ascii")
    _mention_redis()
    return 0


def _is_up_to_date(kind: str) -> bool:
    stamp = _stamp(kind)
    return PYTHON.exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == _key(kind)


def _is_healthy() -> bool:
    """Whether there is an environment to build on: not cut off, not moved from elsewhere, its Python still there."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    answer = subprocess.run(  # noqa: S603 - a program of ours
        [str(PYTHON), "-I", "-c", "import pip, sys; print(*sys.version_info[:2], sys.prefix)"],
        capture_output=True,
        text=True,
        check=False,
    )
    versions = {f"3 11 {VENV}", f"3 12 {VENV}"}
    return answer.stdout.strip() in versions and _was_made_here()


def _was_made_here() -> bool:
    # Scripts name their Python by full path, so that an environment does not survive a move.
    pip = VENV / "bin" / "pip"
    return pip.is_file() and str(VENV) in pip.read_text(encoding="utf-8", errors="replace").partition("\n")[0]


def _key(kind: str) -> str:
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (_lock_file(kind), ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _lock_file(kind: str) -> Path:
    return ROOT / ("requirements-dev.lock" if kind == "dev" else "requirements.lock")


def _stamp(kind: str) -> Path:
    return VENV / f"dutyline-{kind}.stamp"


def _pip(*arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    _run(str(PYTHON), "-I", "-m", "pip", "install", *quiet, *arguments)


def _run(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)  # noqa: S603 - our own commands
    if done.returncode != 0:
        _say(f"Setting up failed at: {' '.join(command)}")
        sys.exit(done.returncode)


def _mention_redis() -> None:
    has_wheel = sys.platform == "linux" and platform.machine() == "x86_64"
    if not has_wheel and shutil.which("redis-server") is None:
        _say("There is no Redis wheel for this platform: install redis-server, for make demo and make test to start.")


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main(dev="--dev" in sys.argv[1:]))
