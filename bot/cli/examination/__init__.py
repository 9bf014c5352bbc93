"""What `dutyline doctor` looks at, a file for each side of the house; each finding is one thing looked at."""

from bot.cli.examination.finding import Finding

__all__ = ["Finding"]
