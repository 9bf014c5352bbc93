"""`dutyline up`: every process of the Procfile, and whatever servers are not provided from outside."""

import os
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from bot.config import Config, var_folder
from bot.servers.folders import ServerError, own_folder
from bot.servers.leftovers import end_leftover, write_pid_file
from bot.servers.plan import Plan, make_plan
from bot.servers.ports import answers
from bot.servers.procfile import read_procfile, resolved
from bot.servers.server import EmbeddedServer, Lock
from bot.servers.supervisor import Process, Supervisor


@click.command("up")
@click.option("--embedded", is_flag=True, help="Run PostgreSQL and Redis of our own where no URL is set.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the web server. Default: PORT, or 8000.")
@click.option("--host", help="Address of the web server. Default: 0.0.0.0, in a demo 127.0.0.1.")
@click.option("--quiet", is_flag=True, help="Leave the processes' output to var/log.")
def up(embedded: bool, port: int | None, host: str | None, quiet: bool) -> None:
    """Start everything and keep it running until Ctrl-C.

    First the release step (migrations), then the workers, the clock and the web server of the Procfile;
    each that dies is started again. Where DATABASE_URL or REDIS_URL is not set, a demo (DUTYLINE_MODE=demo)
    runs an embedded server below var/, and production does so with --embedded. A demo also runs the pocket
    phone, which stands in for the carrier, and notes its settings in var/env.

    Logs are in var/log. Only one can run in a checkout.
    """
    var = own_folder(var_folder(), 0o755)
    lock = Lock(var / "up.lock")
    if not lock.acquire():
        raise ServerError(f"dutyline is already running in {var.parent}.")
    run = own_folder(var / "run")
    _end_leftovers(run)
    plan = make_plan(var, os.environ, embedded=embedded, port=port, host=host)
    supervisor = Supervisor(var / "log", echo=not quiet)
    try:
        _start(supervisor, plan, run)
        supervisor.watch()
    finally:
        supervisor.stop()
        for server in plan.servers:
            server.release()
        _end_leftovers(run)


def _start(supervisor: Supervisor, plan: Plan, run: Path) -> None:
    """Start all of it in the order of who needs whom."""
    for server in plan.servers:
        supervisor.start(_server(server))
    plan = plan.with_servers()
    commands = read_procfile()
    release = _process("release", commands.pop("release"), plan, run)
    if supervisor.run(release) != 0 and not supervisor.must_stop:
        raise ServerError("The release step failed, so nothing was started.")
    web = _process("web", [*commands.pop("web"), "--bind", f"fd://{plan.door.fileno()}"], plan, run)
    web = replace(web, pass_fds=(plan.door.fileno(),), is_ready=partial(answers, plan.door, "/healthz"))
    if plan.pocket_phone_port is not None:
        pocket_phone = ["dutyline", "pocket-phone", "--port", str(plan.pocket_phone_port)]
        supervisor.start(_process("pocket", pocket_phone, plan, run))
    for name, command in commands.items():
        supervisor.start(_process(name, command, plan, run))
    supervisor.start(web)
    supervisor.say(f"Dutyline runs at {Config.load(plan.environment).public_url}; Ctrl-C ends it.")


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
