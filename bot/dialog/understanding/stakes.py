"""What is at stake with a command: whether it loses something, or only asks."""

DESTRUCTIVE = frozenset(("drop", "decline", "withdraw", "cancel_order", "opt_out"))
INFORMING = frozenset(("list", "mine", "rank", "why", "menu", "language", "agent", "help", "pay"))
