"""Run a command that dies with whoever started it: leash.py PARENT SIGNAL UID GID COMMAND ARGUMENT…

A program of its own rather than a function between fork and exec, because it is started from processes that
have threads, where almost nothing is safe there. It becomes user UID and group GID ("-" for no change),
asks the kernel to send SIGNAL when the parent dies (Linux only; elsewhere the pid file finds who was left
behind) and turns into COMMAND.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Take on the identity, put on the leash, become the command."""
    parent, signal_number, uid, gid, *command = arguments
    if uid != "-":
        _become(int(uid), int(gid))
    # Changing the user clears the leash, so it comes after.
    die_with_parent(int(signal_number))
    if os.getppid() != int(parent):
        sys.exit(1)  # it died before the leash was on
    os.execv(command[0], command)  # noqa: S606 - the point of this file; arguments are never read by a shell


def die_with_parent(signal_number: int) -> None:
    """Have the kernel send this process `signal_number` when its parent dies; nothing elsewhere than on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def _become(uid: int, gid: int) -> None:
    os.chdir("/")
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


if __name__ == "__main__":
    main(sys.argv[1:])
