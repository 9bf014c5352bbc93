"""What other systems of a department push to us, with a token of their own."""

from bot.api.tours import blueprint

__all__ = ["blueprint"]
