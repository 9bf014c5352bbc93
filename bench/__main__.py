"""Everything that is measured, as one report: `python -m bench`, minutes; `--long`, the forms that are worth quoting.

One by one: `python -m bench.turn`, `peer`, `growth`, `load`, `calls`, `award`, `eligibility`, `rehearsal`,
`understanding`, each with `--long` too.
"""

import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

PARTS = {
    "turn": "A text turn beside the floor, on one server and one database",
    "peer": "The same work done by a peer",
    "growth": "A text with years behind it beside one without",
    "load": "Texts at a steady pace, beside workers and everything else",
    "calls": "Calls and texts at a steady pace, beside workers and everything else",
    "award": "The award as a pure function",
    "eligibility": "Every kind of limit, in the award and for everyone and everything",
    "rehearsal": "A year of awards made again under other rules",
    "understanding": "What the line understands, and how fast",
}


def main() -> int:
    """Print every table, with the machine and how busy it is; exit status 1 when a part failed."""
    long = [word for word in sys.argv[1:] if word == "--long"]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}")
    failed = [name for name, title in PARTS.items() if not _part(name, title, long)]
    for name in failed:
        print(f"bench.{name} failed")
    return int(bool(failed))


def _part(name: str, title: str, long: list[str]) -> bool:
    begun_at = time.perf_counter()
    print(f"\n{title} (bench.{name}; load average {os.getloadavg()[0]:.1f})\n", flush=True)
    ended = subprocess.run([sys.executable, "-m", f"bench.{name}", *long], check=False)
    print(f"({time.perf_counter() - begun_at:.0f} s)", flush=True)
    return ended.returncode == 0


def _machine() -> str:
    """The processor's name where Linux tells it, the cores, and the Python."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        told = []
    names = [line.partition(":")[2].strip() for line in told if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
