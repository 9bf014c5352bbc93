"""Root's PostgreSQL lives outside the checkout, and stays the checkout's own."""

from pathlib import Path

import pytest

from bot.servers.folders import ServerError
from bot.servers.postgres_home import find_real_home, make_real_home


@pytest.fixture(autouse=True)
def service_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.servers.postgres_home.SERVICE_ROOT", tmp_path / "service")
    return tmp_path / "service"


def _made(home: Path) -> Path:
    target = find_real_home(home)
    make_real_home(home, target)
    return target


def test_the_home_is_a_link_to_a_folder_outside(tmp_path: Path, service_root: Path) -> None:
    home = tmp_path / "checkout" / "pg"
    target = _made(home)
    assert target.parent == service_root
    assert home.readlink() == target
    assert _made(home) == target


def test_looking_for_a_home_makes_nothing(tmp_path: Path, service_root: Path) -> None:
    find_real_home(tmp_path / "checkout" / "pg")
    assert not service_root.exists()


def test_a_checkout_that_was_moved_keeps_its_data(tmp_path: Path) -> None:
    target = _made(tmp_path / "checkout" / "pg")
    (tmp_path / "checkout").rename(tmp_path / "moved")
    assert _made(tmp_path / "moved" / "pg") == target


def test_a_checkout_that_was_copied_gets_a_home_of_its_own(tmp_path: Path) -> None:
    target = _made(tmp_path / "checkout" / "pg")
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "pg").symlink_to(target)
    assert _made(tmp_path / "copy" / "pg") != target
    assert (tmp_path / "checkout" / "pg").readlink() == target


def test_a_link_to_anywhere_else_is_not_followed(tmp_path: Path, service_root: Path) -> None:
    home = tmp_path / "pg"
    (tmp_path / "elsewhere").mkdir()
    home.symlink_to(tmp_path / "elsewhere")
    assert _made(home).parent == service_root


def test_another_users_home_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    with pytest.raises(ServerError, match="made by another user"):
        _made(tmp_path / "pg")
