"""The supervisor keeps processes running, keeps their order, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.servers.leftovers import is_running, wait_until
from bot.servers.procfile import read_procfile, resolved
from bot.servers.supervisor import RESTART_PAUSES_SECONDS

# A process that says its id and when it is told to stop.
CHILD = """
import os, signal, sys, time
name, folder = sys.argv[1:]
def stop(*_):
    open(f"{folder}/stopped", "a").write(name + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
open(f"{folder}/{name}", "a").write(f"{os.getpid()}\\n")
print(name, "is here", flush=True)
while True:
    time.sleep(60)
"""

HOUSE = """
import sys
from pathlib import Path
from bot.servers.supervisor import Process, Supervisor
folder = Path(sys.argv[1])
child = sys.argv[2]
supervisor = Supervisor(folder / "log")
for name in ("first", "second"):
    supervisor.start(Process(name, [sys.executable, "-c", child, name, str(folder)]))
supervisor.watch()
supervisor.stop()
"""


@contextmanager
def _house(folder: Path, code: str = HOUSE) -> Iterator[subprocess.Popen[bytes]]:
    arguments = [sys.executable, "-c", textwrap.dedent(code), str(folder), CHILD]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE) as house:
        try:
            yield house
        finally:
            house.terminate()


def _starts(folder: Path, name: str) -> list[int]:
    path = folder / name
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def _soon(is_so: Callable[[], bool]) -> None:
    assert wait_until(is_so, 10)


def test_a_killed_process_is_started_again_at_once(tmp_path: Path) -> None:
    with _house(tmp_path):
        _soon(lambda: len(_starts(tmp_path, "first")) == 1)
        began = time.monotonic()
        os.kill(_starts(tmp_path, "first")[0], signal.SIGKILL)
        _soon(lambda: len(_starts(tmp_path, "first")) == 2)
        assert time.monotonic() - began < 3
        assert len(_starts(tmp_path, "second")) == 1


def test_a_process_that_does_not_stay_up_is_tried_less_and_less_often() -> None:
    assert RESTART_PAUSES_SECONDS[0] == 0
    assert list(RESTART_PAUSES_SECONDS) == sorted(RESTART_PAUSES_SECONDS)


def test_the_last_started_is_stopped_first(tmp_path: Path) -> None:
    with _house(tmp_path) as house:
        _soon(lambda: all(len(_starts(tmp_path, name)) == 1 for name in ("first", "second")))
        house.terminate()
        assert house.wait(10) == 0
    assert (tmp_path / "stopped").read_text().split() == ["second", "first"]


def test_output_goes_to_a_log_each_and_to_the_terminal_by_name(tmp_path: Path) -> None:
    with _house(tmp_path) as house:
        _soon(lambda: all(log.exists() for log in (tmp_path / "log" / "first.log", tmp_path / "log" / "second.log")))
        house.terminate()
        terminal = house.stderr.read().decode()
    assert (tmp_path / "log" / "first.log").read_text() == "first is here\n"
    assert "first    | first is here\n" in terminal


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent's life")
def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    with _house(tmp_path) as house:
        _soon(lambda: all(len(_starts(tmp_path, name)) == 1 for name in ("first", "second")))
        house.kill()
    children = [*_starts(tmp_path, "first"), *_starts(tmp_path, "second")]
    _soon(lambda: not any(is_running(child) for child in children))


def test_a_failed_start_is_said_and_tried_again(tmp_path: Path) -> None:
    code = """
        import sys, time
        from pathlib import Path
        from bot.servers.folders import ServerError
        from bot.servers.supervisor import Process, Supervisor
        folder, attempts = Path(sys.argv[1]), []
        def prepare():
            attempts.append(1)
            if len(attempts) == 2:
                raise ServerError("Not this time.")
        supervisor = Supervisor(folder / "log")
        brief = [sys.executable, "-c", "import sys; open(sys.argv[1], 'a').write('1 ')"]
        supervisor.start(Process("brief", [*brief, str(folder / "brief")], prepare=prepare))
        supervisor.watch()
        supervisor.stop()
    """
    with _house(tmp_path, code):
        _soon(lambda: len(_starts(tmp_path, "brief")) >= 2)
    assert "Not this time." in (tmp_path / "log" / "up.log").read_text()


def test_a_killed_web_server_refuses_nobody(tmp_path: Path) -> None:
    """Its door is the supervisor's: who knocks while it is started again waits a moment."""
    web = "import os\ndef app(environ, answer):\n    answer('200 OK', [])\n    return [str(os.getppid()).encode()]\n"
    (tmp_path / "small_web.py").write_text(web)
    code = """
        import os, sys
        from functools import partial
        from pathlib import Path
        from bot.servers.ports import answers, listen, port_number
        from bot.servers.procfile import resolved
        from bot.servers.supervisor import Process, Supervisor
        folder = Path(sys.argv[1])
        door = listen("127.0.0.1", 0)
        web = resolved(["gunicorn", "--no-control-socket", "--chdir", str(folder), "--bind", f"fd://{door.fileno()}"])
        supervisor = Supervisor(folder / "log")
        ready = partial(answers, door, "/")
        supervisor.start(Process("web", [*web, "small_web:app"], pass_fds=(door.fileno(),), is_ready=ready))
        (folder / "port").write_text(str(port_number(door)))
        supervisor.watch()
        supervisor.stop()
    """
    with _house(tmp_path, code):
        _soon((tmp_path / "port").exists)
        url = f"http://127.0.0.1:{(tmp_path / 'port').read_text()}/"
        master = _get(url)
        os.kill(master, signal.SIGKILL)
        _soon(lambda: not is_running(master))
        _soon(lambda: _get(url) != master)


def _get(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(answer.read())


def test_the_procfile_is_the_list(tmp_path: Path) -> None:
    path = tmp_path / "Procfile"
    path.write_text('# comment\nweb: gunicorn "bot.app:create_app()"\n\nclock: dutyline cron\n')
    assert read_procfile(path) == {"web": ["gunicorn", "bot.app:create_app()"], "clock": ["dutyline", "cron"]}
    assert list(read_procfile()) == ["release", "web", "worker", "clock"]
    assert resolved(["gunicorn"]) == [str(Path(sys.executable).parent / "gunicorn")]
