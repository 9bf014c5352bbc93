"""Homes that go away with their test."""

import os
import shutil
from pathlib import Path

from bot.servers.folders import fingerprint
from bot.servers.installation import SERVICE_ROOT


def remove_home(home: Path) -> None:
    """Remove a PostgreSQL home, with what root's server keeps outside of it."""
    if os.geteuid() == 0:
        shutil.rmtree(SERVICE_ROOT / fingerprint(home), ignore_errors=True)
        home.unlink(missing_ok=True)
    shutil.rmtree(home, ignore_errors=True)
