"""Our folders are ours alone, and nothing above them is touched."""

import os
from pathlib import Path

import pytest

from bot.servers.folders import ServerError, own_folder, socket_folder, socket_place


def test_a_folder_is_made_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    folder = own_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ServerError, match="not a folder of our own"):
        own_folder(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder somebody else's")
def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    with pytest.raises(ServerError, match="not a folder of our own"):
        own_folder(theirs)


def test_a_long_path_moves_the_socket_to_a_short_one(tmp_path: Path) -> None:
    short, long = tmp_path / "h", tmp_path / ("long" * 30)
    if len(str(short)) < 80:
        assert socket_place(short, "s") == short / "sock"
    folder = socket_folder(long, ".s.PGSQL.5432")
    assert len(str(folder / ".s.PGSQL.5432")) < 100
    assert folder.stat().st_mode & 0o777 == 0o700
    assert socket_place(long, ".s.PGSQL.5432") == folder
    folder.rmdir()
