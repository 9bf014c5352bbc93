"""Everything that runs, from start to end: servers of our own, the processes of the Procfile, a demo's phones."""

import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.servers.folders import ServerError, own_folder
from bot.servers.leftovers import end_leftover, write_pid_file
from bot.servers.plan import Plan
from bot.servers.ports import answers, port_number
from bot.servers.procfile import read_procfile, resolved
from bot.servers.server import EmbeddedServer, Lock
from bot.servers.supervisor import Process, Supervisor

POCKET_PHONE = "pocket_phone.sqlite"


@contextmanager
def house(
    var: Path, make_plan: Callable[[], Plan], *, echo: bool, furnish: Callable[[Plan], None] | None = None
) -> Iterator[tuple[Supervisor, Plan]]:
    """Everything of the plan, running; whoever has it minds it (Supervisor.watch) until it shall end.

    `furnish` is called when the servers run and before the release step. Only one house can stand in a checkout: raises
    ServerError when there is one, and when something does not start.
    """
    lock = Lock(var / "up.lock")
    if not lock.acquire():
        raise ServerError(f"dutyline is already running in {var.parent}.")
    try:
        with _running(var, make_plan, echo=echo, furnish=furnish) as running:
            yield running
    finally:
        lock.release()


@contextmanager
def _running(
    var: Path, make_plan: Callable[[], Plan], *, echo: bool, furnish: Callable[[Plan], None] | None
) -> Iterator[tuple[Supervisor, Plan]]:
    run = own_folder(var / "run")
    _end_leftovers(run)
    plan = make_plan()
    supervisor = Supervisor(var / "log", echo=echo)
    try:
        plan = _counting_together(_start_servers(supervisor, plan), run)
        if furnish is not None:
            furnish(plan)
        _start_processes(supervisor, plan, run)
        yield supervisor, plan
    finally:
        supervisor.stop()
        plan.close_doors()
        for server in plan.servers:
            server.release()
        _end_leftovers(run)


def _start_servers(supervisor: Supervisor, plan: Plan) -> Plan:
    """Start the servers of our own; returns the plan with their addresses."""
    for server in plan.servers:
        supervisor.start(_server(server))
    return plan.with_servers()


def _counting_together(plan: Plan, run: Path) -> Plan:
    """All processes count into one empty folder, so that any web process answers /metrics for all of them."""
    counts = run / "counts"
    shutil.rmtree(counts, ignore_errors=True)
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(own_folder(counts)), **plan.environment}
    return replace(plan, environment=environment)


def _start_processes(supervisor: Supervisor, plan: Plan, run: Path) -> None:
    """Start all of the Procfile in the order of who needs whom."""
    commands = read_procfile()
    release = _process("release", commands.pop("release"), plan, run)
    if supervisor.run(release) != 0 and not supervisor.must_stop:
        raise ServerError("The release step failed, so nothing was started.")
    web = _process("web", [*commands.pop("web"), "--bind", f"fd://{plan.door.fileno()}"], plan, run)
    web = replace(web, pass_fds=(plan.door.fileno(),), is_ready=partial(answers, plan.door, "/healthz"))
    if plan.pocket_phone_door is not None:
        supervisor.start(_pocket_phone(plan, plan.pocket_phone_door, plan.mail_door, run))
    for name, command in commands.items():
        supervisor.start(_process(name, command, plan, run))
    supervisor.start(web)


def _pocket_phone(plan: Plan, door: socket.socket, mail_door: socket.socket | None, run: Path) -> Process:
    command = ["dutyline", "pocket-phone", "--port", str(port_number(door)), "--fd", str(door.fileno())]
    # Its own house's, wherever it is started from: two demonstrations must not share a carrier.
    state = ["--state", str(run.parent / POCKET_PHONE)]
    fds = [door.fileno(), *([mail_door.fileno()] if mail_door else [])]
    mails = ["--mail-fd", str(mail_door.fileno())] if mail_door else []
    return replace(_process("pocket", [*command, *state, *mails], plan, run), pass_fds=tuple(fds))


def _process(name: str, command: list[str], plan: Plan, run: Path) -> Process:
    pid_file = run / f"{name}.pid"
    return Process(
        name,
        resolved(command),
        # Two web processes, so that one that dies leaves another to answer.
        environment={"WEB_CONCURRENCY": "2", "PYTHONUNBUFFERED": "1", **plan.environment},
        prepare=partial(_end_leftover, pid_file),
        started=partial(write_pid_file, pid_file),
    )


def _server(server: EmbeddedServer) -> Process:
    return Process(
        server.name,
        server.command(),
        environment=server.environment(),
        prepare=server.prepare,
        started=server.remember,
        is_ready=server.is_ready,
        stop_signal=server.stop_signal,
        is_leashed=True,
    )


def _end_leftovers(run: Path) -> None:
    """End what a supervisor that was killed may have left, where the kernel does not do it."""
    for pid_file in run.glob("*.pid"):
        _end_leftover(pid_file)


def _end_leftover(pid_file: Path) -> None:
    end_leftover(pid_file, signal.SIGTERM)
