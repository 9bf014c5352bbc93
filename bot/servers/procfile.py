"""The one list of processes: read from the Procfile that any platform reads."""

import shlex
import shutil
import sys
from pathlib import Path

from bot.config import ROOT
from bot.servers.folders import ServerError

PROCFILE = ROOT / "Procfile"


def read_procfile(path: Path = PROCFILE) -> dict[str, list[str]]:
    """The command of each process by its name, in the order of the file. Raises ServerError without a
    Procfile.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise ServerError(f"There is no {path}; dutyline up starts what is listed there.") from None
    pairs = (line.partition(":") for line in lines if ":" in line and not line.lstrip().startswith("#"))
    return {name.strip(): shlex.split(command) for name, _, command in pairs}


def resolved(command: list[str]) -> list[str]:
    """`command` with its program's full path: beside our own Python first, then on PATH."""
    program, *arguments = command
    beside = Path(sys.executable).parent / program
    found = str(beside) if beside.is_file() else shutil.which(program)
    if found is None:
        raise ServerError(f"The program {program} is not installed.")
    return [found, *arguments]
