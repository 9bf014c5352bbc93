"""Real servers for every test that wants them: one PostgreSQL and one Redis, shared by all workers and runs."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import bot.config
from bot.servers.leash import die_with_parent
from bot.servers.scratch import Scratch, scratch

TEST_HOME = Path(__file__).parent.parent / "var" / "test"

# What is thought up is the same in every run, so that what passed here passes everywhere; `make chaos` thinks anew.
settings.register_profile("the same", derandomize=not os.environ.get("DUTYLINE_CHAOS"))
settings.load_profile("the same")


def pytest_configure(config: pytest.Config) -> None:
    """A worker whose run was killed would finish its test first, and keep the servers up meanwhile."""
    if hasattr(config, "workerinput"):
        die_with_parent(signal.SIGKILL)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_a_demo() -> Iterator[None]:
    """A demo's `var/env` in the same checkout is none of the tests' business."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.config, "env_file", lambda: None)
        for name in bot.config.NAMES:
            patch.delenv(name, raising=False)
            patch.delenv(f"{name}_FILE", raising=False)
        yield


@pytest.fixture(scope="session")
def scratch_servers() -> Iterator[Scratch]:
    """A freshly migrated database and an empty Redis database, this worker's own until it ends."""
    with scratch(TEST_HOME) as servers:
        yield servers


@pytest.fixture(scope="session")
def postgres_url(scratch_servers: Scratch) -> str:
    """The URL of this worker's database, as its owner, migrated to the head."""
    return scratch_servers.database_url


@pytest.fixture(scope="session")
def redis_url(scratch_servers: Scratch) -> str:
    """The URL of this worker's Redis database."""
    return scratch_servers.redis_url
