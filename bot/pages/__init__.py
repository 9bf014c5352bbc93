"""Pages for everybody: what the line's texts are, how one agrees to them, and what becomes of one's data."""

from bot.pages import audio, mail_stop
from bot.pages.public import blueprint

__all__ = ["audio", "blueprint", "mail_stop"]
